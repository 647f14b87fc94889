#include "libsizing/model/rules.h"

#include <algorithm>

#include "libsizing/base/error.h"
#include "libsizing/base/number.h"

namespace sizing {
namespace {

[[noreturn]] void refuse(const std::string& text) { throw ModelError(text); }

std::string spelled(const Unit& unit) { return name(unit).empty() ? "a plain number" : name(unit); }

// The unit of a result by its operation's rule; throws where the operands do not go together.
Unit result_unit(const Operation& row, const std::vector<Unit>& u) {
  const auto equal = [&](const Unit& a, const Unit& b) {
    if (a != b) refuse(std::string(row.symbol) + " of " + spelled(a) + " and " + spelled(b));
  };
  switch (row.units) {
    case UnitRule::same: equal(u[0], u[1]); return u[0];
    case UnitRule::product: return u[0] * u[1];
    case UnitRule::quotient: return u[0] / u[1];
    case UnitRule::whole: return u[0];
    case UnitRule::flag: equal(u[0], u[1]); return {};
    case UnitRule::branch:
      equal(u[0], {});
      equal(u[1], u[2]);
      return u[1];
    case UnitRule::declared: break;
  }
  refuse("an operation without operands cannot be combined");
}

}  // namespace

Rules::Rules(std::string_view name, std::string_view title, std::vector<Figure> figures, std::vector<Source> sources) {
  model_.name = name;
  model_.title = title;
  model_.figures = std::move(figures);
  model_.sources = std::move(sources);
  model_.figure_nodes.assign(model_.figures.size(), no_node);
  model_.figure_used.assign(model_.figures.size(), false);
}

// `text` with each {[figure]} replaced by its value; each {name} left must be a quantity of the model.
std::string Rules::filled(std::string_view text) const {
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] != '{') {
      result += text[at++];
      continue;
    }
    const std::size_t end = text.find('}', at);
    if (end == std::string_view::npos) refuse("an open brace in: " + std::string(text));
    const std::string_view what = text.substr(at + 1, end - at - 1);
    if (what.starts_with('[')) {
      const Figure* figure = find_figure(model_, what.substr(1, what.size() - 2));
      if (!figure) refuse("there is no figure " + std::string(what) + ", named in: " + std::string(text));
      result += with_unit(rounded(figure->value), figure->unit);
    } else {
      if (!has(what)) refuse("there is no quantity " + std::string(what) + ", named in: " + std::string(text));
      result += text.substr(at, end + 1 - at);
    }
    at = end + 1;
  }
  return result;
}

Quantity Rules::add(Node node, const Unit& unit) {
  for (std::size_t i = 0; i < model_.nodes.size(); ++i)  // the same expression is computed once
    if (model_.nodes[i] == node && model_.units[i] == unit) return {this, static_cast<NodeId>(i)};
  model_.nodes.push_back(node);
  model_.units.push_back(unit);
  return {this, static_cast<NodeId>(model_.nodes.size() - 1)};
}

void Rules::check_new(std::string_view name) const {
  if (has(name)) refuse("a second definition of " + std::string(name));
}

Quantity Rules::add_input(Input input, NodeId fallback) {
  check_new(input.name);
  if (find_figure(model_, input.name)) refuse(input.name + " is a figure and an input");
  if (fallback != no_node) fallback = plain({this, fallback}, input.unit).node;
  if (fallback != no_node && model_.units[fallback] != input.unit)
    refuse("the default of " + input.name + " is in " + spelled(model_.units[fallback]));
  Node node{Op::input, {fallback, no_node, no_node}, static_cast<std::uint32_t>(model_.inputs.size()), 0, {}};
  input.fallback = fallback;
  input.node = add(node, input.unit).node;
  model_.inputs.push_back(std::move(input));
  return {this, model_.inputs.back().node};
}

Quantity Rules::input(std::string_view name, std::string_view unit, Bounds bounds, std::string_view help) {
  return add_input(
      {std::string(name), parse_unit(unit), bounds.low, bounds.high, bounds.whole, false, std::string(help)}, no_node);
}

