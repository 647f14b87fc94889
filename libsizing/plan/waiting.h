// How long the clients of a day wait: the routines of a site at its opsiconfd (serving.h), simulated
// (queueing/day.h), and the textbook beside it.
//
// The textbook knows a steady load alone. Where all routines are steady timers it is asked of their rate: the queue in
// the long run (queueing/stationary.h), and, of a single timer with exponential times, the same clients coming back
// (queueing/finite_source.h). Everywhere else it is asked of the busiest step of the day as if that lasted, which
// bounds a short peak from above. Each stage, threads and cores, is asked as if the other had no limit and as if
// requests came independently of each other. A client's requests follow one another: with exponential times that
// changes no mean of a stage alone (J. R. Jackson, Networks of Waiting Lines, Operations Research 5, 1957). Where a
// request is on a core for a part of its time, the other part, just as long, comes before the next one: that makes the
// simulated waits somewhat shorter (by 7 % with one core that is a third in use).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "libsizing/plan/service_level.h"
#include "libsizing/plan/serving.h"
#include "libsizing/queueing/finite_source.h"
#include "libsizing/queueing/stationary.h"

namespace sizing {

/// A stage in the long run.
struct TextbookStage {
  std::string stage;  // "threads", "cores"
  double servers = 0;
  StationaryQueue queue;
  StationaryAnswer answer;
  std::optional<FiniteSourceAnswer> finite;  // the same clients coming back
};

struct Textbook {
  bool steady = false;        // the load is; else it is that of the busiest step
  double from = 0, rate = 0;  // since when; requests per second
  std::vector<TextbookStage> stages;
};

struct WaitingAnswer {
  Serving serving;
  DayRun run;
  Day day;
  Textbook textbook;
  std::optional<ServiceLevel> level;  // that was asked about
  bool kept = false;
  std::string answer;
};

/// Requests of clients in the step that has most of them, per second; and when it begins.
struct BusiestStep {
  double from = 0, rate = 0;
};
BusiestStep busiest_step(const std::vector<Clients>& clients, double step);

inline constexpr double shortest_step = 1;  // s

/// What a simulated day answers: with the textbook beside it and a sentence.
WaitingAnswer waiting_answer(Serving serving, const DayRun& run, Day day,
                             const std::optional<ServiceLevel>& level = {});

/// That of a day that is simulated now, with usual_run. Throws InputError as simulate_day does, and for steps that are
/// no part of a day.
WaitingAnswer ask_waiting(Serving serving, const DayRun& run, const std::optional<ServiceLevel>& level = {});

}  // namespace sizing
