// Long work that Ctrl-C ends.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>

#include <pybind11/pybind11.h>

namespace sizing::python {

/// Runs `work` beside the interpreter, which looks for Ctrl-C meanwhile: then `work` is told to stop and
/// KeyboardInterrupt is raised.
void run_interruptibly(const auto& work) {
  namespace py = pybind11;
  std::atomic<bool> stop = false;
  std::exception_ptr thrown;
  std::mutex mutex;
  std::condition_variable ended;
  bool done = false;
  std::jthread worker([&] {
    try {
      work(stop);
    } catch (...) {
      thrown = std::current_exception();
    }
    const std::lock_guard lock(mutex);
    done = true;
    ended.notify_one();
  });
  const auto waited = [&] {
    const py::gil_scoped_release others_may_run;
    std::unique_lock lock(mutex);
    return ended.wait_for(lock, std::chrono::milliseconds(50), [&] { return done; });
  };
  while (!waited()) {
    if (PyErr_CheckSignals() == 0) continue;
    stop = true;
    const py::gil_scoped_release others_may_run;
    worker.join();
    break;
  }
  if (PyErr_Occurred()) throw py::error_already_set();
  worker.join();
  if (thrown) std::rethrow_exception(thrown);
}

}  // namespace sizing::python
