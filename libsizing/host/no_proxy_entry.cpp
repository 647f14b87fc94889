#include "libsizing/host/no_proxy_entry.h"

#include <algorithm>

#include "libsizing/base/text.h"
#include "libsizing/host/address.h"
#include "libsizing/host/proxy.h"

namespace sizing {

NoProxyEntry read_no_proxy_entry(std::string_view text, std::size_t offset) {
  NoProxyEntry entry{text, offset, text, offset, std::nullopt, 0};
  std::size_t colon = text.rfind(':');
  if (text.starts_with('[')) {
    const std::size_t close = std::min(text.find(']'), text.size() - 1);
    entry.host = text.substr(1, close - 1);
    entry.host_offset = offset + 1;
    colon = close + 1 < text.size() && text[close + 1] == ':' ? close + 1 : std::string_view::npos;
  } else if (parse_address(text) || text.find("://") != std::string_view::npos) {
    return entry;  // an IPv6 address, or a URL, which is no entry: their colons lead to no port
  } else {
    entry.host = text.substr(0, colon);
  }
  if (colon == std::string_view::npos) return entry;
  entry.port = text.substr(colon + 1);
  entry.port_offset = offset + colon + 1;
  return entry;
}

bool bypasses(std::string_view no_proxy, std::string_view host, int port) {
  std::string name = lower(host);
  if (name.starts_with('[') && name.ends_with(']')) name = name.substr(1, name.size() - 2);
  if (name.ends_with('.')) name.pop_back();
  const auto address = parse_address(name);
  while (true) {
    const std::size_t comma = std::min(no_proxy.find(','), no_proxy.size());
    const std::string_view text = trim(no_proxy.substr(0, comma));
    const NoProxyEntry entry = read_no_proxy_entry(text, 0);
    const bool for_port = !entry.port || parse_port(*entry.port) == port;
    const auto own = parse_address(entry.host);
    const bool for_host = address || own ? own == address : name.ends_with(entry.host);
    if (!entry.host.empty() && for_port && for_host) return true;
    if (comma == no_proxy.size()) return false;
    no_proxy.remove_prefix(comma + 1);
  }
}

}  // namespace sizing
