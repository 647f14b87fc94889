#include "libsizing/plan/service_level.h"

#include <algorithm>
#include <array>
#include <vector>

#include "libsizing/base/duration.h"
#include "libsizing/base/number.h"
#include "libsizing/base/text.h"

namespace sizing {
namespace {

struct LevelFigure {
  std::string_view name;
  Estimate Day::*wait;
  Estimate Day::*response;
};

constexpr std::array<LevelFigure, 6> figures_of_levels = {{{"mean", &Day::mean_wait, &Day::mean_response},
                                                           {"p50", &Day::p50, &Day::p50_response},
                                                           {"p90", &Day::p90, &Day::p90_response},
                                                           {"p95", &Day::p95, &Day::p95_response},
                                                           {"p99", &Day::p99, &Day::p99_response},
                                                           {"largest", &Day::largest, &Day::largest_response}}};

const LevelFigure* find_level_figure(std::string_view name) {
  for (const LevelFigure& figure : figures_of_levels)
    if (figure.name == name) return &figure;
  return nullptr;
}

constexpr std::string_view allowed_levels =
    "a figure and its limit: \"p95 < 2 s\", \"response p99 < 1 s\"; mean, p50, p90, p95, p99 or largest, of wait (the "
    "default) or response";

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  for (const std::string& word : split(text, ' '))
    if (!word.empty()) words.push_back(word);
  return words;
}

}  // namespace

ServiceLevel parse_service_level(std::string_view text, const Place& place) {
  const auto refuse = [&]() -> ServiceLevel {
    throw InputError(place, "is no service level", excerpt(text), allowed_levels);
  };
  const auto sign = text.find('<');
  if (sign == std::string_view::npos) return refuse();
  ServiceLevel level{false, "", 0, std::string(trim(text)), place};
  std::vector<std::string> words = words_of(text.substr(0, sign));
  if (words.size() == 2 && (words[0] == "wait" || words[0] == "response")) {
    level.response = words[0] == "response";
    words.erase(words.begin());
  }
  if (words.size() != 1 || !find_level_figure(words[0])) return refuse();
  level.figure = words[0];
  const std::string_view limit = text.substr(sign + 1);
  try {
    level.limit = parse_duration(trim(limit.starts_with('=') ? limit.substr(1) : limit));
  } catch (const InputError& error) {
    if (error.problem() == "is no duration") return refuse();
    throw InputError(place, "the limit " + error.problem(), error.found(), error.allowed());
  }
  if (!(level.limit > 0)) return refuse();
  return level;
}

const Estimate& figure_of(const Day& day, const ServiceLevel& level) {
  const LevelFigure& figure = *find_level_figure(level.figure);
  return day.*(level.response ? figure.response : figure.wait);
}

void check_replications(const DayRun& run) {
  if (run.replications < 2)
    throw InputError({"", 0, 0, "replications"}, "a service level is kept with its half-width, and one has none",
                     std::to_string(run.replications), "2 or more");
}

std::string time_text(const Estimate& time) {
  return duration_text(time.value) + (time.half_width > 0 ? " ± " + duration_text(two_digits(time.half_width)) : "");
}

bool keeps(const Day& day, const ServiceLevel& level) {
  const Estimate& figure = figure_of(day, level);
  return day.gave_up.value == 0 && figure.value + std::max(0.0, figure.half_width) <= level.limit;
}

}  // namespace sizing
