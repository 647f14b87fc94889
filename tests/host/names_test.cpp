#include "libsizing/host/names.h"

#include <gtest/gtest.h>

#include "libsizing/base/text.h"
#include "libsizing/opsi/tables.h"
#include "tests/support/checks.h"

using namespace std::string_literals;

namespace sizing {
namespace {

constexpr int rounds = 300;
using Words = std::vector<std::string>;

// The one row with this id, which must fail (or warn, or note) at this column.
void expect_breach(const std::vector<Check>& checks, const std::string& id, Verdict verdict, int column) {
  const auto rows = rows_of(checks, id);
  ASSERT_EQ(rows.size(), 1u) << id;
  EXPECT_EQ(rows[0].verdict, verdict) << id;
  EXPECT_EQ(rows[0].place.column, column) << id << ": " << rows[0].found;
  EXPECT_FALSE(rows[0].advice.empty()) << id;
}

// ---- The page's own examples ----------------------------------------------------------------------------------------

TEST(domain, the_page_calls_these_valid) {
  for (const char* name : {"domain.local", "uib.de", "subdomain.domain.de"})
    EXPECT_EQ(ids(check_domain(name), Verdict::fail), Words{}) << name;
}

TEST(domain, the_page_calls_these_invalid) {
  EXPECT_EQ(ids(check_domain("mydomain.d"), Verdict::fail), Words{"domain.top_level"});
  expect_breach(check_domain("mydomain.d"), "domain.top_level", Verdict::fail, 10);
  EXPECT_EQ(ids(check_domain("mydomain"), Verdict::fail), Words{"domain.dots"});
}

TEST(domain, local_is_valid_and_noted_for_multicast_dns) {
  EXPECT_EQ(worst(check_domain("domain.local")), Verdict::note);
  expect_breach(check_domain("domain.local"), "domain.mdns", Verdict::note, 8);
  EXPECT_EQ(worst(check_domain("uib.de")), Verdict::pass);
}

TEST(fqdn, the_page_asks_for_two_dots) {
  EXPECT_EQ(ids(check_fqdn("opsiserver.domain.local"), Verdict::fail), Words{});
  EXPECT_EQ(ids(check_fqdn("opsiserver.local"), Verdict::fail), Words{"fqdn.dots"});
  EXPECT_EQ(ids(check_fqdn("opsiserver.domain."), Verdict::fail), Words{"fqdn.dots"});
  EXPECT_EQ(ids(check_fqdn("opsiserver"), Verdict::fail), Words{"fqdn.dots"});
}

TEST(fqdn, the_page_refuses_localhost_and_addresses) {
  EXPECT_EQ(ids(check_fqdn("127.0.0.1"), Verdict::fail), Words{"fqdn.address"});
  EXPECT_EQ(ids(check_fqdn("localhost"), Verdict::fail), (Words{"fqdn.dots", "fqdn.localhost"}));
  EXPECT_EQ(verdict_of(check_fqdn("localhost.localdomain.local"), "fqdn.localhost"), Verdict::fail);
  EXPECT_EQ(verdict_of(check_fqdn("LocalHost.uib.de"), "fqdn.localhost"), Verdict::fail);
  EXPECT_EQ(verdict_of(check_fqdn("localhosts.uib.de"), "fqdn.localhost"), Verdict::pass);
}

TEST(host_name, the_page_refuses_underscores) {
  const auto checks = check_host_name("opsi_server");
  EXPECT_EQ(ids(checks, Verdict::fail), Words{"host_name.underscore"});
  expect_breach(checks, "host_name.underscore", Verdict::fail, 5);
  EXPECT_EQ(rows_of(checks, "host_name.underscore")[0].advice, "Write opsi-server.");
}

// ---- Limits from the standards --------------------------------------------------------------------------------------

TEST(host_name, a_label_has_at_most_63_octets) {
  EXPECT_EQ(ids(check_host_name(std::string(63, 'a')), Verdict::fail), Words{});
  expect_breach(check_host_name(std::string(64, 'a')), "host_name.label_length", Verdict::fail, 64);
  expect_breach(check_host_name("pc." + std::string(64, 'a') + ".de"), "host_name.label_length", Verdict::fail, 67);
}

// RFC 1035: 255 octets with a length before each label and the empty root: 253 characters.
TEST(host_name, a_name_has_at_most_253_characters) {
  std::string name;
  for (int i = 0; i < 4; ++i) name += std::string(61, 'a') + ".";
  name += "abcde";
  ASSERT_EQ(name.size(), 253u);
  EXPECT_EQ(ids(check_host_name(name), Verdict::fail), Words{});
  EXPECT_EQ(ids(check_host_name(name + "."), Verdict::fail), Words{});
  expect_breach(check_host_name(name + "f"), "host_name.length", Verdict::fail, 254);
}

TEST(host_name, says_where_nothing_stands_between_dots) {
  expect_breach(check_host_name(""), "host_name.empty_label", Verdict::fail, 1);
  expect_breach(check_host_name("."), "host_name.empty_label", Verdict::fail, 1);
  expect_breach(check_host_name(".uib.de"), "host_name.empty_label", Verdict::fail, 1);
  expect_breach(check_host_name("pc..uib.de"), "host_name.empty_label", Verdict::fail, 4);
  expect_breach(check_host_name("pc.uib.."), "host_name.empty_label", Verdict::fail, 8);
}

TEST(host_name, one_dot_at_the_end_is_noted) {
  const auto checks = check_host_name("pc.uib.de.");
  EXPECT_EQ(worst(checks), Verdict::note);
  expect_breach(checks, "host_name.absolute", Verdict::note, 10);
}

// inet_aton reads digits alone as an address; RFC 1123, 2.1, and RFC 3696, 2, exclude such a last label.
TEST(host_name, is_not_taken_for_an_address) {
  expect_breach(check_host_name("12345"), "host_name.numeric", Verdict::fail, 1);
  expect_breach(check_host_name("pc.10"), "host_name.numeric", Verdict::fail, 4);
  expect_breach(check_host_name("10.1.1"), "host_name.numeric", Verdict::fail, 6);
  for (const char* address : {"10.1.1.1", "::1", "fe80::1%eth0", "[2001:db8::1]", "::ffff:10.0.0.1"})
    EXPECT_EQ(ids(check_host_name(address), Verdict::fail), Words{"host_name.address"}) << address;
  EXPECT_EQ(worst(check_host_name("10.1.1.a1")), Verdict::note);  // digits first
}

TEST(host_name, what_only_old_rules_refuse_is_noted) {
  expect_breach(check_host_name("3com.uib.de"), "host_name.leading_digit", Verdict::note, 1);
  expect_breach(check_host_name("a"), "host_name.one_character", Verdict::note, 1);
  expect_breach(check_host_name("pcA"), "host_name.upper_case", Verdict::note, 3);
  EXPECT_EQ(worst(check_host_name("3com.uib.de")), Verdict::note);
}

TEST(host_name, fifteen_characters_are_enough_for_windows) {
  EXPECT_EQ(worst(check_host_name("abcdefghijklmno.uib.de")), Verdict::pass);
  expect_breach(check_host_name("abcdefghijklmnop.uib.de"), "host_name.netbios", Verdict::note, 16);
}

// python-opsi-common, opsicommon/types.py: the last label of an id has 2 to 16 characters, no hyphen among them.
TEST(domain, opsi_refuses_long_top_level_domains) {
  EXPECT_EQ(worst(check_domain("uib.abcdefghijklmnop")), Verdict::pass);
  expect_breach(check_domain("uib.abcdefghijklmnopq"), "domain.opsi_top_level", Verdict::warning, 21);
  expect_breach(check_domain("uib.xn--p1ai"), "domain.opsi_top_level", Verdict::warning, 7);
}

// ---- International names --------------------------------------------------------------------------------------------

TEST(host_name, gives_the_ascii_form_of_an_international_name) {
  const auto checks = check_host_name("pc.münchen.de");
  EXPECT_EQ(ids(checks, Verdict::fail), Words{"host_name.idn"});
  expect_breach(checks, "host_name.idn", Verdict::fail, 5);
  EXPECT_NE(rows_of(checks, "host_name.idn")[0].advice.find("pc.xn--mnchen-3ya.de"), std::string::npos);
  EXPECT_NE(rows_of(check_host_name("MÜNCHEN"), "host_name.idn")[0].advice.find("xn--mnchen-3ya"), std::string::npos);
}

TEST(host_name, broken_utf8_has_no_ascii_form) {
  const auto checks = check_host_name("pc\xFF");
  expect_breach(checks, "host_name.idn", Verdict::fail, 3);
  EXPECT_EQ(rows_of(checks, "host_name.idn")[0].advice, "It has no ASCII form.");
}

TEST(host_name, decodes_what_stands_behind_xn) {
  EXPECT_EQ(worst(check_host_name("xn--mnchen-3ya.de")), Verdict::pass);
  EXPECT_EQ(worst(check_host_name("XN--MNCHEN-3YA.de")), Verdict::note);  // upper case
  const auto row = rows_of(check_host_name("xn--mnchen-3ya.de"), "host_name.punycode").at(0);
  EXPECT_NE(row.found.find("münchen"), std::string::npos);
  for (const char* label : {"xn--99999999", "xn--abc-", "xn--a", "xn--mnchen-3yaa9"})
    EXPECT_EQ(verdict_of(check_host_name(std::string("pc.") + label + ".de"), "host_name.punycode"), Verdict::fail)
        << label;
  expect_breach(check_host_name("pc.xn--99999999.de"), "host_name.punycode", Verdict::fail, 4);
}

TEST(host_name, third_and_fourth_hyphens_are_reserved) {
  expect_breach(check_host_name("pc.ab--cd.de"), "host_name.reserved_hyphens", Verdict::warning, 6);
  EXPECT_EQ(worst(check_host_name("pc.abc--d.de")), Verdict::pass);
}

// ---- Laws -----------------------------------------------------------------------------------------------------------

TEST(host_name, names_of_valid_labels_pass) {
  RandomNames random(1);
  for (int i = 0; i < rounds; ++i) {
    const std::string name = random.name(3 + random.below(3));
    for (const auto& checks : {check_host_name(name), check_domain(name), check_fqdn(name)})
      EXPECT_LE(worst(checks), Verdict::note) << name;
  }
}

struct Mutation {
  std::string rule;
  std::string name;
  std::size_t offset;  // of the breach
};

// A valid name broken in one way, at a place of its own.
Mutation mutated(const std::string& rule, RandomNames& random) {
  const std::string before = random.name(2) + "." + random.label(2, 8), after = "x" + random.label(2, 8) + ".uib.de";
  const auto join_at = [&](const std::string& middle, std::size_t offset) {
    return Mutation{rule, before + middle + after, before.size() + offset};
  };
  if (rule == "underscore") return join_at("_", 0);
  if (rule == "characters") return join_at(std::string(1, random.pick(" !\"#$%&'()*+,/:;<=>?@[\\]^`{|}~\t\n\x7f")), 0);
  if (rule == "hyphens") return random.below(2) == 0 ? join_at("-.", 0) : join_at(".-", 1);
  if (rule == "empty_label") return join_at("..", 1);
  if (rule == "label_length") return join_at("." + std::string(64, 'y') + ".", 64);
  if (rule == "idn") return join_at("é", 0);
  return {rule, before + "." + after + ".7", before.size() + after.size() + 2};  // numeric
}

TEST(host_name, one_mutation_fails_by_its_rule_and_column_alone) {
  RandomNames random(2);
  for (int i = 0; i < rounds; ++i) {
    for (const char* rule : {"underscore", "characters", "hyphens", "empty_label", "label_length", "idn", "numeric"}) {
      const Mutation m = mutated(rule, random);
      const std::string id = std::string("host_name.") + rule;
      const auto checks = check_host_name(m.name, {"file", 3, 10, "name"});
      EXPECT_EQ(ids(checks, Verdict::fail), Words{id}) << m.name;
      const auto rows = rows_of(checks, id);
      ASSERT_EQ(rows.size(), 1u);
      EXPECT_EQ(rows[0].place.column, 10 + static_cast<int>(m.offset)) << m.name << " " << rule;
      EXPECT_EQ(rows[0].place.line, 3);
      EXPECT_EQ(rows[0].place.file, "file");
    }
  }
}

TEST(host_name, case_changes_a_note_alone) {
  RandomNames random(3);
  for (int i = 0; i < rounds; ++i) {
    const Mutation m = mutated(i % 2 == 0 ? "underscore" : "hyphens", random);
    for (const std::string& name : {m.name, random.name(3)}) {
      std::vector<Check> as_it_is = check_fqdn(name), small = check_fqdn(lower(name));
      std::erase_if(as_it_is, [](const Check& c) { return c.id == "fqdn.upper_case"; });
      ASSERT_EQ(as_it_is.size(), small.size()) << name;
      for (std::size_t k = 0; k < small.size(); ++k) {
        EXPECT_EQ(as_it_is[k].id, small[k].id);
        EXPECT_EQ(as_it_is[k].verdict, small[k].verdict);
        EXPECT_EQ(as_it_is[k].place.column, small[k].place.column);
      }
    }
  }
}

TEST(host_name, no_text_is_too_strange_and_every_row_has_a_source) {
  RandomNames random(4);
  const std::string bytes = "\0.-_:[]%xnab09\xC3\xBC\xFF\xE2\x82\xAC"s;
  for (int i = 0; i < 3000; ++i) {
    std::string name;
    for (std::size_t k = random.below(40); k > 0; --k) name += random.pick(bytes);
    for (const auto& checks : {check_host_name(name), check_domain(name), check_fqdn(name)}) {
      EXPECT_FALSE(checks.empty());
      for (const Check& check : checks) {
        EXPECT_EQ(printable(check.found), check.found);
        EXPECT_EQ(printable(check.advice), check.advice);
        EXPECT_GE(check.place.column, 1);
        EXPECT_LE(check.place.column, static_cast<int>(width(name)) + 1);
        EXPECT_TRUE(std::any_of(sources().begin(), sources().end(), [&](const Source& s) {
          return s.id == check.source;
        })) << check.source;
      }
    }
  }
}

}  // namespace
}  // namespace sizing
