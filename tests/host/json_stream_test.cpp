#include "libsizing/host/json_stream.h"

#include <sstream>

#include "tests/support/refusal.h"

namespace sizing {
namespace {

// Each event in a word with its place.
std::string events_of(std::istream& in, const JsonLimits& limits = {}) {
  std::string trace;
  const auto note = [&](const std::string& what, const JsonPosition& at) {
    trace += what + "@" + std::to_string(at.line) + ":" + std::to_string(at.column) + " ";
  };
  read_json(in, "f.json", limits,
            {[&](std::string& key, const JsonPosition& at) { note("key " + key, at); },
             [&](JsonType type, const JsonPosition& at) { note(type == JsonType::object ? "{" : "[", at); },
             [&] { trace += "end "; }, [&](const JsonScalar& value, const JsonPosition& at) { note(value.text, at); }});
  return trace;
}

std::string events_of(const std::string& text, const JsonLimits& limits = {}) {
  std::istringstream in(text);
  return events_of(in, limits);
}

InputError refused(const std::string& text, const JsonLimits& limits = {}) {
  return refusal([&] { events_of(text, limits); });
}

// One byte at a time, as a slow pipe gives them.
struct Slow : std::streambuf {
  explicit Slow(std::string all) : text(std::move(all)) {}
  int_type underflow() override {
    if (at == text.size()) return traits_type::eof();
    setg(text.data() + at, text.data() + at, text.data() + at + 1);
    return traits_type::to_int_type(text[at++]);
  }
  std::string text;
  std::size_t at = 0;
};

// Lines and columns counted by hand; "ä" is one column, an escaped quote two.
TEST(read_json, says_where_each_value_begins) {
  EXPECT_EQ(events_of("{\"a\": 1,\n \"\xC3\xA4\\\"b\" :[true,null, -2.5e1],\n\n\"c\":\"x\"}\n"),
            "{@1:1 key a@1:2 1@1:7 key \xC3\xA4\"b@2:2 [@2:10 true@2:11 null@2:16 -25@2:22 end key c@4:1 x@4:5 end ");
}

TEST(read_json, reads_the_same_in_parts) {
  const std::string text = "{\"a\": [1, {\"b\": \"" + std::string(200'000, 'x') + "\"}], \"c\": 12345678901234567890}";
  Slow slow(text);
  std::istream in(&slow);
  EXPECT_EQ(events_of(in), events_of(text));
}

struct Wrong {
  std::string text;
  const char* place;  // behind the file's name
  const char* says;
};

TEST(read_json, says_where_and_what_is_wrong) {
  const std::vector<Wrong> all = {
      {"", "", "the file is empty"},
      {" \n\t ", "", "the file is empty"},
      {"{\"a\": nan}", "1:7", "invalid literal; found na"},
      {"{\"a\": NaN}", "1:7", "invalid literal; found N"},
      {"{\"a\": Infinity}", "1:7", "invalid literal"},
      {"{\"a\": 1e999}", "1:7", "a number that no computer holds; found 1e999"},
      {"{\"a\": 01}", "1:7", "not valid JSON"},
      {"{\"a\":\n \"b\xFF\"}", "2:4", "ill-formed UTF-8"},
      {"{\"a\": \"\\ud800\"}", "1:7", "surrogate"},
      {"{\"a\": \"b\nc\"}", "1:9", "control character"},
      {"{\"a\": 1", "1:8", "the file ends before its last value does"},
      {"{\"a\": \"b", "1:9", "the file ends"},
      {"{\"a\": 1}}", "1:9", "not valid JSON"},
      {"{\"a\": 1} {}", "1:10", "not valid JSON"},
      {"{'a': 1}", "1:2", "not valid JSON"},
      {"{\"a\" 1}", "1:6", "allowed: ':'"},
      {"{\"a\": 1,}", "1:9", "not valid JSON"},
      {std::string("\x7f") + "ELF\x02\x01\x01", "1:1", "not valid JSON"},
      {std::string("\0\0\0\0", 4), "1:1", "not valid JSON"},
      {"\x1F\x8B\x08", "", "packed by gzip; allowed: the file unpacked, by gzip -d"},
      {"\x04\x22\x4D\x18@", "", "packed by lz4; allowed: the file unpacked, by lz4 -d"},
      {"5", "1:1", "the file is a number alone; found 5"},
      {"\"text\"", "1:1", "the file is a text alone"},
      {"null", "1:1", "the file is null alone"},
  };
  for (const Wrong& w : all) {
    const InputError error = refused(w.text);
    const std::string what = error.what();
    EXPECT_EQ(describe(error.place()), std::string("f.json") + (*w.place ? ":" : "") + w.place) << what;
    EXPECT_TRUE(contains(what, w.says)) << what;
  }
}

TEST(read_json, keeps_its_limits) {
  const std::string deep(1'000'000, '['), bomb = "{\"a\":" + deep;
  EXPECT_EQ(refused(deep).problem(), "nested too deeply");
  EXPECT_EQ(describe(refused(bomb).place()), "f.json:1:105");  // 5 characters, the object and 99 arrays are allowed
  EXPECT_NO_THROW(events_of(std::string(100, '[') + std::string(100, ']')));
  JsonLimits small;
  small.bytes = 100;
  small.text = 10;
  EXPECT_EQ(refused("[" + std::string(100, ' ') + "]", small).problem(), "too large");
  EXPECT_EQ(refused("[\"123456789\", \"12345678901\"]", small).problem(), "a text or number that is too long");
  EXPECT_EQ(refused("[12345678901]", small).place().column, 2);
  EXPECT_NO_THROW(events_of("[\"123456789\"]", small));
}

}  // namespace
}  // namespace sizing
