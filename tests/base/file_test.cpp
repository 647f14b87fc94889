#include "libsizing/base/file.h"

#include <csignal>
#include <fcntl.h>
#include <fstream>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/support/refusal.h"
#include "tests/support/scratch.h"

namespace sizing {
namespace {

namespace fs = std::filesystem;

void put(const std::string& path, const std::string& content) { std::ofstream(path, std::ios::binary) << content; }

std::string content_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST(read_file, gives_every_byte) {
  const Scratch scratch;
  const std::string bytes("a\0\r\n\xFF", 5), path = scratch.path("bytes");
  put(path, bytes);
  EXPECT_EQ(read_file(path, 100), bytes);
  put(path, "");
  EXPECT_EQ(read_file(path, 100), "");
}

TEST(read_file, stops_at_its_limit) {
  const Scratch scratch;
  const std::string path = scratch.path("long");
  put(path, std::string(100, 'x'));
  EXPECT_EQ(read_file(path, 100).size(), 100U);
  const InputError error = refusal([&] { read_file(path, 99); });
  EXPECT_EQ(error.problem(), "too large");
  EXPECT_EQ(error.place().file, path);
}

TEST(read_file, refuses_a_gigabyte_without_reading_it) {
  const Scratch scratch;
  const std::string path = scratch.path("huge");
  put(path, "");
  fs::resize_file(path, std::uintmax_t{1} << 30);
  EXPECT_EQ(refusal([&] { read_file(path, 1 << 20); }).problem(), "too large");
  EXPECT_EQ(refusal([] { read_file("/dev/zero", 1 << 20); }).problem(), "too large");
}

TEST(open_file, gives_the_same_in_parts_and_stops_at_its_limit) {
  const Scratch scratch;
  const std::string path = scratch.path("parts"), bytes = std::string(200'000, 'x') + std::string("\0\xFF\n", 3);
  put(path, bytes);
  const auto in = open_file(path, bytes.size());
  std::string got, part(999, ' ');
  while (const std::streamsize n = in->rdbuf()->sgetn(part.data(), 999))
    got.append(part, 0, static_cast<std::size_t>(n));
  EXPECT_EQ(got, bytes);
  EXPECT_EQ(refusal([&] { open_file(path, bytes.size() - 1); }).problem(), "too large");
  const auto endless = open_file("/dev/zero", 100'000);
  EXPECT_EQ(refusal([&] {
              while (endless->rdbuf()->sbumpc() == 0) continue;
            }).problem(),
            "too large");
}

TEST(read_file, names_a_path_that_it_cannot_read) {
  const Scratch scratch;
  EXPECT_TRUE(contains(refusal([&] { read_file(scratch.path("none"), 9); }).what(), "none: cannot be read: No such"));
  EXPECT_TRUE(
      contains(refusal([&] { read_file(scratch.folder.string(), 9); }).what(), "cannot be read: Is a directory"));
  EXPECT_TRUE(contains(refusal([] { read_file("", 9); }).what(), "cannot be read"));
}

TEST(read_file, needs_the_right_to_read) {
  if (::geteuid() == 0) GTEST_SKIP() << "root reads everything";
  const Scratch scratch;
  put(scratch.path("secret"), "x");
  fs::permissions(scratch.path("secret"), fs::perms::none);
  EXPECT_TRUE(contains(refusal([&] { read_file(scratch.path("secret"), 9); }).what(), "Permission denied"));
}

TEST(read_file, does_not_wait_for_a_pipe_that_nobody_writes) {
  const Scratch scratch;
  const std::string path = scratch.path("pipe");
  ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
  ::alarm(20);  // ends the program where it hangs
  EXPECT_THROW(read_file(path, 9), InputError);
  ::alarm(0);
}

TEST(read_file, reads_a_pipe) {
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  ASSERT_EQ(::write(ends[1], "through", 7), 7);
  ::close(ends[1]);
  const std::string path = "/dev/fd/" + std::to_string(ends[0]);
  EXPECT_EQ(read_file(path, 9), "through");
  ::close(ends[0]);
}

TEST(write_file, writes_every_byte_and_nothing_beside) {
  const Scratch scratch;
  const std::string bytes("a\0\r\n\xFF", 5), path = scratch.path("new");
  write_file(path, bytes);
  EXPECT_EQ(content_of(path), bytes);
  write_file(path, "");
  EXPECT_EQ(content_of(path), "");
  EXPECT_EQ(scratch.files(), 1);
}

TEST(write_file, gives_a_new_file_the_usual_permissions) {
  const Scratch scratch;
  const mode_t before = ::umask(027);
  write_file(scratch.path("new"), "x");
  ::umask(before);
  EXPECT_EQ(fs::status(scratch.path("new")).permissions(), static_cast<fs::perms>(0640));
}

TEST(write_file, keeps_the_permissions_of_a_file) {
  const Scratch scratch;
  const std::string path = scratch.path("old");
  put(path, "old");
  fs::permissions(path, static_cast<fs::perms>(0604));
  write_file(path, "new");
  EXPECT_EQ(content_of(path), "new");
  EXPECT_EQ(fs::status(path).permissions(), static_cast<fs::perms>(0604));
}

TEST(write_file, keeps_a_link_and_replaces_what_it_points_to) {
  const Scratch scratch;
  fs::create_directory(scratch.folder / "elsewhere");
  put(scratch.path("elsewhere/target"), "old");
  fs::create_symlink("elsewhere/target", scratch.folder / "link");
  write_file(scratch.path("link"), "new");
  EXPECT_TRUE(fs::is_symlink(scratch.folder / "link"));
  EXPECT_EQ(content_of(scratch.path("elsewhere/target")), "new");
  EXPECT_EQ(scratch.files(), 2);
}

TEST(write_file, leaves_the_old_file_and_nothing_beside_where_the_disk_is_full) {
  const Scratch scratch;
  const std::string path = scratch.path("old");
  put(path, "old");
  rlimit before{};
  ::getrlimit(RLIMIT_FSIZE, &before);
  const rlimit small{4096, before.rlim_max};  // as a disk that fills up in the middle of the file
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  ::setrlimit(RLIMIT_FSIZE, &small);
  std::string what;
  try {
    write_file(path, std::string(100'000, 'x'));
  } catch (const InputError& error) {
    what = error.what();
  }
  ::setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, handler);
  EXPECT_TRUE(contains(what, "old: cannot be written: File too large")) << what;
  EXPECT_EQ(content_of(path), "old");
  EXPECT_EQ(scratch.files(), 1);
}

TEST(write_file, refuses_what_is_no_file_and_leaves_nothing_behind) {
  const Scratch scratch;
  EXPECT_TRUE(contains(refusal([&] { write_file(scratch.folder.string(), "x"); }).what(), "Is a directory"));
  EXPECT_TRUE(contains(refusal([&] { write_file(scratch.path("none/new"), "x"); }).what(), "No such file"));
  EXPECT_EQ(scratch.files(), 0);
}

TEST(write_file, writes_a_device_straight) {
  write_file("/dev/null", "x");
  EXPECT_TRUE(fs::is_character_file("/dev/null"));
  EXPECT_TRUE(contains(refusal([] { write_file("/dev/full", "x"); }).what(), "No space left"));
}

}  // namespace
}  // namespace sizing
