// Addresses, ports, and the parts of names and of entries of no_proxy.
#include "libsizing/host/address.h"
#include "libsizing/host/labels.h"
#include "libsizing/host/no_proxy_entry.h"
#include "tests/fuzz/laws.h"

namespace {

bool is_inside(std::string_view part, std::size_t offset, std::string_view whole) {
  return offset <= whole.size() && whole.substr(offset, part.size()) == part;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sizing;
  using fuzz::hold;
  const std::string_view text = fuzz::text_of(data, size);

  if (const auto address = parse_address(text)) {
    hold(address->version == 4 || address->version == 6, "an address is of one of the two versions");
    const bool dotted = text.find(':') == std::string_view::npos;
    hold(!dotted || parse_address("::ffff:" + std::string(text)) == address, "mapped, the same address");
  }
  if (const auto port = parse_port(text))
    hold(parse_port(std::to_string(*port)) == port, "written again, the same port");

  const Name name = read_name(text);
  hold(!name.labels.empty(), "a name has a label");
  std::string again;
  for (const Label& label : name.labels) {
    hold(is_inside(label.text, label.offset, text), "a label is where it is said to be");
    hold(label.text.find('.') == std::string_view::npos, "a label has no dot");
    again += (&label == &name.first() ? "" : ".") + std::string(label.text);
    (void)meaning(label);
  }
  hold(again + (name.absolute ? "." : "") == text, "the labels make the name");
  (void)ascii_form(name);

  const NoProxyEntry entry = read_no_proxy_entry(text, 0);
  hold(is_inside(entry.host, entry.host_offset, text), "a host is where it is said to be");
  hold(!entry.port || is_inside(*entry.port, entry.port_offset, text), "a port is where it is said to be");
  return 0;
}
