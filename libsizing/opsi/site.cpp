#include "libsizing/opsi/site.h"

#include <algorithm>
#include <cmath>

#include "libsizing/base/duration.h"
#include "libsizing/base/number.h"
#include "libsizing/base/text.h"

namespace sizing {
namespace {

// More than any machine has: 1 EB of memory or disk, a million cores.
constexpr double most_bytes = 1e18, most_counted = 1e6;

constexpr int shortest_steady_repeat = 900;

[[noreturn]] void rethrow_at(const Place& place, const InputError& error) {
  throw InputError(place, error.problem(), error.found(), error.allowed());
}

template <class Item, class Key>
void replace_or_add(std::vector<Item>& items, Item item, Key key) {
  const auto at = std::find_if(items.begin(), items.end(), [&](const Item& i) { return i.*key == item.*key; });
  if (at == items.end())
    items.push_back(std::move(item));
  else
    *at = std::move(item);
}

// Each coming of a routine is added up with all others of its server.
std::size_t most_comings(const Site& site) {
  constexpr double most = 50, most_pairs = 20'000;
  return static_cast<std::size_t>(
      std::min(most, std::floor(std::sqrt(most_pairs / static_cast<double>(site.servers.size())))));
}

bool repeats(const Routine& routine) { return routine.every && !is_steady(routine); }

// How often all routines come in a day if none comes again sooner than after `every`.
double comings_with(const Site& site, double every) {
  double all = 0;
  for (const Routine& r : site.routines)
    all += repeats(r) ? std::ceil((day_seconds - r.start) / std::max(*r.every, every)) : 1;
  return all;
}

// The shortest time, in whole seconds, after which routines of this site may come again; more than a day where they are
// too many even if each comes once.
int shortest_repeat(const Site& site) {
  const auto most = static_cast<double>(most_comings(site));
  int low = shortest_steady_repeat - 1, high = static_cast<int>(day_seconds) + 1;
  while (high - low > 1) {
    const int middle = (low + high) / 2;
    (comings_with(site, middle) <= most ? high : low) = middle;
  }
  return high;
}

std::string said(const Routine& routine, std::string_view key) {
  for (const RoutineValue& value : routine.values)
    if (value.key == key) return value.text;
  return "";
}

// Without rounding: "28 min 48 s".
std::string whole_seconds_text(int seconds) {
  const int rest = seconds % 60;
  return duration_text(seconds - rest) + (rest > 0 ? " " + duration_text(rest) : "");
}

// One limit for a site: what is not shorter than it does not come too often together with all others.
void check_comings(const Site& site) {
  const int shortest = shortest_repeat(site);
  if (shortest > day_seconds)
    throw InputError(site.routines.back().place, "too many routines for the servers of this site",
                     std::to_string(site.routines.size()), "at most " + std::to_string(most_comings(site)));
  for (const Routine& routine : site.routines) {
    const int least = repeats(routine) ? shortest : shortest_steady_repeat;
    if (routine.every && *routine.every < least)
      throw InputError(place_of(routine, "every"), "comes too often for this site", said(routine, "every"),
                       "a duration from " + whole_seconds_text(least) + " to 24 h");
  }
}

}  // namespace

void check_routines(const Site& site) {
  std::vector<std::string> servers, names;
  for (const Server& server : site.servers) servers.push_back(server.name);
  for (const Routine& routine : site.routines) {
    if (!routine.server.empty() && std::find(servers.begin(), servers.end(), routine.server) == servers.end())
      throw InputError(place_of(routine, "server"), "no such server" + did_you_mean(routine.server, servers),
                       routine.server, join_some(servers));
    if (std::find(names.begin(), names.end(), routine.name) != names.end())
      throw InputError(place_of(routine, "name"), "a second routine of this name", routine.name,
                       "a name of its own for each routine");
    names.push_back(routine.name);
  }
  check_comings(site);
}

Place figure_place(const Site& site, const std::string& name) {
  for (const FigureOverride& own : site.figures)
    if (own.name == name) return own.place;
  return {"", 0, 0, name};
}

Site flag_site() {
  Site site;
  site.servers.push_back({"server", {}, {}});
  return site;
}

void state(Server& server, Statement statement) {
  replace_or_add(server.statements, std::move(statement), &Statement::name);
}
void override_figures(Site& site, std::vector<FigureOverride> own) {
  for (FigureOverride& figure : own) replace_or_add(site.figures, std::move(figure), &FigureOverride::name);
}
void offer(Server& server, Offer offer) { replace_or_add(server.hardware, std::move(offer), &Offer::resource); }

void state_group(Server& server, const Model& model, const Group& group, const std::vector<std::string>& words,
                 const Place& place) {
  std::vector<std::string> known;
  for (const Input& input : model.inputs)
    if (input.name.starts_with(group.prefix)) known.push_back(input.name.substr(group.prefix.size()));
  for (const std::string& word : words)
    if (std::find(known.begin(), known.end(), word) == known.end())
      throw InputError(place, "unknown word" + did_you_mean(word, known), word, join(known, ", "));
  for (const std::string& member : known) {
    const bool listed = std::find(words.begin(), words.end(), member) != words.end();
    state(server, {group.prefix + member, listed ? 1.0 : 0.0, place});
  }
}

std::string allowed_values(const Input& input) {
  if (input.yes_no) return "yes or no";
  return std::string(input.whole ? "a whole number" : "a number") + " of " + name(input.unit) +
         (name(input.unit) == "GB" ? "" : "s") + " from " + rounded(input.low) + " to " + rounded(input.high);
}

double checked(const Input& input, double value, const Place& place) {
  const bool fits = value >= input.low && value <= input.high && (!input.whole || value == std::floor(value));
  if (!fits) throw InputError(place, "not allowed", exact(value), allowed_values(input));
  return value == 0 ? 0.0 : value;  // no negative zero
}

double parse_input(const Input& input, std::string_view text, const Place& place) {
  const std::string word = lower(trim(text));
  if (input.yes_no) {
    if (word == "yes" || word == "true" || word == "1") return 1;
    if (word == "no" || word == "false" || word == "0") return 0;
    throw InputError(place, "not allowed", text.empty() ? "nothing" : text, "yes or no");
  }
  double value = 0;
  // "1.000" is a thousand to some and one to others.
  if (input.whole && word.find('.') != std::string::npos)
    throw InputError(place, "a whole number has no point", text, allowed_values(input));
  try {
    value = same_dimension(input.unit, parse_unit("B")) ? parse_amount(text, input.unit, true) : parse_number(text);
  } catch (const InputError& error) {
    throw InputError(place, error.problem(), error.found(), allowed_values(input));
  }
  return checked(input, value, place);
}

Offer parse_offer(const Model& model, const Resource& resource, std::string_view text, const Place& place) {
  const Unit& unit = model.formulas[resource.formula].unit;
  const bool bytes = same_dimension(unit, parse_unit("B"));
  double amount = 0;
  try {
    amount = bytes ? parse_amount(text, unit, false) : parse_number(text);
  } catch (const InputError& error) {
    throw InputError(place, error.problem(), error.found(),
                     bytes ? error.allowed() : "a whole number of " + name(unit) + "s");
  }
  const double most = bytes ? convert(most_bytes, parse_unit("B"), unit) : most_counted;
  if (!(amount >= 0 && amount <= most) || (!bytes && amount != std::floor(amount)))
    throw InputError(
        place, "not allowed", text,
        bytes ? "an amount from 0 to 1000000 TB" : "a whole number of " + name(unit) + "s from 0 to 1000000");
  return {resource.name, amount, bytes ? std::string(trim(text)) : with_unit(rounded(amount), unit), place};
}

FigureOverride parse_override(const Figure& figure, std::string_view value, const Place& place) {
  const auto refuse = [&](const std::string& allowed) { throw InputError(place, "not allowed", value, allowed); };
  try {
    if (!figure.text.empty()) throw InputError(place, "a list of words cannot be overridden", value);
    if (figure.curve.empty()) {
      const double number =
          same_dimension(figure.unit, parse_unit("B")) ? parse_amount(value, figure.unit, true) : parse_number(value);
      if (!(number >= 0 && number <= most_figure)) refuse("a number of " + unit_text(figure) + " from 0 to 1e15");
      return {figure.name, exact(number + 0.0), Kind::assumed, {}, {}, "", place};
    }
    for (const Point& p : parse_curve(value))
      if (!(p.x >= 0 && p.x <= most_figure && p.y >= 0 && p.y <= most_figure)) refuse("points from 0 to 1e15");
    return {figure.name, std::string(value), Kind::assumed, {}, {}, "", place};
  } catch (const InputError& error) {
    rethrow_at(place, error);
  }
}

std::vector<Figure> apply(std::vector<Figure> figures, const std::vector<FigureOverride>& overrides) {
  for (const FigureOverride& own : overrides) {
    const auto at = std::find_if(figures.begin(), figures.end(), [&](const Figure& f) { return f.name == own.name; });
    if (at == figures.end()) throw InputError(own.place, "unknown figure", own.name);
    at->low = own.low;
    at->high = own.high;
    at->kind = own.kind;
    at->source = "own figure, " + describe(own.place);
    at->note = own.note;
    at->opsi = "-";
    if (at->curve.empty())
      at->value = parse_number(own.value);
    else
      at->curve = parse_curve(own.value);
  }
  return figures;
}

}  // namespace sizing
