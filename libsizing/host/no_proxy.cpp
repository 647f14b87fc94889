// The list of hosts that are reached without the proxy: how it is taken apart, and what each entry may be.
#include <algorithm>
#include <optional>
#include <unordered_map>

#include "libsizing/base/text.h"
#include "libsizing/host/address.h"
#include "libsizing/host/names.h"
#include "libsizing/host/no_proxy_entry.h"
#include "libsizing/host/place.h"
#include "libsizing/host/proxy.h"

namespace sizing {
namespace {

constexpr std::string_view blanks = " \t";
// One string of an environment can be no longer: MAX_ARG_STRLEN, execve(2). Longer ones are not taken apart.
constexpr std::size_t longest_value = 131072;

using Entry = NoProxyEntry;

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_quote(char c) { return c == '"' || c == '\''; }

// ---- Rows -----------------------------------------------------------------------------------------------------------

struct Rule {
  std::string_view id, title, required;
  Verdict verdict;
  std::string_view advice;
  std::string_view source = "req42";
};

constexpr Rule lower_case{"case", "Lower case", "lower case throughout", Verdict::fail, "Write it in lower case."};
constexpr Rule by_address{"address", "Addresses", "only for access by address: names are not resolved", Verdict::note,
                          "Keep it only if the host is accessed by this address; else write its name or domain."};
constexpr Rule range{"range", "No ranges of addresses", "no ranges (CIDR) and no parts of addresses", Verdict::fail,
                     "Write each address that is accessed by address, or the domain of the hosts."};
constexpr Rule loopback{"loopback", "localhost and 127.0.0.1", "localhost and 127.0.0.1, for every port", Verdict::fail,
                        ""};
constexpr Rule wildcard{"wildcard", "No wildcards", "no wildcards and no regular expressions", Verdict::fail,
                        "Write the domain alone: each name is taken as the end of names."};
constexpr Rule suffix{"suffix",
                      "Names are suffixes",
                      "the domain without a dot before it",
                      Verdict::note,
                      "Each name is a suffix already; with the dot some clients leave out the domain itself.",
                      "no_proxy_clients"};
constexpr Rule port_rule{"port", "Port of an entry", "1 to 65535, or none", Verdict::fail,
                         "Write the port as a number, or leave it and the colon out."};
constexpr Rule separator{"separator", "Commas between entries", "a comma between entries", Verdict::fail,
                         "Write a comma."};
constexpr Rule around{"blanks", "Blanks around entries", "no blanks", Verdict::note,
                      "Take the blanks out: not every client does."};
constexpr Rule empty_entry{"empty", "Empty entries", "something between commas", Verdict::note, "Take the comma out."};
constexpr Rule quotes{"quotes", "No quotes in the value", "no quotes", Verdict::fail, "Take the quote out."};
constexpr Rule name_rule{"name", "Names and addresses", "names of hosts or domains, or addresses", Verdict::fail,
                         "Write the name of a host or domain."};
constexpr Rule covered{"covered", "Entries that others contain", "each host once", Verdict::note,
                       "It can be left out."};
constexpr Rule own_domain{"domain", "The server's own domain", "the server's domain", Verdict::warning, ""};
constexpr Rule length{"length",      "Length of the value", "at most 131071 bytes, what an environment can hold",
                      Verdict::fail, "Shorten it.",         "execve_man"};

struct List {
  std::string_view value;
  const Place& where;
  std::vector<int> columns{};  // of each byte of the value and of its end, from 0
  std::vector<Entry> entries{};
  std::vector<Check> rows{};

  List(std::string_view text, const Place& place) : value(text), where(place) {
    int column = 0;
    for (const char c : text) {
      columns.push_back(column);
      if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) ++column;
    }
    columns.push_back(column);
  }

  Check row(const Rule& rule, Verdict verdict, std::size_t offset, std::string found) const {
    Check check{"no_proxy." + std::string(rule.id), std::string(rule.title),  verdict, std::move(found),
                std::string(rule.required),         std::string(rule.source), "",      where};
    check.place.column = std::max(where.column, 1) + columns[offset];
    if (verdict != Verdict::pass) check.advice = rule.advice;
    return check;
  }
  Check& say(const Rule& rule, std::size_t offset, std::string found) {
    rows.push_back(row(rule, rule.verdict, offset, std::move(found)));
    return rows.back();
  }
  Check& breach(const Rule& rule, std::size_t offset, std::string_view found) {
    return say(rule, offset, shown(found));
  }

