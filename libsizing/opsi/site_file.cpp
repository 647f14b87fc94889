// The TOML form of a site. What may stand in it comes from the model: its inputs, groups, resources and figures.
#define TOML_ENABLE_FORMATTERS 0
#include <algorithm>
#include <set>

#include <toml++/toml.h>

#include "libsizing/base/file.h"
#include "libsizing/base/number.h"
#include "libsizing/base/text.h"
#include "libsizing/opsi/rule_set.h"
#include "libsizing/opsi/site.h"
#include "libsizing/opsi/tables.h"
#include "libsizing/opsi/toml_depth.h"

namespace sizing {
namespace {

std::string type_name(const toml::node& node) {
  switch (node.type()) {
    case toml::node_type::table: return "a table";
    case toml::node_type::array: return "an array";
    case toml::node_type::string: return "a text";
    case toml::node_type::integer: return "a whole number";
    case toml::node_type::floating_point: return "a number";
    case toml::node_type::boolean: return "true or false";
    default: return "a date or time";
  }
}

std::string shown(const toml::node& node) {
  if (const auto* text = node.as_string()) return "\"" + text->get() + "\"";
  if (const auto* number = node.as_integer()) return std::to_string(number->get());
  if (const auto* number = node.as_floating_point()) return exact(number->get());
  if (const auto* flag = node.as_boolean()) return flag->get() ? "true" : "false";
  return type_name(node);
}

// Reads one file; knows its name for the places of errors.
class Reader {
 public:
  explicit Reader(std::string file) : file_(std::move(file)), model_(*standard_model(default_rule_set())) {}

  Site site(const toml::table& root) {
    Site site;
    site.file = file_;
    for (const auto& [key, node] : root) {
      const std::string name(key.str());
      if (name == "opsi")
        site.opsi = rule_set(node), site.opsi_place = place(node.source(), "opsi");
      else if (name == "name")
        site.title = title(node, name);
      else if (name == "server")
        servers(site, node);
      else if (name == "figures")
        figures(site, node, "");
      else if (name == "routine")
        routines(site, node);
      else
        unknown(key.source(), name, "", {"opsi", "name", "server", "routine", "figures"});
    }
    if (site.servers.empty())
      throw InputError({file_, 0, 0, ""}, "the site has no server: write [[server]] and its inputs");
    check_names(site);
    check_routines(site);
    return site;
  }

  // A file of figures alone.
  std::vector<FigureOverride> own_figures(const toml::table& root) {
    Site site;
    for (const auto& [key, node] : root) {
      if (key.str() != "figures") unknown(key.source(), std::string(key.str()), "", {"figures"});
      figures(site, node, "");
    }
    if (site.figures.empty())
      throw InputError({file_, 0, 0, ""}, "the file has no figure", "", "[figures.\"NAME\"] with value and note");
    return site.figures;
  }

 private:
  Place place(const toml::source_region& at, const std::string& key) const {
    return {file_, static_cast<int>(at.begin.line), static_cast<int>(at.begin.column), key};
  }

  [[noreturn]] void refuse(const toml::node& node, const std::string& key, const std::string& allowed) const {
    throw InputError(place(node.source(), key), "not allowed", shown(node), allowed);
  }

  [[noreturn]] void unknown(const toml::source_region& at, const std::string& name, const std::string& inside,
                            const std::vector<std::string>& known) const {
    throw InputError(place(at, inside.empty() ? name : inside + "." + name), "unknown key" + did_you_mean(name, known),
                     "", join(known, ", "));
  }

  std::string text(const toml::node& node, const std::string& key, const std::string& allowed) const {
    const auto* value = node.as_string();
    if (!value) refuse(node, key, allowed);
    return value->get();
  }

  const toml::table& table_of(const toml::node& node, const std::string& key) const {
    if (!node.is_table()) refuse(node, key, "a table, such as { memory = \"16 GiB\", cores = 4 }");
    return *node.as_table();
  }

