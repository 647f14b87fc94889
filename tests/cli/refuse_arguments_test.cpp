// Arguments that are refused, and what the message says.
#include "cli/command.h"
#include "tests/cli/refusal.h"

namespace sizing::cli {
namespace {

using Args = std::vector<std::string>;

const std::string school = "data/sites/school.toml";

struct Refused {
  Args args;
  std::vector<std::string> fragments;
};

TEST(refused_numbers, name_the_flag_what_was_found_and_what_is_allowed) {
  const std::string whole = "a whole number of clients from 0 to 10000000";
  for (const std::string value :
       {"-5",   "-0.5", "1.5",   "nan", "NaN", "-nan", "inf", "-inf", "infinity", "1e12", "1e400",  "1e-400",
        "0x10", "1,5",  "1 000", " 7",  "7 ",  "abc",  "1e",  "--5",  "5;",       "٥",    "1e99999"})
    expect_refused_and_nothing_written({"plan", "--clients=" + value}, "", {"--clients: ", whole});
  expect_refused_and_nothing_written({"plan", "--clients", ""}, "", {"--clients: ", "nothing", whole});
  for (const char* flag : {"active-clients", "connections", "samba-connections", "depots", "online-clients"})
    for (const char* value : {"-1", "0.5", "nan", "inf", "1e12", "1e400", "0x10", "many"})
      expect_refused({"plan", "--clients", "9", "--" + std::string(flag), value}, "",
                     {"--" + std::string(flag) + ": ", "a whole number of"});
}

TEST(refused_numbers, hold_for_sizes_and_cores) {
  for (const char* flag : {"memory", "disk-var-lib-opsi", "disk-logs", "disk-tmp"})
    for (const char* value : {"", "5", "-5", "-5GB", "5gb", "5XB", "GB", "nanGB", "infGB", "1e400GB", "1e12TB",
                              "0x10GB", "16 G B", "16GB 4", "five GB"})
      expect_refused_and_nothing_written({"plan", "--clients", "9", "--" + std::string(flag), value}, "",
                                         {"--" + std::string(flag) + ": "});
  for (const char* value : {"", "-5", "1.5", "nan", "inf", "1e12", "1e400", "0x4", "4 cores", "four"})
    expect_refused({"plan", "--clients", "9", "--cores", value}, "", {"--cores: ", "a whole number of cores"});
  for (const char* value : {"", "-5", "-5 GB", "nan", "inf", "1e13", "1e400", "80 bananas", "1e12 TB", "80 GB 3"})
    expect_refused({"plan", "--clients", "9", "--packages", value}, "", {"--packages: "});
  for (const char* value : {"", "maybe", "2", "-1", "y e s"})
    expect_refused({"plan", "--clients", "9", "--depot-webdav", value}, "", {"--depot-webdav: ", "yes or no"});
}

TEST(refused_numbers, hold_for_set_and_vary) {
  for (const char* value : {"", "-1", "nan", "inf", "1e400", "0x10", "some", "1e16", "1;2"}) {
    expect_refused({"plan", school, "--set", "samba.margin=" + std::string(value)}, "", {"--set samba.margin: "});
    expect_refused({"plan", school, "--set", "clients=" + std::string(value)}, "", {"--set clients: "});
    expect_refused({"sweep", school, "--vary", "clients=" + std::string(value)}, "", {"--vary clients: "});
    expect_refused({"sweep", school, "--vary", "samba.margin=" + std::string(value)}, "", {"--vary samba.margin: "});
  }
  for (const char* range : {"1:2", "1:5:0", "5:1:1", "1:5:-1", "1:nan:1", "1:inf:1", "1:1e9:1", "1::2", ":", "1:2:3:4",
                            "0:1:1e-300", "1,,2", "1.5,2", "-1,2", "0:1e400:1"})
    expect_refused({"sweep", school, "--vary", "clients=" + std::string(range)}, "", {"--vary clients: "});
  expect_refused({"sweep", school, "--vary", "clients=0:999:1", "--vary", "connections=0:1999:1"}, "", {"1000000"});
}

TEST(refused_numbers, of_a_simulation_are_those_of_no_service) {
  const Args restart = {"simulate", "--opsi", "4.3", "--routine", "restart of the server", "--clients"};
  const auto asked = [&](std::vector<std::string> more) {
    Args args = restart;
    args.insert(args.end(), more.begin(), more.end());
    return args;
  };
  expect_refused(asked({"2000000", "--connections", "2000000"}), "",
                 {"100000 workers with 1600000 threads", "fewer workers, or fewer clients"});
  expect_refused(asked({"9", "--set", "client.tries=1.5"}), "", {"--set client.tries: ", "a whole number"});
  expect_refused(asked({"9", "--set", "opsiconfd.request_core_share=200"}), "",
                 {"--set opsiconfd.request_core_share: ", "200 %", "0 to 100 %"});
  expect_refused(asked({"9", "--set", "opsiconfd.mysql_pool=0", "--set", "opsiconfd.mysql_overflow=0"}), "",
                 {"--set opsiconfd.mysql_pool: ", "without a database connection"});
  expect_refused({"simulate", "data/sites/authority.toml", "--server", "depot-north"}, "",
                 {"--server: only the config server is simulated", "opsi-centre"});
  expect_refused({"simulate", "--clients", "9"}, "", {"no routine says who comes when", "--routine"});
}

TEST(refused_numbers, a_figure_to_divide_by_is_not_nothing) {
  for (const char* figure :
       {"opsiconfd.connections_per_worker", "opsiconfd.clients_per_worker", "opsiconfd.descriptors_per_websocket"}) {
    expect_refused({"plan", school, "--opsi", "4.3", "--set", std::string(figure) + "=0"}, "", {figure});
    expect_refused({"sweep", school, "--opsi", "4.3", "--vary", std::string(figure) + "=0,1"}, "", {figure});
  }
}

TEST(refused_names, say_the_nearest_known_one) {
  const std::vector<Refused> table = {
      {{"plna"}, {"plna", "'plan'"}},
      {{"Plan"}, {"'plan'"}},
      {{"capacty", "--memory", "16GB"}, {"'capacity'"}},
      {{"help", "swep"}, {"'sweep'"}},
      {{"--versoin"}, {"'--version'"}},
      {{"plan", "--cleints", "5"}, {"--cleints", "'--clients'", "plan --help"}},
      {{"plan", "--client", "5"}, {"'--clients'"}},
      {{"plan", "--samba.connections=5"}, {"'--samba-connections'"}},
      {{"plan", school, "--fromat", "json"}, {"'--format'"}},
      {{"ports", "--rol", "depot"}, {"'--role'"}},
      {{"plan", school, "--format", "jsn"}, {"--format", "jsn", "'json'", "markdown"}},
      {{"plan", school, "--opsi", "4.4"}, {"--opsi", "4.4", "4.1, 4.2, 4.3"}},
      {{"plan", school, "--server", "opsi-schol"}, {"--server", "'opsi-school'"}},
      {{"plan", school, "--set", "clints=5"}, {"clints", "'clients'"}},
      {{"plan", school, "--set", "samba.margn=5"}, {"samba.margn", "'samba.margin'"}},
      {{"plan", school, "--roles", "confg"}, {"--roles", "confg", "'config'"}},
      {{"plan", school, "--services", "sambaa,redis"}, {"--services", "sambaa", "'samba'"}},
      {{"explain", "opsiconfd.memmory", school}, {"opsiconfd.memmory", "'opsiconfd.memory'"}},
      {{"capacity", school, "--of", "cleints"}, {"--of", "'clients'"}},
      {{"sweep", school, "--vary", "clints=1,2"}, {"clints", "'clients'"}},
      {{"sweep", school, "--vary", "clients=1,2", "--outputs", "server.memry"}, {"--outputs", "'server.memory'"}},
      {{"figures", "smaba.margin"}, {"smaba.margin", "'samba.margin'"}},
      {{"ports", "--role", "depo"}, {"--role", "'depot'", "config, depot, client"}},
      {{"ports", "--role", "depot", "--direction", "inn"}, {"--direction", "'in'"}},
      {{"completion", "zhs"}, {"zhs", "'zsh'", "bash, zsh, fish"}},
      {{"schema", "sit"}, {"sit", "site, plan"}},
      {{"distributions", "debain"}, {"debain"}},
      {{"method", "--opsi", "5"}, {"--opsi", "4.1, 4.2, 4.3"}},
      {{"compare", "4.2", "4.4", school}, {"4.4"}},
  };
  for (const Refused& row : table) expect_refused(row.args, "", row.fragments);
}

TEST(refused_calls, say_what_is_missing) {
  const std::vector<Refused> table = {
      {{""}, {"unknown command"}},
      {{"plan"}, {"clients", "or a site file"}},
      {{"plan", "--clients"}, {"--clients"}},
      {{"plan", school, "--format"}, {"--format"}},
      {{"plan", school, "--format="}, {"--format"}},
      {{"plan", school, "-o"}, {"--output"}},
      {{"plan", school, "-o", ""}, {"--output"}},
      {{"plan", school, "--server", ""}, {"--server", "opsi-school"}},
      {{"plan", "--opsi", ""}, {"--opsi"}},
      {{"plan", school, "--set", "clients"}, {"--set", "NAME=VALUE"}},
      {{"plan", school, "--set", "=5"}, {"--set", "NAME=VALUE"}},
      {{"plan", school, "--roles", ""}, {"role", "config, depot"}},
      {{"explain"}, {"quantity"}},
      {{"explain", "", school}, {"an argument is empty"}},
      {{"compare"}, {"two things"}},
      {{"compare", school}, {"two things"}},
      {{"compare", "4.2", "4.3"}, {"clients"}},
      {{"capacity", school, "--server"}, {"--server"}},
      {{"capacity", "--clients", "5"}, {"hardware", "hardware"}},
      {{"sweep", school}, {"--vary"}},
      {{"sweep", school, "--vary", "clients"}, {"--vary"}},
      {{"sweep", school, "--vary", "clients=1,2", "--outputs", ""}, {"--outputs"}},
      {{"completion"}, {"bash, zsh, fish"}},
  };
  for (const Refused& row : table) expect_refused(row.args, "", row.fragments);
}

TEST(refused_calls, say_what_contradicts) {
  const std::vector<Refused> table = {
      {{"plan", "--clients", "5", "--clients", "6"}, {"--clients", "twice"}},
      {{"plan", school, "--format", "json", "--format", "csv"}, {"--format", "twice"}},
      {{"plan", school, school}, {"too many", school}},
      {{"plan", school, "--help=5"}, {"--help"}},
      {{"plan", school, "--compare=5"}, {"--compare"}},
      {{"plan", school, "--compare"}, {"--compare", "--set"}},
      {{"plan", "--clients", "5", "--compare"}, {"--compare", "--set"}},
      {{"plan", school, "-c", "5"}, {"-c"}},
      {{"plan", school, "--", "--clients"}, {"--clients"}},
      {{"plan", school, "--set", "server.memory=5"}, {"computed", "server.memory"}},
      {{"plan", school, "--set", "server.architectures=x86"}, {"server.architectures"}},
      {{"plan", school, "--set", "opsiconfd.memory_by_clients=5"}, {"curve"}},
      {{"plan", school, "--set", "opsiconfd.memory_by_clients=100:5|50:3"}, {"curve"}},
      {{"explain", "server.memory", school, "x"}, {"too many"}},
      {{"explain", "samba.margin", school}, {"is a figure"}},
      {{"compare", "4.2", school, "4.3"}, {"third argument"}},
      {{"compare", "4.2", "4.3", school, "--opsi", "4.1"}, {"--opsi", "contradicts"}},
      {{"capacity", school, "--of", "role.config"}, {"role.config"}},
      {{"sweep", school, "--vary", "clients=1,2", "--chart", "--format", "csv"}, {"--chart", "csv"}},
      {{"sweep", school, "--vary", "clients=1,2", "--vary", "connections=1,2", "--chart"}, {"--chart"}},
      {{"sweep", school, "--vary", "clients=1,2", "--vary", "clients=3,4"}, {"twice", "clients"}},
      {{"ports", "--direction", "in"}, {"--direction", "--direction"}},
      {{"schema", "site", "plan"}, {"too many"}},
      {{"init", "x"}, {"too many"}},
      {{"sources", "x"}, {"too many"}},
      {{"completion", "bash", "zsh"}, {"too many"}},
      {{"help", "plan", "plan"}, {"too many"}},
      {{"schema", "plan", "--format", "json"}, {"--format"}},
      {{"figures", "--clients", "5"}, {"--clients"}},
  };
  for (const Refused& row : table) expect_refused(row.args, "", row.fragments);
}

TEST(refused_arguments, reach_the_terminal_without_control_characters) {
  for (const std::string evil : {"\x1b[31mred", "\x1b]0;title\x07", "a\rb", "a\nb",
                                 "\x9b"
                                 "31m",
                                 "\xc2\x9b"
                                 "31m",
                                 "\xff", "tab\there", "\x7f"}) {
    const std::vector<Args> calls = {
        {evil},
        {"plan", "--" + evil},
        {"plan", "--" + evil + "=5"},
        {"plan", "--clients", evil},
        {"plan", "--clients=" + evil},
        {"plan", "--clients", "5", "--memory", "5" + evil},
        {"plan", "--clients", "5", "--set", evil + "=4"},
        {"plan", "--clients", "5", "--set", evil},
        {"plan", "--clients", "5", "--server", evil},
        {"plan", "--clients", "5", "--roles", evil},
        {"plan", "--clients", "5", "--output", "/nowhere/" + evil},
        {"plan", "--format", evil},
        {"plan", evil},
        {"plan", "--", evil},
        {"plan", school, evil},
        {"explain", evil, school},
        {"explain", "samba.margin" + evil, school},
        {"compare", evil, "4.2"},
        {"capacity", school, "--of", evil},
        {"sweep", school, "--vary", evil + "=1,2"},
        {"sweep", school, "--vary", "clients=" + evil},
        {"sweep", school, "--vary", "clients=1,2", "--outputs", evil},
        {"figures", evil},
        {"distributions", evil},
        {"schema", evil},
        {"completion", evil},
        {"help", evil},
    };
    for (const Args& args : calls) expect_refused(args, "", {});
  }
}

TEST(refused_arguments, may_be_a_megabyte_long) {
  const std::string longest(1 << 20, 'x');
  for (const Args& args : std::vector<Args>{{longest},
                                            {"plan", "--" + longest},
                                            {"plan", "--clients", longest},
                                            {"plan", "--clients", std::string(1 << 20, '9')},
                                            {"plan", "--clients", "5", "--memory", longest},
                                            {"plan", "--clients", "5", "--set", longest + "=5"},
                                            {"plan", "--clients", "5", "--set", "clients=" + longest},
                                            {"plan", "--clients", "5", "--server", longest},
                                            {"plan", "--roles", longest},
                                            {"explain", longest, school},
                                            {"sweep", school, "--vary", longest},
                                            {"figures", longest},
                                            {"distributions", longest},
                                            {"completion", longest}})
    expect_refused(args, "", {});
  const Outcome outcome = call({"plan", longest});
  EXPECT_EQ(outcome.code, bad_input);
  EXPECT_LT(outcome.err.size(), 6000U) << "a file's name is cut as well";
}

}  // namespace
}  // namespace sizing::cli
