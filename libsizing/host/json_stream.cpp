#include "libsizing/host/json_stream.h"

#include <array>
#include <iterator>
#include <limits>
#include <string_view>

#include <nlohmann/json.hpp>

#include "libsizing/base/error.h"
#include "libsizing/base/number.h"
#include "libsizing/base/text.h"

namespace sizing {
namespace {

constexpr JsonPosition nowhere{0, 0};

// A piece of the text: a value, or one of {}[],: between them.
struct Token {
  JsonPosition at;
  std::string text;  // its beginning
};

// The bytes of a stream, one after the other, and where the value that is being read began.
class Bytes {
 public:
  Bytes(std::streambuf& from, std::string file, const JsonLimits& limits)
      : from_(from), file_(std::move(file)), limits_(limits) {}

  bool done() {
    if (at_ < size_) return false;
    if (ended_) return true;
    // std::streambuf::sgetn, not istream::read, which would swallow an InputError.
    size_ = static_cast<std::size_t>(from_.sgetn(part_.data(), static_cast<std::streamsize>(part_.size())));
    at_ = 0;
    read_ += size_;
    ended_ = size_ == 0;
    if (read_ > limits_.bytes)
      refuse(nowhere, "too large", "", "at most " + std::to_string(limits_.bytes >> 20) + " MiB");
    return ended_;
  }

  char peek() { return done() ? '\0' : part_[at_]; }
  std::string_view first_part() { return done() ? std::string_view() : std::string_view(part_.data(), size_); }

  void take() {
    const char c = part_[at_++];
    last_ = here_;
    if (in_text_)
      text(c);
    else
      between(c);
    if (length_ > limits_.text)
      refuse(value_.at, "a text or number that is too long", "",
             "at most " + std::to_string(limits_.text >> 20) + " MiB");
    move(c);
  }

  /// Where the value begins that was read last.
  const JsonPosition& start() const { return value_.at; }
  const JsonPosition& here() const { return here_; }
  /// What is wrong where the parser stopped behind `last`: inside a text the character.
  Token wrong(std::string_view last) const {
    const bool sign = !last.empty() && std::string_view("{}[],:").find(last.back()) != std::string_view::npos;
    return in_text_ ? Token{last_, value_.text} : sign ? sign_ : value_;
  }

  [[noreturn]] void refuse(const JsonPosition& at, const std::string& problem, const std::string& found = "",
                           const std::string& allowed = "") const {
    throw InputError({file_, at.line, at.column, ""}, problem, found, allowed);
  }

 private:
  void text(char c) {
    grow(c);
    if (escaped_)
      escaped_ = false;
    else if (c == '\\')
      escaped_ = true;
    else if (c == '"')
      in_text_ = false, length_ = 0;
  }

  void between(char c) {
    constexpr std::string_view blanks = " \t\r\n", signs = ",:]}{[";
    if (blanks.find(c) != std::string_view::npos) {
      length_ = 0;
    } else if (signs.find(c) != std::string_view::npos) {
      length_ = 0;
      sign_.at = here_;
      sign_.text = c;
      if (c == '{' || c == '[') value_ = sign_;
    } else {
      if (length_ == 0 || c == '"') value_.at = here_, value_.text.clear();
      grow(c);
      in_text_ = c == '"';
    }
  }

  void grow(char c) {
    constexpr std::size_t shown = 40;
    if (++length_ <= shown) value_.text += c;
  }

  void move(char c) {
    if (c == '\n') {
      if (here_.line < std::numeric_limits<int>::max()) ++here_.line;
      here_.column = 1;
    } else if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) {
      ++here_.column;
    }
  }

  std::streambuf& from_;
  std::string file_;
  JsonLimits limits_;
  std::array<char, 1 << 16> part_{};
  std::size_t at_ = 0, size_ = 0, read_ = 0, length_ = 0;
  bool ended_ = false, in_text_ = false, escaped_ = false;
  JsonPosition here_, last_;
  Token value_, sign_;
};

// What the parser reads them by.
struct BytesIterator {
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = char;

  Bytes* bytes = nullptr;  // null: the end

  char operator*() const { return bytes->peek(); }
  BytesIterator& operator++() {
    bytes->take();
    return *this;
  }
  BytesIterator operator++(int) {
    BytesIterator before = *this;
    ++*this;
    return before;
  }
  friend bool operator==(const BytesIterator& a, const BytesIterator& b) { return a.ended() == b.ended(); }
  friend bool operator!=(const BytesIterator& a, const BytesIterator& b) { return !(a == b); }
  bool ended() const { return bytes == nullptr || bytes->done(); }
};

// The parts of the parser's message: "… - invalid literal; last read: 'nan'; expected ']'".
std::string part_of(const std::string& message, std::string_view from, std::string_view to) {
  const auto begin = message.find(from);
  if (begin == std::string::npos) return "";
  const auto end = message.find(to, begin + from.size());
  return message.substr(begin + from.size(), end == std::string::npos ? end : end - begin - from.size());
}

// The events of nlohmann's parser passed on, with places and limits.
class Events {
 public:
  using Json = nlohmann::json;