  // Foreign text of the list. An '@' has no place in it: it may be a proxy's URL, and any part of it a password.
  const bool secret = value.find('@') != std::string_view::npos;
  std::string shown(std::string_view text) const {
    return secret ? "not shown, for it may hold a password" : excerpt(text);
  }
};

// ---- Taking the list apart ------------------------------------------------------------------------------------------

// An entry without the quotes around it; each quote is a breach.
void take_entry(List& list, std::size_t from, std::size_t end) {
  const std::string_view text = list.value.substr(from, end - from);
  for (std::size_t at = from; at < end; ++at)
    if (is_quote(list.value[at])) list.breach(quotes, at, text);
  while (from < end && is_quote(list.value[from])) ++from;
  while (from < end && is_quote(list.value[end - 1])) --end;
  if (from < end) list.entries.push_back(read_no_proxy_entry(list.value.substr(from, end - from), from));
}

// What stands between two commas: one entry, or several with wrong separators.
void take_part(List& list, std::size_t from, std::size_t end) {
  const std::string_view part = list.value.substr(from, end - from);
  constexpr std::string_view gaps = " \t;";
  std::size_t at = part.find_first_not_of(blanks);
  if (at == std::string_view::npos) {
    list.say(empty_entry, from, "nothing between commas");
    return;
  }
  const std::size_t last = part.find_last_not_of(blanks);
  if (at > 0 || last + 1 < part.size()) list.breach(around, from + (at > 0 ? 0 : last + 1), part);
  while (at <= last) {
    const std::size_t stop = std::min(part.find_first_of(gaps, at), last + 1);
    if (stop > at) take_entry(list, from + at, from + stop);
    if (stop > last) break;
    const std::size_t next = std::min(part.find_first_not_of(gaps, stop), last + 1);
    const std::size_t sign = part.substr(0, next).find(';', stop);
    list.breach(separator, from + (sign == std::string_view::npos ? stop : sign), part);
    at = next;
  }
}

void take_apart(List& list) {
  if (trim(list.value).empty()) return;
  for (std::size_t from = 0; from <= list.value.size();) {
    const std::size_t comma = std::min(list.value.find(',', from), list.value.size());
    take_part(list, from, comma);
    from = comma + 1;
  }
}

// ---- What an entry may be -------------------------------------------------------------------------------------------

bool check_case(List& list, const Entry& entry) {
  const auto upper = std::find_if(entry.text.begin(), entry.text.end(), is_upper);
  if (upper == entry.text.end()) return true;
  list.breach(lower_case, entry.offset + static_cast<std::size_t>(upper - entry.text.begin()), entry.text);
  return false;
}

// Characters of patterns; brackets only where they are not those of an IPv6 address.
bool check_wildcard(List& list, const Entry& entry) {
  const bool brackets = entry.text.starts_with('[') && parse_address(entry.host);
  const std::size_t at = entry.text.find_first_of(brackets ? "*?^$|+(){}\\" : "*?^$|+(){}\\[]");
  if (at == std::string_view::npos) return true;
  list.breach(wildcard, entry.offset + at, entry.text);
  return false;
}

// "192.168", "192.168.", ".0.0.1": digits and dots that are no address.
bool is_part_of_address(std::string_view host) {
  return !host.empty() && !parse_address(host) &&
         std::all_of(host.begin(), host.end(), [](char c) { return is_digit(c) || c == '.'; }) &&
         std::any_of(host.begin(), host.end(), is_digit);
}

// Where a range shows: at the sign behind its first address, or at the start of a part of an address.
std::optional<std::size_t> range_in(const Entry& entry) {
  for (const char sign : {'/', '-'}) {
    const std::size_t at = entry.text.find(sign);
    if (at == std::string_view::npos) continue;
    std::string_view first = entry.text.substr(0, at);
    if (first.starts_with('[') && first.ends_with(']')) first = first.substr(1, first.size() - 2);
    if (parse_address(first) || is_part_of_address(first)) return entry.offset + at;
  }
  return is_part_of_address(entry.host) ? std::optional(entry.host_offset) : std::nullopt;
}

bool check_range(List& list, const Entry& entry) {
  const auto at = range_in(entry);
  if (at) list.breach(range, *at, entry.text);
  return !at;
}

bool check_port(List& list, const Entry& entry) {
  if (!entry.port || parse_port(*entry.port)) return true;
  list.breach(port_rule, entry.port_offset, entry.text);
  return false;
}

// The first breach of the rules of names, as names.h has them.
bool check_name(List& list, const Entry& entry, std::string_view host, std::size_t offset) {
  for (const Check& check : check_host_name(host)) {
    const bool end_dot = check.id == "host_name.absolute";
    if (check.verdict != Verdict::fail && !end_dot) continue;
    Check& row = list.breach(name_rule, offset, entry.text);
    row.place.column += check.place.column - 1;
    if (!check.advice.empty() && !list.secret) row.advice = check.advice;
    return false;
  }
  return true;
}

bool check_host(List& list, const Entry& entry) {
  if (const auto address = parse_address(entry.host)) {
    if (!is_loopback(*address)) list.breach(by_address, entry.offset, entry.text);
    return true;
  }
  const bool dot = entry.host.starts_with('.') && entry.host.size() > 1;
  if (!check_name(list, entry, entry.host.substr(dot ? 1 : 0), entry.host_offset + (dot ? 1 : 0))) return false;
  if (dot) list.breach(suffix, entry.host_offset, entry.text);
  return true;
}

bool check_entry(List& list, const Entry& entry) {
  const bool lower = check_case(list, entry);
  if (!check_wildcard(list, entry) || !check_range(list, entry)) return false;
  const bool port = check_port(list, entry);
  return check_host(list, entry) && lower && port;
}

// ---- The list as a whole --------------------------------------------------------------------------------------------

std::string_view without_dot(std::string_view host) { return host.starts_with('.') ? host.substr(1) : host; }

// Entries that an earlier equal one or a shorter one contains, at a dot, so that every client sees it alike.
void check_covered(List& list, const std::vector<const Entry*>& good) {
  std::unordered_map<std::string_view, const Entry*> all_ports, one_port;  // by host, by text
  for (const Entry* entry : good) {
    if (!entry->port) all_ports.try_emplace(entry->host, entry);
    one_port.try_emplace(entry->text, entry);
  }
  for (const Entry* entry : good) {
    const Entry* by = nullptr;
    if (const Entry* same = one_port.at(entry->text); same != entry) by = same;
    std::string_view host = without_dot(entry->host);
    const bool name = !parse_address(host);
    for (bool more = true; more && !by;) {
      const auto shorter = all_ports.find(host);
      if (shorter != all_ports.end() && shorter->second != entry) by = shorter->second;
      const std::size_t dot = host.find('.');
      more = name && dot != std::string_view::npos;
      if (more) host = host.substr(dot + 1);
    }
    if (by)
      list.breach(covered, entry->offset, entry->text).advice =
          "It can be left out: " + list.shown(by->text) + " contains it.";
  }
}

void check_loopback(List& list) {
  const auto listed = [&](std::string_view wanted) {
    return std::any_of(list.entries.begin(), list.entries.end(), [&](const Entry& entry) {
      return !entry.port && lower(entry.host) == wanted;  // in upper case it is there, and that is said
    });
  };
  for (const std::string wanted : {"localhost", "127.0.0.1"})
    if (!listed(wanted)) list.say(loopback, list.value.size(), "without " + wanted).advice = "Add " + wanted + ".";
}

void check_domain_of_server(List& list, std::string_view domain) {
  if (domain.empty()) return;
  const std::string name = lower(domain);
  if (bypasses(list.value, "host." + name, 0)) {
    list.rows.push_back(list.row(own_domain, Verdict::pass, 0, excerpt(name)));
    return;
  }
  list.say(own_domain, list.value.size(), "without " + excerpt(name)).advice =
      "Add " + excerpt(name) + ": else this server and its depots are asked for through the proxy.";
}

// The rules that a value passes have a row each, too, in the order of the page; the rows of one rule stand together.
std::vector<Check> with_passes(const List& list) {
  constexpr Rule rules[] = {lower_case, by_address, range,       loopback, wildcard,  suffix,  port_rule,
                            separator,  around,     empty_entry, quotes,   name_rule, covered, own_domain};
  constexpr std::size_t of_the_page = 8;  // the page's seven and the comma, which it says before them
  std::vector<Check> sorted;
  for (std::size_t i = 0; i < std::size(rules); ++i) {
    const std::string id = "no_proxy." + std::string(rules[i].id);
    const std::size_t before = sorted.size();
    std::copy_if(list.rows.begin(), list.rows.end(), std::back_inserter(sorted),
                 [&](const Check& c) { return c.id == id; });
    if (sorted.size() == before && i < of_the_page)
      sorted.push_back(list.row(rules[i], Verdict::pass, 0, list.shown(list.value)));
  }
  return sorted;
}

}  // namespace

std::vector<Check> check_no_proxy(std::string_view value, const Place& where, std::string_view domain) {
  if (value.size() >= longest_value) {
    List none("", where);
    none.breach(length, 0, std::to_string(value.size()) + " bytes");
    return none.rows;
  }
  List list(value, where);
  take_apart(list);
  std::vector<const Entry*> good;
  for (const Entry& entry : list.entries)
    if (check_entry(list, entry)) good.push_back(&entry);
  check_covered(list, good);
  check_loopback(list);
  check_domain_of_server(list, domain);
  return with_passes(list);
}

}  // namespace sizing
