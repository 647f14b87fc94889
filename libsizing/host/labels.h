// A host name in its labels, and labels of letters beyond ASCII.
//
// A capital of ASCII or Latin-1 is made small before it is encoded; all other characters are taken as they are. That is
// what advice needs, and not the whole of IDNA's mapping.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sizing {

inline constexpr std::size_t longest_label = 63;  // octets; RFC 1035, 2.3.4

struct Label {
  std::string_view text;
  std::size_t offset = 0;  // in the name
};

/// Refers to the text that it was read from. Never without a label: the empty name has an empty one.
struct Name {
  std::string_view text;
  std::vector<Label> labels;
  bool absolute = false;  // ends with a dot, which is not in the labels

  const Label& first() const { return labels.front(); }
  const Label& last() const { return labels.back(); }
};

Name read_name(std::string_view text);

/// Whether it starts with "xn--", in either case.
bool is_international(const Label& label);

/// "münchen" is "xn--mnchen-3ya", "a" is "a". Nothing where there is none: broken UTF-8, or longer than a label may be.
std::optional<std::string> ascii_form(std::string_view label);
std::optional<std::string> ascii_form(const Name& name);

/// What a label xn--… stands for, in UTF-8; nothing where it is not the one encoding of letters beyond ASCII.
std::optional<std::string> meaning(const Label& label);

}  // namespace sizing
