// What the processes of a server's services really use, over a time.
#include <algorithm>
#include <memory>
#include <ostream>

#include "cli/command.h"
#include "cli/progress_line.h"
#include "libsizing/base/duration.h"
#include "libsizing/base/error.h"
#include "libsizing/base/file.h"
#include "libsizing/base/number.h"
#include "libsizing/base/text.h"
#include "libsizing/host/observation.h"
#include "libsizing/report/metrics.h"
#include "libsizing/report/observation.h"

namespace sizing::cli {
namespace {

std::vector<int> pids_of(const Invocation& call) {
  std::vector<int> pids;
  for (const std::string& text : call.all("pid")) {
    const bool digits = !text.empty() && text.size() < 10 && text.find_first_not_of("0123456789") == std::string::npos;
    if (!digits || std::stoi(text) == 0)
      throw InputError({"", 0, 0, "--pid"}, "is no process id", text, "a whole number from 1");
    pids.push_back(std::stoi(text));
  }
  return pids;
}

std::vector<const Service*> services_of(const Invocation& call) {
  std::vector<const Service*> wanted;
  const auto names = call.all("service");
  for (const Service& service : services())
    if (names.empty() || std::find(names.begin(), names.end(), service.name) != names.end()) wanted.push_back(&service);
  return wanted;
}

ObservationRequest request_of(const Invocation& call) {
  ObservationRequest request;
  request.wanted = {services_of(call), pids_of(call)};
  request.duration = duration_of(call, "for", request.duration);
  request.interval = duration_of(call, "every", request.interval);
  request.state = printable(call.value("state"));
  return request;
}

std::string so_far_text(const Observation& observation) {
  const double left = observation.request.duration - observation.samples.back().time;
  return "observing, " + duration_text(std::max(0.0, left)) +
         " left (Ctrl-C ends it and keeps what there is): " + last_sample_text(observation);
}

// Where the rows go as they come. A file is there only when it is whole.
class Series {
 public:
  explicit Series(Invocation& call) : call_(call) {}

  void add(const Observation& observation) {
    const std::string head = observation.samples.size() == 1 ? series_head(observation, call_.stamp) : "";
    write(head + series_rows(observation, observation.samples.back()));
  }
  void finish() {
    if (file_) file_->finish();
  }

 private:
  void write(const std::string& text) {
    if (!file_ && to_file(call_)) file_ = std::make_unique<GrowingFile>(call_.value("output"));
    if (file_) return file_->add(text);
    call_.out << text;
    call_.out.flush();
    if (!call_.out) throw InputError({"standard output", 0, 0, ""}, "cannot be written");
  }