Quantity Rules::input(std::string_view name, std::string_view unit, Bounds bounds, Quantity standard,
                      std::string_view help) {
  return add_input(
      {std::string(name), parse_unit(unit), bounds.low, bounds.high, bounds.whole, false, std::string(help)},
      standard.node);
}

Quantity Rules::yes_no(std::string_view name, Quantity standard, std::string_view help) {
  return add_input({std::string(name), {}, 0, 1, true, true, std::string(help)}, standard.node);
}

Quantity Rules::constant(double value, std::string_view unit) {
  return add({Op::constant, {no_node, no_node, no_node}, 0, value, {}}, parse_unit(unit));
}

Quantity Rules::nothing(Quantity like) {
  return add({Op::constant, {no_node, no_node, no_node}, 0, 0, {}}, model_.units[like.node]);
}

const Figure& Rules::used_figure(std::string_view name, bool curve) {
  for (std::size_t i = 0; i < model_.figures.size(); ++i) {
    const Figure& figure = model_.figures[i];
    if (figure.name != name) continue;
    if (figure.source.empty()) refuse("the figure " + figure.name + " has no source");
    if (figure.curve.empty() == curve || !figure.text.empty())
      refuse("the figure " + figure.name + (curve ? " is not a curve" : " is not a plain number"));
    model_.figure_used[i] = true;
    return figure;
  }
  refuse("there is no figure " + std::string(name));
}

Quantity Rules::figure(std::string_view name) {
  const Figure& figure = used_figure(name, false);
  const auto index = static_cast<std::uint32_t>(&figure - model_.figures.data());
  const Quantity result = add({Op::figure, {no_node, no_node, no_node}, index, 0, {}}, figure.unit);
  model_.figure_nodes[index] = result.node;
  return result;
}

Quantity Rules::curve(std::string_view name, Quantity x) {
  const Figure& figure = used_figure(name, true);
  x = plain(x, figure.x_unit);
  if (model_.units[x.node] != figure.x_unit)
    refuse("the curve " + figure.name + " takes " + spelled(figure.x_unit) + ", not " + spelled(model_.units[x.node]));
  const auto index = static_cast<std::uint32_t>(&figure - model_.figures.data());
  return add({Op::interpolate, {x.node, no_node, no_node}, index, 0, {}}, figure.unit);
}

Quantity Rules::quantity(std::string_view name) {
  const NodeId node = find_node(model_, name);
  if (node == no_node) refuse("there is no quantity " + std::string(name));
  return {this, node};
}

bool Rules::has(std::string_view name) const { return find_node(model_, name) != no_node; }

Quantity Rules::define(std::string_view name, std::string_view unit, Quantity expression, std::string_view sentence) {
  check_new(name);
  const Unit declared = parse_unit(unit);
  expression = plain(expression, declared);
  if (model_.units[expression.node] != declared)
    refuse(std::string(name) + " is declared in " + spelled(declared) + ", its formula gives " +
           spelled(model_.units[expression.node]));
  const Quantity result =
      add({Op::formula, {expression.node, no_node, no_node}, static_cast<std::uint32_t>(model_.formulas.size()), 0, {}},
          declared);
  model_.formulas.push_back({std::string(name), declared, filled(sentence), result.node, expression.node});
  return result;
}

void Rules::remark(std::string_view code, Severity severity, std::string_view about, Quantity condition,
                   std::string_view text) {
  (void)quantity(about);
  model_.remarks.push_back({std::string(code), severity, std::string(about), condition.node, filled(text)});
}

void Rules::resource(std::string_view name, std::string_view formula, std::string_view to_buy) {
  model_.resources.push_back({std::string(name), formula_index(model_, formula), formula_index(model_, to_buy)});
}

void Rules::check_sources(const Setting& setting) const {
  if (setting.sources.empty()) refuse("the setting " + setting.key + " has no source");
  for (const std::string& id : setting.sources)
    if (!find_source(model_, id)) refuse("the setting " + setting.key + " has an unknown source " + id);
}

