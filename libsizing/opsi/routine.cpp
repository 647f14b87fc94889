#include "libsizing/opsi/routine.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <functional>

#include "libsizing/base/csv.h"
#include "libsizing/base/duration.h"
#include "libsizing/base/file.h"
#include "libsizing/base/number.h"
#include "libsizing/base/rate.h"
#include "libsizing/base/text.h"
#include "libsizing/base/unit.h"
#include "libsizing/opsi/tables.h"
#include "libsizing/queueing/distribution.h"

namespace sizing {
namespace {

constexpr double most_clients = 1e7, most_requests = 1e6, most_transfer_bytes = 1e15, most_slots = 1e6;
constexpr std::string_view of_distribution = "constant, exponential, erlang:3, hyperexponential:4 or lognormal:1.5";

struct Range {
  double low, high;
};

double within(double value, Range range) {
  if (!(value >= range.low && value <= range.high)) throw InputError({}, "is out of range", exact(value));
  return value;
}

double whole(std::string_view text, double most) {
  const double value = within(parse_number(text), {0, most});
  if (value != std::floor(value)) throw InputError({}, "is no whole number", text);
  return value;
}

// "60 %". A number alone would be a part to some and a percentage to others, but for 0.
double share(std::string_view text) {
  const bool percent = text.ends_with('%');
  const double value = parse_number(percent ? trim(text.substr(0, text.size() - 1)) : text);
  if (!percent && value != 0) throw InputError({}, "a share needs its %");
  return within(value, {0, 100}) / 100;
}

double duration(std::string_view text) { return within(parse_duration(text), {0, day_seconds}); }

std::string word(std::string_view text) {
  if (text.empty() || text.size() > 200 || printable(text) != text) throw InputError({}, "is no printable text", text);
  return std::string(text);
}

std::string distribution(std::string_view text) { return name(parse_distribution(text, 1)); }

std::string preset(std::string_view text) {
  const auto known = routine_presets();
  if (std::find(known.begin(), known.end(), text) == known.end())
    throw InputError({}, "is no preset" + did_you_mean(text, known), text, join(known, ", "));
  return std::string(text);
}

struct Setter {
  RoutineKey key;
  std::function<void(Routine&, std::string_view)> set;
};

constexpr std::string_view a_duration = "a duration up to 24 h, such as 90 s, 15 min or 2 h",
                           a_share = "a share from 0 % to 100 %, such as 50 %",
                           a_rate = "1 Gbit/s, 50 Mbit/s, 100 MB/s or the like";

const std::vector<Setter>& setters() {
  using View = std::string_view;
  static const std::vector<Setter> all = {
      {{"name", "what it is called", "a text"}, [](Routine& r, View t) { r.name = word(t); }},
      {{"preset", "a preset, for all that is not said here", "the name of a preset"},
       [](Routine& r, View t) { r.preset = preset(t); }},
      {{"server", "the server whose clients these are; default: every one", "the name of a server"},
       [](Routine& r, View t) { r.server = word(t); }},
      {{"clients", "how many take part; default: all clients of the server", "a whole number from 0 to 10000000"},
       [](Routine& r, View t) { r.clients = whole(t, most_clients); }},
      {{"share", "the share of the server's clients that takes part, instead of clients", a_share},
       [](Routine& r, View t) { r.share = share(t); }},
      {{"start", "when the first may come", "a time of day, such as 07:45"},
       [](Routine& r, View t) { r.start = parse_time_of_day(t); }},
      {{"window", "within which all come", a_duration}, [](Routine& r, View t) { r.window = duration(t); }},
      {{"every",
        "again after so long, at least 15 min, until midnight; default: once a day; all routines come at most 50 times "
        "a day, fewer with more than 8 servers",
        "a duration up to 24 h, such as 1 h"},
       [](Routine& r, View t) { r.every = duration(t); }},
      {{"shape", "how they spread over the window; default: uniform",
        "at once, uniform, normal, triangular or triangular:0.3 (its peak, as a part of the window)"},
       [](Routine& r, View t) { r.shape = parse_shape(t); }},
      {{"shape_file",
        "a measured shape: CSV with the column weight, a row for each equal step of the window, instead of "
        "shape",
        "the path of a file, from the folder of the site file"},
       [](Routine& r, View t) { r.shape_file = word(t), r.shape.kind = ArrivalShape::Kind::histogram; }},
      {{"requests", "to opsiconfd by each; default: client.requests_per_boot", "a whole number from 0 to 1000000"},
       [](Routine& r, View t) { r.requests = whole(t, most_requests); }},
      {{"request_time", "mean time of a request at the server; default: client.rpc_time", a_duration},
       [](Routine& r, View t) { r.request_time = duration(t); }},
      {{"request_distribution", "of that time; default: exponential", of_distribution},
       [](Routine& r, View t) { r.request_distribution = distribution(t); }},
      {{"request_time_file",
        "measured times of a request: CSV with the column time in seconds and, for bins that end there, weight; "
        "instead of request_time",
        "the path of a file, from the folder of the site file"},
       [](Routine& r, View t) { r.time_file = word(t); }},
      {{"core_share", "the part of that time on a core; default: opsiconfd.request_core_share", a_share},
       [](Routine& r, View t) { r.core_share = share(t); }},
      {{"pause", "mean time from an answer to the next request; default: none", a_duration},
       [](Routine& r, View t) { r.pause = duration(t); }},
      {{"session",
        "mean time that each stays connected; default: opsiconfd.session_lifetime, or what its requests take where "
        "that is longer",
        a_duration},
       [](Routine& r, View t) { r.session = duration(t); }},
      {{"session_distribution", "of that time; default: constant", of_distribution},
       [](Routine& r, View t) { r.session_distribution = distribution(t); }},
      {{"online", "how long each stays switched on; without it online_clients does not follow from routines",
        a_duration},
       [](Routine& r, View t) { r.online = duration(t); }},
      {{"samba", "the share of these clients that opens the depot share; default: 100 %", a_share},
       [](Routine& r, View t) { r.samba = share(t); }},
      {{"transfer", "bytes that each of them fetches from the depot; default: none", "6 GB, 300 MB or the like"},
       [](Routine& r, View t) {
         r.transfer = within(parse_amount(t, parse_unit("B"), false), {0, most_transfer_bytes});
       }},
      {{"line", "that these transfers share", a_rate}, [](Routine& r, View t) { r.line = parse_rate(t); }},
      {{"client_line", "of each client; default: no limit but the line", a_rate},
       [](Routine& r, View t) { r.client_line = parse_rate(t); }},
      {{"slots", "transfers at a time, 0 for no limit; default: depot.transfer_slots",
        "a whole number from 0 to 1000000"},
       [](Routine& r, View t) { r.slots = whole(t, most_slots); }},
  };
  return all;
}

const Setter& setter_of(const RoutineValue& value, const std::string& key) {
  std::vector<std::string> known;
  for (const Setter& setter : setters()) {
    if (setter.key.name == value.key) return setter;
    known.emplace_back(setter.key.name);
  }
  throw InputError({value.place.file, value.place.line, value.place.column, key},
                   "unknown key" + did_you_mean(value.key, known), "", join(known, ", "));
}

// Most readers know less than what the key allows; these say what to write instead.
bool says_why(const InputError& error) {
  constexpr std::string_view starts[] = {"is no preset", "has an unknown unit", "has its units", "a share needs"};
  return std::any_of(std::begin(starts), std::end(starts),
                     [&](std::string_view start) { return error.problem().starts_with(start); });
}

void set(Routine& routine, const RoutineValue& value) {
  const std::string key = "routine." + value.key;
  const Setter& setter = setter_of(value, key);
  try {
    setter.set(routine, trim(value.text));
  } catch (const InputError& error) {
    const bool said = says_why(error);
    throw InputError({value.place.file, value.place.line, value.place.column, key},
                     said ? error.problem() : "not allowed", trim(value.text).empty() ? "nothing" : value.text,
                     said && !error.allowed().empty() ? error.allowed() : setter.key.allowed);
  }
  routine.values.push_back(value);
}

bool says(const Routine& routine, std::string_view key) {
  return std::any_of(routine.values.begin(), routine.values.end(), [&](const RoutineValue& v) { return v.key == key; });
}

// Of two keys that answer one question, the one that the site says goes before the preset's.
bool answered(const Routine& routine, const std::string& key) {
  const auto either = [&](std::string_view a, std::string_view b) {
    return (key == a || key == b) && (says(routine, a) || says(routine, b));
  };
  return says(routine, key) || either("clients", "share") || either("shape", "shape_file");
}

void add_preset(Routine& routine) {
  for (const RoutinePresetValue& row : routine_preset_values())
    if (row.preset == routine.preset && !answered(routine, row.key))
      set(routine, {row.key, row.value, {}, true, row.kind});
}

[[noreturn]] void refuse(const Routine& routine, const std::string& key, const std::string& problem,
                         const std::string& found, const std::string& allowed) {
  throw InputError(place_of(routine, key), problem, found, allowed);
}

bool only_for_transfers(const RoutineValue& value) {
  return value.key == "line" || value.key == "client_line" || value.key == "slots";
}

void check_together(const Routine& r) {
  if (r.name.empty()) refuse(r, "name", "is missing", "", "a text");
  if (!says(r, "start")) refuse(r, "start", "is missing", "", "a time of day, such as 07:45, or a preset");
  if (says(r, "clients") && says(r, "share")) refuse(r, "share", "said twice: clients stands here as well", "", "one");
  if (says(r, "shape") && says(r, "shape_file"))
    refuse(r, "shape_file", "said twice: shape stands here as well", "", "one of them");
  for (const char* key : {"request_time", "request_distribution"})
    if (says(r, key) && says(r, "request_time_file"))
      refuse(r, "request_time_file", std::string("said twice: ") + key + " stands here as well", "", "one of them");
  if (r.every && r.window > *r.every)
    refuse(r, "window", "is longer than the time until it comes again", duration_text(r.window),
           "at most " + duration_text(*r.every));
  for (const RoutineValue& value : r.values)
    if (only_for_transfers(value) && !says(r, "transfer"))
      refuse(r, value.key, "has no effect without transfer", value.text,
             "beside transfer, such as transfer = \"6 GB\"");
  if (r.transfer > 0 && r.line == 0)
    refuse(r, "line", "is missing: the transfers share a line", "", std::string(a_rate));
  if (r.transfer > 0 && r.every)
    refuse(r, "every", "is not for transfers: their times are those of a single coming", "", "once a day");
}

}  // namespace

std::span<const RoutineKey> routine_keys() {
  static const std::vector<RoutineKey> keys = [] {
    std::vector<RoutineKey> all;
    for (const Setter& setter : setters()) all.push_back(setter.key);
    return all;
  }();
  return keys;
}

Routine read_routine(const std::vector<RoutineValue>& said, const Place& place) {
  Routine routine;
  routine.place = place;
  for (const RoutineValue& value : said) set(routine, value);
  if (!routine.preset.empty()) add_preset(routine);
  if (routine.name.empty()) routine.name = routine.preset;
  check_together(routine);
  return routine;
}

Place place_of(const Routine& routine, const std::string& key) {
  Place place = routine.place;
  for (const RoutineValue& value : routine.values)
    if (value.key == key && !value.of_preset) place = value.place;
  place.key = "routine." + key;
  return place;
}

std::vector<std::string> routine_presets() {
  std::vector<std::string> names;
  for (const RoutinePresetValue& row : routine_preset_values())
    if (std::find(names.begin(), names.end(), row.preset) == names.end()) names.push_back(row.preset);
  return names;
}

bool is_steady(const Routine& routine) {
  return routine.shape.kind == ArrivalShape::Kind::uniform && routine.every == routine.window;
}

std::size_t comings(const Routine& routine) {
  if (!routine.every || is_steady(routine)) return 1;
  return static_cast<std::size_t>(std::ceil((day_seconds - routine.start) / *routine.every));
}

namespace {

Csv parse_table(std::string_view text, const std::string& file) {
  if (text.find('\0') != std::string_view::npos)
    throw InputError({file, 0, 0, ""}, "not a text file", "", "a table of comma-separated values");
  return parse_csv(text, file);
}

// The numbers of a column, not negative.
std::vector<double> numbers_of(const Csv& csv, const std::string& file, const std::string& name, double most) {
  const auto column = find_column(csv, name);
  if (!column) throw InputError({file, 1, 0, ""}, "the table has no column " + name, join(csv.header, ","));
  std::vector<double> numbers;
  for (const CsvRow& row : csv.rows) {
    try {
      numbers.push_back(within(parse_number(trim(row.fields[*column])), {0, most}));
    } catch (const InputError& error) {
      const std::string& field = row.fields[*column];
      throw InputError({file, row.line, 0, name}, error.problem(),
                       is_empty(row)         ? "an empty line"
                       : trim(field).empty() ? "nothing"
                                             : field,
                       "a number from 0 to " + exact(most));
    }
  }
  return numbers;
}

std::string beside(const std::string& site_file, const std::string& file) {
  const std::string path = (std::filesystem::path(site_file).parent_path() / file).string();
  if (std::filesystem::exists(path) && !std::filesystem::is_regular_file(path))
    throw InputError({path, 0, 0, ""}, "is no file", "", "a table of comma-separated values");
  return path;
}

// "shape_file of school.toml:12"; where no file says it, of the routine.
std::string named_by(const Routine& routine, const std::string& key) {
  const Place place = place_of(routine, key);
  const bool in_file = !place.file.empty();
  return key + " of " + (in_file ? describe({place.file, place.line, 0, ""}) : "routine " + printable(routine.name));
}

}  // namespace

std::vector<double> read_histogram(std::string_view text, const std::string& file) {
  std::vector<double> steps = numbers_of(parse_table(text, file), file, "weight", 1e12);
  const bool any = std::any_of(steps.begin(), steps.end(), [](double weight) { return weight > 0; });
  if (!any || steps.size() > most_histogram_steps)
    throw InputError({file, 0, 0, "weight"}, "is no histogram", std::to_string(steps.size()) + " steps",
                     "1 to " + std::to_string(most_histogram_steps) + " steps, not all 0");
  return steps;
}

MeasuredRows read_times(std::string_view text, const std::string& file) {
  const Csv csv = parse_table(text, file);
  MeasuredRows rows{numbers_of(csv, file, "time", day_seconds), {}};
  if (find_column(csv, "weight")) rows.weight = numbers_of(csv, file, "weight", 1e12);
  try {
    (void)distribution_of(rows);
  } catch (const InputError& error) {
    throw InputError({file, 0, 0, "time"}, error.problem(), error.found(), error.allowed());
  }
  return rows;
}

Distribution distribution_of(const MeasuredRows& rows) {
  if (rows.weight.empty()) return measured_distribution(rows.time);
  std::vector<double> edges = {0};
  edges.insert(edges.end(), rows.time.begin(), rows.time.end());
  return measured_distribution(edges, rows.weight);
}

void load_measured(std::vector<Routine>& routines, const std::string& site_file) {
  const auto read_named = [&](const Routine& routine, const char* key, const std::string& file, std::size_t most,
                              const auto& read) {
    try {
      const std::string path = beside(site_file, file);
      read(read_file(path, most), path);
    } catch (const InputError& error) {
      throw InputError(error.place(), error.problem() + " (" + named_by(routine, key) + ")", error.found(),
                       error.allowed());
    }
  };
  for (Routine& routine : routines) {
    if (!routine.shape_file.empty())
      read_named(
          routine, "shape_file", routine.shape_file, most_histogram_bytes,
          [&](const std::string& text, const std::string& path) { routine.shape.steps = read_histogram(text, path); });
    if (!routine.time_file.empty())
      read_named(
          routine, "request_time_file", routine.time_file, most_times_bytes,
          [&](const std::string& text, const std::string& path) { routine.request_times = read_times(text, path); });
  }
}

}  // namespace sizing