  Invocation& call_;
  std::unique_ptr<GrowingFile> file_;
};

Clock clock_of(const Invocation& call) {
  if (call.surroundings.clock) return call.surroundings.clock();
  return {[] { return 0.0; }, [](double) { return false; }, ""};
}

// Mounted with hidepid, /proc does not even show that another user's process is there.
bool hides_processes(const Root& root) { return root.live() && !read_text(root, "/proc/1/stat").ok(); }

int nothing_found(Invocation& call, const Root& root, const ObservationRequest& request) {
  std::vector<std::string> names;
  for (const Service* service : request.wanted.services)
    names.push_back(std::string(service->name) + " (" + std::string(service->programs) + ")");
  call.err << "opsi-sizing: none of these runs" << (request.wanted.pids.empty() ? "" : " among the processes of --pid")
           << ": " << join(names, ", ")
           << (hides_processes(root) ? "; processes of others are hidden here: run as root" : "") << '\n';
  return falls_short;
}

int run_samples(Invocation& call) {
  const Root root = open_root(call.value("root", "/"));
  const ObservationRequest request = request_of(call);
  const bool streams = call.value("format", "csv") == "csv", file = to_file(call);
  const Clock clock = clock_of(call);
  Series series(call);
  Observation observation;
  {
    const bool shown = call.surroundings.terminal_err && (file || !streams || !call.surroundings.terminal_out);
    ProgressLine progress(call.err, shown && root.live(), call.surroundings.width);
    observation = observe(root, request, clock, [&](const Observation& so_far) {
      if (streams) series.add(so_far);
      progress.show([&] { return so_far_text(so_far); });
      return true;
    });
  }
  if (!observation.found_any()) return nothing_found(call, root, request);
  if (streams)
    series.finish();
  else
    write_report(call, report(observation, call.stamp));
  if (streams && root.live()) {
    call.err << "opsi-sizing: " << (observation.interrupted ? "ended before its time: " : "")
             << summary_sentence(observation) << '\n';
    for (const std::string& text : observation.unread) call.err << "opsi-sizing: not seen: " << text << '\n';
  }
  return fits;
}

int run_metrics(Invocation& call) {
  const std::string file = call.value("metrics");
  const Metrics metrics = read_metrics(read_file(file, most_metrics), file);
  const Report table = report(metrics, file, call.stamp);
  if (!call.has("format"))
    write_text(call, table.csv());
  else
    write_report(call, table);
  return fits;
}

int run_observe(Invocation& call) {
  for (const char* other : {"for", "every", "service", "state", "root", "pid"})
    if (call.has("metrics") && call.has(other))
      throw InputError({"", 0, 0, std::string("--") + other}, "does not go together with --metrics");
  return call.has("metrics") ? run_metrics(call) : run_samples(call);
}

std::vector<std::string> service_names() {
  std::vector<std::string> names;
  for (const Service& service : services()) names.emplace_back(service.name);
  return names;
}

}  // namespace

Command observe_command() {
  OptionGroup what{
      "Observation",
      {{"for", "DURATION", "how long, such as 30s, 10m or 1h; default: 60s", false, {}},
       {"every", "DURATION", "time between two samples; default: 5s", false, {}},
       {"service", "NAME", "only this service; default: all that run", true, service_names()},
       {"pid", "PID", "only this process and what it started, such as one of two Redis servers", true, {}},
       {"state", "WORD", "what goes on meanwhile, such as idle: a column of the rows", false, {}},
       {"root", "DIR", "a copied tree with proc/ instead of this machine; it is looked at once", false, {}},
       {"metrics", "FILE", "instead: the table of metrics that opsiconfd exported as JSON", false, {}}}};
  OptionGroup output{
      "Output",
      {{"format",
        "FORMAT",
        "csv (default): a row a sample and service; json: the same; text and markdown: least, median, most",
        false,
        {"text", "json", "csv", "markdown"}},
       {"output", "FILE", "write there instead of to standard output, whole or not at all (-o)", false, {}}}};
  return {
      "observe",
      "What the services of a running server really use: memory, connections, over a time",
      "",
      0,
      "Reads /proc alone: nothing is started, changed or connected to. Memory is the proportional set size (PSS), in "
      "which a\npage that several processes share counts once. To see it of other users' processes takes root; what "
      "could not be seen\nis an empty cell, and said.\n\n"
      "Rows are written as they come, those of a file when it is whole. Ctrl-C ends it and keeps what there is: exit "
      "code 0.\nWhere none of the services runs the exit code is 1. On a server:\n\n"
      "  opsi-sizing observe --for 1h --every 30s --state morning -o morning.csv\n\n"
      "--metrics takes what opsiconfd's /metrics/grafana/query answers: a row for each time and worker, a column "
      "for each\nmetric. The exported sums are per second.",
      {{"observe --root data/hosts/depot", "one look at a copied tree, as CSV"},
       {"observe --root data/hosts/depot --service samba --format text", "Samba alone, for people"},
       {"observe --metrics data/hosts/opsiconfd_metrics.json", "connections and memory of the workers"}},
      {what, output},
      run_observe};
}

}  // namespace sizing::cli
