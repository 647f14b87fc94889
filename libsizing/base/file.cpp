#include "libsizing/base/file.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <poll.h>
#include <streambuf>
#include <sys/stat.h>
#include <unistd.h>

#include "libsizing/base/descriptor.h"
#include "libsizing/base/error.h"

namespace sizing {
namespace {

[[noreturn]] void fail(const std::string& path, const char* what, int code) {
  throw InputError({path, 0, 0, ""}, std::string(what) + ": " + std::strerror(code));
}

// The first byte of a pipe, if any is there yet. A named pipe without a writer would read as empty: its writer gets a
// moment to come, and else it is refused.
std::string first_of_pipe(int fd, const std::string& path) {
  constexpr int patience = 200;  // ms
  pollfd ready{fd, POLLIN, 0};
  const bool waited_in_vain = ::poll(&ready, 1, patience) == 0;
  char byte = 0;
  const ssize_t got = ::read(fd, &byte, 1);  // not blocking; where there is a writer without data it says EAGAIN
  if (got == 0 && waited_in_vain) throw InputError({path, 0, 0, ""}, "cannot be read: nobody writes to this pipe");
  return got == 1 ? std::string(1, byte) : std::string();
}

// A file, pipe or device that is read in parts.
class FileBuffer : public std::streambuf {
 public:
  FileBuffer(const std::string& path, std::size_t most)
      // Without O_NONBLOCK the opening of a pipe that nobody writes to would hang.
      : path_(path), most_(most), in_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {
    if (in_.fd < 0) fail(path, "cannot be read", errno);
    struct stat status {};
    if (::fstat(in_.fd, &status) != 0) fail(path, "cannot be read", errno);
    if (S_ISDIR(status.st_mode)) fail(path, "cannot be read", EISDIR);
    if (S_ISREG(status.st_mode) && static_cast<std::size_t>(status.st_size) > most) refuse();
    if (S_ISFIFO(status.st_mode)) offer(first_of_pipe(in_.fd, path).copy(part_, 1));
    ::fcntl(in_.fd, F_SETFL, ::fcntl(in_.fd, F_GETFL) & ~O_NONBLOCK);
  }

 protected:
  int_type underflow() override {
    ssize_t got = 0;
    do got = ::read(in_.fd, part_, sizeof part_);
    while (got < 0 && errno == EINTR);
    if (got < 0) fail(path_, "cannot be read", errno);
    if (got == 0) return traits_type::eof();
    offer(static_cast<std::size_t>(got));
    return traits_type::to_int_type(part_[0]);
  }

 private:
  [[noreturn]] void refuse() const {
    throw InputError({path_, 0, 0, ""}, "too large", "", "at most " + std::to_string(most_ >> 20) + " MiB");
  }
  void offer(std::size_t bytes) {
    read_ += bytes;
    if (read_ > most_) refuse();
    setg(part_, part_, part_ + bytes);
  }

  std::string path_;
  std::size_t most_, read_ = 0;
  Descriptor in_;
  char part_[1 << 16];
};

class FileStream : public std::istream {
 public:
  FileStream(const std::string& path, std::size_t most) : std::istream(nullptr), file_(path, most) { rdbuf(&file_); }

 private:
  FileBuffer file_;
};

}  // namespace

bool write_all(int fd, std::string_view content) {
  while (!content.empty()) {
    const ssize_t written = ::write(fd, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

std::string read_file(const std::string& path, std::size_t most) {
  FileBuffer file(path, most);
  std::string content;
  char part[1 << 16];
  while (const std::streamsize got = file.sgetn(part, sizeof part)) content.append(part, static_cast<std::size_t>(got));
  return content;
}

std::unique_ptr<std::istream> open_file(const std::string& path, std::size_t most) {
  return std::make_unique<FileStream>(path, most);
}

void write_file(const std::string& path, std::string_view content) {
  GrowingFile file(path);
  file.add(content);
  file.finish();
}

GrowingFile::GrowingFile(const std::string& path) : path_(path) {
  struct stat status {};
  const bool exists = ::stat(path.c_str(), &status) == 0;
  if (exists && S_ISDIR(status.st_mode)) fail(path, "cannot be written", EISDIR);
  if (exists && !S_ISREG(status.st_mode)) {
    fd_ = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
    if (fd_ < 0) fail(path, "cannot be written", errno);
    return;
  }

  // A link stays a link: what it points to is replaced.
  std::error_code code, absent;
  std::filesystem::path target = exists ? std::filesystem::canonical(path, code) : std::filesystem::path(path);
  if (!exists && std::filesystem::is_symlink(target, absent))
    target = target.parent_path() / std::filesystem::read_symlink(target, code);
  if (code) fail(path, "cannot be written", code.value());
  target_ = target.string();
  const std::string beside = target_ + ".new-" + std::to_string(::getpid());
  fd_ = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (fd_ < 0) fail(path, "cannot be written", errno);
  beside_ = beside;
  if (exists && ::fchmod(fd_, status.st_mode & 07777) != 0) give_up();
}

GrowingFile::~GrowingFile() {
  if (fd_ >= 0) ::close(fd_);
  if (!beside_.empty()) ::unlink(beside_.c_str());
}

void GrowingFile::add(std::string_view content) {
  if (!write_all(fd_, content)) give_up();
}

void GrowingFile::finish() {
  if (beside_.empty()) return;
  if (::fsync(fd_) != 0 || ::rename(beside_.c_str(), target_.c_str()) != 0) give_up();
  beside_.clear();
}

// In a constructor no destructor follows, so what is there is removed here.
void GrowingFile::give_up() {
  const int error = errno;
  if (!beside_.empty()) ::unlink(beside_.c_str());
  beside_.clear();
  ::close(fd_);
  fd_ = -1;
  fail(path_, "cannot be written", error);
}

}  // namespace sizing
