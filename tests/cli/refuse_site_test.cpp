// Site files that are refused: broken, absurd, hostile, or no files at all.
#include <chrono>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/command.h"
#include "tests/cli/refusal.h"

namespace sizing::cli {
namespace {

struct Refused {
  std::string toml;
  std::vector<std::string> fragments;
};

// Each as standard input and as a file, which the message then names.
void expect_refused_site(const Refused& row) {
  expect_refused({"plan", "-"}, row.toml, row.fragments);
  const Scratch scratch;
  const std::string path = scratch.path("site.toml");
  std::ofstream(path, std::ios::binary) << row.toml;
  std::vector<std::string> fragments = row.fragments;
  fragments.push_back(path);
  expect_refused_and_nothing_written({"plan", path}, "", fragments);
}

const std::string server = "[[server]]\nclients = 5\n";

TEST(refused_site, says_where_toml_is_broken) {
  const std::vector<Refused> table = {
      {"a = [\nb = 3\n", {":2:", "TOML"}},
      {server + "[[server\n", {":3:", "TOML"}},
      {"[[server]]\nclients = \n", {":2:", "TOML"}},
      {"[[server]]\nclients = 5\nclients = 6\n", {":3:", "clients"}},
      {"[[server]]\n  clients 5\n", {":2:", "TOML"}},
      {"name = \"no end\n[[server]]\n", {":1:", "TOML"}},
      {"[[server]]\nname = \"\xff\xfe\"\n", {":2:", "utf-8"}},
      {"name = \"\x1b[31m\"\n", {":1:", "TOML"}},
      {"[[server]]\nclients = 99999999999999999999\n", {":2:"}},
      {"[[server]]\nclients = 1e400\n", {":2:"}},
      {std::string("a=") + std::string(100'000, '['), {":1:"}},
  };
  for (const Refused& row : table) expect_refused_site(row);
}

TEST(refused_site, says_which_key_and_what_is_allowed) {
  const std::vector<Refused> table = {
      {"[[server]]\ncleints = 5\n", {":2:1", "server.cleints", "'clients'"}},
      {"nmae = \"x\"\n" + server, {":1:1", "nmae", "'name'"}},
      {"[[sever]]\nclients = 5\n", {"sever", "'server'"}},
      {server + "[server.smaba]\nconnections = 5\n", {":3:", "smaba"}},
      {server + "samba.conections = 5\n", {":3:", "samba.conections", "'samba.connections'"}},
      {server + "hardware = { memroy = \"5 GB\" }\n", {":3:", "memroy", "'memory'"}},
      {server + "roles = [\"confg\"]\n", {":3:", "confg", "'config'"}},
      {server + "[figures.\"samba.margn\"]\nvalue = 5\nnote = \"x\"\n", {":3:", "samba.margn", "'samba.margin'"}},
      {server + "[figures.\"samba.margin\"]\nvalu = 5\nnote = \"x\"\n", {":3:", "value"}},
      {server + "[figures.\"samba.margin\"]\nvalue = 5\n", {":3:", "note"}},
      {server + "[figures.\"samba.margin\"]\nvalue = 5\nnote = \"x\"\nkind = \"mesured\"\n", {":6:", "measured"}},
      {server + "[figures.\"samba.margin\"]\nvalue = 5\nlow = 6\nnote = \"x\"\n", {"range"}},
      {server + "[figures.\"samba.margin\"]\nvalue = -5\nnote = \"x\"\n", {":4:"}},
      {"opsi = 4.2\n" + server, {":1:8", "opsi", "\"4.2\""}},
      {"opsi = \"5.0\"\n" + server, {":1:8", "\"5.0\"", "\"4.3\""}},
      {"name = 5\n" + server, {":1:8", "name"}},
      {"name = \"\"\n" + server, {":1:8", "name"}},
      {"server = 5\n", {":1:10", "server"}},
      {"server = []\n", {"no server"}},
      {"[server]\nclients = 5\n", {":1:", "[[server]]"}},
      {"[[server]]\nname = \"a\"\n", {"clients"}},
      {"[[server]]\nname = \"a\"\nclients = 5\n[[server]]\nname = \"a\"\nclients = 5\n", {":4:", "second"}},
  };
  for (const Refused& row : table) expect_refused_site(row);
}

TEST(refused_site, has_absurd_numbers) {
  for (const std::string value : {"-5", "5.5", "nan", "inf", "-inf", "1e12", "1000000000000", "\"5\"", "\"\"", "true",
                                  "[5]", "{}", "2026-01-02", "9223372036854775807"})
    expect_refused_site({"[[server]]\nclients = " + value + "\n", {":2:11", "clients", "from 0 to 10000000"}});
  for (const std::string value :
       {"16", "\"16\"", "\"-5 GB\"", "\"5 gb\"", "\"nan GB\"", "\"1e400 GB\"", "\"\"", "true"})
    expect_refused_site({server + "hardware = { memory = " + value + " }\n", {":3:", "server.hardware.memory"}});
  for (const std::string value : {"1.5", "-1", "\"four\"", "nan"})
    expect_refused_site({server + "hardware = { cores = " + value + " }\n", {":3:", "server.hardware.cores"}});
}

TEST(refused_site, is_empty_or_no_text) {
  for (const std::string text : {"", " ", "\n\n", "# nothing\n", "\xef\xbb\xbf"}) expect_refused_site({text, {}});
  expect_refused_site({std::string("\0\1\2\3", 4), {}});
  expect_refused_site({std::string("\x7f"
                                   "ELF\2\1\1\0\0",
                                   9),
                       {}});
  expect_refused_site({std::string(5 << 20, '#'), {"too large"}});
}

TEST(refused_site, shows_no_control_characters) {
  for (const std::string evil : {"\\u001b[31m", "\\u0007", "\\r", "\\n", "\\u009b31m", "\\u007f", "\\u0000"})
    for (const std::string& toml : std::vector<std::string>{
             "name = \"" + evil + "\"\n" + server, "\"" + evil + "\" = 1\n", server + "\"" + evil + "\" = 1\n",
             server + "name = \"" + evil + "\"\n", server + "roles = [\"" + evil + "\"]\n", "opsi = \"" + evil + "\"\n",
             server + "packages = \"" + evil + "\"\n", server + "hardware.memory = \"" + evil + "\"\n",
             server + "hardware.\"" + evil + "\" = 1\n", "figures.\"" + evil + "\" = 1\n" + server,
             server + "[figures.\"samba.margin\"]\nvalue = 5\nnote = \"" + evil + "\"\n"})
      expect_refused_site({toml, {}});
}

class refused_path : public testing::Test {
 protected:
  const Scratch scratch;

  void expect_refused_quickly(const std::string& path, const std::vector<std::string>& fragments) const {
    for (const std::vector<std::string>& args : std::vector<std::vector<std::string>>{
             {"plan", path}, {"explain", "clients", path}, {"compare", path, "4.2"}, {"capacity", path}})
      expect_refused_and_nothing_written(args, "", fragments);
  }
};

TEST_F(refused_path, is_not_there) {
  expect_refused_quickly(scratch.path("missing.toml"), {scratch.path("missing.toml"), "No such file"});
  expect_refused_quickly("", {});
}

TEST_F(refused_path, is_not_readable) {
  if (geteuid() == 0) GTEST_SKIP() << "root reads everything";
  const std::string path = scratch.path("secret.toml");
  std::ofstream(path) << server;
  std::filesystem::permissions(path, std::filesystem::perms::none);
  expect_refused_quickly(path, {path, "Permission denied"});
}

TEST_F(refused_path, is_a_folder) { expect_refused_quickly(scratch.folder.string(), {"directory"}); }

double seconds_of(const std::vector<std::string>& args) {
  const auto before = std::chrono::steady_clock::now();
  (void)call(args);
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - before).count();
}

TEST_F(refused_path, is_a_gigabyte) {
  const std::string path = scratch.path("sparse.toml");
  std::ofstream(path).flush();
  std::filesystem::resize_file(path, std::uintmax_t{1} << 30);
  expect_refused_quickly(path, {path, "too large"});
  EXPECT_LT(seconds_of({"plan", path}), 1);
}

TEST_F(refused_path, is_a_device) {
  expect_refused_quickly("/dev/zero", {"/dev/zero", "too large"});
  expect_refused_quickly("/dev/null", {"/dev/null"});
  EXPECT_LT(seconds_of({"plan", "/dev/zero"}), 1);
}

TEST_F(refused_path, is_a_pipe_that_nobody_writes_to) {
  const std::string path = scratch.path("fifo");
  ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
  expect_refused({"plan", path}, "", {path});
  EXPECT_LT(seconds_of({"plan", path}), 3);  // a writer may come a little later
}

TEST_F(refused_path, is_a_loop_of_links) {
  const std::string path = scratch.path("loop");
  std::filesystem::create_symlink(path, path);
  expect_refused_quickly(path, {path});
}

TEST_F(refused_path, holds_escapes_that_do_not_reach_the_output) {
  const std::string path = scratch.path("esc\x1b[31m\x9b.toml");
  std::ofstream(path) << "[[server]]\nclients = 5\nhardware = { memory = \"2 GB\", cores = 4 }\n";
  for (const std::string format : {"text", "json", "csv", "markdown"})
    for (std::vector<std::string> args :
         std::vector<std::vector<std::string>>{{"plan", path},
                                               {"explain", "clients", path},
                                               {"compare", path, "4.3"},
                                               {"plan", path, "--clients", "6", "--compare"},
                                               {"capacity", path},
                                               {"sweep", path, "--vary", "clients=1,2"}}) {
      args.insert(args.end(), {"--format", format});
      const Outcome outcome = call(args);
      EXPECT_EQ(outcome.code, fits) << outcome.err;
      for (const std::string& line : split(outcome.out, '\n'))
        EXPECT_FALSE(has_control_characters(line)) << args[0] << " as " << format << ": " << printable(line);
    }
}

}  // namespace
}  // namespace sizing::cli
