// Site files with random faults: each call ends with a documented exit code and, where it refuses, with a message.
#include <fstream>
#include <random>

#include <gtest/gtest.h>

#include "tests/cli/call.h"

namespace sizing::cli {
namespace {

class Mutator {
 public:
  explicit Mutator(std::vector<std::string> seeds) : seeds_(std::move(seeds)) {}

  std::string next() {
    std::string text = seeds_[below(seeds_.size())];
    for (std::size_t faults = 1 + below(4); faults > 0; --faults) mutate(text);
    return text;
  }

 private:
  // The standard's distributions differ between libraries.
  std::size_t below(std::size_t limit) { return random_() % limit; }

  void mutate(std::string& text) {
    static const std::vector<std::string> words = {"[",
                                                   "]",
                                                   "[[server]]\n",
                                                   "\"",
                                                   "=",
                                                   "\n",
                                                   "nan",
                                                   "-1",
                                                   "1e308",
                                                   "0.5",
                                                   "{",
                                                   "}",
                                                   "#",
                                                   "\\u0000",
                                                   "\"5 GB\"",
                                                   "0",
                                                   "'",
                                                   "\x1b[",
                                                   "\xff",
                                                   "\xe2",
                                                   ".",
                                                   "true",
                                                   "1e-9",
                                                   "server",
                                                   "figures",
                                                   "hardware",
                                                   "--",
                                                   ",",
                                                   "1_000",
                                                   "99999",
                                                   "inf",
                                                   "\t",
                                                   "\r",
                                                   "\"\"\"",
                                                   "value = 0\n",
                                                   "note = \"x\"\n",
                                                   "depot.webdav",
                                                   "services = []\n",
                                                   "roles = [\"depot\"]\n"};
    const std::size_t at = below(text.size() + 1), length = below(12);
    switch (below(6)) {
      case 0: text.erase(at, length); break;
      case 1: text.insert(at, words[below(words.size())]); break;
      case 2: text.replace(at, std::min(length, text.size() - at), words[below(words.size())]); break;
      case 3: text.insert(at, text.substr(below(text.size() + 1), length * 8)); break;
      case 4: text.resize(at); break;
      default:
        if (at < text.size()) text[at] = static_cast<char>(text[at] ^ (1 << below(8)));
    }
  }

  std::mt19937 random_{20260102};
  std::vector<std::string> seeds_;
};

TEST(mutated_sites, end_with_a_plan_or_a_message) {
  std::vector<std::string> seeds;
  for (const std::string& site : example_sites()) {
    std::ostringstream text;
    text << std::ifstream(site_path(site)).rdbuf();
    seeds.push_back(text.str());
    ASSERT_EQ(call({"plan", "-"}, seeds.back()).err, "");
  }
  Mutator mutator(seeds);
  int refused = 0;
  for (int i = 0; i < 2000; ++i) {
    const std::string site = mutator.next();
    Outcome outcome;
    ASSERT_NO_THROW(outcome = call({"plan", "-"}, site)) << site;
    ASSERT_TRUE(outcome.code == fits || outcome.code == falls_short || outcome.code == bad_input) << site;
    const bool bad = outcome.code == bad_input;
    ASSERT_EQ(outcome.out.empty(), bad) << site;
    ASSERT_EQ(outcome.err.size() > 20, bad) << site;
    ASSERT_EQ(outcome.out.find("nan "), std::string::npos) << site << outcome.out;
    ASSERT_EQ(outcome.out.find("inf "), std::string::npos) << site << outcome.out;
    refused += bad ? 1 : 0;
  }
  EXPECT_GT(refused, 400);   // or the faults are too mild
  EXPECT_LT(refused, 1900);  // or nothing comes behind the parser
}

}  // namespace
}  // namespace sizing::cli
