// Punycode (RFC 3492): letters beyond ASCII in the letters, digits and hyphens of host names.
//
// This is the encoding alone. IDNA's mapping (Unicode normalisation, case folding, contextual rules; RFC 5891 to 5895)
// is not here.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sizing {

/// "münchen" is "mnchen-3ya" (without the prefix xn--). Nothing where it would overflow.
std::optional<std::string> punycode_encode(std::u32string_view text);

/// The inverse; nothing where `text` is not Punycode: another character, an overflow, no Unicode code point.
std::optional<std::u32string> punycode_decode(std::string_view text);

/// Nothing where `text` is not well-formed UTF-8.
std::optional<std::u32string> from_utf8(std::string_view text);
std::string to_utf8(std::u32string_view text);

}  // namespace sizing
