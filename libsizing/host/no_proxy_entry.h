// An entry of no_proxy, taken apart; whether it is a good one is not asked here.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace sizing {

/// One entry: "uib.de", "uib.de:8080", "127.0.0.1", "[::1]:8080", "::1".
struct NoProxyEntry {
  std::string_view text;  // as written
  std::size_t offset = 0;
  std::string_view host;  // without brackets
  std::size_t host_offset = 0;
  std::optional<std::string_view> port;
  std::size_t port_offset = 0;
};

/// Refers to `text`, which starts at `offset` of the list.
NoProxyEntry read_no_proxy_entry(std::string_view text, std::size_t offset);

}  // namespace sizing