  std::string title(const toml::node& node, const std::string& key) const {
    const std::string value = text(node, key, "a text");
    if (value.empty() || value.size() > longest_title || printable(value) != value)
      refuse(node, key, "a text of 1 to " + std::to_string(longest_title) + " printable characters");
    return value;
  }

  std::string rule_set(const toml::node& node) const {
    const auto known = rule_set_names();
    const std::string allowed = "\"" + join(known, "\", \"") + "\"";
    const std::string value = text(node, "opsi", allowed);
    if (std::find(known.begin(), known.end(), value) == known.end()) refuse(node, "opsi", allowed);
    return value;
  }

  void servers(Site& site, const toml::node& node) {
    const auto* array = node.as_array();
    if (!array) refuse(node, "server", "[[server]], once for each server");
    if (array->size() > most_servers) refuse(node, "server", "at most " + std::to_string(most_servers) + " servers");
    for (const toml::node& item : *array) {
      const auto* table = item.as_table();
      if (!table) refuse(item, "server", "[[server]], once for each server");
      Server server;
      server.place = place(item.source(), "server");
      given_.clear();
      inputs(server, *table, "");
      if (server.name.empty())
        server.name = array->size() == 1 ? "server" : "server-" + std::to_string(site.servers.size() + 1);
      site.servers.push_back(std::move(server));
    }
  }

  // The keys of a server; `inside` is "samba." within [server.samba], so that samba.connections may be written both
  // ways.
  void inputs(Server& server, const toml::table& table, const std::string& inside) {
    for (const auto& [key, node] : table) {
      const std::string name = inside + std::string(key.str());
      if (const Input* input = find_input(model_, name))
        statement(server, *input, node);
      else if (name == "name")
        server.name = title(node, "server.name");
      else if (name == "hardware")
        hardware(server, table_of(node, "server.hardware"), "");
      else if (const Group* group = find_group(name))
        members(server, *group, node);
      else if (is_prefix(input_names(model_), name) && node.is_table())
        inputs(server, *node.as_table(), name + ".");
      else
        unknown(key.source(), name, "server", server_keys());
    }
  }

  void statement(Server& server, const Input& input, const toml::node& node) {
    const Place at = place(node.source(), "server." + input.name);
    double value = 0;
    if (input.yes_no) {
      if (!node.is_boolean()) refuse(node, at.key, "true or false");
      value = node.as_boolean()->get() ? 1 : 0;
    } else if (const auto* whole = node.as_integer()) {
      value = checked(input, static_cast<double>(whole->get()), at);
    } else if (const auto* number = node.as_floating_point()) {
      value = checked(input, number->get(), at);
    } else if (node.is_string() && same_dimension(input.unit, parse_unit("B"))) {
      value = parse_input(input, node.as_string()->get(), at);
    } else {
      refuse(node, at.key, allowed_values(input));
    }
    add(server, {input.name, value, at});
  }

  // roles = ["config", "depot"]: what is listed is so, the rest of the group is not.
  void members(Server& server, const Group& group, const toml::node& node) {
    std::vector<std::string> known;
    for (const Input& input : model_.inputs)
      if (input.name.starts_with(group.prefix)) known.push_back(input.name.substr(group.prefix.size()));
    const std::string key = "server." + group.key, allowed = "an array of \"" + join(known, "\", \"") + "\"";
    const auto* array = node.as_array();
    if (!array) refuse(node, key, allowed);
    std::set<std::string> listed;
    for (const toml::node& item : *array) {
      const std::string member = text(item, key, allowed);
      if (std::find(known.begin(), known.end(), member) == known.end())
        throw InputError(place(item.source(), key), "unknown word" + did_you_mean(member, known), member,
                         join(known, ", "));
      listed.insert(member);
    }
    for (const std::string& member : known)
      add(server, {group.prefix + member, listed.contains(member) ? 1.0 : 0.0, place(node.source(), key)});
  }

  void add(Server& server, Statement statement) {
    if (!given_.insert(statement.name).second)
      throw InputError(statement.place, "said twice: " + statement.name + " stands in a list of this server as well");
    state(server, std::move(statement));
  }

