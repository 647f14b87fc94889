// Reading JSON from a stream, value by value, with the line and column where each begins.
//
// Memory does not grow with the text: only one text or number is held at a time. Nesting is counted, not followed by
// calls, so a file of brackets alone does no harm.
#pragma once

#include <cstddef>
#include <functional>
#include <istream>
#include <string>

namespace sizing {

enum class JsonType { null, boolean, number, text, object, array };
/// "a text", "an object", …
std::string name(JsonType type);

/// A value that is no object and no array.
struct JsonScalar {
  JsonType type = JsonType::null;
  double number = 0;  // of a boolean 1 or 0
  std::string text;   // of a text; of a number as people read it
};

/// Where a value or key begins, from 1; a column is a character.
struct JsonPosition {
  int line = 1, column = 1;
};

struct JsonEvents {
  std::function<void(std::string& key, const JsonPosition&)> key;
  std::function<void(JsonType, const JsonPosition&)> open;
  std::function<void()> close;
  std::function<void(JsonScalar&, const JsonPosition&)> scalar;
};

struct JsonLimits {
  std::size_t bytes = 256U << 20;  // of all
  std::size_t text = 4U << 20;     // of one text or number, in bytes
  std::size_t depth = 100;         // of nesting
};

/// Calls `events` in the order of the text, whose one value must be an object or an array. Throws InputError with file,
/// line and column: not JSON (an empty, packed or binary file, too), more than the limits; and what the events throw.
void read_json(std::istream& in, const std::string& file, const JsonLimits& limits, const JsonEvents& events);

}  // namespace sizing
