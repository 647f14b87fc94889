// Values of proxy variables. The input is a value, or several lines KEY=value.
#include "libsizing/host/proxy.h"

#include "libsizing/host/assignments.h"
#include "tests/fuzz/laws.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sizing;
  constexpr std::size_t longest = 1000;  // all rules of names for each entry: more is slow under the sanitizers
  if (size > longest) return 0;
  const std::string_view value = fuzz::text_of(data, size);
  fuzz::hold_rows(check_proxy_url(value));
  fuzz::hold_rows(check_no_proxy(value, {"", 0, 0, "no_proxy"}, "uib.de"));
  (void)bypasses(value, value.substr(0, value.find(',')), 80);
  const std::string masked = mask_proxy(value);
  fuzz::hold(mask_proxy(masked) == masked, "what is masked stays so");

  std::vector<Variable> variables;
  for (const Assignment& a : read_assignments(value).all)
    variables.push_back({a.key, a.value, place_of(a, size % 2 == 0 ? "/etc/environment" : "/etc/sysconfig/proxy")});
  fuzz::hold_rows(check_proxy_environment(variables, "uib.de"));
  return 0;
}
