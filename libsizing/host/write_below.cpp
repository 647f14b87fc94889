#include "libsizing/host/write_below.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

#include "libsizing/base/descriptor.h"
#include "libsizing/base/error.h"
#include "libsizing/base/file.h"
#include "libsizing/base/text.h"

namespace sizing {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const std::string& path, int code) {
  throw InputError({path, 0, 0, ""}, std::string("cannot be written: ") + std::strerror(code));
}

bool same_folder(const fs::path& a, const char* b) {
  struct stat first {
  }, second{};
  return ::stat(a.c_str(), &first) == 0 && ::stat(b, &second) == 0 && first.st_dev == second.st_dev &&
         first.st_ino == second.st_ino;
}

// By what a path leads to and not by its name: a link or a second mount of /etc is /etc.
fs::path checked_folder(const std::string& folder) {
  std::error_code code;
  const fs::path real = fs::weakly_canonical(fs::absolute(folder, code), code);
  if (folder.empty() || code) throw InputError({folder, 0, 0, ""}, "is no folder to write below");
  bool live = same_folder(real, "/") || same_folder(real / "etc", "/etc");
  for (fs::path above = real; above != above.root_path(); above = above.parent_path())
    live = live || same_folder(above, "/etc");
  if (live)
    throw InputError({folder, 0, 0, ""}, "leads to this machine's own /etc, where nothing is written", "",
                     "a folder of its own; the files are copied from there");
  return real;
}

// A file on its way: beside its target until all are ready.
struct Staged {
  std::string path, name, fresh, old;
  Descriptor folder;
  bool exists = false, put = false;
};

class Writer {
 public:
  Writer(fs::path base, bool over) : base_(std::move(base)), over_(over) {}
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;
  ~Writer() {
    if (!done_) undo();
  }

  void open() {
    if (::mkdir(base_.c_str(), 0755) == 0)
      made_.push_back(base_);
    else if (errno != EEXIST)
      fail(base_.string(), errno);
    root_ = Descriptor(::open(base_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (root_.fd < 0) fail(base_.string(), errno);
  }

  void stage(const FileChange& change) {
    const std::string content = after(change), full = base_.string() + change.path;
    Staged staged{change.path, "", "", "", folder_for(change.path), false, false};
    staged.name = change.path.substr(change.path.rfind('/') + 1);
    if (!to_be_written(staged, content, full)) return;
    const std::string process = std::to_string(::getpid());
    staged.fresh = "." + staged.name + ".new-" + process;
    staged.old = "." + staged.name + ".old-" + process;
    const int flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
    const Descriptor out(::openat(staged.folder.fd, staged.fresh.c_str(), flags, 0600));
    if (out.fd < 0) fail(full, errno);
    staged_.push_back(std::move(staged));
    if (!write_all(out.fd, content) || ::fchmod(out.fd, change.mode) != 0 || ::fsync(out.fd) != 0) fail(full, errno);
  }

  std::vector<std::string> commit() {
    std::vector<std::string> written;
    for (Staged& file : staged_) {
      put(file);
      written.push_back(file.path);
    }
    done_ = true;
    for (const Staged& file : staged_)
      if (file.exists) ::unlinkat(file.folder.fd, file.old.c_str(), 0);
    return written;
  }

 private:
  // The folder of a path, each part opened without following a link.
  Descriptor folder_for(const std::string& path) {
    Descriptor at(::dup(root_.fd));
    fs::path here = base_;
    const auto parts = split(path.substr(1), '/');
    for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
      here /= parts[i];
      if (parts[i].empty() || parts[i] == "." || parts[i] == "..") fail(here.string(), EINVAL);
      if (::mkdirat(at.fd, parts[i].c_str(), 0755) == 0) made_.push_back(here);
      at = Descriptor(::openat(at.fd, parts[i].c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
      if (at.fd < 0 && (errno == ELOOP || errno == ENOTDIR))
        throw InputError({here.string(), 0, 0, ""}, "is a link or no folder; it is not followed");
      if (at.fd < 0) fail(here.string(), errno);
    }
    return at;
  }

  bool to_be_written(Staged& file, const std::string& content, const std::string& full) const {
    struct stat status {};
    if (::fstatat(file.folder.fd, file.name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) return true;
    if (!S_ISREG(status.st_mode)) throw InputError({full, 0, 0, ""}, "is a link or no file; it is not written over");
    file.exists = true;
    if (static_cast<std::size_t>(status.st_size) == content.size() && read_file(full, content.size()) == content)
      return false;
    if (!over_) throw InputError({full, 0, 0, ""}, "exists already with another content", "", "--force writes over it");
    return true;
  }

  static void put(Staged& file) {
    const int at = file.folder.fd;
    if (file.exists && ::renameat(at, file.name.c_str(), at, file.old.c_str()) != 0) fail(file.path, errno);
    file.put = true;  // from here on there is something to undo
    // A link, not a rename: it fails where somebody else made a file of this name meanwhile.
    if (::linkat(at, file.fresh.c_str(), at, file.name.c_str(), 0) != 0) {
      const int code = errno;
      if (!file.exists) file.put = false;
      fail(file.path, code);
    }
    ::unlinkat(at, file.fresh.c_str(), 0);
    ::fsync(at);
  }

  void undo() {
    for (const Staged& file : staged_) {
      const int at = file.folder.fd;
      ::unlinkat(at, file.fresh.c_str(), 0);
      if (!file.put) continue;
      if (file.exists)
        ::renameat(at, file.old.c_str(), at, file.name.c_str());
      else
        ::unlinkat(at, file.name.c_str(), 0);
    }
    for (auto folder = made_.rbegin(); folder != made_.rend(); ++folder) ::rmdir(folder->c_str());
  }

  fs::path base_;
  bool over_ = false, done_ = false;
  Descriptor root_{-1};
  std::vector<Staged> staged_;
  std::vector<fs::path> made_;
};

}  // namespace

std::vector<std::string> write_below(const std::string& folder, const std::vector<FileChange>& changes, bool over) {
  Writer writer(checked_folder(folder), over);
  writer.open();
  for (const FileChange& change : changes) writer.stage(change);
  return writer.commit();
}

}  // namespace sizing
