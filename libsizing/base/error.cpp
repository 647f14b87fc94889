#include "libsizing/base/error.h"

#include "libsizing/base/text.h"

namespace sizing {
namespace {

std::string sentence(const Place& place, std::string_view problem, std::string_view found, std::string_view allowed) {
  std::string text = describe(place);
  if (!text.empty()) text += ": ";
  text += problem;
  if (!found.empty()) text += "; found " + excerpt(found);
  if (!allowed.empty()) text += "; allowed: " + std::string(allowed);
  return text;
}

}  // namespace

std::string describe(const Place& place) {
  constexpr std::size_t longest_path = 300, longest_key = 120;
  std::string text = excerpt(place.file, longest_path);
  if (place.line > 0) text += ":" + std::to_string(place.line);
  if (place.line > 0 && place.column > 0) text += ":" + std::to_string(place.column);
  if (!place.key.empty()) text += (text.empty() ? "" : ": ") + excerpt(place.key, longest_key);
  return text;
}

InputError::InputError(Place where, std::string_view problem, std::string_view found, std::string_view allowed)
    : std::runtime_error(sentence(where, problem, found, allowed)),
      place_(std::move(where)),
      problem_(problem),
      found_(found),
      allowed_(allowed) {}

}  // namespace sizing
