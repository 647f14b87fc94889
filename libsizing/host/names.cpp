#include "libsizing/host/names.h"

#include <algorithm>
#include <array>
#include <optional>

#include "libsizing/base/text.h"
#include "libsizing/host/address.h"
#include "libsizing/host/labels.h"
#include "libsizing/host/place.h"

namespace sizing {
namespace {

constexpr std::size_t longest_name = 253;  // octets without the length of the first and the root; RFC 1035, 2.3.4
constexpr std::size_t longest_netbios = 15;
constexpr std::size_t longest_opsi_top_level = 16;

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }
bool all_digits(std::string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), is_digit); }

// ---- The rules ------------------------------------------------------------------------------------------------------

// Where a rule has something to say, and what.
struct Finding {
  std::size_t offset = 0;
  std::string what;  // beside the name
  std::string advice = "";
  bool passes = false;
};
using Found = std::optional<Finding>;

std::string shown(char c) {
  const bool control = static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
  return c == ' ' ? "a blank" : control ? "a control character" : std::string("'") + c + "'";
}

template <class Breaks>
Found first_character(const Name& name, Breaks breaks) {
  const auto at = std::find_if(name.text.begin(), name.text.end(), breaks);
  if (at == name.text.end()) return std::nullopt;
  return Finding{static_cast<std::size_t>(at - name.text.begin()), shown(*at)};
}

template <class Breaks>
Found first_label(const Name& name, Breaks breaks) {
  const auto label = std::find_if(name.labels.begin(), name.labels.end(), breaks);
  if (label == name.labels.end()) return std::nullopt;
  return Finding{label->offset, "'" + excerpt(label->text) + "'"};
}

std::string_view without_end_dot(const Name& name) {
  return name.text.substr(0, name.text.size() - (name.absolute ? 1 : 0));
}

Found address(const Name& name) {
  std::string_view text = name.text;
  if (text.starts_with('[') && text.ends_with(']')) text = text.substr(1, text.size() - 2);
  return parse_address(text) ? Found(Finding{0, "an address"}) : std::nullopt;
}

Found underscore(const Name& name) {
  Found found = first_character(name, [](char c) { return c == '_'; });
  if (found) found->advice = "Write " + excerpt(replace_all(without_end_dot(name), "_", "-"), longest_name) + ".";
  return found;
}

Found other_character(const Name& name) {
  return first_character(
      name, [](char c) { return is_ascii(c) && !is_letter(c) && !is_digit(c) && c != '-' && c != '.' && c != '_'; });
}

Found hyphen_at_an_end(const Name& name) {
  Found found = first_label(name, [](const Label& l) { return l.text.starts_with('-') || l.text.ends_with('-'); });
  if (found && name.text[found->offset] != '-')
    found->offset = std::min(name.text.find('.', found->offset), name.text.size()) - 1;
  return found;
}

Found empty_label(const Name& name) {
  Found found = first_label(name, [](const Label& l) { return l.text.empty(); });
  if (found) found->what = name.text.empty() ? "nothing" : "nothing between dots";
  return found;
}

// What stands in the DNS: the ASCII form, where the label has one.
std::size_t octets(const Label& label) {
  const auto form = ascii_form(label.text);
  return form ? form->size() : label.text.size();
}

Found long_label(const Name& name) {
  Found found = first_label(name, [](const Label& l) { return octets(l) > longest_label; });
  if (!found) return found;
  const auto label =
      std::find_if(name.labels.begin(), name.labels.end(), [&](const Label& l) { return l.offset == found->offset; });
  found->what = std::to_string(octets(*label)) + " octets";
  found->offset += std::min(longest_label, label->text.size() - 1);
  return found;
}

Found long_name(const Name& name) {
  const std::size_t length = without_end_dot(name).size();
  if (length <= longest_name) return std::nullopt;
  return Finding{longest_name, std::to_string(length) + " characters"};
}

Found number_at_the_end(const Name& name) {
  if (!all_digits(name.last().text)) return std::nullopt;
  return Finding{name.last().offset, "'" + excerpt(name.last().text) + "'"};
}

Found too_few_dots(const Name& name, std::size_t least) {
  const std::size_t dots = name.labels.size() - 1;
  if (dots >= least) return std::nullopt;
  return Finding{0, dots == 0 ? "no dot" : std::to_string(dots) + (dots == 1 ? " dot" : " dots")};
}
Found no_dot(const Name& name) { return too_few_dots(name, 1); }
Found less_than_two_dots(const Name& name) { return too_few_dots(name, 2); }

