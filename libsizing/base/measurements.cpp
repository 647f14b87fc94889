#include "libsizing/base/measurements.h"

#include <algorithm>
#include <optional>

#include "libsizing/base/error.h"
#include "libsizing/base/number.h"
#include "libsizing/base/text.h"

namespace sizing {
namespace {

std::optional<double> number_of(std::string_view text) {
  try {
    return parse_number(trim(text));
  } catch (const InputError&) {
    return std::nullopt;
  }
}

struct Operator {
  std::string_view text;
  Comparator comparator;
};
// Longer ones first: "<=" begins with "<".
constexpr Operator operators[] = {{"!=", Comparator::unequal},  {"<=", Comparator::at_most},
                                  {">=", Comparator::at_least}, {"=", Comparator::equal},
                                  {"<", Comparator::less},      {">", Comparator::more}};

template <class Value>
bool holds(const Value& a, Comparator comparator, const Value& b) {
  switch (comparator) {
    case Comparator::equal: return a == b;
    case Comparator::unequal: return a != b;
    case Comparator::less: return a < b;
    case Comparator::at_most: return a <= b;
    case Comparator::more: return a > b;
    case Comparator::at_least: break;
  }
  return a >= b;
}

std::vector<std::string> shown(const std::vector<std::string>& words) {
  std::vector<std::string> clean;
  for (const std::string& word : words) clean.push_back(excerpt(word));
  return clean;
}

std::size_t find_column(const Csv& csv, const std::string& file, const std::string& name, const std::string& key) {
  const auto at = std::find(csv.header.begin(), csv.header.end(), name);
  if (at == csv.header.end())
    throw InputError({file, 0, 0, key}, "no such column" + did_you_mean(name, shown(csv.header)), name,
                     join_some(shown(csv.header)));
  if (std::find(at + 1, csv.header.end(), name) != csv.header.end())
    throw InputError({file, 0, 0, key}, "two columns have this name", name);
  return static_cast<std::size_t>(at - csv.header.begin());
}

// A condition on a column of this file.
struct Filter {
  const Condition& condition;
  std::size_t column = 0;
  std::optional<double> number;  // its value, where it is one
};

std::string key_of(const Condition& condition) { return "where " + excerpt(condition.text); }

bool is_order(Comparator c) { return c != Comparator::equal && c != Comparator::unequal; }

// The values that a column has, in their first order.
std::vector<std::string> values_of(const Csv& csv, std::size_t column) {
  std::vector<std::string> values;
  for (const CsvRow& row : csv.rows) {
    const std::string& value = row.fields[column];
    if (values.size() < 50 && std::find(values.begin(), values.end(), value) == values.end()) values.push_back(value);
  }
  return values;
}

bool meets(const std::string& field, const Filter& filter) {
  const auto number = filter.number ? number_of(field) : std::nullopt;
  if (number) return holds(*number, filter.condition.comparator, *filter.number);
  return holds(std::string(trim(field)), filter.condition.comparator, filter.condition.value);
}

// "state=idel": a value that is not there is a slip.
void check_value(const Csv& csv, const std::string& file, const Filter& filter) {
  if (filter.condition.comparator != Comparator::equal) return;
  for (const CsvRow& row : csv.rows)
    if (meets(row.fields[filter.column], filter)) return;
  const auto known = shown(values_of(csv, filter.column));
  throw InputError({file, 0, 0, key_of(filter.condition)},
                   "the column never has this value" + did_you_mean(filter.condition.value, known),
                   filter.condition.value, join_some(known));
}

std::vector<Filter> filters_of(const Csv& csv, const std::string& file, const std::vector<Condition>& conditions) {
  std::vector<Filter> filters;
  for (const Condition& condition : conditions) {
    filters.push_back(
        {condition, find_column(csv, file, condition.column, key_of(condition)), number_of(condition.value)});
    if (is_order(condition.comparator) && !filters.back().number)
      throw InputError({file, 0, 0, key_of(condition)}, "not a number", condition.value, "a number to compare with");
    check_value(csv, file, filters.back());
  }
  return filters;
}

double number_at(const CsvRow& row, std::size_t column, const Csv& csv, const std::string& file) {
  const auto number = number_of(row.fields[column]);
  if (number) return *number;
  throw InputError({file, row.line, 0, excerpt(csv.header[column])}, "not a number", row.fields[column],
                   "a decimal number such as 20 or 0.5");
}

bool blank(const CsvRow& row, std::size_t column) { return trim(row.fields[column]).empty(); }

}  // namespace

Condition parse_condition(std::string_view text) {
  const std::size_t at = text.find_first_of("=!<>");
  const char* form = "COLUMN=VALUE, or with !=, <, <=, > or >=";
  const std::string_view column = trim(text.substr(0, at));
  if (at == std::string_view::npos || column.empty()) throw InputError({}, "not a condition", text, form);
  for (const Operator& op : operators) {
    if (!text.substr(at).starts_with(op.text)) continue;
    const std::string_view value = trim(text.substr(at + op.text.size()));
    if (!value.empty() && std::string_view("=<>").find(value[0]) != std::string_view::npos) break;  // "==", "<>"
    return {std::string(column), op.comparator, std::string(value), std::string(trim(text))};
  }
  throw InputError({}, "not a condition", text, form);
}

Csv parse_measurements(std::string_view text, const std::string& file) {
  if (text.size() > most_measurement_bytes)
    throw InputError({file, 0, 0, ""}, "too large for a table of measurements", "",
                     "at most " + std::to_string(most_measurement_bytes >> 20) + " MiB");
  if (text.find('\0') != std::string_view::npos) throw InputError({file, 0, 0, ""}, "not a text file");
  const std::size_t end = text.find_last_not_of("\r\n");
  return parse_csv(text.substr(0, end == std::string_view::npos ? 0 : end + 1), file);
}

Series select(const Csv& csv, const std::string& file, const std::string& x, const std::string& y,
              const std::vector<Condition>& conditions) {
  const std::size_t at_x = find_column(csv, file, x, "x"), at_y = find_column(csv, file, y, "y");
  const std::vector<Filter> filters = filters_of(csv, file, conditions);
  Series series;
  series.rows = csv.rows.size();
  for (const CsvRow& row : csv.rows) {
    bool met = true, whole = true;
    for (const Filter& filter : filters) {
      const bool order = is_order(filter.condition.comparator);
      if (order && blank(row, filter.column))
        whole = false;
      else if (order)
        met = met && holds(number_at(row, filter.column, csv, file), filter.condition.comparator, *filter.number);
      else
        met = met && meets(row.fields[filter.column], filter);
    }
    if (!met) {
      ++series.not_met;
    } else if (!whole || blank(row, at_x) || blank(row, at_y)) {
      ++series.without_value;
    } else {
      series.x.push_back(number_at(row, at_x, csv, file));
      series.y.push_back(number_at(row, at_y, csv, file));
      series.lines.push_back(row.line);
    }
  }
  return series;
}

}  // namespace sizing
