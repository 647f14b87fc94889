// Reading and writing whole files, safely.
#pragma once

#include <istream>
#include <memory>
#include <string>
#include <string_view>

namespace sizing {

/// The content of `path`, a file, pipe or device; "-" is not special here. Throws InputError with the path: not there,
/// no right, a folder, or more than `most` bytes (found out without reading the rest).
std::string read_file(const std::string& path, std::size_t most);

/// The same, as a stream to read in parts. What is found out later, more than `most` bytes or a fault of the disk, is
/// an InputError from the stream's buffer: read by rdbuf(), since a stream itself swallows it.
std::unique_ptr<std::istream> open_file(const std::string& path, std::size_t most);

/// Writes `content` beside `path` and renames it into place, so that a reader sees the old file or the whole new one.
/// An existing file keeps its permissions; a device or pipe is written straight. Throws InputError, leaving nothing
/// behind.
void write_file(const std::string& path, std::string_view content);

/// Writes all of `content` to an open file; false where that fails, with errno.
bool write_all(int fd, std::string_view content);
/// A file that is written bit by bit: beside `path` until it is finished, then renamed into its place as by write_file.
/// One that is not finished leaves nothing behind. Every call throws InputError where it cannot write.
class GrowingFile {
 public:
  explicit GrowingFile(const std::string& path);
  GrowingFile(const GrowingFile&) = delete;
  GrowingFile& operator=(const GrowingFile&) = delete;
  ~GrowingFile();

  void add(std::string_view content);
  void finish();

 private:
  [[noreturn]] void give_up();

  std::string path_, target_, beside_;  // beside_ is "" of a device or pipe, and when finished
  int fd_ = -1;
};

}  // namespace sizing
