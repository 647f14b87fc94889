// The proxy variables http_proxy, https_proxy and no_proxy, held against the requirements page.
//
// A value is checked where it stands: `where` is the place of its first character, and each breach is a row of its own
// with its column. User and password of a proxy's URL are never shown: every value goes through mask_proxy.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "libsizing/host/check.h"

namespace sizing {

/// A complete URL: http or https, host, port. An empty value is a note: no proxy then. Ids: `where.key` in lower case
/// (http_proxy, https_proxy) and .scheme, .host, .port, .path, .credentials, .empty.
std::vector<Check> check_proxy_url(std::string_view value, const Place& where = {"", 0, 0, "http_proxy"});

/// The value without what may be secret: "http://***@proxy.uib.de:3128". Whatever stands before the last '@' is left
/// out, and what stands in place of a port and is no number.
std::string mask_proxy(std::string_view value);

/// The page's seven rules for no_proxy, and the form of the list. Each breach is a row; a rule without one is a row
/// that passes. `domain` is the server's own, which should be exempt; "" where it is not known. Ids, the page's rules:
/// no_proxy.case, .address (a note for each: only where access is by address), .range, .loopback, .wildcard, .suffix (a
/// leading dot), .port. The list: .separator, .blanks, .empty, .quotes, .name. Further: .covered (an entry that a
/// shorter one contains), .domain.
std::vector<Check> check_no_proxy(std::string_view value, const Place& where = {"", 0, 0, "no_proxy"},
                                  std::string_view domain = "");

/// Whether the page's rules exempt a host from the proxy: its name ends with an entry, or it is an entry's address; the
/// entry has no port or this one. Names are not resolved. An entry against the rules (upper case, a wildcard, a range)
/// exempts nothing. Clients differ in detail: some ask that the suffix starts at a dot.
bool bypasses(std::string_view no_proxy, std::string_view host, int port);

/// A variable of an environment or a file; `place` is that of the value.
struct Variable {
  std::string name, value;
  Place place{};
};

/// All of a host's proxy variables, from the environment, /etc/environment and, on SUSE, /etc/sysconfig/proxy (where
/// names are in upper case). Other variables are left out; a value that stands in two places is checked where it can be
/// changed. Ids: those above and proxy.none, proxy.case, proxy.differs
/// (http_proxy and HTTP_PROXY), proxy.places (two files), proxy.incomplete, proxy.enabled (SUSE's PROXY_ENABLED).
std::vector<Check> check_proxy_environment(const std::vector<Variable>& variables, std::string_view domain = "");

}  // namespace sizing
