#include "cli/site_call.h"

#include <algorithm>
#include <istream>
#include <iterator>

#include "libsizing/base/file.h"
#include "libsizing/base/text.h"
#include "libsizing/opsi/rule_set.h"
#include "libsizing/opsi/tables.h"
#include "libsizing/plan/resolve.h"

namespace sizing::cli {
namespace {

const Model& model() { return *standard_model(default_rule_set()); }

Place flag_place(const std::string& name) { return {"", 0, 0, flag_of(name)}; }

std::string read_standard_input(std::istream& in, std::size_t most) {
  std::string text;
  char buffer[1 << 16];
  while (text.size() <= most && (in.read(buffer, sizeof buffer) || in.gcount() > 0))
    text.append(buffer, static_cast<std::size_t>(in.gcount()));
  return text;
}

std::vector<std::string> words_of(const std::string& list) {
  std::vector<std::string> words;
  for (const std::string& word : split(list, ','))
    if (!trim(word).empty()) words.emplace_back(trim(word));
  return words;
}

void apply_set(const std::string& text, Site& site, Server& server) {
  const auto equals = text.find('=');
  const std::string name(trim(std::string_view(text).substr(0, equals)));
  const Place place{"", 0, 0, "--set " + name};
  if (equals == std::string::npos || name.empty())
    throw InputError({"", 0, 0, "--set"}, "not an assignment", text, "NAME=VALUE, such as clients=2000");
  const std::string value(trim(std::string_view(text).substr(equals + 1)));
  if (const Input* input = find_input(model(), name))
    return state(server, {name, parse_input(*input, value, place), place});
  if (const Figure* figure = find_figure(model(), name)) {
    FigureOverride own = parse_override(*figure, value, place);
    own.note = "set on the command line";
    return override_figures(site, {std::move(own)});
  }
  std::vector<std::string> known = input_names(model());
  for (const std::string& n : figure_names(model())) known.push_back(n);
  for (const RuleSet& set : rule_sets())
    if (find_formula(*standard_model(set.name), name))
      throw InputError(place, "is computed; set an input or a figure that it rests on ('opsi-sizing explain " + name +
                                  "' shows them)");
  throw InputError(place, "unknown input or figure" + did_you_mean(name, known));
}

// Beside the routines that the site has.
void add_routines(const Invocation& call, Site& site) {
  const Place place{"", 0, 0, "--routine"};
  for (const std::string& preset : call.all("routine")) {
    try {
      site.routines.push_back(read_routine({{"preset", preset, place}}, place));
    } catch (const InputError& error) {
      throw InputError(place, error.problem(), error.found(), error.allowed());
    }
  }
  if (call.has("routine")) check_routines(site);
}

}  // namespace

std::string option_of(const std::string& name) { return replace_all(replace_all(name, ".", "-"), "_", "-"); }
std::string flag_of(const std::string& name) { return "--" + option_of(name); }

std::string read_operand(Invocation& call, const std::string& path, std::size_t most) {
  return path == "-" ? read_standard_input(call.in, most) : read_file(path, most);
}

Site read_site_operand(Invocation& call, const std::string& path) {
  if (path.empty()) return flag_site();
  if (path != "-") return load_site(path);
  Site site = read_site(read_operand(call, path, most_site_bytes), "standard input");
  load_measured(site.routines, "");
  return site;
}

bool has_site_flags(const Invocation& call) {
  for (const char* option : {"opsi", "figures", "routine"})
    if (call.has(option)) return true;
  const auto any = [&](const auto& rows, auto name) {
    return std::any_of(rows.begin(), rows.end(), [&](const auto& row) { return call.has(option_of(name(row))); });
  };
  return any(model().inputs, [](const Input& i) { return i.name; }) ||
         any(model().groups, [](const Group& g) { return g.key; }) ||
         any(model().resources, [](const Resource& r) { return r.name; });
}

void apply_flags(const Invocation& call, Site& site) {
  for (const std::string& path : call.all("figures")) override_figures(site, load_own_figures(path));
  if (call.has("opsi")) {
    site.opsi = call.value("opsi");
    site.opsi_place = {"", 0, 0, "--opsi"};
    try {
      (void)standard_model(site.opsi);
    } catch (const InputError& error) {
      throw InputError({"", 0, 0, "--opsi"}, error.problem(), error.found(), error.allowed());
    }
  }
  add_routines(call, site);
  Server& server = site.servers[asked_server(call, site)];
  for (const Group& group : model().groups)
    if (call.has(option_of(group.key)))
      state_group(server, model(), group, words_of(call.value(option_of(group.key))), flag_place(group.key));
  for (const Input& input : model().inputs) {
    const std::string flag = option_of(input.name);
    if (call.has(flag))
      state(server, {input.name, parse_input(input, call.value(flag), flag_place(input.name)), flag_place(input.name)});
  }
  for (const Resource& resource : model().resources) {
    const std::string flag = option_of(resource.name);
    if (call.has(flag)) offer(server, parse_offer(model(), resource, call.value(flag), flag_place(resource.name)));
  }
}

void apply_sets(const Invocation& call, Site& site) {
  for (const std::string& text : call.all("set")) {
    const std::string name(trim(std::string_view(text).substr(0, text.find('='))));
    if (find_input(model(), name) && call.has(option_of(name)))
      throw InputError({"", 0, 0, "--set " + name}, "is given by " + flag_of(name) + " as well");
    apply_set(text, site, site.servers[asked_server(call, site)]);
  }
}

std::size_t asked_server(const Invocation& call, const Site& site) {
  if (!call.has("server")) return main_server(site);
  std::vector<std::string> names;
  for (std::size_t i = 0; i < site.servers.size(); ++i) {
    names.push_back(site.servers[i].name);
    if (names.back() == call.value("server")) return i;
  }
  throw InputError({"", 0, 0, "--server"}, "no such server" + did_you_mean(call.value("server"), names),
                   call.value("server"), join(names, ", "));
}

Site site_of(Invocation& call, const std::string& path) {
  Site site = read_site_operand(call, path);
  apply_flags(call, site);
  apply_sets(call, site);
  return site;
}

}  // namespace sizing::cli