  Events(Bytes& bytes, const JsonLimits& limits, const JsonEvents& to) : bytes_(bytes), limits_(limits), to_(to) {}

  bool null() { return scalar({JsonType::null, 0, "null"}); }
  bool boolean(bool value) { return scalar({JsonType::boolean, value ? 1.0 : 0.0, value ? "true" : "false"}); }
  bool number_integer(Json::number_integer_t value) {
    return scalar({JsonType::number, static_cast<double>(value), std::to_string(value)});
  }
  bool number_unsigned(Json::number_unsigned_t value) {
    return scalar({JsonType::number, static_cast<double>(value), std::to_string(value)});
  }
  bool number_float(Json::number_float_t value, const std::string&) {
    return scalar({JsonType::number, value, exact(value)});
  }
  bool string(std::string& value) { return scalar({JsonType::text, 0, std::move(value)}); }
  bool binary(Json::binary_t&) { return false; }

  bool start_object(std::size_t) { return open(JsonType::object); }
  bool start_array(std::size_t) { return open(JsonType::array); }
  bool end_object() { return close(); }
  bool end_array() { return close(); }
  bool key(std::string& key) {
    to_.key(key, bytes_.start());
    return true;
  }

  bool parse_error(std::size_t, const std::string& last, const nlohmann::detail::exception& error) {
    const std::string message = error.what();
    if (message.find("out_of_range") != std::string::npos)
      bytes_.refuse(bytes_.start(), "a number that no computer holds", excerpt(last));
    for (const char* end : {"unexpected end of input", "missing closing quote"})
      if (message.find(end) != std::string::npos) ended();
    const Token wrong = bytes_.wrong(last);
    bytes_.refuse(wrong.at, "not valid JSON: " + printable(part_of(message, " - ", "; ")), excerpt(wrong.text),
                  printable(part_of(message, "; expected ", "; ")));
  }

 private:
  // The parser takes a byte 0 for the end as well.
  [[noreturn]] void ended() {
    if (!bytes_.done()) bytes_.refuse(bytes_.start(), "not valid JSON: a byte 0");
    bytes_.refuse(bytes_.here(), "not valid JSON: the file ends before its last value does");
  }
  bool scalar(JsonScalar value) {
    if (depth_ == 0) bytes_.refuse(bytes_.start(), "the file is " + name(value.type) + " alone", excerpt(value.text));
    to_.scalar(value, bytes_.start());
    return true;
  }
  bool open(JsonType type) {
    if (++depth_ > limits_.depth)
      bytes_.refuse(bytes_.start(), "nested too deeply", "", "at most " + std::to_string(limits_.depth) + " levels");
    to_.open(type, bytes_.start());
    return true;
  }
  bool close() {
    --depth_;
    to_.close();
    return true;
  }

  Bytes& bytes_;
  const JsonLimits& limits_;
  const JsonEvents& to_;
  std::size_t depth_ = 0;
};

// What is no JSON at the first sight, and what to do about it.
void check_beginning(Bytes& bytes) {
  const std::string_view text = bytes.first_part();
  if (text.find_first_not_of(" \t\r\n") == std::string_view::npos && text.size() < (1 << 16))
    bytes.refuse(nowhere, "the file is empty");
  const auto packed = [&](std::string_view magic, const char* by, const char* unpack) {
    if (text.starts_with(magic))
      bytes.refuse(nowhere, std::string("packed by ") + by, "", std::string("the file unpacked, by ") + unpack);
  };
  packed("\x04\x22\x4D\x18", "lz4", "lz4 -d");
  packed("\x1F\x8B", "gzip", "gzip -d");
  packed("\xFD\x37\x7A\x58\x5A", "xz", "xz -d");
  packed("\x28\xB5\x2F\xFD", "zstd", "zstd -d");
  packed("PK\x03\x04", "zip", "unzip");
}

}  // namespace

std::string name(JsonType type) {
  constexpr std::array<const char*, 6> names = {"null", "true or false", "a number", "a text", "an object", "an array"};
  return names[static_cast<std::size_t>(type)];
}

void read_json(std::istream& in, const std::string& file, const JsonLimits& limits, const JsonEvents& events) {
  Bytes bytes(*in.rdbuf(), file, limits);
  check_beginning(bytes);
  Events to(bytes, limits, events);
  nlohmann::json::sax_parse(BytesIterator{&bytes}, BytesIterator{}, &to);
}

}  // namespace sizing
