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

}  // namespace sizing
