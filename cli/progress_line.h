// One line on the terminal that is written over while something lasts, and gone at the end.
#pragma once

#include <cstddef>
#include <functional>
#include <ostream>
#include <string>

namespace sizing::cli {

class ProgressLine {
 public:
  ProgressLine(std::ostream& err, bool shown, std::size_t width) : err_(err), shown_(shown), width_(width) {}
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;
  ~ProgressLine() {
    if (shown_) err_ << "\r\x1b[K" << std::flush;
  }

  /// The text is asked for only where it is shown; what is too long for the terminal is cut.
  void show(const std::function<std::string()>& text) {
    if (!shown_) return;
    std::string line = text();
    if (line.size() >= width_) line.resize(width_ - 1);
    err_ << '\r' << line << "\x1b[K" << std::flush;
  }

 private:
  std::ostream& err_;
  bool shown_;
  std::size_t width_;
};

}  // namespace sizing::cli
