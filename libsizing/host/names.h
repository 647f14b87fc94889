// Names of hosts and domains, held against the requirements page and the standards that it means by "the guidelines":
// RFC 952 and 1123 (letters, digits, hyphens), RFC 1035 (lengths), RFC 5891 and 3492 (international names).
//
// Each rule gives one row: always where a breach is a failure, only where it has something to say where it is a note or
// a warning. A row names the first breach: its column is that of the character or label, counted from `where.column`.
// An address instead of a name gives the one row that says so. `where.key` is the role of the name, shown to people.
// Case makes no difference to any rule (RFC 1035, 2.3.3), other than to the note about it.
#pragma once

#include <string_view>
#include <vector>

#include "libsizing/host/check.h"

namespace sizing {

/// The name of any host, clients too; short or with its domain. Ids: host_name.underscore, .characters, .hyphens,
/// .empty_label, .label_length, .length, .numeric, .address, .idn, .punycode, .reserved_hyphens, .absolute,
/// .leading_digit, .one_character, .upper_case, .netbios.
std::vector<Check> check_host_name(std::string_view name, const Place& where = {"", 0, 0, "host name"});

/// A domain such as "uib.de". Ids: domain. and the rules of a name as above; .dots, .top_level, .opsi_top_level, .mdns.
std::vector<Check> check_domain(std::string_view name, const Place& where = {"", 0, 0, "domain"});

/// What `hostname -f` says on a server: "opsiserver.domain.local". Ids: fqdn. and the rules of a name and of a domain
/// as above; .localhost.
std::vector<Check> check_fqdn(std::string_view name, const Place& where = {"", 0, 0, "hostname -f"});

}  // namespace sizing
