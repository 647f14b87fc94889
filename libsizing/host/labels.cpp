#include "libsizing/host/labels.h"

#include <algorithm>

#include "libsizing/base/text.h"
#include "libsizing/host/punycode.h"

namespace sizing {
namespace {

constexpr std::string_view ascii_prefix = "xn--";

bool all_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// Lower case of the letters that are likely here: ASCII and Latin-1. All others are left as they are.
char32_t lower_case(char32_t c) {
  const bool capital = (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7);
  return capital ? c + 0x20 : c;
}

}  // namespace

Name read_name(std::string_view text) {
  Name name{text, {}, text.ends_with('.')};
  const std::string_view body = text.substr(0, text.size() - (name.absolute ? 1 : 0));
  for (std::size_t from = 0; from <= body.size();) {
    const std::size_t dot = std::min(body.find('.', from), body.size());
    name.labels.push_back({body.substr(from, dot - from), from});
    from = dot + 1;
  }
  return name;
}

bool is_international(const Label& label) { return lower(label.text.substr(0, ascii_prefix.size())) == ascii_prefix; }

std::optional<std::string> ascii_form(std::string_view label) {
  if (all_ascii(label)) return lower(label);
  if (label.size() > 4 * longest_label) return std::nullopt;
  auto text = from_utf8(label);
  if (!text) return std::nullopt;
  std::transform(text->begin(), text->end(), text->begin(), lower_case);
  const auto encoded = punycode_encode(*text);
  if (!encoded || encoded->size() + ascii_prefix.size() > longest_label) return std::nullopt;
  return std::string(ascii_prefix) + *encoded;
}

std::optional<std::string> ascii_form(const Name& name) {
  std::vector<std::string> labels;
  for (const Label& label : name.labels) {
    const auto form = ascii_form(label.text);
    if (!form) return std::nullopt;
    labels.push_back(*form);
  }
  return join(labels, ".");
}

std::optional<std::string> meaning(const Label& label) {
  if (label.text.size() > longest_label) return std::nullopt;
  const std::string encoded = lower(label.text.substr(ascii_prefix.size()));
  const auto decoded = punycode_decode(encoded);
  if (!decoded || punycode_encode(*decoded) != encoded) return std::nullopt;
  const std::string text = to_utf8(*decoded);
  const bool hidden = printable(text) != text;  // controls and marks of direction are in no label (RFC 5892)
  return hidden || all_ascii(text) ? std::nullopt : std::optional(text);
}

}  // namespace sizing
