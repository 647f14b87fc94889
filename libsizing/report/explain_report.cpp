#include <set>

#include "libsizing/base/number.h"
#include "libsizing/base/text.h"
#include "libsizing/report/json.h"
#include "libsizing/report/report.h"

namespace sizing {
namespace {

std::string title_of(const Explanation& e) {
  const bool figure = e.role == Role::figure || e.role == Role::curve;
  return (figure ? "[" + e.name + "]" : e.name) + " = " + e.text;
}

// What stands below a title: a line each.
std::vector<std::string> lines_of(const Explanation& e) {
  std::vector<std::string> lines;
  if (!e.sentence.empty()) lines.push_back(e.sentence);
  if (e.role == Role::input && !e.origin.empty()) lines.push_back(e.origin);
  if (e.role == Role::formula) {
    lines.push_back("= " + e.formula);
    if (e.numbers != e.formula) lines.push_back("= " + e.numbers);
  } else if (!e.numbers.empty()) {
    lines.push_back("= " + e.numbers);
  }
  if (!e.decided_by.empty()) lines.push_back("decided by " + e.decided_by);
  if (e.role == Role::figure || e.role == Role::curve) {
    const std::string range = e.range.empty()         ? "no range known"
                              : e.role == Role::curve ? "points " + e.range
                              : e.range == "fixed"    ? "fixed"
                                                      : "range " + with_unit(e.range, parse_unit(e.unit));
    lines.push_back(std::string(name(e.kind)) + "; " + range + "; " + e.source);
  }
  return lines;
}

struct Tree {
  std::string out;
  std::set<std::string> shown;

  void node(const Explanation& e, const std::string& branch, const std::string& below) {
    const bool again = !e.operands.empty() && !shown.insert(e.name).second;
    out += branch + title_of(e) + (e.carries ? "" : "   (does not decide)") + (again ? "   (see above)" : "") + '\n';
    if (again) return;
    const std::string bar = e.operands.empty() ? "   " : "│  ";
    for (const std::string& line : lines_of(e)) out += below + bar + line + '\n';
    for (std::size_t i = 0; i < e.operands.size(); ++i) {
      const bool last = i + 1 == e.operands.size();
      node(e.operands[i], below + (last ? "└─ " : "├─ "), below + (last ? "   " : "│  "));
    }
  }
};

void add_rows(const Explanation& e, double depth, Table& table) {
  table.rows.push_back({depth, std::string(name(e.role)), e.name, e.value, cell(e.unit), cell(e.formula),
                        cell(e.numbers), cell(e.decided_by), std::string(name(e.kind)), cell(e.range),
                        cell(e.role == Role::input ? e.origin : e.source), e.carries ? "yes" : "no", cell(e.sentence)});
  for (const Explanation& operand : e.operands) add_rows(operand, depth + 1, table);
}

}  // namespace

Report report(const Explanation& explanation, const std::string& server, const std::string& opsi, const Stamp& stamp) {
  const auto document = [&explanation, server, opsi, stamp] {
    Tree tree;
    tree.node(explanation, "", "");
    Document doc;
    doc.push_back(Paragraph{explanation.name + " of " + server + " is " + explanation.text +
                            (explanation.decided_by.empty() ? "" : ", decided by " + explanation.decided_by) +
                            "; it rests on: " + explanation.rests_on + "."});
    doc.push_back(Paragraph{stamp_line(stamp, opsi)});
    doc.push_back(Verbatim{tree.out});
    return doc;
  };
  const auto table = [&explanation] {
    Table rows{{"depth", "role", "name", "value", "unit", "formula", "numbers", "decided_by", "kind", "range", "source",
                "decides", "about"},
               {}};
    add_rows(explanation, 0, rows);
    return to_csv(rows);
  };
  return {document, table, [&explanation, server, opsi, stamp] { return to_json(explanation, server, opsi, stamp); }};
}

}  // namespace sizing
