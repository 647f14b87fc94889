// One result in every format, for tests that hold them against each other.
#pragma once

#include <nlohmann/json.hpp>

#include "tests/cli/call.h"
#include "tests/cli/reading.h"

namespace sizing::cli {

using Json = nlohmann::ordered_json;

struct Formats {
  Json json;
  std::vector<Record> csv;
  std::string markdown, text;
};

inline Formats formats_of(const std::string& line) {
  const auto as = [&](const char* format) { return call_line(line + " --format " + format).out; };
  return {Json::parse(as("json")), csv_records(as("csv")), as("markdown"), as("text")};
}

inline std::string text_of(const Json& json) { return json.is_null() ? "" : json.get<std::string>(); }

/// Whether a CSV field is what JSON says: a number to its last bit, a text, or nothing.
inline bool same(const std::string& field, const Json& json) {
  if (json.is_null()) return field.empty();
  return json.is_number() ? parse_number(field) == json.get<double>() : field == json.get<std::string>();
}

}  // namespace sizing::cli
