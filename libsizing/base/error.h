// Errors that a user can act on.
//
// InputError: something from outside (a flag, a file, a table) is wrong. Its message is one sentence that names the
// place, the key, what was found and what is allowed; the parts stay readable as fields for front ends.
// ModelError: a rule is written wrongly. It is thrown while a model is built, never while one is evaluated.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace sizing {

/// Where in outside input something stands. Line and column count from 1; 0 means "not known".
struct Place {
  std::string file;  // a path, "standard input", or "" for a flag
  int line = 0;
  int column = 0;
  std::string key;  // "server.clients", "--clients"
};

/// "site.toml:4:11: clients", leaving out what is not known.
std::string describe(const Place& place);

class InputError : public std::runtime_error {
 public:
  /// `found` and `allowed` may be empty; the message then leaves them out.
  InputError(Place where, std::string_view problem, std::string_view found = "", std::string_view allowed = "");

  const Place& place() const { return place_; }
  const std::string& problem() const { return problem_; }
  const std::string& found() const { return found_; }
  const std::string& allowed() const { return allowed_; }

 private:
  Place place_;
  std::string problem_, found_, allowed_;
};

class ModelError : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

}  // namespace sizing
