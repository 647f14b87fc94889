#include "libsizing/report/site_toml.h"

#include <algorithm>

#include "libsizing/base/number.h"
#include "libsizing/base/text.h"
#include "libsizing/opsi/rule_set.h"
#include "libsizing/report/document.h"

namespace sizing {
namespace {

constexpr std::size_t line_width = 100;

const Model& model() { return *standard_model(default_rule_set()); }

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

std::string comment_line(const std::string& text) { return "# " + printable(text) + "\n"; }

// Wrapped as reports are.
std::string comment(const std::string& paragraph) {
  std::string wrapped = to_text({Paragraph{printable(paragraph)}}, {false, line_width - 2}), text;
  while (wrapped.ends_with('\n')) wrapped.pop_back();
  for (const std::string& line : split(wrapped, '\n')) text += comment_line(line);
  return text;
}

const Statement* find(const Server& server, const std::string& input) {
  for (const Statement& s : server.statements)
    if (s.name == input) return &s;
  return nullptr;
}

bool in_group(const Input& input, const Group& group) { return input.name.starts_with(group.prefix); }

// A group whose members are all stated is written as its list.
bool is_list(const Server& server, const Group& group) {
  return std::all_of(model().inputs.begin(), model().inputs.end(),
                     [&](const Input& input) { return !in_group(input, group) || find(server, input.name); });
}

// Sizes are written with their unit, what is counted as a number.
bool is_size(const std::string& resource) {
  return std::any_of(model().resources.begin(), model().resources.end(), [&](const Resource& r) {
    return r.name == resource && same_dimension(model().formulas[r.formula].unit, parse_unit("B"));
  });
}

class Writer {
 public:
  explicit Writer(const SiteComments& comments) : comments_(comments) {}

  std::string site(const Site& site) {
    for (const std::string& paragraph : comments_.head) text_ += comment(paragraph) + "#\n";
    if (!comments_.head.empty()) text_.replace(text_.size() - 2, 2, "\n");
    if (!site.title.empty()) text_ += "name = " + quoted(site.title) + "\n";
    if (!site.opsi.empty()) line("opsi", quoted(site.opsi), true);
    for (std::size_t i = 0; i < site.servers.size(); ++i) server(site.servers[i], i == 0);
    for (const Routine& one : site.routines) routine(one);
    for (const FigureOverride& own : site.figures) figure(own);
    if (!comments_.foot.empty()) text_ += "\n";
    for (const std::string& foot : comments_.foot) text_ += comment_line(foot);
    return text_;
  }

 private:
  void line(const std::string& key, const std::string& value, bool first, const std::string& commented_as = "") {
    text_ += key + " = " + value;
    const auto beside = comments_.values.find(commented_as.empty() ? key : commented_as);
    if (first && beside != comments_.values.end()) text_ += "  # " + printable(beside->second);
    text_ += "\n";
  }

  void server(const Server& server, bool first) {
    text_ += "\n[[server]]\nname = " + quoted(server.name) + "\n";
    for (const Group& group : model().groups)
      if (is_list(server, group)) list(server, group, first);
    for (const Input& input : model().inputs) statement(server, input, first);
    if (first)
      for (const std::string& unstated : comments_.unstated) text_ += comment_line(unstated);
    if (server.hardware.empty()) return;
    text_ += "[server.hardware]\n";
    for (const Offer& offer : server.hardware) {
      line(offer.resource, is_size(offer.resource) ? quoted(offer.text) : exact(offer.amount), first,
           "hardware." + offer.resource);
    }
  }

  void list(const Server& server, const Group& group, bool first) {
    std::vector<std::string> words;
    for (const Input& input : model().inputs)
      if (in_group(input, group) && find(server, input.name)->value != 0)
        words.push_back(quoted(input.name.substr(group.prefix.size())));
    line(group.key, "[" + join(words, ", ") + "]", first);
  }

  void statement(const Server& server, const Input& input, bool first) {
    const Statement* stated = find(server, input.name);
    const bool listed = std::any_of(model().groups.begin(), model().groups.end(), [&](const Group& group) {
      return in_group(input, group) && is_list(server, group);
    });
    if (!stated || listed) return;
    line(input.name, input.yes_no ? (stated->value != 0 ? "true" : "false") : exact(stated->value), first);
  }

  // What the preset says, it says again.
  void routine(const Routine& routine) {
    text_ += "\n[[routine]]\n";
    for (const RoutineValue& value : routine.values)
      if (!value.of_preset) text_ += value.key + " = " + quoted(value.text) + "\n";
  }

  void figure(const FigureOverride& own) {
    text_ += "\n[figures." + quoted(own.name) + "]\nvalue = " + quoted(own.value) + "\n";
    if (own.low) text_ += "low = " + exact(*own.low) + "\n";
    if (own.high) text_ += "high = " + exact(*own.high) + "\n";
    text_ += "kind = " + quoted(std::string(name(own.kind))) + "\nnote = " + quoted(own.note) + "\n";
  }

  const SiteComments& comments_;
  std::string text_;
};

}  // namespace

std::string site_toml(const Site& site, const SiteComments& comments) { return Writer(comments).site(site); }

}  // namespace sizing
