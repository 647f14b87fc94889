// A routine: who uses a server at what time of the day, and what each of them does. [[routine]] of a site file.
//
// A routine is what the user said and what a preset says where the user said nothing; what follows from it (how many
// are there at a time) is plan/load.h's business. Every value keeps its text and where it is from. What neither says
// follows defaults, which are figures where there are some: plan/load.h says which.
//
// Units: seconds, the start since midnight; bytes, bytes per second; shares from 0 to 1. A day is repeated: what begins
// at 23:00 and lasts three hours is there at 01:00 as well.
//
// Bounds: a window and a session of a day at most; 288 steps of a histogram (five minutes of a day each); 100 routines;
// how often they may come depends on all of them: check_routines (site.h).
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "libsizing/base/error.h"
#include "libsizing/model/figure.h"
#include "libsizing/queueing/arrivals.h"
#include "libsizing/queueing/distribution.h"

namespace sizing {

inline constexpr double day_seconds = 86'400;
inline constexpr std::size_t most_routines = 100;
inline constexpr std::size_t most_histogram_steps = 288;
inline constexpr std::size_t most_histogram_bytes = 1 << 20;
inline constexpr std::size_t most_times_bytes = 4 << 20;

/// A value as it was said: by the site, or by its preset.
struct RoutineValue {
  std::string key, text;
  Place place;
  bool of_preset = false;
  Kind kind = Kind::given;  // of a preset's value: as its table says
};

/// Measured times in seconds: single values, or, where there are weights, bins that end at these times; the first
/// begins at 0.
struct MeasuredRows {
  std::vector<double> time, weight;
};

struct Routine {
  std::string name, preset;
  std::string server;  // "": every one
  Place place;

  std::optional<double> clients;  // else a share of the server's
  double share = 1;
  double start = 0, window = 0;
  std::optional<double> every;  // again and again until midnight
  ArrivalShape shape;
  std::string shape_file;  // a histogram that load_measured has yet to read, or has read

  std::optional<double> requests, request_time, core_share, session, online;
  std::string time_file;  // of request_times, as shape_file is of shape
  MeasuredRows request_times;
  double pause = 0;  // between a request's answer and the next request
  std::string request_distribution = "exponential", session_distribution = "constant";
  double samba = 1;             // share of these clients that open the depot share
  double transfer = 0;          // bytes that each fetches from the depot
  double line = 0;              // that they share
  double client_line = 0;       // of each; 0: none but the line
  std::optional<double> slots;  // transfers at a time; 0: no limit

  std::vector<RoutineValue> values;  // each key once
};

/// A key of [[routine]]: for errors, the schema and the reference.
struct RoutineKey {
  std::string_view name;
  std::string_view help;
  std::string_view allowed;  // "a duration, such as 15 min"
};
std::span<const RoutineKey> routine_keys();

/// Makes a routine of what is said in its table, in any order; numbers as their text. `place` is that of the table.
/// Throws InputError with the place of the value: unknown keys, values that are not allowed, said twice, what is
/// missing.
Routine read_routine(const std::vector<RoutineValue>& said, const Place& place);

/// Where a routine says a key; where it does not say it itself, the place of its table, with that key.
Place place_of(const Routine& routine, const std::string& key);

/// The names of the presets, and what one says.
std::vector<std::string> routine_presets();

/// Whether it comes evenly, again and again without a pause until midnight: its window is as long as its repeat.
bool is_steady(const Routine& routine);

/// How often a routine comes in a day; a steady one counts once. One that repeats comes after a time above 0.
std::size_t comings(const Routine& routine);

/// Weights of equal steps: the column "weight" of a table of comma-separated values; other columns are for people.
/// Throws InputError with `file` and line.
std::vector<double> read_histogram(std::string_view csv, const std::string& file);

/// Measured times: the column "time" in seconds and, for bins, "weight". Throws InputError with `file` and line.
MeasuredRows read_times(std::string_view csv, const std::string& file);
Distribution distribution_of(const MeasuredRows& rows);

/// Reads the files that routines name, from the folder of the site file: histograms of arrivals, measured times. Throws
/// InputError with the place in the file, and in words who names it: "(shape_file of school.toml:12)".
void load_measured(std::vector<Routine>& routines, const std::string& site_file);

}  // namespace sizing
