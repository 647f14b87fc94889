// All proxy variables of a host together: which are set, whether they agree, and each value's own rows.
#include <algorithm>
#include <map>
#include <set>

#include "libsizing/base/text.h"
#include "libsizing/host/proxy.h"

namespace sizing {
namespace {

constexpr std::string_view names[] = {"http_proxy", "https_proxy", "no_proxy"};
constexpr std::string_view page = "req42";

bool is_proxy_name(const std::string& name) {
  return std::find(std::begin(names), std::end(names), lower(name)) != std::end(names);
}

// SUSE writes the names in upper case there, and makes the lower-case variables of them at login.
bool is_suse_file(const std::string& file) { return file.ends_with("/sysconfig/proxy"); }

std::string of_place(const Place& place) { return place.file.empty() ? "the environment" : printable(place.file); }

struct Proxies {
  std::vector<Variable> variables{};  // one for each name and file, in their order
  std::vector<Check> rows{};

  Check& row(std::string id, std::string title, Verdict verdict, std::string found, std::string required, Place place) {
    rows.push_back({"proxy." + std::move(id), std::move(title), verdict, std::move(found), std::move(required),
                    std::string(page), "", std::move(place)});
    return rows.back();
  }

  // The first that is set under this lower-case name, in whatever case it is written; null where none is.
  const Variable* set(std::string_view name) const {
    const auto is_it = [&](const Variable& v) { return lower(v.name) == name && !trim(v.value).empty(); };
    const auto found = std::find_if(variables.begin(), variables.end(), is_it);
    return found == variables.end() ? nullptr : &*found;
  }
};

// The proxy variables; of those with one name in one file the last, which holds.
std::vector<Variable> last_of_each(const std::vector<Variable>& all) {
  std::map<std::pair<std::string, std::string>, std::size_t> last;
  for (std::size_t i = 0; i < all.size(); ++i)
    if (is_proxy_name(all[i].name)) last[{all[i].place.file, all[i].name}] = i;
  std::vector<std::size_t> order;
  for (const auto& [key, index] : last) order.push_back(index);
  std::sort(order.begin(), order.end());
  std::vector<Variable> result;
  for (const std::size_t index : order) {
    result.push_back(all[index]);
    result.back().place.key = all[index].name;
  }
  return result;
}

// SUSE's switch; where it is off the file's other settings have no effect.
void leave_out_what_suse_disables(const std::vector<Variable>& all, Proxies& p) {
  const auto is_switch = [](const Variable& v) { return v.name == "PROXY_ENABLED" && is_suse_file(v.place.file); };
  const auto last = std::find_if(all.rbegin(), all.rend(), is_switch);
  if (last == all.rend() || lower(last->value) != "no") return;
  const auto in_suse_file = [](const Variable& v) { return is_suse_file(v.place.file); };
  if (std::erase_if(p.variables, in_suse_file) > 0)
    p.row("enabled", "Proxy settings in force", Verdict::note, "PROXY_ENABLED=no", "yes, where a proxy is used",
          last->place)
        .advice = "The settings of this file have no effect.";
}

const Variable* same_file(const Proxies& p, const Variable& upper) {
  const auto is_it = [&](const Variable& v) { return v.place.file == upper.place.file && v.name == lower(upper.name); };
  const auto found = std::find_if(p.variables.begin(), p.variables.end(), is_it);
  return found == p.variables.end() ? nullptr : &*found;
}

void check_case(Proxies& p) {
  for (const Variable& v : p.variables) {
    const std::string wanted = lower(v.name);
    if (is_suse_file(v.place.file) || v.name == wanted) continue;
    const Variable* twin = same_file(p, v);
    if (twin && twin->value != v.value) {
      Check& row =
          p.row("differs", "One value in both spellings", Verdict::warning,
                excerpt(v.name + "=" + mask_proxy(v.value)) + ", " + excerpt(wanted + "=" + mask_proxy(twin->value)),
                "the same value, or the lower-case name alone", v.place);
      row.advice = "Programs differ in which they read: take " + v.name + " out.";
      continue;
    }
    Check& row = p.row("case", "Names in lower case", twin ? Verdict::note : Verdict::warning, v.name, wanted, v.place);
    row.advice =
        twin ? "It says the same as " + wanted + "." : "Write " + wanted + ": not every program reads " + v.name + ".";
  }
}

// Whether files and environment say the same of one variable.
void check_places(Proxies& p) {
  for (const std::string_view name : names) {
    const Variable* first = p.set(name);
    for (const Variable& v : p.variables) {
      const std::string written = is_suse_file(v.place.file) ? lower(v.name) : v.name;
      if (!first || written != name || v.place.file == first->place.file || v.value == first->value) continue;
      p.row("places", "One value in all places", Verdict::note,
            std::string(name) + " differs between " + of_place(first->place) + " and " + of_place(v.place),
            "the same value", v.place)
          .advice = "A change of a file holds from the next login or start of a service.";
    }
  }
}

void check_missing(Proxies& p) {
  const Variable *http = p.set("http_proxy"), *https = p.set("https_proxy");
  if (!http && !https) return;
  const Place where = (http ? http : https)->place;
  if (!http || !https) {
    const std::string missing = http ? "https_proxy" : "http_proxy";
    p.row("incomplete", "Both proxies", Verdict::note, "no " + missing, "http_proxy and https_proxy", where).advice =
        "Set " + missing + ", too, if the server needs the proxy for it.";
  }
  if (p.set("no_proxy")) return;
  Place place = where;
  place.key = "no_proxy";
  for (Check& row : check_no_proxy("", place))
    if (row.verdict == Verdict::fail) p.rows.push_back(row);
}

// Each value once, where it is set best: in a file before the environment, in lower case before upper case.
void check_values(Proxies& p, std::string_view domain) {
  std::vector<const Variable*> order;
  for (const Variable& v : p.variables) order.push_back(&v);
  const auto rank = [](const Variable* v) { return std::pair(v->place.line == 0, v->name != lower(v->name)); };
  std::stable_sort(order.begin(), order.end(), [&](const auto* a, const auto* b) { return rank(a) < rank(b); });
  std::set<std::pair<std::string, std::string>> done;
  for (const Variable* v : order) {
    if (!done.insert({lower(v->name), v->value}).second) continue;
    const bool list = lower(v->name) == "no_proxy";
    const std::vector<Check> rows =
        list ? check_no_proxy(v->value, v->place, domain) : check_proxy_url(v->value, v->place);
    p.rows.insert(p.rows.end(), rows.begin(), rows.end());
  }
}

}  // namespace

std::vector<Check> check_proxy_environment(const std::vector<Variable>& variables, std::string_view domain) {
  Proxies p;
  p.variables = last_of_each(variables);
  leave_out_what_suse_disables(variables, p);
  if (p.variables.empty() && p.rows.empty())
    p.row("none", "Proxy settings", Verdict::pass, "none", "only where a proxy is used", {});
  check_case(p);
  check_places(p);
  check_missing(p);
  check_values(p, domain);
  return p.rows;
}

}  // namespace sizing
