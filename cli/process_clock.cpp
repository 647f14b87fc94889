#include "cli/process_clock.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <csignal>
#include <ctime>
#include <memory>
#include <poll.h>

namespace sizing::cli {
namespace {

volatile std::sig_atomic_t asked_to_end = 0;

void ask_to_end(int) { asked_to_end = 1; }

constexpr std::array<int, 3> endings = {SIGINT, SIGTERM, SIGHUP};

// Takes the signals over, and gives them back. Those that are ignored, as under nohup, stay ignored.
class Signals {
 public:
  Signals() {
    asked_to_end = 0;
    struct sigaction action {};
    action.sa_handler = ask_to_end;
    action.sa_flags = static_cast<int>(SA_RESETHAND);
    for (std::size_t s = 0; s < endings.size(); ++s) {
      sigaction(endings[s], nullptr, &before_[s]);
      if (before_[s].sa_handler != SIG_IGN) sigaction(endings[s], &action, nullptr);
    }
  }
  Signals(const Signals&) = delete;
  Signals& operator=(const Signals&) = delete;
  ~Signals() {
    for (std::size_t s = 0; s < endings.size(); ++s) sigaction(endings[s], &before_[s], nullptr);
  }

 private:
  std::array<struct sigaction, endings.size()> before_{};
};

double steady_now() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

// The signals come only while it sleeps: between a look at the flag and the sleep none is lost.
bool wait_until(double until) {
  sigset_t held, before;
  sigemptyset(&held);
  for (const int signal : endings) sigaddset(&held, signal);
  sigprocmask(SIG_BLOCK, &held, &before);
  for (double left = until - steady_now(); !asked_to_end && left > 0; left = until - steady_now()) {
    constexpr double longest = 3600;  // s
    const double part = std::min(left, longest), whole = std::floor(part);
    const timespec time{static_cast<time_t>(whole), static_cast<long>((part - whole) * 1e9)};
    ppoll(nullptr, 0, &time, &before);
  }
  sigprocmask(SIG_SETMASK, &before, nullptr);
  return !asked_to_end;
}

std::string date_time() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  gmtime_r(&now, &parts);
  char text[32] = "";
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
  return text;
}

}  // namespace

Clock process_clock() {
  const auto signals = std::make_shared<Signals>();
  return {steady_now, [signals](double until) { return wait_until(until); }, date_time()};
}

}  // namespace sizing::cli