Found short_top_level(const Name& name) {
  if (name.last().text.size() != 1) return std::nullopt;
  return Finding{name.last().offset, "'" + printable(name.last().text) + "'"};
}

Found local_host(const Name& name) {
  return lower(name.first().text) == "localhost" ? Found(Finding{0, "localhost"}) : std::nullopt;
}

Found not_ascii(const Name& name) {
  Found found = first_character(name, [](char c) { return !is_ascii(c); });
  if (!found) return found;
  const auto form = ascii_form(name);
  found->what = "a letter beyond ASCII";
  found->advice = form ? "Its ASCII form (IDNA) is " + excerpt(*form, longest_name) + "." : "It has no ASCII form.";
  return found;
}

Found bad_punycode(const Name& name) {
  std::vector<std::string> meanings;
  for (const Label& label : name.labels) {
    if (!is_international(label)) continue;
    const auto text = meaning(label);
    if (!text) return Finding{label.offset, "'" + excerpt(label.text) + "' stands for no international label"};
    meanings.push_back("'" + excerpt(label.text) + "' stands for " + excerpt(*text));
  }
  if (meanings.empty()) return std::nullopt;
  return Finding{0, join(meanings, ", "), "", true};
}

Found reserved_hyphens(const Name& name) {
  Found found = first_label(
      name, [](const Label& l) { return l.text.size() > 3 && l.text.substr(2, 2) == "--" && !is_international(l); });
  if (found) found->offset += 2;
  return found;
}

Found end_dot(const Name& name) {
  return name.absolute ? Found(Finding{name.text.size() - 1, "a dot at the end"}) : std::nullopt;
}

Found digit_first(const Name& name) {
  return first_label(name, [](const Label& l) { return !l.text.empty() && is_digit(l.text[0]); });
}

Found one_character(const Name& name) {
  return name.first().text.size() == 1 ? Found(Finding{0, "one character"}) : std::nullopt;
}

Found upper_case(const Name& name) {
  Found found = first_character(name, is_upper);
  if (found) found->advice = "For opsi the name is " + excerpt(lower(without_end_dot(name)), longest_name) + ".";
  return found;
}

Found long_for_windows(const Name& name) {
  if (name.first().text.size() <= longest_netbios) return std::nullopt;
  return Finding{longest_netbios, std::to_string(name.first().text.size()) + " characters"};
}

Found top_level_that_opsi_refuses(const Name& name) {
  const Label& top = name.last();
  const std::size_t hyphen = top.text.find('-');
  if (hyphen != std::string_view::npos) return Finding{top.offset + hyphen, "'-'"};
  if (top.text.size() <= longest_opsi_top_level) return std::nullopt;
  return Finding{top.offset + longest_opsi_top_level, std::to_string(top.text.size()) + " characters"};
}

Found local_domain(const Name& name) {
  return lower(name.last().text) == "local" ? Found(Finding{name.last().offset, "'local'"}) : std::nullopt;
}

enum Kind : unsigned { host = 1, domain = 2, fqdn = 4, any = 7 };

struct Rule {
  std::string_view id, title, required, source;
  Verdict verdict;  // of a breach
  unsigned kinds;
  Found (*find)(const Name&);
  std::string_view advice;
  // A rule whose breach is a failure has a row in any case; but those of international names only where there is one.
  bool always = true;
};

constexpr Rule address_rule = {"address",     "A name, not an address",
                               "a name",      "req42",
                               Verdict::fail, any,
                               address,       "Give the host a name, in the DNS or in /etc/hosts."};

