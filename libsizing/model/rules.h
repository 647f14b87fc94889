// Writing a model: the rules, in C++ that reads like the rule that it encodes.
//
//   void samba(Rules& rules) {
//     const Quantity connections = rules.quantity("samba.connections");
//     rules.define("samba.memory", "MB", connections * rules.figure("samba.memory_per_connection") * ..., "Each ...");
//   }
//
// Units are checked as the expression is written: adding or comparing different units, a definition whose expression
// has another unit, an unknown name, a second definition of a name or a figure without a source throws ModelError. The
// one conversion made silently is the percent: 1 + a figure of 50 % is 1.5. Every other one is written, as in(x, "GB").
//
// Sentences, remarks and settings name figures as {[name]}, so that an overridden figure changes the words as well; a
// remark's text names quantities as {name}, filled in when it is said.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "libsizing/model/model.h"

namespace sizing {

class Rules;

/// A handle on an expression that is being written; cheap to copy, valid as long as its Rules.
struct Quantity {
  Rules* rules = nullptr;
  NodeId node = no_node;
};

class Rules {
 public:
  /// Figures and sources are copied into the model.
  Rules(std::string_view name, std::string_view title, std::vector<Figure> figures, std::vector<Source> sources);

  /// What the user states: required where no default is passed. `unit` as in parse_unit.
  struct Bounds {
    double low, high;
    bool whole;
  };
  Quantity input(std::string_view name, std::string_view unit, Bounds bounds, std::string_view help);
  Quantity input(std::string_view name, std::string_view unit, Bounds bounds, Quantity standard, std::string_view help);
  /// A yes-or-no input; its default is an expression that is 0 or 1.
  Quantity yes_no(std::string_view name, Quantity standard, std::string_view help);

  Quantity constant(double value, std::string_view unit = "");
  Quantity nothing(Quantity like);  // 0 in the unit of `like`
  Quantity figure(std::string_view name);
  /// The published curve `name` at x.
  Quantity curve(std::string_view name, Quantity x);
  /// An input or formula that is defined already.
  Quantity quantity(std::string_view name);
  bool has(std::string_view name) const;

  Quantity define(std::string_view name, std::string_view unit, Quantity expression, std::string_view sentence);

  void remark(std::string_view code, Severity severity, std::string_view quantity, Quantity condition,
              std::string_view text);
  void resource(std::string_view name, std::string_view formula, std::string_view to_buy);
  /// A setting of what `runs` says: `value` is written where the default, `usual`, is below `least`.
  struct SettingNumbers {
    Quantity value, least, usual, runs;
  };
  void setting(Setting setting, const SettingNumbers& numbers);
  void group(std::string_view key, std::string_view prefix);

  Quantity combine(Op op, std::vector<Quantity> operands);
  Quantity in(Quantity x, std::string_view unit);

  /// The finished model; the rules are empty afterwards.
  Model build() &&;

 private:
  Quantity add(Node node, const Unit& unit);
  Quantity plain(Quantity x, const Unit& like);
  void check_sources(const Setting& setting) const;
  std::string filled(std::string_view text) const;
  void check_new(std::string_view name) const;
  Quantity add_input(Input input, NodeId fallback);
  const Figure& used_figure(std::string_view name, bool curve);

  Model model_;
};

Quantity operator+(Quantity a, Quantity b);
Quantity operator-(Quantity a, Quantity b);
Quantity operator*(Quantity a, Quantity b);
Quantity operator/(Quantity a, Quantity b);
Quantity operator>(Quantity a, Quantity b);
Quantity operator+(double a, Quantity b);
Quantity max(Quantity a, Quantity b);
Quantity max(Quantity a, Quantity b, Quantity c);
Quantity max(Quantity a, Quantity b, Quantity c, Quantity d);
Quantity min(Quantity a, Quantity b);
Quantity ceil(Quantity a);
Quantity floor(Quantity a);
/// `yes` where the condition is not 0, else `no`.
Quantity choose(Quantity condition, Quantity yes, Quantity no);
/// `amount` where the condition is not 0, else nothing.
Quantity only_if(Quantity condition, Quantity amount);
Quantity in(Quantity x, std::string_view unit);
Quantity size_on_sale(Quantity x);

}  // namespace sizing
