// A model: a sheet of named quantities over inputs and figures, immutable once built, shared freely between threads.
//
// Everything is plain data in the order of definition; an expression only names nodes before it, so one walk from front
// to back evaluates the sheet. Rules (rules.h) builds a model; evaluate.h, block.h, explain.h and others read it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "libsizing/model/figure.h"
#include "libsizing/model/operation.h"

namespace sizing {

using NodeId = std::uint32_t;
inline constexpr NodeId no_node = 0xFFFFFFFF;

struct Node {
  Op op = Op::constant;
  NodeId operand[3] = {no_node, no_node, no_node};  // of an input: its default in operand[0], or no_node
  std::uint32_t index = 0;                          // of an input, formula or figure (interpolate: its figure)
  double value = 0;                                 // of a constant
  Conversion conversion;                            // of a convert
  friend bool operator==(const Node&, const Node&) = default;
};

/// What a user states about a server.
struct Input {
  std::string name;
  Unit unit;
  double low = 0, high = 0;  // bounds, both allowed
  bool whole = false;        // only whole numbers
  bool yes_no = false;       // a flag: 1 or 0
  std::string help;
  NodeId node = no_node;
  NodeId fallback = no_node;  // the default; no_node where the user must state it
};

struct Formula {
  std::string name;
  Unit unit;
  std::string sentence;
  NodeId node = no_node;
  NodeId expression = no_node;
};

enum class Severity { note, warning, error };
std::string_view name(Severity severity);

/// Said of a server where `condition` is not 0. In `text`, {name} stands for the value of an input or a formula.
struct RemarkRule {
  std::string code;
  Severity severity = Severity::note;
  std::string quantity;
  NodeId condition = no_node;
  std::string text;
};

/// Something that hardware offers and a formula needs: "memory" and server.memory.
struct Resource {
  std::string name;
  std::size_t formula = 0;
  std::size_t to_buy = 0;  // the formula that says how much to buy; `formula` itself where it is bought as needed
};

/// A setting of a configuration file that follows from the model: its card, and the numbers behind it. Written where
/// `least` is above the default; a setting never lowers a default.
struct Setting {
  std::string key;
  std::string file;        // on Debian
  std::string section;     // in the file: "mysqld"; "" where it has none
  std::string standard;    // the default, for people
  std::string apply;       // the command after a change
  std::string why;         // the reason for the value
  std::string what, when;  // what it is, and when to change it
  std::vector<std::string> sources;
  bool zero_is_no_limit = false;  // 0, the default, is more than any number
  NodeId node = no_node;          // the value where it is written
  NodeId least = no_node;         // what has to be in force at least
  NodeId usual = no_node;         // the default
  NodeId runs = no_node;          // not 0 where what it sets runs on the server
  NodeId condition = no_node;     // not 0 where the default is not enough
};

/// A group of yes-or-no inputs that a site file may write as one list: roles = ["config", "depot"].
struct Group {
  std::string key;     // "roles"
  std::string prefix;  // "role."
};

struct Model {
  std::string name;   // of the rule set: "4.2"
  std::string title;  // one line about it
  std::vector<Node> nodes;
  std::vector<Unit> units;  // of each node
  std::vector<Input> inputs;
  std::vector<Formula> formulas;
  std::vector<Figure> figures;
  std::vector<NodeId> figure_nodes;  // of each figure; no_node where no formula uses it as a plain number
  std::vector<bool> figure_used;
  std::vector<Source> sources;
  std::vector<RemarkRule> remarks;
  std::vector<Resource> resources;
  std::vector<Setting> settings;
  std::vector<Group> groups;
};

const Input* find_input(const Model& model, std::string_view name);
const Formula* find_formula(const Model& model, std::string_view name);
const Figure* find_figure(const Model& model, std::string_view name);
const Source* find_source(const Model& model, std::string_view id);

std::size_t input_index(const Model& model, std::string_view name);    // throws ModelError where there is none
std::size_t formula_index(const Model& model, std::string_view name);  // the same

/// The node of an input or a formula, or no_node.
NodeId find_node(const Model& model, std::string_view name);
std::vector<std::string> input_names(const Model& model);
std::vector<std::string> formula_names(const Model& model);
std::vector<std::string> figure_names(const Model& model);

/// Everything that node `root` may depend on, itself included, as flags by node; through inputs' defaults too.
std::vector<bool> reachable(const Model& model, NodeId root);
/// Of several roots.
std::vector<bool> reachable(const Model& model, std::span<const NodeId> roots);

}  // namespace sizing
