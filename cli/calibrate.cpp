#include <filesystem>

#include "cli/command.h"
#include "cli/site_call.h"
#include "libsizing/base/error.h"
#include "libsizing/base/file.h"
#include "libsizing/base/number.h"
#include "libsizing/base/text.h"
#include "libsizing/plan/resolve.h"
#include "libsizing/plan/throughput.h"

namespace sizing::cli {
namespace {

std::string needed(const Invocation& call, const std::string& option, const std::string& what) {
  if (!call.value(option).empty()) return call.value(option);
  throw InputError({"", 0, 0, "--" + option}, "is missing", "", what);
}

double number_of(const Invocation& call, const std::string& option) {
  try {
    return parse_number(call.value(option));
  } catch (const InputError& error) {
    throw InputError({"", 0, 0, "--" + option}, error.problem(), error.found(), error.allowed());
  }
}

std::vector<Condition> conditions_of(const Invocation& call) {
  std::vector<Condition> conditions;
  for (const std::string& text : call.all("where")) try {
      conditions.push_back(parse_condition(text));
    } catch (const InputError& error) {
      throw InputError({"", 0, 0, "--where"}, error.problem(), error.found(), error.allowed());
    }
  return conditions;
}

bool asks_a_site(const Invocation& call) { return call.has("site") || has_site_flags(call) || call.has("set"); }

// The size that --at says, or that the plan of the site asks for.
std::optional<AskedSize> asked_size(Invocation& call, const CalibrationRequest& request) {
  if (call.has("at")) {
    if (asks_a_site(call)) throw InputError({"", 0, 0, "--at"}, "the size is given by the site as well");
    return AskedSize{number_of(call, "at"), "--at"};
  }
  if (!asks_a_site(call)) {
    if (call.has("quantity"))
      throw InputError({"", 0, 0, "--quantity"}, "is of a plan, and there is no site", "",
                       "--site FILE, or the inputs of a site as flags");
    return std::nullopt;
  }
  const Site site = site_of(call, call.value("site"));
  return planned_size(site, asked_server(call, site), call.value("quantity"), request);
}

CalibrationRequest request_of(Invocation& call) {
  CalibrationRequest request;
  request.data = {call.operands[0],
                  needed(call, "x", "a column, such as --x connections"),
                  needed(call, "y", "a column, such as --y pss_kib"),
                  conditions_of(call),
                  call.value("x-unit"),
                  call.value("unit")};
  request.robust = call.value("fit") == "huber";
  if (call.has("confidence")) request.confidence = confidence_of(number_of(call, "confidence"), "--confidence");
  request.slope_figure = call.value("slope-figure");
  request.base_figure = call.value("base-figure");
  request.date = call.surroundings.date;
  request.at = asked_size(call, request);
  return request;
}

bool same_file(const std::string& a, const std::string& b) {
  std::error_code ignored;
  return a == b || (std::filesystem::is_regular_file(a, ignored) && std::filesystem::equivalent(a, b, ignored));
}

// Where the figures are to be written; "" for nowhere. Refused before anything is read or written.
std::string figures_path(const Invocation& call) {
  if (!call.has("write-figures")) return "";
  const std::string path = call.value("write-figures");
  const Place place{"", 0, 0, "--write-figures"};
  if (path.empty()) throw InputError(place, "the name of the file is empty");
  if (!call.has("slope-figure") && !call.has("base-figure"))
    throw InputError(place, "no figure is asked for", "", "--slope-figure NAME, --base-figure NAME or both");
  for (const std::string& other : {call.operands[0], call.value("output"), call.value("site")})
    if (!other.empty() && same_file(path, other))
      throw InputError(place, "is a file of this call already", path, "another file");
  return path;
}

int run_throughput(Invocation& call, std::string_view csv, const CalibrationRequest& request) {
  const ThroughputCalibration calibration = calibrate_throughput(csv, request);
  write_report(call, report(calibration, call.stamp));
  return calibration.usable && !(calibration.prediction && calibration.prediction->refused) ? fits : falls_short;
}

int run_calibrate(Invocation& call) {
  if (call.operands.empty())
    throw InputError({"", 0, 0, "calibrate"}, "the file is missing", "", "calibrate DATA.csv --x COLUMN --y COLUMN");
  const std::string path = figures_path(call);
  CalibrationRequest request = request_of(call);
  const std::string csv = read_operand(call, call.operands[0], most_measurement_bytes);
  if (call.operands[0] == "-") request.data.file = "standard input";
  const std::string model = call.value("model", is_throughput(request.data.x, request.data.y) ? "usl" : "line");
  if (model == "usl") return run_throughput(call, csv, request);
  const Calibration calibration = calibrate(csv, request);
  if (!path.empty()) write_file(path, figures_file(calibration, call.stamp));
  write_report(call, report(calibration, call.stamp));
  return calibration.usable && !(calibration.prediction && calibration.prediction->refused) ? fits : falls_short;
}

std::vector<OptionGroup> calibrate_options() {
  std::vector<OptionGroup> options = {
      {"Data",
       {{"x", "COLUMN", "what the sizes are, such as connections", false, {}},
        {"y", "COLUMN", "what was measured, such as pss_kib", false, {}},
        {"where", "CONDITION", "only rows with COLUMN=VALUE, or with !=, <, <=, > or >=; several all hold", true, {}},
        {"unit",
         "UNIT",
         "of y; default: what the column's name ends with (_kib, _mb, _bytes, _ms, …; _kb is 1000 bytes)",
         false,
         {}},
        {"x-unit", "UNIT", "of x; default: what the column's name counts (connections, workers, …)", false, {}}}},
      {"Fit",
       {{"model", "MODEL",
         "line, or usl: the Universal Scalability Law; default: usl for a throughput over workers, else line", false,
         fit_models()},
        {"fit", "METHOD", "least-squares (default), or huber: figures and prediction from the robust line", false,
         fit_methods()},
        {"confidence", "PERCENT", "of the intervals; default: 95", false, {}}}},
      {"Answer at a size",
       {{"at", "N", "the size of x to answer at", false, {}},
        {"site", "FILE", "the site whose plan says the size; flags of a site alone describe one as well", false, {}},
        {"quantity",
         "NAME",
         "the quantity of the plan that x is, such as samba.connections; default: what --slope-figure tells",
         false,
         {}}}},
      {"Figures",
       {{"slope-figure", "NAME", "make this figure of the slope", false, {}},
        {"base-figure", "NAME", "make this figure of the base", false, {}},
        {"write-figures", "FILE", "write them there, for --figures of the other commands", false, {}}}}};
  for (OptionGroup& group : site_options(false)) options.push_back(std::move(group));
  options.push_back(output_options());
  return options;
}

}  // namespace

Command calibrate_command() {
  const std::string samba = "calibrate data/measurements/samba_memory.csv --x connections --y pss_kib ";
  const std::string redis = "calibrate data/measurements/redis_memory.csv --x keys --y rss_kib ";
  return {
      "calibrate",
      "The site's own figures from measurements: a line, how sure it is, and a file for --figures",
      "DATA.csv",
      1,
      "DATA.csv is a table with a header row, such as 'observe' writes; - is standard input. Lines before the header "
      "that begin\nwith # are kept as comments. Two fits are shown, least squares and Huber's robust one, with "
      "standard errors, the "
      "residuals,\noutliers by line, and what speaks against a line. Where the data carry no figure (R² below 0.9, no "
      "straight line, no "
      "slope)\nnone is made, and the exit code is 1. The range of a figure is 5 % to 95 %.",
      {{samba + "--where state=idle", "memory of an idle Samba connection, and the base"},
       {samba + "--where state=reading_peak --where \"connections<=100\" --at 130", "at 130 reading connections"},
       {samba + "--where state=reading_peak", "rows that make no figure: exit code 1", falls_short},
       {samba + "--where state=idle --slope-figure samba.memory_idle_connection --base-figure samba.base_memory "
                "--write-figures /dev/null",
        "figures for 'plan --figures'"},
       {samba + "--where state=idle --slope-figure samba.memory_idle_connection --site data/sites/school.toml",
        "at the size that a plan asks for"},
       {redis + "--where detail=string_64B", "memory of a Redis key"},
       {"calibrate data/measurements/ray_tracer.csv --x processors --y throughput --model usl --where "
        "\"processors<=20\"",
        "the Universal Scalability Law, with its peak"}},
      calibrate_options(),
      run_calibrate};
}

}  // namespace sizing::cli
