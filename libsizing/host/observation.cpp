#include "libsizing/host/observation.h"

#include <algorithm>
#include <cmath>

#include "libsizing/base/error.h"
#include "libsizing/base/number.h"
#include "libsizing/base/text.h"
#include "libsizing/host/fields.h"
#include "libsizing/host/os_release.h"
#include "libsizing/host/packages.h"

namespace sizing {
namespace {

std::string first_line(const Root& root, const std::string& path) {
  const std::string text = read_text(root, path).text;
  return std::string(trim(text.substr(0, text.find('\n'))));
}

std::map<std::string, std::string> versions_of(const Root& root) {
  const Packages installed = read_packages(root).value;
  std::map<std::string, std::string> versions;
  for (const Service& service : services())
    for (const std::string_view package : words(service.packages))
      if (const auto at = installed.find(package); at != installed.end())
        versions.try_emplace(std::string(service.name), at->first + " " + at->second);
  return versions;
}

void check_times(const ObservationRequest& request) {
  constexpr double shortest = 0.05;  // s; a sample of some hundred processes takes about that
  if (!(request.interval >= shortest))
    throw InputError({"", 0, 0, "every"}, "too short", exact(request.interval) + "s", "at least 0.05s");
  if (!(request.duration >= 0 && request.duration / request.interval <= most_samples))
    throw InputError({"", 0, 0, "for"}, "too many samples", exact(std::floor(request.duration / request.interval)),
                     "at most " + exact(most_samples));
}

std::string without_digits(std::string text) {
  std::erase_if(text, [](char c) { return c >= '0' && c <= '9'; });
  return text;
}

// What is missing is said once, with the numbers of the first sample that misses it.
void add_once(std::vector<std::string>& all, const std::vector<std::string>& more) {
  for (const std::string& text : more)
    if (std::none_of(all.begin(), all.end(),
                     [&](const std::string& known) { return without_digits(known) == without_digits(text); }))
      all.push_back(text);
}

// The time of the first sample at or behind `n` intervals that is still to come: one that took long, or a machine that
// slept, must not be followed by a burst.
double next_slot(double n, double passed, double interval) { return std::max(n, std::ceil(passed / interval)); }

}  // namespace

bool Observation::found_any() const {
  return std::any_of(samples.begin(), samples.end(), [](const TimedSample& s) { return !s.sample.services.empty(); });
}

Machine read_machine(const Root& root) {
  std::string host = first_line(root, "/proc/sys/kernel/hostname");
  if (host.empty()) host = first_line(root, "/etc/hostname");
  return {host, first_line(root, "/proc/sys/kernel/osrelease"), read_distribution(root).value.pretty_name,
          versions_of(root)};
}

Observation observe(const Root& root, const ObservationRequest& request, const Clock& clock,
                    const std::function<bool(const Observation&)>& each) {
  check_times(request);
  // When a tree was copied, is not known.
  Observation observation{request, read_machine(root), root.live() ? clock.start : "", {}, {}, false};
  const double start = clock.now();
  const double last = root.live() ? std::floor(request.duration / request.interval + 1e-9) : 0;
  for (double n = 0; n <= last; n = next_slot(n + 1, clock.now() - start, request.interval)) {
    if (n > 0 && !clock.wait(start + n * request.interval)) {
      observation.interrupted = true;
      break;
    }
    const double time = n > 0 ? clock.now() - start : 0;
    observation.samples.push_back({std::round(time * 1000) / 1000, take_sample(root, request.wanted)});
    add_once(observation.unread, observation.samples.back().sample.unread);
    if (!observation.found_any() || !each(observation)) break;
  }
  return observation;
}

}  // namespace sizing
