#include "libsizing/host/punycode.h"

#include <algorithm>
#include <cstdint>
#include <limits>

namespace sizing {
namespace {

// The parameters of Punycode, RFC 3492 section 5.
constexpr std::uint32_t base = 36, t_min = 1, t_max = 26, skew = 38, damp = 700, first_bias = 72, first_code = 0x80;
constexpr std::uint32_t most = std::numeric_limits<std::uint32_t>::max();
constexpr char32_t last_code_point = 0x10FFFF;

// Section 6.1.
std::uint32_t adapt(std::uint32_t delta, std::uint32_t points, bool first) {
  delta = first ? delta / damp : delta / 2;
  delta += delta / points;
  std::uint32_t k = 0;
  for (; delta > (base - t_min) * t_max / 2; k += base) delta /= base - t_min;
  return k + (base - t_min + 1) * delta / (delta + skew);
}

std::uint32_t threshold(std::uint32_t k, std::uint32_t bias) { return k <= bias ? t_min : std::min(k - bias, t_max); }

char digit(std::uint32_t value) { return static_cast<char>(value < 26 ? 'a' + value : '0' + (value - 26)); }

std::uint32_t value_of(char c) {
  if (c >= 'a' && c <= 'z') return static_cast<std::uint32_t>(c - 'a');
  if (c >= 'A' && c <= 'Z') return static_cast<std::uint32_t>(c - 'A');
  if (c >= '0' && c <= '9') return static_cast<std::uint32_t>(c - '0') + 26;
  return base;
}

void append_number(std::string& text, std::uint32_t number, std::uint32_t bias) {
  for (std::uint32_t k = base;; k += base) {
    const std::uint32_t t = threshold(k, bias);
    if (number < t) break;
    text += digit(t + (number - t) % (base - t));
    number = (number - t) / (base - t);
  }
  text += digit(number);
}

// The generalised number at the start of `text`, which is taken off; nothing where it is none or too large.
std::optional<std::uint32_t> take_number(std::string_view& text, std::uint32_t bias) {
  std::uint64_t number = 0, weight = 1;
  for (std::uint32_t k = base; !text.empty(); k += base) {
    const std::uint32_t value = value_of(text.front());
    text.remove_prefix(1);
    if (value == base) return std::nullopt;
    number += value * weight;
    if (number > most) return std::nullopt;
    const std::uint32_t t = threshold(k, bias);
    if (value < t) return static_cast<std::uint32_t>(number);
    weight *= base - t;
    if (weight > most) return std::nullopt;
  }
  return std::nullopt;
}

bool is_scalar(std::uint64_t code) { return code <= last_code_point && (code < 0xD800 || code > 0xDFFF); }

}  // namespace

std::optional<std::string> punycode_encode(std::u32string_view text) {
  std::string result;
  for (const char32_t c : text)
    if (c < first_code) result += static_cast<char>(c);
  const std::size_t basic = result.size();
  if (basic > 0) result += '-';

  std::uint64_t delta = 0;
  std::uint32_t code = first_code, bias = first_bias;
  for (std::size_t handled = basic; handled < text.size(); ++code, ++delta) {
    char32_t next = last_code_point + 1;
    for (const char32_t c : text)
      if (c >= code) next = std::min(next, c);
    if (next > last_code_point) return std::nullopt;
    delta += std::uint64_t{next - code} * (handled + 1);
    code = next;
    for (const char32_t c : text) {
      if (c < code) ++delta;
      if (delta > most) return std::nullopt;
      if (c != code) continue;
      append_number(result, static_cast<std::uint32_t>(delta), bias);
      bias = adapt(static_cast<std::uint32_t>(delta), static_cast<std::uint32_t>(handled + 1), handled == basic);
      delta = 0;
      ++handled;
    }
  }
  return result;
}

std::optional<std::u32string> punycode_decode(std::string_view text) {
  std::u32string result;
  // A delimiter at the very start delimits nothing; it then fails as a digit.
  const std::size_t dash = text.rfind('-');
  const std::size_t basic = dash == std::string_view::npos ? 0 : dash;
  for (const char c : text.substr(0, basic)) {
    if (static_cast<unsigned char>(c) >= first_code) return std::nullopt;
    result += static_cast<char32_t>(c);
  }
  if (basic > 0) text.remove_prefix(basic + 1);
  std::uint64_t code = first_code, at = 0;
  std::uint32_t bias = first_bias;
  while (!text.empty()) {
    const auto delta = take_number(text, bias);
    if (!delta) return std::nullopt;
    const std::size_t length = result.size() + 1;
    bias = adapt(*delta, static_cast<std::uint32_t>(length), result.size() == basic);
    code += (at + *delta) / length;
    at = (at + *delta) % length;
    if (!is_scalar(code)) return std::nullopt;
    result.insert(result.begin() + static_cast<std::ptrdiff_t>(at++), static_cast<char32_t>(code));
  }
  return result;
}

std::optional<std::u32string> from_utf8(std::string_view text) {
  std::u32string result;
  while (!text.empty()) {
    const auto lead = static_cast<unsigned char>(text[0]);
    const std::size_t length = lead < 0x80   ? 1
                               : lead < 0xC2 ? 0
                               : lead < 0xE0 ? 2
                               : lead < 0xF0 ? 3
                               : lead < 0xF5 ? 4
                                             : 0;
    if (length == 0 || length > text.size()) return std::nullopt;
    char32_t code = length == 1 ? lead : lead & (0xFFu >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
      const auto next = static_cast<unsigned char>(text[i]);
      if ((next & 0xC0) != 0x80) return std::nullopt;
      code = (code << 6) | (next & 0x3Fu);
    }
    constexpr char32_t least[] = {0, 0, 0x80, 0x800, 0x10000};  // shorter forms are the well-formed ones
    if (code < least[length] || !is_scalar(code)) return std::nullopt;
    result += code;
    text.remove_prefix(length);
  }
  return result;
}

std::string to_utf8(std::u32string_view text) {
  std::string result;
  const auto tail = [&](char32_t code, int shift) { result += static_cast<char>(0x80 | ((code >> shift) & 0x3F)); };
  for (const char32_t code : text) {
    if (code < 0x80) {
      result += static_cast<char>(code);
    } else if (code < 0x800) {
      result += static_cast<char>(0xC0 | (code >> 6));
      tail(code, 0);
    } else if (code < 0x10000) {
      result += static_cast<char>(0xE0 | (code >> 12));
      tail(code, 6), tail(code, 0);
    } else {
      result += static_cast<char>(0xF0 | (code >> 18));
      tail(code, 12), tail(code, 6), tail(code, 0);
    }
  }
  return result;
}

}  // namespace sizing
