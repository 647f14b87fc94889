#include "libsizing/host/proxy.h"

#include <gtest/gtest.h>

#include "libsizing/base/text.h"
#include "libsizing/opsi/tables.h"
#include "tests/support/checks.h"

namespace sizing {
namespace {

using Words = std::vector<std::string>;

const Place in_file = {"/etc/environment", 4, 12, "http_proxy"};

void expect_one(const std::vector<Check>& checks, const std::string& id, Verdict verdict, int column) {
  const auto rows = rows_of(checks, id);
  ASSERT_EQ(rows.size(), 1u) << id;
  EXPECT_EQ(rows[0].verdict, verdict) << id;
  EXPECT_EQ(rows[0].place.column, column) << id << ": " << rows[0].found;
}

// ---- The URL of a proxy ---------------------------------------------------------------------------------------------

// The requirements page's examples, and those of 4.3.
TEST(proxy_url, the_manuals_examples_pass) {
  for (const char* url : {"http://10.10.10.10:3128", "https://10.10.10.10:3128", "http://10.1.1.1:8080",
                          "http://proxy.uib.de:3128/", "HTTP://[2001:db8::1]:3128"})
    EXPECT_EQ(worst(check_proxy_url(url)), Verdict::pass) << url;
  EXPECT_EQ(worst(check_proxy_url("http://user:password@proxy.uib.de:3128")), Verdict::note);
}

TEST(proxy_url, is_complete) {
  EXPECT_EQ(ids(check_proxy_url("10.10.10.10:3128"), Verdict::fail), Words{"http_proxy.scheme"});
  expect_one(check_proxy_url("10.10.10.10:3128", in_file), "http_proxy.scheme", Verdict::fail, 12);
  EXPECT_EQ(ids(check_proxy_url("socks5://10.10.10.10:1080"), Verdict::fail), Words{"http_proxy.scheme"});
  EXPECT_EQ(ids(check_proxy_url("http://:3128"), Verdict::fail), Words{"http_proxy.host"});
  EXPECT_EQ(ids(check_proxy_url("http://proxy"), Verdict::warning), Words{"http_proxy.port"});
}

TEST(proxy_url, faults_have_their_columns) {
  expect_one(check_proxy_url("http://pro_xy:3128", in_file), "http_proxy.host", Verdict::fail, 22);
  expect_one(check_proxy_url("http://proxy:70000", in_file), "http_proxy.port", Verdict::fail, 25);
  expect_one(check_proxy_url("http://proxy:", in_file), "http_proxy.port", Verdict::fail, 25);
  expect_one(check_proxy_url("http://proxy:80/x", in_file), "http_proxy.path", Verdict::note, 27);
  expect_one(check_proxy_url("http://us er:x@proxy:80", in_file), "http_proxy.credentials", Verdict::fail, 21);
  EXPECT_EQ(check_proxy_url("http://proxy:0", in_file)[0].place.line, 4);
}

TEST(proxy_url, ids_are_those_of_the_variable) {
  EXPECT_EQ(check_proxy_url("x", {"", 0, 0, "HTTPS_PROXY"})[0].id, "https_proxy.scheme");
}

TEST(proxy_url, an_empty_value_is_no_proxy) {
  EXPECT_EQ(worst(check_proxy_url("")), Verdict::note);
  EXPECT_EQ(check_proxy_url(" ").size(), 1u);
}

TEST(mask_proxy, leaves_the_proxy_and_no_secret) {
  EXPECT_EQ(mask_proxy("http://proxy:3128"), "http://proxy:3128");
  EXPECT_EQ(mask_proxy("http://user:secret@proxy:3128"), "http://***@proxy:3128");
  EXPECT_EQ(mask_proxy("user:secret@proxy:3128"), "***@proxy:3128");
  EXPECT_EQ(mask_proxy("http://user:sec@ret@proxy:3128"), "http://***@proxy:3128");
  EXPECT_EQ(mask_proxy("http://user:sec/ret@proxy:3128"), "http://***@proxy:3128");
  EXPECT_EQ(mask_proxy("user:secret@http://proxy:3128"), "***@http://proxy:3128");
  EXPECT_EQ(mask_proxy("user:se://cret@proxy:3128"), "***@proxy:3128");
  EXPECT_EQ(mask_proxy("http://user:secret"), "http://user:***");
  EXPECT_EQ(mask_proxy("http://user:sec/ret"), "http://user:***");
  EXPECT_EQ(mask_proxy("http://[::1]:3128"), "http://[::1]:3128");
}

// Whatever a password holds and wherever the URL is wrong: no row shows it.
TEST(proxy_url, no_row_shows_a_password) {
  RandomNames random(8);
  const std::string secret = "Geheim7";
  for (int i = 0; i < 2000; ++i) {
    std::string before, after;
    for (std::size_t k = random.below(5); k > 0; --k) before += random.pick("a:/@#?%ü .[]\"");
    for (std::size_t k = random.below(5); k > 0; --k) after += random.pick("a:/@#?%ü .[]\"");
    const std::string scheme = random.below(2) == 0 ? "http://" : random.below(2) == 0 ? "" : "x";
    const std::string url = scheme + "user:" + before + secret + after + "@proxy:31";
    for (const auto& checks : {check_proxy_url(url), check_no_proxy("localhost,127.0.0.1," + url),
                               check_proxy_environment({{"http_proxy", url, {}}, {"HTTP_PROXY", url + "1", {}}})})
      for (const Check& check : checks) {
        EXPECT_EQ((check.found + check.advice + check.required).find(secret), std::string::npos)
            << url << " " << check.found;
      }
  }
}

// ---- no_proxy -------------------------------------------------------------------------------------------------------

// The requirements page's example and that of 4.3.
TEST(no_proxy, the_manuals_examples_pass) {
  for (const char* value :
       {"127.0.0.1,localhost,mydomain.example,hostname.domain.com:8080", "127.0.0.1,localhost,company.tld"})
    EXPECT_EQ(worst(check_no_proxy(value)), Verdict::pass) << value;
}

TEST(no_proxy, each_rule_of_the_page_has_a_row) {
  for (const char* value : {"127.0.0.1,localhost", "", "A*,10.0.0.0/8, x:0;.y"})
    for (const char* rule : {"case", "address", "range", "loopback", "wildcard", "suffix", "port", "separator"})
      EXPECT_GE(rows_of(check_no_proxy(value), std::string("no_proxy.") + rule).size(), 1u) << value << " " << rule;
}

TEST(no_proxy, both_loopback_names_must_be_there_for_every_port) {
  const auto missing = [](const char* value) { return ids(check_no_proxy(value), Verdict::fail).size(); };
  EXPECT_EQ(missing(""), 2u);
  EXPECT_EQ(missing("localhost"), 1u);
  EXPECT_EQ(missing("localhost:4447,127.0.0.1"), 1u);
  EXPECT_EQ(missing("host,127.0.0.1"), 1u);  // an end of localhost, but not it
  expect_one(check_no_proxy("localhost"), "no_proxy.loopback", Verdict::fail, 10);
}

struct Breach {
  std::string rule, entry;
  int column;  // in the entry
  Verdict verdict = Verdict::fail;
};

// One breach each; the page's rules first.
const Breach breaches[] = {
    {"case", "www.Uib.de", 5},
    {"address", "10.1.1.1", 1, Verdict::note},
    {"address", "2001:db8::1", 1, Verdict::note},
    {"address", "[2001:db8::1]:443", 1, Verdict::note},
    {"range", "192.168.0.0/24", 12},
    {"range", "10.0.0.0/255.0.0.0", 9},
    {"range", "fe80::/10", 7},
    {"range", "10.0.0.1-10.0.0.9", 9},
    {"range", "192.168", 1},
    {"range", "192.168.", 1},
    {"wildcard", "*.other.org", 1},
    {"wildcard", "*", 1},
    {"wildcard", "10.0.0.*", 8},
    {"wildcard", "web?.other.org", 4},
    {"wildcard", "^other$", 1},
    {"wildcard", "web[0-9].org", 4},
    {"wildcard", "other\\.org", 6},
    {"suffix", ".other.org", 1, Verdict::note},
    {"port", "other.org:0", 11},
    {"port", "other.org:65536", 11},
    {"port", "other.org:", 11},
    {"port", "other.org:http", 11},
    {"port", "[::1]:x", 7},
    {"separator", "one.org;two.org", 8},
    {"separator", "one.org two.org", 8},
    {"separator", "one.org;", 8},
    {"blanks", " other.org", 1, Verdict::note},
    {"blanks", "other.org ", 10, Verdict::note},
    {"empty", "", 1, Verdict::note},
    {"empty", "  ", 1, Verdict::note},
    {"quotes", "'other.org", 1},
    {"name", "other_host.org", 6},
    {"name", "http://other.org", 5},
    {"name", "other..org", 7},
    {"name", "other.org.", 10},
    {"name", "m\xC3\xBCnchen.org", 2},
    {"name", "a:b:443", 2},
    {"covered", "www.uib.de", 1, Verdict::note},
    {"covered", "localhost", 1, Verdict::note},
    {"covered", "uib.de:443", 1, Verdict::note},
};

// A list in which each entry is well, with the offset of each.
struct List {
  Words entries = {"localhost", "127.0.0.1", "uib.de", "host.domain.com:8080"};

