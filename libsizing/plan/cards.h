// The cards of a server's settings: what each is, what the plan needs of it, and whether its default gives that. The
// plan shows the settings whose default does not; `tune` shows every card and writes what is to be written.
#pragma once

#include <string>
#include <vector>

#include "libsizing/model/evaluate.h"

namespace sizing {

struct SettingCard {
  std::string key, file, section, standard, apply, why, what, when;  // as in Setting
  std::vector<std::string> sources;
  bool zero_is_no_limit = false;
  // As they stand in the file: sizes in bytes, times in minutes, whole.
  double value = 0;        // what holds under the plan: the default where it is enough
  double least = 0;        // what has to be in force at least
  double usual = 0;        // the default
  std::string shown;       // the value for people: "200 MB"
  std::string counted_by;  // the figure, where the rules count with the default: "opsiconfd.mysql_pool"
  bool runs = true;        // what it sets runs on this server
  bool default_is_enough = true;
};

/// Every card of the rule set, in the order of the model.
std::vector<SettingCard> cards_of(const Evaluation& evaluation);

/// Whether `value`, as it stands in a file, gives what the plan needs.
bool is_enough(const SettingCard& card, double value);

/// Whether `a` allows less than `b`, with 0 as "no limit" where the setting means that.
bool allows_less(const SettingCard& card, double a, double b);

}  // namespace sizing
