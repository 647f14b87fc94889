#include <algorithm>
#include <filesystem>

#include "cli/command.h"
#include "cli/site_call.h"
#include "libsizing/base/error.h"
#include "libsizing/base/text.h"
#include "libsizing/opsi/rule_set.h"
#include "libsizing/plan/comparison.h"

namespace sizing::cli {
namespace {

bool is_rule_set(const std::string& word) {
  const auto names = rule_set_names();
  return std::find(names.begin(), names.end(), word) != names.end();
}

int run_compare(Invocation& call) {
  if (call.operands.size() < 2)
    throw InputError({"", 0, 0, "compare"}, "two things to compare are needed", "",
                     "compare A B [SITE], each of A and B a site file or one of the rule sets");
  const std::string &a = call.operands[0], &b = call.operands[1];
  const bool rules_a = is_rule_set(a), rules_b = is_rule_set(b);
  for (const std::string& word : {a, b})
    if (!is_rule_set(word) && word.size() == 3 && word[1] == '.' && !std::filesystem::exists(word))
      throw InputError({"", 0, 0, "compare"}, "no such rule set, and no such file", word, join(rule_set_names(), ", "));
  if (call.operands.size() > 2 && !(rules_a && rules_b))
    throw InputError({"", 0, 0, "compare"}, "a third argument is for two rule sets only", a + " and " + b,
                     "two rule sets and a site file");
  if (call.has("opsi") && (rules_a || rules_b))
    throw InputError({"", 0, 0, "--opsi"}, "contradicts the rule sets that are compared");
  if (a == "-" && b == "-") throw InputError({"", 0, 0, "compare"}, "standard input can be read once only");
  // The site that a rule set stands for: the third argument, the other side, or the flags; read once.
  const std::string common = call.operands.size() > 2 ? call.operands[2] : rules_a == rules_b ? "" : rules_a ? b : a;
  const Site shared = rules_a || rules_b ? site_of(call, common) : Site{};
  const auto side = [&](const std::string& word, bool rules) {
    if (!rules && word == common) return make_plan(shared);
    Site site = rules ? shared : site_of(call, word);
    if (rules) site.opsi = word, site.opsi_place = {"", 0, 0, "compared"};
    return make_plan(site);
  };
  const auto label = [&](const std::string& word, bool rules) {
    return rules ? (common.empty() ? "the flags" : printable(common)) + " by the rules of " + word : printable(word);
  };
  const Plan from = side(a, rules_a), to = side(b, rules_b);
  const Comparison comparison = compare(from, label(a, rules_a), to, label(b, rules_b));
  write_report(call, report(comparison, call.stamp));
  return to.all_fit() ? fits : falls_short;
}

}  // namespace

Command compare_command() {
  std::vector<OptionGroup> options = site_options(true);
  options.push_back(output_options());
  return {"compare",
          "Two sites or two rule sets side by side: what changes, and what newly decides",
          "A B [SITE]",
          3,
          "A and B are site files or rule sets; for two rule sets, SITE or the flags say what they are applied to. "
          "Flags and\n--set hold on both sides.",
          {{"compare 4.2 4.3 data/sites/company.toml", "one site by two rule sets"},
           {"compare data/sites/school.toml 4.3", "a site as it is, and by the rules of 4.3"},
           {"compare data/sites/school.toml data/sites/company.toml", "two sites"},
           {"compare 4.1 4.2 --clients 800 --connections 60", "two rule sets for a server described by flags"}},
          options,
          run_compare};
}

}  // namespace sizing::cli
