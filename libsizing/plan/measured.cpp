#include "libsizing/plan/measured.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "libsizing/base/error.h"
#include "libsizing/base/number.h"
#include "libsizing/base/text.h"

namespace sizing {
namespace {

struct Suffix {
  std::string_view word, unit;
};
constexpr Suffix suffixes[] = {{"b", "B"},       {"byte", "B"}, {"bytes", "B"}, {"kb", "kB"},     {"mb", "MB"},
                               {"gb", "GB"},     {"tb", "TB"},  {"kib", "KiB"}, {"mib", "MiB"},   {"gib", "GiB"},
                               {"tib", "TiB"},   {"s", "s"},    {"sec", "s"},   {"seconds", "s"}, {"ms", "ms"},
                               {"percent", "%"}, {"pct", "%"}};

std::string singular(std::string_view word) {
  if (word.ends_with("sses"))
    word.remove_suffix(2);
  else if (word.size() > 1 && word.ends_with("s"))
    word.remove_suffix(1);
  return std::string(word);
}

std::optional<Unit> known_unit(const std::string& symbol) {
  try {
    return parse_unit(symbol);
  } catch (const InputError&) {
    return std::nullopt;
  } catch (const ModelError&) {  // TB*TB: beyond what a unit's scale holds
    return std::nullopt;
  }
}

std::optional<Unit> unit_of_word(const std::string& word) {
  for (const Suffix& suffix : suffixes)
    if (suffix.word == word) return parse_unit(suffix.unit);
  return word.empty() ? std::nullopt : known_unit(singular(word));
}

// "host: opsi.example.org" of the comments before a header.
std::string said(const std::vector<std::string>& comments, const std::vector<std::string_view>& names) {
  for (const std::string& comment : comments) {
    const std::size_t colon = comment.find(':');
    if (colon == std::string::npos) continue;
    const std::string name = lower(trim(std::string_view(comment).substr(0, colon)));
    if (std::find(names.begin(), names.end(), name) != names.end())
      return excerpt(trim(std::string_view(comment).substr(colon + 1)));
  }
  return "";
}

// "pss_kib: proportional set size": what a column means that is not x or y.
bool of_another_column(const std::string& comment, const Csv& csv, const MeasuredRequest& request) {
  const std::string column(trim(std::string_view(comment).substr(0, comment.find(':'))));
  return comment.find(':') != std::string::npos && column != request.x && column != request.y &&
         find_column(csv, column).has_value();
}

// Sizes of one kind, small to large.
constexpr std::array<std::array<std::string_view, 5>, 2> sizes = {
    {{"B", "KiB", "MiB", "GiB", "TiB"}, {"B", "kB", "MB", "GB", "TB"}}};

// `unit` with its bytes in another size.
Unit resized(const Unit& unit, std::string_view from, std::string_view to) {
  return unit / parse_unit(from) * parse_unit(to);
}

// The unit of the size in which `value` reads best; of what is no size, the unit itself.
Unit readable(double value, const Unit& unit) {
  const std::string own = name(unit), symbol = own.substr(0, own.find('/'));
  for (const auto& kind : sizes) {
    if (std::find(kind.begin(), kind.end(), symbol) == kind.end()) continue;
    std::string_view best = kind[0];
    for (const std::string_view size : kind)
      if (std::abs(convert(value, unit, resized(unit, symbol, size))) >= 0.5) best = size;
    return resized(unit, symbol, best);
  }
  return unit;
}

}  // namespace

std::optional<Unit> unit_of_column(std::string_view column) {
  const std::string name = lower(column);
  const std::size_t per = name.find("_per_");
  const auto last = [](std::string_view part) { return std::string(part.substr(part.rfind('_') + 1)); };
  if (per == std::string::npos) return unit_of_word(last(name));
  const auto above = unit_of_word(last(std::string_view(name).substr(0, per))),
             below = unit_of_word(last(std::string_view(name).substr(per + 5)));
  return above && below ? std::optional(*above / *below) : std::nullopt;
}

std::optional<Unit> stated_unit(const std::string& stated, const std::string& column, const std::string& key) {
  if (stated.empty()) return unit_of_column(column);
  if (const auto unit = known_unit(stated)) return unit;
  throw InputError({"", 0, 0, key}, "unknown unit", stated, "a unit such as KiB, MB, ms, connection or request/s");
}

std::string one_of(const Measured& m) {
  return printable(m.x_unit && !name(*m.x_unit).empty() ? name(*m.x_unit) : singular(m.x));
}

Measured measured(const Csv& csv, const MeasuredRequest& request) {
  Measured m;
  m.file = request.file;
  for (const std::string& comment : csv.comments)
    if (!of_another_column(comment, csv, request)) m.comments.push_back(printable(comment));
  m.columns = csv.header;
  m.host = said(csv.comments, {"host", "hostname", "server"});
  m.when = said(csv.comments, {"start", "started", "date", "when", "time"});
  std::vector<std::string> filters;
  for (const Condition& condition : request.conditions) filters.push_back(printable(condition.text));
  m.filter = join(filters, ", ");
  m.x = request.x, m.y = request.y;
  m.x_unit = stated_unit(request.x_unit, m.x, "x-unit");
  m.y_unit = stated_unit(request.y_unit, m.y, "unit");
  m.series = select(csv, request.file, m.x, m.y, request.conditions);
  return m;
}

std::string shown_amount(double value, const std::optional<Unit>& unit) {
  if (!unit) return rounded(value);
  const Unit shown = readable(value, *unit);
  return with_unit(rounded(convert(value, *unit, shown)), shown);
}

std::string shown_amount(double value, double reach, const std::optional<Unit>& unit) {
  if (!unit) return rounded(value) + " ± " + rounded(reach);
  const Unit shown = readable(value, *unit);
  return rounded(convert(value, *unit, shown)) + " ± " + with_unit(rounded(convert(reach, *unit, shown)), shown);
}

std::string left_out(const Measured& m) {
  const std::size_t n = m.series.without_value;
  return std::to_string(n) + (n == 1 ? " row was" : " rows were") + " left out: a cell that is needed is empty.";
}

std::string shown_r2(double r2) {
  const std::string text = rounded(r2);
  return text == "1" ? detailed(r2) : text;
}

}  // namespace sizing
