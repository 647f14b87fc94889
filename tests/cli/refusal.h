// How a call with bad input must end: exit code 2, one line of message, nothing on standard output, nothing written.
#pragma once

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "libsizing/base/text.h"
#include "tests/cli/call.h"
#include "tests/support/scratch.h"

namespace sizing::cli {

inline bool has_control_characters(const std::string& line) {
  for (std::size_t i = 0; i < line.size(); ++i) {
    const auto byte = static_cast<unsigned char>(line[i]);
    const bool c1 = byte == 0xC2 && i + 1 < line.size() && static_cast<unsigned char>(line[i + 1]) < 0xA0;
    if (byte < 0x20 || byte == 0x7F || c1) return true;
  }
  return false;
}

inline void expect_refused(const std::vector<std::string>& args, const std::string& standard_input,
                           const std::vector<std::string>& fragments) {
  SCOPED_TRACE("opsi-sizing " + printable(join(args, " ")).substr(0, 200));
  const Outcome outcome = call(args, standard_input);
  EXPECT_EQ(outcome.code, bad_input);
  EXPECT_EQ(outcome.out.substr(0, 200), "");
  EXPECT_TRUE(outcome.err.starts_with("opsi-sizing: ")) << outcome.err;
  EXPECT_LT(outcome.err.size(), 6000U);
  const std::string line = outcome.err.substr(0, outcome.err.find('\n'));
  EXPECT_EQ(outcome.err, line + "\n") << "more than one line";
  EXPECT_FALSE(has_control_characters(line)) << line;
  for (const std::string& fragment : fragments)
    EXPECT_NE(outcome.err.find(fragment), std::string::npos) << "'" << fragment << "' is not in " << outcome.err;
}

/// The same, and with --output no file appears, and one that is there stays.
inline void expect_refused_and_nothing_written(std::vector<std::string> args, const std::string& standard_input,
                                               const std::vector<std::string>& fragments) {
  const Scratch scratch;
  const std::string fresh = scratch.path("new"), old = scratch.path("old");
  std::ofstream(old) << "as it was";
  args.insert(args.end(), {"--output", fresh});
  expect_refused(args, standard_input, fragments);
  args.back() = old;
  expect_refused(args, standard_input, fragments);
  std::ostringstream now;
  now << std::ifstream(old).rdbuf();
  EXPECT_EQ(now.str().substr(0, 200), "as it was");
  EXPECT_EQ(scratch.files(), 1);
}

}  // namespace sizing::cli
