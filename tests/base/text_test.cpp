#include "libsizing/base/text.h"

#include <gtest/gtest.h>

#include "libsizing/base/error.h"

namespace sizing {
namespace {

const std::vector<std::string> known = {"clients", "active_clients", "connections", "samba.connections", "depots"};

TEST(listed, has_one_and_before_the_last) {
  const std::vector<std::string> names = {"a", "b", "c"};
  EXPECT_EQ(listed({}), "");
  EXPECT_EQ(listed(std::span(names).first(1)), "a");
  EXPECT_EQ(listed(std::span(names).first(2)), "a and b");
  EXPECT_EQ(listed(names), "a, b and c");
}

TEST(nearest, finds_the_misspelt_name) {
  EXPECT_EQ(nearest("clinets", known), "clients");
  EXPECT_EQ(nearest("client", known), "clients");
  EXPECT_EQ(nearest("CLIENTS", known), "clients");
  EXPECT_EQ(nearest("samba.conections", known), "samba.connections");
  EXPECT_EQ(nearest("deptos", known), "depots");
}

TEST(nearest, finds_the_name_whose_end_was_written) {
  const std::vector<std::string> names = {"opsiconfd.workers", "server.memory"};
  EXPECT_EQ(nearest("memory", names), "server.memory");
}

TEST(nearest, is_nothing_where_no_name_is_near) {
  EXPECT_EQ(nearest("printers", known), std::nullopt);
  EXPECT_EQ(nearest("", known), std::nullopt);
  EXPECT_EQ(nearest(std::string(10'000'000, 'c'), known), std::nullopt);
  EXPECT_EQ(nearest("clients", {}), std::nullopt);
}

TEST(did_you_mean, asks_or_is_silent) {
  EXPECT_EQ(did_you_mean("clinets", known), " (did you mean 'clients'?)");
  EXPECT_EQ(did_you_mean("printers", known), "");
}

TEST(printable, keeps_text) {
  EXPECT_EQ(printable("Straße, 5 × 4 → 20 €, 𝄞"), "Straße, 5 × 4 → 20 €, 𝄞");
  EXPECT_EQ(printable(""), "");
}

TEST(printable, takes_control_characters_out) {
  EXPECT_EQ(printable("a\x1b[31mred"), "a?[31mred");
  EXPECT_EQ(printable("a\tb\nc\rd"), "a?b?c?d");
  EXPECT_EQ(printable(std::string_view("a\0b\x7f", 4)), "a?b?");
  EXPECT_EQ(printable("\xC2\x9B"
                      "31m"),
            "?31m");  // CSI as one character of Latin-1's upper controls
}

// The lone and cut-off bytes of the Unicode Standard, table 3-8.
TEST(printable, takes_broken_utf8_out) {
  EXPECT_EQ(printable("a\xFFz"), "a?z");
  EXPECT_EQ(printable("a\x80z"), "a?z");
  EXPECT_EQ(printable("\xE2\x82"), "??");
  EXPECT_EQ(printable("\xC3(z"), "?(z");
  EXPECT_EQ(printable("\xC0\xAFz"), "??z");
  EXPECT_EQ(printable("\xF5\x80\x80\x80"), "????");
}

TEST(excerpt, cuts_after_sixty_characters) {
  EXPECT_EQ(excerpt(std::string(60, 'x')), std::string(60, 'x'));
  EXPECT_EQ(excerpt(std::string(61, 'x')), std::string(60, 'x') + "…");
  EXPECT_EQ(excerpt(std::string(5'000'000, 'x')), std::string(60, 'x') + "…");
}

TEST(excerpt, counts_characters_and_not_bytes) {
  std::string sixty;
  for (int i = 0; i < 60; ++i) sixty += "ä";
  EXPECT_EQ(excerpt(sixty), sixty);
  EXPECT_EQ(excerpt(sixty + "ä"), sixty + "…");
  std::string wide;
  for (int i = 0; i < 70; ++i) wide += "𝄞";
  EXPECT_EQ(width(excerpt(wide)), 61U);
}

TEST(width, counts_characters) {
  EXPECT_EQ(width("abc"), 3U);
  EXPECT_EQ(width("5 × 4 …"), 7U);
  EXPECT_EQ(width(""), 0U);
}

TEST(text, splits_and_joins) {
  EXPECT_EQ(split("a,,b", ','), (std::vector<std::string>{"a", "", "b"}));
  EXPECT_EQ(split("", ','), (std::vector<std::string>{""}));
  EXPECT_EQ(join(split("a,b,c", ','), " and "), "a and b and c");
  EXPECT_EQ(join({}, ", "), "");
  EXPECT_EQ(trim(" \ta b\t "), "a b");
  EXPECT_EQ(trim(" \t"), "");
  EXPECT_EQ(lower("GiB Ä"), "gib Ä");
  EXPECT_EQ(replace_all("a.b.c", ".", "--"), "a--b--c");
  EXPECT_EQ(replace_all("aaa", "a", "aa"), "aaaaaa");
}

TEST(place, leaves_out_what_is_not_known) {
  EXPECT_EQ(describe({"site.toml", 4, 11, "clients"}), "site.toml:4:11: clients");
  EXPECT_EQ(describe({"site.toml", 4, 0, ""}), "site.toml:4");
  EXPECT_EQ(describe({"site.toml", 0, 11, ""}), "site.toml");
  EXPECT_EQ(describe({"", 0, 0, "--clients"}), "--clients");
  EXPECT_EQ(describe({}), "");
  EXPECT_EQ(describe({"a\x1b[2Jb", 0, 0, "k\ny"}), "a?[2Jb: k?y");
}

TEST(input_error, is_one_sentence_of_its_parts) {
  const InputError error({"site.toml", 4, 11, "clients"}, "not allowed", "-5", "a whole number");
  EXPECT_STREQ(error.what(), "site.toml:4:11: clients: not allowed; found -5; allowed: a whole number");
  EXPECT_EQ(error.found(), "-5");
  EXPECT_EQ(error.allowed(), "a whole number");
  EXPECT_STREQ(InputError({}, "not a number").what(), "not a number");
}

TEST(input_error, shows_foreign_text_safely) {
  EXPECT_STREQ(InputError({}, "not a number", "\x1b[2J").what(), "not a number; found ?[2J");
  EXPECT_LT(std::string(InputError({}, "not a number", std::string(100'000, '9')).what()).size(), 200U);
}

}  // namespace
}  // namespace sizing
