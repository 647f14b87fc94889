#include "libsizing/host/hosts_file.h"

#include <algorithm>
#include <map>
#include <optional>

#include "libsizing/base/text.h"
#include "libsizing/host/address.h"

namespace sizing {
namespace {

constexpr std::string_view page = "req42";
constexpr std::size_t longest_shown = 253;  // a name that is to be written is shown in full
constexpr std::size_t most_rows = 20;       // of one rule: a list of blocked hosts has millions of lines
constexpr std::string_view example = "192.168.1.1 server.domain.tld server";
constexpr std::string_view blanks = " \t\r\f\v";  // isspace, by which the C library divides a line of this file

struct Word {
  std::string_view text;
  int column = 0;
};

std::vector<Word> words_of(std::string_view line) {
  std::vector<Word> words;
  const std::string_view content = line.substr(0, line.find('#'));
  int column = 1;  // of `counted`
  std::size_t counted = 0;
  for (std::size_t at = content.find_first_not_of(blanks); at < content.size();) {
    const std::size_t end = std::min(content.find_first_of(blanks, at), content.size());
    column += column_in(content.substr(counted), at - counted) - 1;
    counted = at;
    words.push_back({content.substr(at, end - at), column});
    at = content.find_first_not_of(blanks, end);
  }
  return words;
}

HostsEntry entry_of(int line, const std::vector<Word>& words) {
  HostsEntry entry{line, std::string(words[0].text), {}, words[0].column, {}};
  for (std::size_t i = 1; i < words.size(); ++i) {
    entry.names.emplace_back(words[i].text);
    entry.name_columns.push_back(words[i].column);
  }
  return entry;
}

std::string without_end_dot(std::string_view name) {
  return lower(name.ends_with('.') ? name.substr(0, name.size() - 1) : name);
}

// Where `name` stands among the names of an entry; names() of it where it does not.
std::size_t position(const HostsEntry& entry, std::string_view name) {
  const auto same = [&](const std::string& n) { return without_end_dot(n) == name; };
  return static_cast<std::size_t>(std::find_if(entry.names.begin(), entry.names.end(), same) - entry.names.begin());
}

bool has(const HostsEntry& entry, std::string_view name) { return position(entry, name) < entry.names.size(); }

std::string shown(const HostsEntry& entry) { return excerpt(entry.address + " " + join(entry.names, " ")); }

// The rows of one server's name, and what they share.
struct Hosts {
  const HostsFile& hosts;
  std::string fqdn, short_name, file;    // names in lower case
  std::vector<const HostsEntry*> own{};  // the entries of the fully qualified name
  std::vector<Check> rows{};

