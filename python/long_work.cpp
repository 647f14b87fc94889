#include "python/long_work.h"

#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>

#include <pybind11/pybind11.h>

namespace py = pybind11;

namespace sizing::python {
namespace {

using Clock = std::chrono::steady_clock;

// The work in a thread of its own.
class Worker {
 public:
  Worker(const std::function<void(Watch&)>& work, Watch& watch)
      : thread_([this, &work, &watch] { run(work, watch); }) {}

  // False after a while in which it has not ended.
  bool wait() {
    const py::gil_scoped_release others_may_run;
    std::unique_lock lock(mutex_);
    return ended_.wait_for(lock, std::chrono::milliseconds(50), [this] { return done_; });
  }
  // What the work threw.
  std::exception_ptr join() {
    const py::gil_scoped_release others_may_run;
    thread_.join();
    return thrown_;
  }

 private:
  void run(const std::function<void(Watch&)>& work, Watch& watch) {
    try {
      work(watch);
    } catch (...) {
      thrown_ = std::current_exception();
    }
    const std::lock_guard lock(mutex_);
    done_ = true;
    ended_.notify_one();
  }

  std::exception_ptr thrown_;
  std::mutex mutex_;
  std::condition_variable ended_;
  bool done_ = false;
  std::jthread thread_;  // the last to begin
};

// A line on sys.stderr that is written over. What fails there does not end the work; Ctrl-C while it is written does.
class ProgressLine {
 public:
  explicit ProgressLine(const ProgressText& text) : text_(text) {}
  void show(double done) {
    if (!text_) return;
    constexpr std::chrono::milliseconds patience{1000}, apart{200};
    const auto now = Clock::now();
    if (now - began_ < patience || now - last_ < apart) return;
    last_ = now;
    shown_ = write("\r" + text_(done) + "\x1b[K") || shown_;
  }
  void clear() const {
    if (shown_) write("\r\x1b[K");
  }

 private:
  static bool write(const std::string& line) {
    try {
      const py::object error = py::module_::import("sys").attr("stderr");
      if (error.is_none() || !error.attr("isatty")().cast<bool>()) return false;
      error.attr("write")(line);
      error.attr("flush")();
      return true;
    } catch (const py::error_already_set& failed) {
      if (!failed.matches(PyExc_Exception)) throw;
      return false;
    }
  }
  const ProgressText& text_;
  Clock::time_point began_ = Clock::now(), last_{};
  bool shown_ = false;
};

}  // namespace

bool run_long(const std::function<void(Watch&)>& work, const ProgressText& progress) {
  Watch watch;
  Worker worker(work, watch);
  ProgressLine line(progress);
  std::optional<py::error_already_set> raised;
  const auto attempt = [&raised](const auto& act) {
    try {
      act();
    } catch (const py::error_already_set& error) {
      raised.emplace(error);
    }
  };
  while (!raised && !worker.wait())
    attempt([&] {
      line.show(static_cast<double>(watch.done));
      if (PyErr_CheckSignals() != 0) throw py::error_already_set();
    });
  watch.stop = raised.has_value();
  attempt([&] { line.clear(); });
  const std::exception_ptr thrown = worker.join();
  if (raised && (thrown || !raised->matches(PyExc_KeyboardInterrupt))) throw py::error_already_set(*raised);
  if (thrown) std::rethrow_exception(thrown);
  return raised.has_value();
}

void warn_of_early_end(const std::string& kept, int level) {
  if (PyErr_WarnEx(PyExc_RuntimeWarning, ("ended by Ctrl-C: " + kept).c_str(), level) != 0)
    throw py::error_already_set();
}

}  // namespace sizing::python
