#include "libsizing/host/observation.h"

#include <unistd.h>

#include <gtest/gtest.h>

#include "libsizing/base/error.h"
#include "tests/support/fake_proc.h"
#include "tests/support/refusal.h"

namespace sizing {
namespace {

// Time passes only by waiting, and by what the test adds.
struct FakeClock {
  double time = 1000;
  double end = 1e300;  // when somebody asks to end
  Clock clock() {
    return {[this] { return time; },
            [this](double until) {
              time = std::max(time, std::min(until, end));
              return until < end;
            },
            "2026-01-02T03:04:05Z"};
  }
};

ObservationRequest of_this_process(double duration, double interval) {
  // This machine has whatever it has: the test itself plays a service.
  static const Service self{"self", "sizing_tests"};
  ObservationRequest request;
  request.wanted.services = {&self};
  request.wanted.pids = {static_cast<int>(::getpid())};
  request.duration = duration;
  request.interval = interval;
  return request;
}

const auto go_on = [](const Observation&) { return true; };

std::vector<double> times_of(const Observation& observation) {
  std::vector<double> times;
  for (const TimedSample& sample : observation.samples) times.push_back(sample.time);
  return times;
}

TEST(observation, samples_at_both_ends_and_between) {
  FakeClock clock;
  const auto observation = observe(Root{}, of_this_process(10, 5), clock.clock(), go_on);
  EXPECT_EQ(times_of(observation), (std::vector<double>{0, 5, 10}));
  EXPECT_FALSE(observation.interrupted);
  EXPECT_EQ(observation.start, "2026-01-02T03:04:05Z");
  EXPECT_TRUE(observation.found_any());
  EXPECT_EQ(times_of(observe(Root{}, of_this_process(0, 5), clock.clock(), go_on)), std::vector<double>{0});
  EXPECT_EQ(times_of(observe(Root{}, of_this_process(0.3, 0.1), clock.clock(), go_on)),
            (std::vector<double>{0, 0.1, 0.2, 0.3}));
}

TEST(observation, keeps_what_it_has_when_it_is_ended) {
  FakeClock clock;
  clock.end = 1012;
  const auto observation = observe(Root{}, of_this_process(60, 5), clock.clock(), go_on);
  EXPECT_EQ(times_of(observation), (std::vector<double>{0, 5, 10}));
  EXPECT_TRUE(observation.interrupted);
}

TEST(observation, makes_up_no_samples_for_time_that_was_slept_away) {
  FakeClock clock;
  const auto observation = observe(Root{}, of_this_process(60, 5), clock.clock(), [&](const Observation& o) {
    if (o.samples.size() == 2) clock.time += 31;  // at 5 s; the machine sleeps until 36 s
    return true;
  });
  EXPECT_EQ(times_of(observation), (std::vector<double>{0, 5, 40, 45, 50, 55, 60}));
}

TEST(observation, ends_where_its_rows_are_not_wanted) {
  FakeClock clock;
  int told = 0;
  const auto observation = observe(Root{}, of_this_process(60, 5), clock.clock(), [&](const Observation& o) {
    EXPECT_EQ(o.samples.size(), static_cast<std::size_t>(++told));
    return told < 3;
  });
  EXPECT_EQ(told, 3);
  EXPECT_EQ(observation.samples.size(), 3U);
}

TEST(observation, ends_at_once_where_nothing_runs) {
  FakeClock clock;
  ObservationRequest request = of_this_process(60, 5);
  request.wanted.pids = {1 << 30};
  const auto observation = observe(Root{}, request, clock.clock(), [](const Observation&) {
    ADD_FAILURE() << "told of nothing";
    return true;
  });
  EXPECT_FALSE(observation.found_any());
  EXPECT_EQ(clock.time, 1000);
}

TEST(observation, looks_at_a_copied_tree_once) {
  const FakeProc proc;
  proc.process(100, 1, "smbd", {"smbd"});
  proc.write("proc/sys/kernel/hostname", "depot\n");
  proc.write("proc/sys/kernel/osrelease", "6.1.0\n");
  proc.write("etc/os-release", "ID=debian\nPRETTY_NAME=\"Debian 12\"\n");
  proc.write("var/lib/dpkg/status",
             "Package: samba-common\nStatus: install ok installed\nVersion: 1\n\n"
             "Package: samba\nStatus: install ok installed\nVersion: 2:4.17\nDescription: x\n\n"
             "Package: redis-server\nStatus: deinstall ok config-files\nVersion: 7\n");
  FakeClock clock;
  ObservationRequest request;
  request.wanted.services = {&find_service("samba"), &find_service("redis")};
  const auto observation = observe(proc.root(), request, clock.clock(), go_on);
  EXPECT_EQ(times_of(observation), std::vector<double>{0});
  EXPECT_EQ(observation.machine.host, "depot");
  EXPECT_EQ(observation.machine.kernel, "6.1.0");
  EXPECT_EQ(observation.machine.distribution, "Debian 12");
  EXPECT_EQ(observation.machine.versions, (std::map<std::string, std::string>{{"samba", "samba 2:4.17"}}));
  EXPECT_EQ(observation.start, "") << "when it was copied is not known";
  EXPECT_EQ(observation.unread.size(), 2U);
}

TEST(observation, refuses_times_that_are_none) {
  FakeClock clock;
  const auto refused = [&](double duration, double interval) {
    return refusal([&] { (void)observe(Root{}, of_this_process(duration, interval), clock.clock(), go_on); })
        .place()
        .key;
  };
  EXPECT_EQ(refused(60, 0), "every");
  EXPECT_EQ(refused(60, 0.01), "every");
  EXPECT_EQ(refused(1e9, 1), "for");
  EXPECT_EQ(refused(-1, 1), "for");
}

}  // namespace
}  // namespace sizing