  Check& row(std::string id, std::string title, Verdict verdict, std::string found, std::string required) {
    rows.push_back({"hosts." + std::move(id),
                    std::move(title),
                    verdict,
                    std::move(found),
                    std::move(required),
                    std::string(page),
                    "",
                    {file, 0, 0, excerpt(fqdn)}});
    return rows.back();
  }
  Place at(const HostsEntry& entry, int column) const { return {file, entry.line, column, excerpt(fqdn)}; }
  std::string correct_names() const { return excerpt(fqdn, longest_shown) + " " + excerpt(short_name, longest_shown); }
  std::string correct_line() const { return "<address of the interface> " + correct_names(); }
};

// "…, and N more like it" on the last of a kind that is cut.
void say_more(Hosts& h, std::size_t count) {
  if (count > most_rows) h.rows.back().found += ", and " + std::to_string(count - most_rows) + " more such";
}

void check_lines(Hosts& h) {
  std::size_t count = 0;
  for (const Fault& fault : h.hosts.faults) {
    if (++count > most_rows) continue;
    Check& row = h.row("lines", "Lines of the hosts table", Verdict::warning,
                       fault.problem + ": " + excerpt(fault.found), "an address and its names in each line");
    row.place = {h.file, fault.line, fault.column, ""};
    row.advice = "Correct the line or put a '#' before it: it is not read.";
  }
  say_more(h, count);
}

void check_entry(Hosts& h) {
  if (!h.own.empty()) {
    h.row("entry", "Entry of the server", Verdict::pass, shown(*h.own[0]), "an entry, or a name server").place =
        h.at(*h.own[0], h.own[0]->address_column);
    return;
  }
  h.row("entry", "Entry of the server", Verdict::note, "none for " + excerpt(h.fqdn), "an entry, or a name server")
      .advice = "Without an entry a name server must know the server. If it does not, add: " + h.correct_line();
}

void check_loopback(Hosts& h) {
  const std::string title = "Address is no loopback address", required = "not in 127.0.0.0/8, not ::1";
  bool passes = true;
  for (const HostsEntry* entry : h.own) {
    if (!is_loopback(*parse_address(entry->address))) continue;
    passes = false;
    Check& row = h.row("loopback", title, Verdict::fail, shown(*entry), required);
    row.place = h.at(*entry, entry->address_column);
    row.advice = "Clients cannot reach a loopback address. Write: " + h.correct_line();
  }
  if (passes && !h.own.empty()) h.row("loopback", title, Verdict::pass, excerpt(h.own[0]->address), required);
}

void check_order(Hosts& h) {
  const std::string title = "Full name before the short one", required = "as in " + std::string(example);
  bool passes = true;
  for (const HostsEntry* entry : h.own) {
    if (position(*entry, h.fqdn) == 0) continue;
    passes = false;
    Check& row = h.row("order", title, Verdict::fail, shown(*entry), required);
    row.place = h.at(*entry, entry->name_columns[0]);
    row.advice = "The first name is the one that the server takes for its own. Write: " + excerpt(entry->address) +
                 " " + h.correct_names();
  }
  if (passes && !h.own.empty()) h.row("order", title, Verdict::pass, shown(*h.own[0]), required);
}

void check_short_name(Hosts& h) {
  if (h.own.empty() || std::any_of(h.own.begin(), h.own.end(), [&](const auto* e) { return has(*e, h.short_name); }))
    return;
  Check& row = h.row("short_name", "Short name in the server's entry", Verdict::note, shown(*h.own[0]),
                     "as in " + std::string(example));
  row.place = h.at(*h.own[0], h.own[0]->name_columns[0]);
  row.advice = "Add the short name " + excerpt(h.short_name, longest_shown) + " at the end of the line.";
}

// A name with two addresses of one family: which of them holds depends on who asks.
void check_contradictions(Hosts& h) {
  const std::string title = "One address for each name", required = "one address of each family";
  struct First {
    Address address;
    const HostsEntry* entry;
  };
  std::map<std::pair<std::string, int>, First> first;
  std::size_t count = 0;
  for (const HostsEntry& entry : h.hosts.entries) {
    const Address address = *parse_address(entry.address);
    for (std::size_t i = 0; i < entry.names.size(); ++i) {
      const std::string name = without_end_dot(entry.names[i]);
      const auto [before, added] = first.try_emplace({name, address.version}, First{address, &entry});
      if (added || before->second.address == address) continue;
      const bool own = name == h.fqdn || name == h.short_name;
      if (++count > most_rows) continue;
      Check& row = h.row("contradiction", title, own ? Verdict::fail : Verdict::warning,
                         excerpt(name) + " is " + excerpt(entry.address) + " and, in line " +
                             std::to_string(before->second.entry->line) + ", " + excerpt(before->second.entry->address),
                         required);
      row.place = {h.file, entry.line, entry.name_columns[i], excerpt(name)};
      row.advice = "Take the name out of the line that is wrong.";
    }
  }
  say_more(h, count);
  if (count == 0) h.row("contradiction", title, Verdict::pass, "none has two", required);
}

void check_interface(Hosts& h, const std::vector<std::string>& addresses) {
  const std::string title = "Address of an interface", required = "the address of the interface that clients reach";
  for (const HostsEntry* entry : h.own) {
    const Address address = *parse_address(entry->address);
    if (is_loopback(address)) continue;  // said already
    const bool known = std::any_of(addresses.begin(), addresses.end(), [&](const std::string& a) {
      return parse_address(a.substr(0, a.find('/'))) == address;
    });
    const Verdict verdict = addresses.empty() ? Verdict::unseen : known ? Verdict::pass : Verdict::fail;
    Check& row = h.row("interface", title, verdict, excerpt(entry->address), required);
    row.place = h.at(*entry, entry->address_column);
    if (verdict == Verdict::fail) row.advice = "This host has " + join_some(addresses) + ".";
    if (verdict == Verdict::unseen) row.advice = "Compare it with what `ip address` says on the server.";
  }
}

}  // namespace

HostsFile read_hosts(std::string_view text) {
  HostsFile result;
  int number = 0;
  for (const std::string_view line : lines_of(text)) {
    ++number;
    const std::vector<Word> words = words_of(line);
    if (words.empty()) continue;
    if (!parse_address(words[0].text))
      result.faults.push_back({number, words[0].column, "no address", std::string(words[0].text)});
    else if (words.size() == 1)
      result.faults.push_back({number, words[0].column, "an address without a name", std::string(words[0].text)});
    else
      result.entries.push_back(entry_of(number, words));
  }
  return result;
}

std::vector<Check> check_hosts(const HostsFile& hosts, std::string_view fqdn, const std::vector<std::string>& addresses,
                               const std::string& file) {
  const std::string full = without_end_dot(fqdn);
  Hosts h{hosts, full, full.substr(0, full.find('.')), file};
  for (const HostsEntry& entry : hosts.entries)
    if (!full.empty() && h.own.size() < most_rows && has(entry, full)) h.own.push_back(&entry);
  check_lines(h);
  check_entry(h);
  check_loopback(h);
  check_order(h);
  check_short_name(h);
  check_contradictions(h);
  check_interface(h, addresses);
  return h.rows;
}

}  // namespace sizing
