#include "libsizing/host/punycode.h"

#include <gtest/gtest.h>

#include "tests/support/checks.h"

namespace sizing {
namespace {

struct Sample {
  std::u32string text;
  std::string encoded;
};

// RFC 3492, section 7.1: samples A to E, G and I to S; case is not kept here.
const Sample samples[] = {
    {U"\u0644\u064A\u0647\u0645\u0627\u0628\u062A\u0643\u0644\u0645\u0648\u0634\u0639\u0631\u0628\u064A\u061F",
     "egbpdaj6bu4bxfgehfvwxn"},
    {U"\u4ED6\u4EEC\u4E3A\u4EC0\u4E48\u4E0D\u8BF4\u4E2D\u6587", "ihqwcrb4cv8a8dqg056pqjye"},
    {U"\u4ED6\u5011\u7232\u4EC0\u9EBD\u4E0D\u8AAA\u4E2D\u6587", "ihqwctvzc91f659drss3x8bo0yb"},
    {U"Pro\u010Dprost\u011Bnemluv\u00ED\u010Desky", "Proprostnemluvesky-uyb24dma41a"},
    {U"\u05DC\u05DE\u05D4\u05D4\u05DD\u05E4\u05E9\u05D5\u05D8\u05DC\u05D0\u05DE\u05D3\u05D1\u05E8\u05D9\u05DD\u05E2"
     U"\u05D1\u05E8\u05D9\u05EA",
     "4dbcagdahymbxekheh6e0a7fei0b"},
    {U"\u306A\u305C\u307F\u3093\u306A\u65E5\u672C\u8A9E\u3092\u8A71\u3057\u3066\u304F\u308C\u306A\u3044\u306E\u304B",
     "n8jok5ay5dzabd5bym9f0cm5685rrjetr6pdxa"},
    {U"\u043F\u043E\u0447\u0435\u043C\u0443\u0436\u0435\u043E\u043D\u0438\u043D\u0435\u0433\u043E\u0432\u043E\u0440"
     U"\u044F"
     U"\u0442\u043F\u043E\u0440\u0443\u0441\u0441\u043A\u0438",
     "b1abfaaepdrnnbgefbadotcwatmq2g4l"},
    {U"Porqu\u00E9nopuedensimplementehablarenEspa\u00F1ol", "PorqunopuedensimplementehablarenEspaol-fmd56a"},
    {U"T\u1EA1isaoh\u1ECDkh\u00F4ngth\u1EC3ch\u1EC9n\u00F3iti\u1EBFngVi\u1EC7t",
     "TisaohkhngthchnitingVit-kjcr8268qyxafd2f1b9g"},
    {U"3\u5E74B\u7D44\u91D1\u516B\u5148\u751F", "3B-ww4c5e180e575a65lsy2b"},
    {U"\u5B89\u5BA4\u5948\u7F8E\u6075-with-SUPER-MONKEYS", "-with-SUPER-MONKEYS-pc58ag80a8qai00g7n9n"},
    {U"Hello-Another-Way-\u305D\u308C\u305E\u308C\u306E\u5834\u6240", "Hello-Another-Way--fc4qua05auwb3674vfr0b"},
    {U"\u3072\u3068\u3064\u5C4B\u6839\u306E\u4E0B2", "2-u9tlzr9756bt3uc0v"},
    {U"Maji\u3067Koi\u3059\u308B5\u79D2\u524D", "MajiKoi5-783gue6qz075azm5e"},
    {U"\u30D1\u30D5\u30A3\u30FCde\u30EB\u30F3\u30D0", "de-jg4avhby1noc0d"},
    {U"\u305D\u306E\u30B9\u30D4\u30FC\u30C9\u3067", "d9juau41awczczp"},
    {U"-> $1.00 <-", "-> $1.00 <--"},
};

TEST(punycode, agrees_with_the_samples_of_its_standard) {
  for (const Sample& sample : samples) {
    EXPECT_EQ(punycode_encode(sample.text), sample.encoded);
    EXPECT_EQ(punycode_decode(sample.encoded), sample.text) << sample.encoded;
  }
}

TEST(punycode, decodes_what_it_encodes) {
  RandomNames random(5);
  const std::u32string letters = U"abz09-\u00FC\u00DF\u0430\u4E2D\uFFFD\U0001F600\U0010FFFF";
  for (int i = 0; i < 2000; ++i) {
    std::u32string text;
    for (std::size_t k = random.below(20); k > 0; --k) text += letters[random.below(letters.size())];
    const auto encoded = punycode_encode(text);
    ASSERT_TRUE(encoded);
    EXPECT_EQ(punycode_decode(*encoded), text) << *encoded;
  }
}

TEST(punycode, refuses_what_is_none) {
  for (const char* text : {"9", "99999999", "a!", "-", "\xC3\xBC-a", "zzzzzzzzzzzzzzzzzz", "ab-c_"})
    EXPECT_FALSE(punycode_decode(text)) << text;
}

TEST(utf8, goes_there_and_back) {
  const std::string text = "aü€\U0001F600";
  const auto read = from_utf8(text);
  ASSERT_TRUE(read);
  EXPECT_EQ(*read, U"aü€\U0001F600");
  EXPECT_EQ(to_utf8(*read), text);
}

// Overlong forms, surrogates, beyond U+10FFFF, cut off, a lone continuation (RFC 3629).
TEST(utf8, refuses_what_is_not_well_formed) {
  for (const char* text : {"\xC0\x80", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xC3", "\xBF", "\xFF"})
    EXPECT_FALSE(from_utf8(text));
}

}  // namespace
}  // namespace sizing