void Rules::setting(Setting setting, const SettingNumbers& numbers) {
  check_sources(setting);
  const Quantity never = constant(0);
  setting.node = numbers.value.node;
  setting.least = numbers.least.node;
  setting.usual = numbers.usual.node;
  setting.runs = numbers.runs.node;
  setting.condition = setting.zero_is_no_limit ? never.node : (numbers.least > numbers.usual).node;
  for (std::string* text : {&setting.standard, &setting.why, &setting.what, &setting.when}) *text = filled(*text);
  model_.settings.push_back(std::move(setting));
}

void Rules::group(std::string_view key, std::string_view prefix) {
  model_.groups.push_back({std::string(key), std::string(prefix)});
}

// `x` without its percent, where that makes it the unit `like`.
Quantity Rules::plain(Quantity x, const Unit& like) {
  const Unit unit = model_.units[x.node];
  if (unit == like || unit != like * parse_unit("%")) return x;
  return add({Op::convert, {x.node, no_node, no_node}, 0, 0, conversion(unit, like)}, like);
}

Quantity Rules::combine(Op op, std::vector<Quantity> operands) {
  const Operation& row = operation(op);
  if (row.units == UnitRule::same || row.units == UnitRule::flag) {
    operands[0] = plain(operands[0], model_.units[operands[1].node]);
    operands[1] = plain(operands[1], model_.units[operands[0].node]);
  }
  Node node{op, {no_node, no_node, no_node}, 0, 0, {}};
  std::vector<Unit> units;
  for (std::size_t i = 0; i < operands.size(); ++i) {
    if (operands[i].rules != this) refuse("quantities of different models cannot be combined");
    node.operand[i] = operands[i].node;
    units.push_back(model_.units[operands[i].node]);
  }
  return add(node, result_unit(row, units));
}

Quantity Rules::in(Quantity x, std::string_view unit) {
  const Unit from = model_.units[x.node], to = parse_unit(unit);
  return add({Op::convert, {x.node, no_node, no_node}, 0, 0, conversion(from, to)}, to);
}

Model Rules::build() && { return std::move(model_); }

Quantity operator+(Quantity a, Quantity b) { return a.rules->combine(Op::add, {a, b}); }
Quantity operator-(Quantity a, Quantity b) { return a.rules->combine(Op::subtract, {a, b}); }
Quantity operator*(Quantity a, Quantity b) { return a.rules->combine(Op::multiply, {a, b}); }
Quantity operator/(Quantity a, Quantity b) { return a.rules->combine(Op::divide, {a, b}); }
Quantity operator>(Quantity a, Quantity b) { return a.rules->combine(Op::greater, {a, b}); }
Quantity operator+(double a, Quantity b) { return b.rules->constant(a) + b; }
Quantity max(Quantity a, Quantity b) { return a.rules->combine(Op::maximum, {a, b}); }
Quantity max(Quantity a, Quantity b, Quantity c) { return max(max(a, b), c); }
Quantity max(Quantity a, Quantity b, Quantity c, Quantity d) { return max(max(a, b, c), d); }
Quantity min(Quantity a, Quantity b) { return a.rules->combine(Op::minimum, {a, b}); }
Quantity ceil(Quantity a) { return a.rules->combine(Op::ceiling, {a}); }
Quantity floor(Quantity a) { return a.rules->combine(Op::floor, {a}); }
Quantity choose(Quantity condition, Quantity yes, Quantity no) {
  return condition.rules->combine(Op::choose, {condition, yes, no});
}
Quantity only_if(Quantity condition, Quantity amount) {
  return choose(condition, amount, amount.rules->nothing(amount));
}
Quantity in(Quantity x, std::string_view unit) { return x.rules->in(x, unit); }
Quantity size_on_sale(Quantity x) { return x.rules->combine(Op::size_on_sale, {x}); }

}  // namespace sizing
