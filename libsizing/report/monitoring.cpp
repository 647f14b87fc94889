#include "libsizing/report/monitoring.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "libsizing/base/number.h"
#include "libsizing/base/text.h"
#include "libsizing/base/version.h"

namespace sizing {
namespace {

constexpr std::array<const char*, 4> words = {"OK", "WARNING", "CRITICAL", "UNKNOWN"};

const char* word(Verdict verdict) { return words[static_cast<std::size_t>(monitoring_state(verdict))]; }

std::string plain(const std::string& text) {
  return replace_all(replace_all(printable(replace_all(text, "\n", " ")), "|", "¦"), "\"", "'");
}

std::string range(const std::optional<double>& least) { return least ? exact(*least) + ":" : ""; }

// 'disk.tmp.free'=36000000000B;15000000000:;7500000000:
std::string perfdata(const Measure& m) {
  const std::string label = replace_all(replace_all(plain(m.check + "." + m.name), "'", ""), "=", "");
  return "'" + label + "'=" + exact(m.value) + m.unit + ";" + range(m.warning) + ";" + range(m.critical);
}

std::string said(const Check& check) {
  std::string text = check.title + ": " + check.found;
  if (check.verdict == Verdict::pass) return text;
  text += "; required: " + check.required;
  return check.advice.empty() ? text : text + ". " + sentence(check.advice);
}

std::string tool(const CheckAnswer& answer) {
  return "opsi-sizing " + std::string(version()) + (answer.opsi.empty() ? "" : ", rules of opsi " + answer.opsi);
}

// Checkmk allows letters, digits and underscores.
std::string metric_name(const Measure& m) {
  std::string name = "opsi_" + m.check + "_" + m.name;
  for (char& c : name)
    if (!std::isalnum(static_cast<unsigned char>(c))) c = '_';
  return name;
}

std::string metrics(const CheckAnswer& answer, const std::vector<const Check*>& rows) {
  std::vector<std::string> parts;
  for (const Measure& m : answer.measures)
    if (std::any_of(rows.begin(), rows.end(), [&](const Check* c) { return c->id == m.check; }))
      parts.push_back(metric_name(m) + "=" + exact(m.value) + ";" + range(m.warning) + ";" + range(m.critical));
  return parts.empty() ? "-" : join(parts, "|");
}

std::string checkmk_line(int state, const std::string& service, const std::string& metrics, const std::string& text) {
  return std::to_string(state) + " \"" + plain(service) + "\" " + metrics + " " + plain(text) + "\n";
}

// Rows of one title are one service: the breaches of a list have a row each.
std::vector<std::vector<const Check*>> services(const CheckAnswer& answer) {
  std::vector<std::vector<const Check*>> groups;
  for (const Check& check : answer.checks) {
    const auto same =
        std::find_if(groups.begin(), groups.end(), [&](const auto& group) { return group[0]->title == check.title; });
    if (same == groups.end())
      groups.push_back({&check});
    else
      same->push_back(&check);
  }
  return groups;
}

std::string service_line(const CheckAnswer& answer, const std::vector<const Check*>& rows) {
  std::vector<Check> checks;
  std::vector<std::string> texts;
  for (const Check* row : rows) checks.push_back(*row);
  for (const Check* row : rows) texts.push_back(row->found + (row->advice.empty() ? "" : ". " + row->advice));
  return checkmk_line(monitoring_state(worst(checks)), "opsi " + rows[0]->title, metrics(answer, rows),
                      join(texts, "; "));
}

}  // namespace

int monitoring_state(Verdict verdict) {
  switch (verdict) {
    case Verdict::fail: return 2;
    case Verdict::warning: return 1;
    case Verdict::unseen: return 3;
    case Verdict::pass:
    case Verdict::note: break;
  }
  return 0;
}

std::string to_nagios(const CheckAnswer& answer, const Stamp& stamp) {
  std::string text = std::string("OPSI-SIZING ") + word(answer.verdict()) + " - " + plain(answer.answer);
  std::vector<std::string> data;
  for (const Measure& m : answer.measures) data.push_back(perfdata(m));
  if (!data.empty()) text += " | " + join(data, " ");
  text += "\n";
  for (const Verdict verdict : {Verdict::fail, Verdict::warning, Verdict::unseen, Verdict::note})
    for (const Check& check : answer.checks)
      if (check.verdict == verdict)
        text += (verdict == Verdict::note ? "note" : std::string(word(verdict))) + " " + plain(said(check)) + "\n";
  return text + plain(tool(answer) + ", " + stamp.date + ": " + stamp.command) + "\n";
}

std::string to_checkmk(const CheckAnswer& answer, const Stamp& stamp) {
  std::string text = checkmk_line(monitoring_state(answer.verdict()), "opsi requirements", "-",
                                  answer.answer + " (" + tool(answer) + ", " + stamp.date + ")");
  for (const auto& rows : services(answer)) text += service_line(answer, rows);
  return text;
}

std::string nagios_refusal(const std::string& problem) { return "OPSI-SIZING UNKNOWN - " + plain(problem) + "\n"; }

std::string checkmk_refusal(const std::string& problem) { return checkmk_line(3, "opsi requirements", "-", problem); }

}  // namespace sizing