  void hardware(Server& server, const toml::table& table, const std::string& inside) {
    std::vector<std::string> known;
    for (const Resource& resource : model_.resources) known.push_back(resource.name);
    for (const auto& [key, node] : table) {
      const std::string name = inside + std::string(key.str());
      const auto at = std::find(known.begin(), known.end(), name);
      if (at != known.end()) {
        const Resource& resource = model_.resources[static_cast<std::size_t>(at - known.begin())];
        const bool bytes = same_dimension(model_.formulas[resource.formula].unit, parse_unit("B"));
        if (!bytes && !node.is_integer()) refuse(node, "server.hardware." + name, "a whole number");
        offer(server, parse_offer(model_, resource, plain_text(node), place(node.source(), "server.hardware." + name)));
      } else if (is_prefix(known, name) && node.is_table()) {
        hardware(server, *node.as_table(), name + ".");
      } else {
        unknown(key.source(), name, "server.hardware", known);
      }
    }
  }

  // A value as it would be typed on the command line.
  std::string plain_text(const toml::node& node) const {
    if (const auto* value = node.as_string()) return value->get();
    return shown(node);
  }

  void routines(Site& site, const toml::node& node) const {
    const auto* array = node.as_array();
    if (!array) refuse(node, "routine", "[[routine]], once for each routine");
    if (array->size() > most_routines)
      refuse(node, "routine", "at most " + std::to_string(most_routines) + " routines");
    for (const toml::node& item : *array) {
      if (!item.is_table()) refuse(item, "routine", "[[routine]], once for each routine");
      std::vector<RoutineValue> said;
      for (const auto& [key, value] : *item.as_table()) {
        const std::string name(key.str());
        if (!value.is_string() && !value.is_number()) refuse(value, "routine." + name, "a text or a number");
        said.push_back({name, plain_text(value), place(value.source(), "routine." + name)});
      }
      site.routines.push_back(read_routine(said, place(item.source(), "routine")));
    }
  }

  void figures(Site& site, const toml::node& node, const std::string& inside) {
    const auto* table = node.as_table();
    if (!table) refuse(node, "figures." + inside, "a table with value and note");
    std::vector<std::string> known;
    for (const Figure& figure : sizing::figures()) known.push_back(figure.name);
    for (const auto& [key, item] : *table) {
      const std::string name = inside + std::string(key.str());
      if (const Figure* figure = find_figure(model_, name))
        add_figure(site, override_of(*figure, item, place(key.source(), "figures." + name)));
      else if (is_prefix(known, name) && item.is_table())
        figures(site, item, name + ".");
      else
        throw InputError(place(key.source(), "figures." + name), "unknown figure" + did_you_mean(name, known), "",
                         "a name that 'opsi-sizing figures' lists");
    }
  }

  static void add_figure(Site& site, FigureOverride own) {
    for (const FigureOverride& other : site.figures)
      if (other.name == own.name) throw InputError(own.place, "said twice: this figure stands above as well");
    site.figures.push_back(std::move(own));
  }

  FigureOverride override_of(const Figure& figure, const toml::node& node, const Place& at) const {
    const std::string allowed = "a table with value and note, and if known kind, low and high";
    const auto* table = node.as_table();
    if (!table) refuse(node, at.key, allowed);
    const toml::node* value = table->get("value");
    if (!value) throw InputError(at, "the key value is missing", "", allowed);
    FigureOverride own = parse_override(figure, plain_text(*value), place(value->source(), at.key + ".value"));
    own.place = at;
    for (const auto& [key, item] : *table) {
      const std::string name(key.str());
      if (name == "note")
        own.note = title(item, at.key + ".note");
      else if (name == "kind")
        own.kind = kind(item, at.key + ".kind");
      else if (name == "low" || name == "high")
        (name == "low" ? own.low : own.high) = number(item, at.key + "." + name);
      else if (name != "value")
        unknown(key.source(), name, at.key, {"value", "note", "kind", "low", "high"});
    }
    if (own.note.empty()) throw InputError(at, "the key note is missing: say where the value comes from", "", allowed);
    check_range(figure, own);
    return own;
  }

