// The table of host names; the first line is also the name of the server that is looked for.
#include "libsizing/host/hosts_file.h"

#include "tests/fuzz/laws.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sizing;
  const std::string_view text = fuzz::text_of(data, size);
  const HostsFile hosts = read_hosts(text);
  std::string again;
  for (const HostsEntry& entry : hosts.entries) again += entry.address + " " + join(entry.names, "\t") + "\n";
  const HostsFile second = read_hosts(again);
  fuzz::hold(second.faults.empty() && second.entries.size() == hosts.entries.size(), "written again, the same entries");
  for (std::size_t i = 0; i < hosts.entries.size(); ++i)
    fuzz::hold(second.entries[i].names == hosts.entries[i].names, "written again, the same names");

  fuzz::hold_rows(check_hosts(hosts, "server.domain.tld", {"192.168.1.1", "fe80::1"}));
  fuzz::hold_rows(check_hosts(hosts, text.substr(0, text.find('\n')), {}));
  return 0;
}
