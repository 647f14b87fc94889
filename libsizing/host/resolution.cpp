#include "libsizing/host/resolution.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstring>
#include <functional>
#include <future>
#include <ifaddrs.h>
#include <memory>
#include <netdb.h>
#include <resolv.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

#include <arpa/inet.h>
#include <net/if.h>
#include <netinet/in.h>

#include "libsizing/base/text.h"

namespace sizing {
namespace {

// Asks the resolver in a thread of its own, which is left alone when it takes longer: neither a name server nor another
// service behind /etc/nsswitch.conf can hold the check up.
template <class T>
Fact<T> within_deadline(const std::function<Fact<T>()>& question) {
  auto answer = std::make_shared<std::promise<Fact<T>>>();
  auto future = answer->get_future();
  try {
    std::thread([answer, question] {
      if (res_init() == 0) _res.retrans = 1, _res.retry = 1;  // this thread's alone: one try of a second each
      answer->set_value(question());
    }).detach();
  } catch (const std::system_error& error) {
    return unseen<T>(std::string("the resolver could not be started: ") + error.what());
  }
  if (future.wait_for(std::chrono::seconds(resolver_seconds)) == std::future_status::ready) return future.get();
  return unseen<T>("the resolver did not answer within " + std::to_string(resolver_seconds) + " s");
}

std::string text_of(const sockaddr* address) {
  char text[INET6_ADDRSTRLEN] = "";
  const void* bytes = nullptr;
  sockaddr_in v4{};
  sockaddr_in6 v6{};
  if (address->sa_family == AF_INET) {
    std::memcpy(&v4, address, sizeof v4);
    bytes = &v4.sin_addr;
  } else if (address->sa_family == AF_INET6) {
    std::memcpy(&v6, address, sizeof v6);
    bytes = &v6.sin6_addr;
  }
  return bytes && inet_ntop(address->sa_family, bytes, text, sizeof text) ? text : "";
}

Fact<Resolved> ask_name(const std::string& name) {
  addrinfo hints{}, *found = nullptr;
  hints.ai_flags = AI_CANONNAME;
  hints.ai_socktype = SOCK_STREAM;
  if (const int error = getaddrinfo(name.c_str(), nullptr, &hints, &found)) {
    if (error == EAI_NONAME) return seen(Resolved{});
    return unseen<Resolved>(std::string("the resolver says: ") + gai_strerror(error));
  }
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> list(found, freeaddrinfo);
  Resolved resolved{found->ai_canonname ? found->ai_canonname : "", {}};
  for (const addrinfo* at = found; at; at = at->ai_next) {
    const std::string text = text_of(at->ai_addr);
    auto& all = resolved.addresses;
    if (!text.empty() && std::find(all.begin(), all.end(), text) == all.end()) all.push_back(text);
  }
  return seen(resolved);
}

Fact<std::string> ask_address(const std::string& text) {
  addrinfo hints{}, *found = nullptr;
  hints.ai_flags = AI_NUMERICHOST;
  if (getaddrinfo(text.c_str(), nullptr, &hints, &found)) return unseen<std::string>("no address: " + printable(text));
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> list(found, freeaddrinfo);
  std::array<char, NI_MAXHOST> name{};
  const int error = getnameinfo(found->ai_addr, found->ai_addrlen, name.data(), name.size(), nullptr, 0, NI_NAMEREQD);
  if (error == EAI_NONAME) return seen(std::string());
  if (error) return unseen<std::string>(std::string("the resolver says: ") + gai_strerror(error));
  return seen(std::string(name.data()));
}

bool names(const HostsEntry& entry, const std::string& name) {
  return std::any_of(entry.names.begin(), entry.names.end(),
                     [&](const std::string& n) { return lower(n) == lower(name); });
}

}  // namespace

Fact<std::string> read_host_name(const Root& root) {
  std::array<char, 256> name{};
  if (root.live() && gethostname(name.data(), name.size() - 1) == 0) return seen(std::string(name.data()));
  std::string problem;
  for (const char* path : {"/etc/hostname", "/etc/HOSTNAME"}) {
    const Reading file = read_text(root, path);
    for (const std::string& line : split(file.text, '\n'))
      if (!trim(line).empty() && trim(line)[0] != '#') return seen(std::string(trim(line)));
    if (problem.empty()) problem = std::string(path) + ": " + (file.ok() ? "is empty" : file.problem);
  }
  return unseen<std::string>(problem);
}

Fact<Resolved> resolve_name(const Root& root, const HostsFile& hosts, const std::string& name) {
  if (root.live()) return within_deadline<Resolved>([name] { return ask_name(name); });
  Resolved resolved;
  for (const HostsEntry& entry : hosts.entries) {
    if (!names(entry, name)) continue;
    if (resolved.name.empty()) resolved.name = entry.names[0];
    resolved.addresses.push_back(entry.address);
  }
  if (resolved.addresses.empty())
    return unseen<Resolved>("the tree's /etc/hosts does not have " + printable(name) +
                            ", and a copied tree does not tell what DNS says");
  return seen(resolved);
}

Fact<std::string> resolve_address(const Root& root, const HostsFile& hosts, const std::string& address) {
  if (root.live()) return within_deadline<std::string>([address] { return ask_address(address); });
  for (const HostsEntry& entry : hosts.entries)
    if (entry.address == address) return seen(entry.names[0]);
  return unseen<std::string>("the tree's /etc/hosts does not have " + printable(address));
}

Fact<std::vector<Interface>> read_interfaces(const Root& root) {
  using Interfaces = std::vector<Interface>;
  if (!root.live()) return unseen<Interfaces>("a copied tree does not tell the addresses of its interfaces");
  ifaddrs* found = nullptr;
  if (getifaddrs(&found) != 0) return unseen<Interfaces>(std::string("getifaddrs: ") + std::strerror(errno));
  const std::unique_ptr<ifaddrs, decltype(&freeifaddrs)> list(found, freeifaddrs);
  Interfaces interfaces;
  for (const ifaddrs* at = found; at; at = at->ifa_next) {
    if (!at->ifa_addr || (at->ifa_flags & IFF_LOOPBACK) || !(at->ifa_flags & IFF_UP)) continue;
    if (const std::string address = text_of(at->ifa_addr); !address.empty())
      interfaces.push_back({at->ifa_name, address});
  }
  return seen(std::move(interfaces));
}

std::vector<std::string> read_name_servers(const Root& root) {
  std::vector<std::string> servers;
  for (const std::string& line : split(replace_all(read_text(root, "/etc/resolv.conf").text, "\t", " "), '\n')) {
    const std::string_view text = trim(line);
    if (text.starts_with("nameserver ")) servers.emplace_back(trim(text.substr(11)));
  }
  return servers;
}

}  // namespace sizing