  static void check_range(const Figure& figure, const FigureOverride& own) {
    if (!own.low && !own.high) return;
    if (!figure.curve.empty()) throw InputError(own.place, "a curve takes no low and high");
    const double value = parse_number(own.value);
    if (own.low.value_or(value) > value || own.high.value_or(value) < value)
      throw InputError(own.place, "the value is outside its own range", own.value, "low <= value <= high");
  }

  Kind kind(const toml::node& node, const std::string& key) const {
    try {
      return parse_kind(text(node, key, "published, measured, derived, assumed"));
    } catch (const InputError& error) {
      throw InputError(place(node.source(), key), error.problem(), error.found(), error.allowed());
    }
  }

  double number(const toml::node& node, const std::string& key) const {
    try {
      return parse_number(plain_text(node));
    } catch (const InputError& error) {
      throw InputError(place(node.source(), key), "not allowed", error.found(), error.allowed());
    }
  }

  const Group* find_group(const std::string& key) const {
    for (const Group& group : model_.groups)
      if (group.key == key) return &group;
    return nullptr;
  }

  static bool is_prefix(const std::vector<std::string>& names, const std::string& prefix) {
    return std::any_of(names.begin(), names.end(), [&](const std::string& n) { return n.starts_with(prefix + "."); });
  }

  std::vector<std::string> server_keys() const {
    std::vector<std::string> keys = {"name", "hardware"};
    for (const Group& group : model_.groups) keys.push_back(group.key);
    for (const std::string& name : input_names(model_)) keys.push_back(name);
    return keys;
  }

  static void check_names(const Site& site) {
    std::set<std::string> names;
    for (const Server& server : site.servers)
      if (!names.insert(server.name).second)
        throw InputError({server.place.file, server.place.line, server.place.column, "server.name"},
                         "a second server of this name", server.name, "a name of its own for each server");
  }

  std::string file_;
  const Model& model_;
  std::set<std::string> given_;  // inputs of the server being read
};

// Reads `toml` and hands its root to `read`. `what`: "a site file"; `hint`: how to get one.
template <class Read>
auto parsed(std::string_view toml, const std::string& file, const std::string& what, const std::string& hint,
            Read read) {
  if (toml.size() > most_site_bytes)
    throw InputError({file, 0, 0, ""}, "too large for " + what, "",
                     "at most " + std::to_string(most_site_bytes >> 20) + " MiB");
  if (trim(toml).find_first_not_of("\r\n") == std::string_view::npos)
    throw InputError({file, 0, 0, ""}, "the file is empty", "", what + "; " + hint);
  if (toml.find('\0') != std::string_view::npos)
    throw InputError({file, 0, 0, ""}, "not a text file", "", what + "; " + hint);
  check_key_depth(toml, file);
  try {
    const toml::table root = toml::parse(toml);
    return read(root);
  } catch (const toml::parse_error& error) {
    const auto& at = error.source().begin;
    throw InputError({file, static_cast<int>(at.line), static_cast<int>(at.column), ""},
                     "not valid TOML: " + printable(error.description()));
  }
}

}  // namespace

Site read_site(std::string_view toml, const std::string& file) {
  return parsed(toml, file, "a site file", "'opsi-sizing init' writes one",
                [&](const toml::table& root) { return Reader(file).site(root); });
}

Site load_site(const std::string& path) {
  Site site = read_site(read_file(path, most_site_bytes), path);
  load_measured(site.routines, path);
  return site;
}

std::vector<FigureOverride> read_own_figures(std::string_view toml, const std::string& file) {
  return parsed(toml, file, "a file of figures", "'opsi-sizing calibrate' writes one",
                [&](const toml::table& root) { return Reader(file).own_figures(root); });
}

std::vector<FigureOverride> load_own_figures(const std::string& path) {
  return read_own_figures(read_file(path, most_site_bytes), path);
}

}  // namespace sizing