  explicit List(RandomNames& random) {
    for (std::size_t i = random.below(4); i > 0; --i)
      entries.push_back(lower(random.name(2)) + std::to_string(i) + ".test");
  }
  std::size_t insert(const std::string& entry, std::size_t at) {
    entries.insert(entries.begin() + static_cast<std::ptrdiff_t>(at), entry);
    std::size_t offset = 0;
    for (std::size_t i = 0; i < at; ++i) offset += width(entries[i]) + 1;
    return offset;
  }
  std::string text() const { return join(entries, ","); }
};

TEST(no_proxy, one_breach_in_a_good_list_is_found_at_its_column_and_nothing_else) {
  RandomNames random(9);
  const Place where = {"/etc/environment", 7, 10, "no_proxy"};
  for (int round = 0; round < 40; ++round) {
    for (const Breach& breach : breaches) {
      List list(random);
      ASSERT_LE(worst(check_no_proxy(list.text(), where, "uib.de")), Verdict::pass) << list.text();
      // Of two equal entries the second is the one too many: behind those of the list.
      const std::size_t at = breach.rule == "covered" ? list.entries.size() : random.below(list.entries.size() + 1);
      const std::size_t offset = list.insert(breach.entry, at);
      const auto checks = check_no_proxy(list.text(), where, "uib.de");
      Words said;
      for (const Check& check : checks)
        if (check.verdict != Verdict::pass) {
          said.push_back(check.id);
          EXPECT_EQ(check.verdict, breach.verdict) << list.text();
          EXPECT_EQ(check.place.column, 10 + static_cast<int>(offset) + breach.column - 1) << list.text();
          EXPECT_EQ(check.place.line, 7);
          EXPECT_FALSE(check.advice.empty());
        }
      EXPECT_EQ(said, Words{"no_proxy." + breach.rule}) << list.text();
    }
  }
}

TEST(no_proxy, several_breaches_are_several_rows) {
  const auto checks = check_no_proxy("127.0.0.1,localhost,*.Uib.de,*.x,10.0.0.0/8,192.168.0.0/16");
  EXPECT_EQ(ids(checks, Verdict::fail),
            (Words{"no_proxy.case", "no_proxy.range", "no_proxy.range", "no_proxy.wildcard", "no_proxy.wildcard"}));
  EXPECT_EQ(rows_of(checks, "no_proxy.range")[1].found, "192.168.0.0/16");
}

TEST(no_proxy, a_suffix_contains_longer_names_of_every_port) {
  const auto notes = [](const char* value) {
    return rows_of(check_no_proxy(std::string("localhost,127.0.0.1,") + value), "no_proxy.covered").size();
  };
  EXPECT_EQ(notes("www.uib.de,uib.de"), 1u);
  EXPECT_EQ(notes("www.uib.de,uib.de:80"), 0u);
  EXPECT_EQ(notes("www.uib.de:80,uib.de"), 1u);
  EXPECT_EQ(notes("xuib.de,uib.de"), 0u);  // not every client would see it so
  EXPECT_EQ(notes("10.0.0.1,0.1.de"), 0u);
}

TEST(no_proxy, the_servers_domain_should_be_there) {
  const std::string value = "localhost,127.0.0.1";
  EXPECT_EQ(ids(check_no_proxy(value, {"", 0, 0, "no_proxy"}, "uib.de"), Verdict::warning), Words{"no_proxy.domain"});
  EXPECT_EQ(worst(check_no_proxy(value + ",uib.de", {"", 0, 0, "no_proxy"}, "uib.de")), Verdict::pass);
  EXPECT_EQ(worst(check_no_proxy(value + ",de", {"", 0, 0, "no_proxy"}, "UIB.de")), Verdict::pass);
  EXPECT_EQ(worst(check_no_proxy(value + ",pc.uib.de", {"", 0, 0, "no_proxy"}, "uib.de")), Verdict::warning);
  EXPECT_EQ(worst(check_no_proxy(value)), Verdict::pass);
}

TEST(no_proxy, what_no_environment_can_hold_is_refused_at_once) {
  const auto checks = check_no_proxy(std::string(1 << 20, ','));
  EXPECT_EQ(ids(checks, Verdict::fail), Words{"no_proxy.length"});
}

TEST(no_proxy, no_text_is_too_strange) {
  RandomNames random(10);
  for (int i = 0; i < 3000; ++i) {
    std::string value;
    for (std::size_t k = random.below(30); k > 0; --k) value += random.pick("a.,;:[]/*'\"1@ -\t%\xC3\xBC\xFFZ");
    for (const Check& check : check_no_proxy(value, {}, "uib.de")) {
      EXPECT_EQ(printable(check.found + check.advice), check.found + check.advice);
      EXPECT_GE(check.place.column, 0);
      EXPECT_LE(check.place.column, static_cast<int>(width(value)) + 1);
      EXPECT_TRUE(
          std::any_of(sources().begin(), sources().end(), [&](const Source& s) { return s.id == check.source; }));
    }
    bypasses(value, value, 80);
  }
}

// ---- What is exempt -------------------------------------------------------------------------------------------------

// The page: "each name is evaluated as a suffix"; a port limits; names are not resolved.
TEST(bypasses, follows_the_page) {
  const std::string value = "127.0.0.1,localhost,mydomain.example,hostname.domain.com:8080";
  EXPECT_TRUE(bypasses(value, "localhost", 4447));
  EXPECT_TRUE(bypasses(value, "127.0.0.1", 4447));
  EXPECT_TRUE(bypasses(value, "mydomain.example", 443));
  EXPECT_TRUE(bypasses(value, "Opsi.MyDomain.Example.", 443));
  EXPECT_TRUE(bypasses(value, "hostname.domain.com", 8080));
  EXPECT_FALSE(bypasses(value, "hostname.domain.com", 443));
  EXPECT_FALSE(bypasses(value, "domain.com", 8080));
  EXPECT_FALSE(bypasses(value, "127.0.0.2", 80));
  EXPECT_FALSE(bypasses("localhost", "127.0.0.1", 80));
  EXPECT_FALSE(bypasses("", "localhost", 80));
}

TEST(bypasses, compares_addresses_by_value_and_whole) {
  EXPECT_TRUE(bypasses("::1", "[0:0::1]", 80));
  EXPECT_TRUE(bypasses("[::1]:8080", "::1", 8080));
  EXPECT_FALSE(bypasses("[::1]:8080", "::1", 80));
  EXPECT_FALSE(bypasses("1.1.1.1", "11.1.1.1", 80));
}

TEST(bypasses, what_breaks_a_rule_exempts_nothing) {
  EXPECT_FALSE(bypasses("*.uib.de", "www.uib.de", 80));
  EXPECT_FALSE(bypasses("10.0.0.0/8", "10.0.0.1", 80));
  EXPECT_FALSE(bypasses("UIB.de", "www.uib.de", 80));
  EXPECT_FALSE(bypasses("uib.de:x", "www.uib.de", 80));
}

// The same by brute force: every entry, with and without every port.
bool exempt(const Words& entries, const std::string& host, int port) {
  for (const std::string& entry : entries) {
    const std::string with_port = host + ":" + std::to_string(port);
    const bool name = entry.find(':') == std::string::npos;
    const std::string& whole = name ? host : with_port;
    if (whole.size() >= entry.size() && whole.substr(whole.size() - entry.size()) == entry) return true;
  }
  return false;
}

TEST(bypasses, agrees_with_a_naive_reference) {
  RandomNames random(11);
  int yes = 0;
  for (int i = 0; i < 5000; ++i) {
    Words entries;
    const auto host_of = [&](std::size_t labels) {
      std::string text;
      for (std::size_t k = 0; k < labels; ++k) text += std::string(k > 0 ? "." : "") + random.pick("ab");
      return text;
    };
    for (std::size_t k = 1 + random.below(3); k > 0; --k)
      entries.push_back(host_of(1 + random.below(4)) +
                        (random.below(3) == 0 ? ":" + std::to_string(1 + random.below(3)) : ""));
    const std::string host = host_of(1 + random.below(5));
    const int port = 1 + static_cast<int>(random.below(3));
    EXPECT_EQ(bypasses(join(entries, random.below(2) == 0 ? "," : " , "), host, port), exempt(entries, host, port))
        << join(entries, ",") << " " << host << " " << port;
    yes += exempt(entries, host, port);
  }
  EXPECT_GT(yes, 500);
}

// ---- All variables --------------------------------------------------------------------------------------------------

const Variable http = {"http_proxy", "http://10.10.10.10:3128", {"/etc/environment", 1, 12, ""}};
const Variable https = {"https_proxy", "https://10.10.10.10:3128", {"/etc/environment", 2, 13, ""}};
const Variable no = {"no_proxy", "127.0.0.1,localhost,uib.de", {"/etc/environment", 3, 10, ""}};

TEST(proxy_environment, without_proxy_there_is_nothing_to_check) {
  const auto checks = check_proxy_environment({{"PATH", "/bin", {}}}, "uib.de");
  ASSERT_EQ(checks.size(), 1u);
  EXPECT_EQ(checks[0].id, "proxy.none");
  EXPECT_EQ(checks[0].verdict, Verdict::pass);
}

TEST(proxy_environment, the_pages_three_variables_pass) {
  EXPECT_EQ(worst(check_proxy_environment({http, https, no}, "uib.de")), Verdict::pass);
}

TEST(proxy_environment, a_proxy_needs_its_exceptions) {
  EXPECT_EQ(ids(check_proxy_environment({http, https}), Verdict::fail),
            (Words{"no_proxy.loopback", "no_proxy.loopback"}));
  EXPECT_EQ(ids(check_proxy_environment({http, no}), Verdict::note), Words{"proxy.incomplete"});
}

TEST(proxy_environment, names_are_in_lower_case) {
  Variable upper = http;
  upper.name = "HTTP_PROXY";
  EXPECT_EQ(ids(check_proxy_environment({upper, https, no}), Verdict::warning), Words{"proxy.case"});
  EXPECT_EQ(ids(check_proxy_environment({http, upper, https, no}), Verdict::note), Words{"proxy.case"});
  EXPECT_EQ(ids(check_proxy_environment({upper, https}), Verdict::fail),
            (Words{"no_proxy.loopback", "no_proxy.loopback"}));
  upper.value = "http://10.10.10.11:3128";
  const auto checks = check_proxy_environment({http, upper, https, no});
  EXPECT_EQ(ids(checks, Verdict::warning), Words{"proxy.differs"});
  EXPECT_EQ(rows_of(checks, "proxy.differs")[0].place.key, "HTTP_PROXY");
}

TEST(proxy_environment, the_last_of_a_file_holds_and_files_should_agree) {
  Variable wrong = http;
  wrong.value = "nonsense";
  EXPECT_EQ(worst(check_proxy_environment({wrong, http, https, no})), Verdict::pass);
  Variable elsewhere = http;
  elsewhere.value = "http://10.10.10.11:3128";
  elsewhere.place = {};
  EXPECT_EQ(ids(check_proxy_environment({elsewhere, http, https, no}), Verdict::note), Words{"proxy.places"});
  elsewhere.value = http.value;
  EXPECT_EQ(rows_of(check_proxy_environment({elsewhere, http, https, no}), "http_proxy.port").size(), 1u);
  EXPECT_EQ(rows_of(check_proxy_environment({elsewhere, http, https, no}), "http_proxy.port")[0].place.line, 1);
  EXPECT_EQ(worst(check_proxy_environment({elsewhere, http, https, no})), Verdict::pass);
}

// SUSE's /etc/sysconfig/proxy as it is shipped, with a proxy.
TEST(proxy_environment, suse_writes_names_in_upper_case_and_has_a_switch) {
  const std::string file = "/etc/sysconfig/proxy";
  const std::vector<Variable> suse = {{"PROXY_ENABLED", "yes", {file, 6, 16, ""}},
                                      {"HTTP_PROXY", http.value, {file, 17, 13, ""}},
                                      {"HTTPS_PROXY", https.value, {file, 23, 14, ""}},
                                      {"NO_PROXY", "localhost, 127.0.0.1", {file, 59, 11, ""}}};
  const auto checks = check_proxy_environment(suse);
  EXPECT_EQ(ids(checks, Verdict::note), Words{"no_proxy.blanks"});
  EXPECT_EQ(worst(checks), Verdict::note);
  EXPECT_EQ(rows_of(checks, "no_proxy.blanks")[0].place.column, 21);
  EXPECT_EQ(rows_of(checks, "no_proxy.blanks")[0].place.line, 59);

  std::vector<Variable> off = suse;
  off[0].value = "no";
  EXPECT_EQ(ids(check_proxy_environment(off), Verdict::note), Words{"proxy.enabled"});
  EXPECT_EQ(check_proxy_environment(off).size(), 1u);
}

}  // namespace
}  // namespace sizing