constexpr std::array rules = {
    Rule{"underscore", "No underscore", "no underscore", "req42", Verdict::fail, any, underscore, ""},
    Rule{"characters", "Characters of a name", "letters a to z, digits, hyphens; dots between labels", "rfc1123",
         Verdict::fail, any, other_character, "Take the character out."},
    Rule{"hyphens", "Hyphens inside a label", "no hyphen at either end of a label", "rfc1123", Verdict::fail, any,
         hyphen_at_an_end, "Take the hyphen out."},
    Rule{"empty_label", "No empty label", "something before, between and behind dots", "rfc1035", Verdict::fail, any,
         empty_label, "Take the dot out, or write what is missing."},
    Rule{"label_length", "Length of a label", "1 to 63 octets", "rfc1035", Verdict::fail, any, long_label,
         "Shorten the label."},
    Rule{"length", "Length of the name", "at most 253 characters (255 octets in the DNS)", "rfc1035", Verdict::fail,
         any, long_name, "Shorten the name."},
    Rule{"numeric", "Last label is no number", "a last label that is not digits alone", "rfc3696", Verdict::fail, any,
         number_at_the_end, "A name that ends in a number is taken for an address: put a letter into its last label."},
    Rule{"dots", "A domain and its top level", "at least one dot", "req42", Verdict::fail, domain, no_dot,
         "Use a domain such as domain.local."},
    Rule{"dots", "Fully qualified name", "at least two dots, as in opsiserver.domain.local", "req42", Verdict::fail,
         fqdn, less_than_two_dots, "Correct the name resolution: the DNS or /etc/hosts."},
    Rule{"top_level", "Length of the top-level domain", "at least 2 characters", "req42", Verdict::fail, domain | fqdn,
         short_top_level, "Use a top-level domain of two characters or more, such as domain.local."},
    Rule{"localhost", "Not localhost", "the server's own name", "req42", Verdict::fail, fqdn, local_host,
         "Correct the name resolution: the DNS or /etc/hosts."},
    Rule{"idn", "ASCII alone", "the ASCII form of an international name", "rfc5891", Verdict::fail, any, not_ascii, "",
         false},
    Rule{"punycode", "International label", "behind xn-- the Punycode of an international label", "rfc3492",
         Verdict::fail, any, bad_punycode, "Encode the label again, or rename it.", false},
    Rule{"reserved_hyphens", "Third and fourth character", "not both hyphens, but for xn--", "rfc5891",
         Verdict::warning, any, reserved_hyphens, "These labels are reserved for later encodings: rename it.", false},
    Rule{"absolute", "Absolute form", "no dot at the end where a name is configured", "rfc1035", Verdict::note, any,
         end_dot, "Leave the dot at the end out.", false},
    Rule{"leading_digit", "Digit first", "a letter first, by the older RFC 952", "rfc1123", Verdict::note, any,
         digit_first, "RFC 1123 allows it. Very old software may not.", false},
    Rule{"one_character", "Name of one character", "two characters or more, by the older RFC 952", "rfc952",
         Verdict::note, host | fqdn, one_character, "Old software may refuse it.", false},
    Rule{"upper_case", "Upper case", "lower case: opsi stores names so", "opsi_common_src", Verdict::note, any,
         upper_case, "", false},
    Rule{"netbios", "Length for Windows", "at most 15 characters as the name of a Windows computer", "ms_names",
         Verdict::note, host, long_for_windows, "Windows and Samba cut it to 15 characters for NetBIOS.", false},
    Rule{"opsi_top_level", "Top-level domain for opsi", "2 to 16 characters without a hyphen", "opsi_common_src",
         Verdict::warning, domain | fqdn, top_level_that_opsi_refuses, "opsi refuses the name as the id of a host.",
         false},
    Rule{"mdns", "Domain .local", "another one where multicast DNS is in use", "rfc6762", Verdict::note, domain | fqdn,
         local_domain,
         "opsi allows it. Systems with multicast DNS (Avahi, Bonjour) may ask the local network instead of the name "
         "server.",
         false},
};

// `clean` is the name as it can be shown.
Check row(const Rule& rule, std::string_view prefix, const Name& name, const std::string& clean, const Found& found,
          const Place& where) {
  Check check{std::string(prefix).append(rule.id),
              std::string(rule.title),
              Verdict::pass,
              clean,
              std::string(rule.required),
              std::string(rule.source),
              "",
              place_in(where, name.text, 0)};
  if (!found) return check;
  check.found += (name.text.empty() ? "" : ": ") + found->what;
  check.place = place_in(where, name.text, found->offset);
  if (found->passes) return check;
  check.verdict = rule.verdict;
  check.advice = found->advice.empty() ? rule.advice : found->advice;
  return check;
}

std::vector<Check> check(std::string_view text, Kind kind, std::string_view prefix, const Place& where) {
  const Name name = read_name(text);
  const std::string clean = excerpt(text);
  if (const Found found = address(name)) return {row(address_rule, prefix, name, clean, found, where)};
  std::vector<Check> checks = {row(address_rule, prefix, name, clean, std::nullopt, where)};
  for (const Rule& rule : rules) {
    if ((rule.kinds & kind) == 0) continue;
    const Found found = rule.find(name);
    if (found || rule.always) checks.push_back(row(rule, prefix, name, clean, found, where));
  }
  return checks;
}

}  // namespace

std::vector<Check> check_host_name(std::string_view name, const Place& where) {
  return check(name, host, "host_name.", where);
}

std::vector<Check> check_domain(std::string_view name, const Place& where) {
  return check(name, domain, "domain.", where);
}

std::vector<Check> check_fqdn(std::string_view name, const Place& where) { return check(name, fqdn, "fqdn.", where); }

}  // namespace sizing
