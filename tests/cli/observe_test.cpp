// observe in process: a clock without time, processes made by hand.
#include <algorithm>
#include <csignal>
#include <fstream>
#include <unistd.h>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "libsizing/base/csv.h"
#include "libsizing/base/text.h"
#include "tests/cli/call.h"
#include "tests/support/fake_proc.h"

namespace sizing::cli {
namespace {

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

struct Depot : FakeProc {
  Depot() {
    process(100, 1, "smbd", {"/usr/sbin/smbd"});
    memory(100, {2048, 100, 200, 4096, 50});
    descriptors(100, 2, {1, 2});
    tcp_socket("01BD", "0000", "0A", 1);
    tcp_socket("01BD", "8001", "01", 2);
    process(200, 1, "redis-server", {"redis-server"});
    status(200, {0, 0, 0, 500, 5});
  }
  Outcome observe(std::vector<std::string> args) const {
    args.insert(args.begin(), {"observe", "--root", folder.string()});
    return call(args);
  }
};

// Without the lines before the table.
Csv table_of(const std::string& text) {
  std::size_t at = 0;
  while (text[at] == '#') at = text.find('\n', at) + 1;
  return parse_csv(std::string_view(text).substr(at), "observed");
}

std::string value(const Csv& csv, std::size_t row, const std::string& column) {
  const auto at = std::find(csv.header.begin(), csv.header.end(), column);
  return at == csv.header.end() ? "no column " + column
                                : csv.rows.at(row).fields.at(static_cast<std::size_t>(at - csv.header.begin()));
}

TEST(observe, writes_a_row_a_service_and_leaves_empty_what_it_does_not_know) {
  const Depot depot;
  const Outcome outcome = depot.observe({"--state", "idle"});
  EXPECT_EQ(outcome.code, fits);
  EXPECT_EQ(outcome.err, "");
  const Csv csv = table_of(outcome.out);
  ASSERT_EQ(csv.rows.size(), 2U);
  EXPECT_EQ(value(csv, 0, "service"), "samba");
  EXPECT_EQ(value(csv, 0, "state"), "idle");
  EXPECT_EQ(value(csv, 0, "connections"), "1");
  EXPECT_EQ(value(csv, 0, "pss_kib"), "2048");
  EXPECT_EQ(value(csv, 0, "uss_kib"), "300");
  EXPECT_EQ(value(csv, 0, "mem_available_kib"), "3000000");
  EXPECT_EQ(value(csv, 1, "service"), "redis");
  EXPECT_EQ(value(csv, 1, "pss_kib"), "");
  EXPECT_EQ(value(csv, 1, "connections"), "");
  EXPECT_EQ(value(csv, 1, "rss_kib"), "500");
  EXPECT_TRUE(contains(outcome.out, "# not seen: 1 of 1 processes of redis not readable (PSS, USS)\n"));
  EXPECT_TRUE(contains(outcome.out, "# interval: 5 s\n"));
}

TEST(observe, explains_every_column_above_the_table) {
  const std::string out = Depot().observe({}).out;
  for (const std::string& column : table_of(out).header) EXPECT_TRUE(contains(out, "\n# " + column + ": ")) << column;
}

TEST(observe, says_the_same_in_every_format) {
  const Depot depot;
  const std::string text = depot.observe({"--format", "text"}).out,
                    markdown = depot.observe({"--format", "markdown"}).out;
  for (const std::string& out : {text, markdown}) {
    EXPECT_TRUE(contains(out, "samba 2 MiB at 1 connection")) << out;
    EXPECT_TRUE(contains(out, "redis with unknown memory")) << out;
  }
  const auto json = nlohmann::json::parse(depot.observe({"--format", "json"}).out);
  EXPECT_EQ(json["samples"][0]["pss_kib"], 2048);
  EXPECT_TRUE(json["samples"][1]["pss_kib"].is_null());
  EXPECT_EQ(json["samples"].size(), 2U);
}

TEST(observe, takes_the_services_that_are_named) {
  EXPECT_EQ(table_of(Depot().observe({"--service", "samba"}).out).rows.size(), 1U);
  const Outcome none = Depot().observe({"--service", "opsiconfd"});
  EXPECT_EQ(none.code, falls_short);
  EXPECT_EQ(none.out, "");
  EXPECT_EQ(none.err, "opsi-sizing: none of these runs: opsiconfd (opsiconfd)\n");
}

TEST(observe, refuses_what_it_cannot_do) {
  const std::pair<std::vector<std::string>, const char*> cases[] = {
      {{"--for", "5"}, "--for: is no duration"},
      {{"--for", "-5s"}, "--for: is no duration"},
      {{"--every", "0s"}, "--every: too short"},
      {{"--every", "1s", "--for", "1000d"}, "--for: too many samples"},
      {{"--service", "smbd"}, "--service: not allowed"},
      {{"--pid", "0"}, "--pid: is no process id"},
      {{"--pid", "1x"}, "--pid: is no process id"},
      {{"--root", "/nowhere"}, "/nowhere: cannot be read"},
      {{"--metrics", "/nowhere"}, "/nowhere: cannot be read"},
      {{"--metrics", "x", "--for", "1s"}, "--for: does not go together with --metrics"},
      {{"--format", "xml"}, "--format: not allowed"},
      {{"operand"}, "one argument too many"},
  };
  for (const auto& [args, message] : cases) {
    std::vector<std::string> line = {"observe"};
    line.insert(line.end(), args.begin(), args.end());
    const Outcome outcome = call(line);
    EXPECT_EQ(outcome.code, bad_input) << message;
    EXPECT_EQ(outcome.out, "") << message;
    EXPECT_TRUE(contains(outcome.err, message)) << outcome.err;
  }
}

// This machine, where the service is a process of the test: redis-server by its title, as a child that sleeps.
struct Sleeper {
  pid_t pid;
  Sleeper() : pid(::fork()) {
    if (pid == 0) {
      ::execl("/bin/bash", "redis-server", "-c", "sleep 30; true", nullptr);
      ::_exit(127);
    }
    ::usleep(200'000);
  }
  ~Sleeper() { ::kill(pid, SIGKILL); }
};

struct Live {
  double time = 0, end = 1e300;
  Outcome observe(std::vector<std::string> args, bool terminal) {
    args.insert(args.begin(), "observe");
    Surroundings surroundings{false, 100, "2026-01-02"};
    surroundings.terminal_err = terminal;
    surroundings.clock = [this] {
      return Clock{[this] { return time; },
                   [this](double until) {
                     time = std::min(until, end);
                     return until < end;
                   },
                   "2026-01-02T03:04:05Z"};
    };
    std::istringstream in;
    std::ostringstream out, err;
    const int code = run(args, in, out, err, surroundings);
    return {code, out.str(), err.str()};
  }
};

TEST(observe_live, streams_rows_and_sums_up_at_the_end) {
  const Sleeper sleeper;
  Live live;
  const Outcome outcome = live.observe({"--pid", std::to_string(sleeper.pid), "--for", "1m", "--every", "20s"}, false);
  EXPECT_EQ(outcome.code, fits) << outcome.err;
  const Csv csv = table_of(outcome.out);
  ASSERT_EQ(csv.rows.size(), 4U);
  EXPECT_EQ(value(csv, 3, "time_s"), "60");
  EXPECT_TRUE(contains(outcome.out, "# start: 2026-01-02T03:04:05Z\n"));
  EXPECT_TRUE(contains(outcome.err, "opsi-sizing: 4 samples in 1 min (memory by PSS): redis ")) << outcome.err;
  EXPECT_FALSE(contains(outcome.err, "\r"));
}

TEST(observe_live, ends_early_with_what_it_has) {
  const Sleeper sleeper;
  Live live;
  live.end = 30;
  const Outcome outcome = live.observe({"--pid", std::to_string(sleeper.pid), "--for", "1m", "--every", "20s"}, false);
  EXPECT_EQ(outcome.code, fits);
  EXPECT_EQ(table_of(outcome.out).rows.size(), 2U);
  EXPECT_TRUE(contains(outcome.err, "opsi-sizing: ended before its time: 2 samples in 20 s")) << outcome.err;
}

TEST(observe_live, shows_on_a_terminal_how_far_it_is_and_clears_the_line) {
  const Sleeper sleeper;
  Live live;
  const Scratch scratch;
  const Outcome outcome = live.observe({"--pid", std::to_string(sleeper.pid), "-o", scratch.path("rows.csv")}, true);
  EXPECT_EQ(outcome.code, fits);
  EXPECT_EQ(outcome.out, "");
  EXPECT_TRUE(contains(outcome.err, "\robserving, 55 s left")) << outcome.err;
  EXPECT_TRUE(contains(outcome.err, "\r\x1b[Kopsi-sizing: 13 samples in 1 min")) << outcome.err;
  EXPECT_EQ(scratch.files(), 1) << "nothing is left beside the file";
  std::ifstream file(scratch.path("rows.csv"));
  std::ostringstream text;
  text << file.rdbuf();
  EXPECT_EQ(table_of(text.str()).rows.size(), 13U);
}

TEST(observe_live, leaves_no_file_where_it_found_nothing_or_cannot_write) {
  Live live;
  const Scratch scratch;
  EXPECT_EQ(live.observe({"--pid", "999999999", "-o", scratch.path("rows.csv")}, false).code, falls_short);
  EXPECT_EQ(live.observe({"--root", "data/hosts/depot", "-o", scratch.path("no/rows.csv")}, false).code, bad_input);
  EXPECT_EQ(scratch.files(), 0);
}

}  // namespace
}  // namespace sizing::cli
