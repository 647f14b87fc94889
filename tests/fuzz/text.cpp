// The helpers that make foreign text fit to be shown.
#include "libsizing/base/text.h"

#include "tests/fuzz/laws.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sizing;
  using fuzz::hold;
  const std::string_view text = fuzz::text_of(data, size);
  const std::string clean = printable(text);
  hold(printable(clean) == clean, "printable text stays as it is");
  hold(clean.find_first_of(std::string_view("\0\n\r\t\x1b\x7f", 6)) == std::string::npos, "no control characters");
  hold(clean.size() <= text.size(), "printable text is not longer");

  constexpr std::size_t longest = 10;
  const std::string cut = excerpt(text, longest);
  hold(width(cut) <= longest + 1, "an excerpt has its length and one more for the mark");
  hold(printable(cut) == cut, "an excerpt is printable");
  hold(width(clean) > longest || cut == clean, "a short text is its own excerpt");

  const auto parts = split(text, ',');
  hold(join(parts, ",") == text, "split and joined, the same text");
  hold(trim(trim(text)) == trim(text), "trimmed text stays as it is");
  const std::vector<std::string> known = {"clients", "samba.connections", "depots"};
  hold(nearest("clients", known) == "clients", "a known name is nearest to itself");
  printable(did_you_mean(text, known));
  return 0;
}
