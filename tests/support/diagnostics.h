// Diagnostic files for tests: the examples, changed by a second reader and writer of JSON.
#pragma once

#include <fstream>
#include <sstream>

#include <nlohmann/json.hpp>

#include "libsizing/host/import.h"
#include "libsizing/host/imported_site.h"

namespace sizing {

using Json = nlohmann::ordered_json;

inline const std::vector<std::string>& example_diagnostics() {
  static const std::vector<std::string> paths = {"data/diagnostic/school.json", "data/diagnostic/outgrown.json"};
  return paths;
}

inline Json diagnostic_json(const std::string& path = example_diagnostics()[0]) {
  std::ifstream file(path);
  return Json::parse(file);
}

inline Diagnostic diagnostic_of(const std::string& text) {
  std::istringstream in(text);
  return read_diagnostic(in, "d.json");
}
inline Diagnostic diagnostic_of(const Json& json) { return diagnostic_of(json.dump(2)); }

inline Import import_of(const Diagnostic& diagnostic) { return import_site(diagnostic, to_site(diagnostic)); }
inline Import import_of(const Json& json) { return import_of(diagnostic_of(json)); }

inline const Remark* remark_of(const Import& import, const std::string& code) {
  for (const Remark& remark : import.remarks)
    if (remark.code == code) return &remark;
  return nullptr;
}

/// "memory.total" as the path that the JSON library takes.
inline Json::json_pointer pointer_of(std::string path) {
  for (char& c : path)
    if (c == '.') c = '/';
  return Json::json_pointer("/" + path);
}

}  // namespace sizing
