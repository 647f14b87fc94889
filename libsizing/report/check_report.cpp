// The answer of a check as a report: failures first, each with what was found, required and to do.
#include <algorithm>

#include "libsizing/base/text.h"
#include "libsizing/host/check_answer.h"
#include "libsizing/opsi/tables.h"
#include "libsizing/report/json.h"
#include "libsizing/report/report.h"

namespace sizing {
namespace {

std::string place_text(const Check& check) {
  const Place& place = check.place;
  if (place.line == 0 && place.column == 0) return "";
  const std::string text = describe({place.file, place.line, place.column, ""});
  return place.file.empty() ? place.key + ", column " + std::to_string(place.column) : text;
}

// "Memory: 1.02 GB (0.95 GiB); required: at least 2 GB. Give the host …. [memory, req42]"
std::string said(const Check& check) {
  const std::string place = place_text(check);
  return check.title + ": " + check.found + "; required: " + check.required + "." +
         (check.advice.empty() ? "" : " " + sentence(check.advice)) + " [" + check.id +
         (place.empty() ? "" : ", " + place) + ", " + check.source + "]";
}

void add_items(Document& doc, const CheckAnswer& answer, Verdict verdict, const std::string& title) {
  Items items;
  for (const Check& check : answer.checks)
    if (check.verdict == verdict) items.items.push_back({std::string(name(verdict)), said(check)});
  if (items.items.empty()) return;
  doc.push_back(Heading{3, title});
  doc.push_back(std::move(items));
}

// What could not be seen, with how to see it: the titles under each advice.
void add_unseen(Document& doc, const CheckAnswer& answer) {
  std::vector<std::pair<std::string, std::vector<std::string>>> by_advice;
  for (const Check& check : answer.checks) {
    if (check.verdict != Verdict::unseen) continue;
    auto at = std::find_if(by_advice.begin(), by_advice.end(), [&](const auto& a) { return a.first == check.advice; });
    if (at == by_advice.end()) at = by_advice.insert(at, {check.advice, {}});
    at->second.push_back(check.title + " (" + check.found + ") [" + check.id + "]");
  }
  if (by_advice.empty()) return;
  doc.push_back(Heading{3, "Not seen"});
  for (const auto& [advice, titles] : by_advice) {
    doc.push_back(Paragraph{advice + ":"});
    Items items;
    for (const std::string& title : titles) items.items.push_back({"unseen", title});
    doc.push_back(std::move(items));
  }
}

// Found is cut so that the table stays within 100 columns; JSON and CSV have it whole.
void add_met(Document& doc, const CheckAnswer& answer) {
  constexpr std::size_t longest_title = 32, longest_found = 38;
  TextTable table{{"requirement", "found", "source"}, {false, false, false}, {}, "", {}};
  for (const Check& check : answer.checks)
    if (check.verdict == Verdict::pass)
      table.rows.push_back({excerpt(check.title, longest_title), excerpt(check.found, longest_found), check.source});
  if (table.rows.empty()) return;
  doc.push_back(Heading{3, "Met"});
  doc.push_back(std::move(table));
}

// What the ids stand for, those that are cited.
void add_sources(Document& doc, const CheckAnswer& answer) {
  Items items;
  for (const Source& source : sources())
    if (std::any_of(answer.checks.begin(), answer.checks.end(), [&](const Check& c) { return c.source == source.id; }))
      items.items.push_back({"", source.id + ": " + source.title + ", " + source.where});
  if (items.items.empty()) return;
  doc.push_back(Heading{3, "Sources"});
  doc.push_back(std::move(items));
}

std::string held_against(const CheckAnswer& answer) {
  if (answer.opsi.empty()) return "";
  return "Held against the requirements of opsi " + answer.opsi + " (" + answer.opsi_from + ")" +
         (answer.server.empty() ? "" : " and the plan of the server " + printable(answer.server)) + ", seen " +
         (answer.tree.empty() ? "on this machine" : "in the copied tree " + printable(answer.tree)) + ".";
}

Document document_of(const CheckAnswer& answer, const Stamp& stamp) {
  Document doc;
  doc.push_back(Paragraph{answer.answer});
  if (const std::string text = held_against(answer); !text.empty()) doc.push_back(Paragraph{text});
  doc.push_back(Paragraph{stamp_line(stamp, answer.opsi)});
  add_items(doc, answer, Verdict::fail, "Failures");
  add_items(doc, answer, Verdict::warning, "Warnings");
  add_unseen(doc, answer);
  add_items(doc, answer, Verdict::note, "Notes");
  add_met(doc, answer);
  add_sources(doc, answer);
  return doc;
}

Table table_of(const CheckAnswer& answer) {
  Table table{{"id", "title", "verdict", "found", "required", "source", "advice", "file", "line", "column", "key"}, {}};
  const auto number = [](int n) { return n > 0 ? Cell{static_cast<double>(n)} : Cell{}; };
  for (const Check& c : answer.checks)
    table.rows.push_back({c.id, c.title, std::string(name(c.verdict)), c.found, c.required, c.source, cell(c.advice),
                          cell(c.place.file), number(c.place.line), number(c.place.column), cell(c.place.key)});
  return table;
}

}  // namespace

Report report(const CheckAnswer& answer, const Stamp& stamp) {
  return {[&answer, stamp] { return document_of(answer, stamp); }, [&answer] { return to_csv(table_of(answer)); },
          [&answer, stamp] { return to_json(answer, stamp); }};
}

}  // namespace sizing
