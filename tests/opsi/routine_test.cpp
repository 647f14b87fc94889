#include "libsizing/opsi/routine.h"

#include <fstream>
#include <set>

#include <gtest/gtest.h>

#include "libsizing/opsi/site.h"
#include "libsizing/opsi/tables.h"
#include "tests/support/refusal.h"
#include "tests/support/scratch.h"

namespace sizing {
namespace {

const std::string server = "[[server]]\nname = \"a\"\nclients = 100\n";

Routine routine(const std::string& keys) { return read_site(server + "[[routine]]\n" + keys, "s.toml").routines.at(0); }

InputError refused(const std::string& keys) {
  return refusal([&] { (void)read_site(server + "[[routine]]\n" + keys, "s.toml"); });
}

TEST(routine, is_read_with_all_its_keys) {
  const Routine r = routine(
      "name = \"night\"\nserver = \"a\"\nclients = 60\nstart = \"22:15\"\nwindow = \"15 min\"\nshape = "
      "\"triangular:0.25\"\nrequests = 11\nrequest_time = \"0.05 s\"\nrequest_distribution = \"erlang:3\"\n"
      "session = \"150 s\"\nsession_distribution = \"lognormal:1.5\"\nonline = \"6 h\"\nsamba = \"40 %\"\n"
      "transfer = \"6 GB\"\nline = \"1 Gbit/s\"\nclient_line = \"100 Mbit/s\"\nslots = 20\n");
  EXPECT_EQ(r.name, "night");
  EXPECT_EQ(r.server, "a");
  EXPECT_EQ(r.clients, 60);
  EXPECT_EQ(r.start, 22 * 3600 + 15 * 60);
  EXPECT_EQ(r.window, 900);
  EXPECT_EQ(r.shape.kind, ArrivalShape::Kind::triangular);
  EXPECT_EQ(r.shape.peak, 0.25);
  EXPECT_EQ(r.requests, 11);
  EXPECT_EQ(r.request_time, 0.05);
  EXPECT_EQ(r.request_distribution, "erlang:3");
  EXPECT_EQ(r.session, 150);
  EXPECT_EQ(r.session_distribution, "lognormal:1.5");
  EXPECT_EQ(r.online, 6 * 3600);
  EXPECT_EQ(r.samba, 0.4);
  EXPECT_EQ(r.transfer, 6e9);
  EXPECT_EQ(r.line, 125e6);
  EXPECT_EQ(r.client_line, 12.5e6);
  EXPECT_EQ(r.slots, 20);
  EXPECT_EQ(r.values.size(), 17U);
  for (const RoutineValue& value : r.values)
    if (value.key == "clients") {
      EXPECT_EQ(describe(value.place), "s.toml:7:11: routine.clients");
    }
}

TEST(routine, takes_from_its_preset_what_it_does_not_say) {
  const Routine r = routine("preset = \"school morning\"\nwindow = \"30 min\"\nshare = \"50 %\"\n");
  EXPECT_EQ(r.name, "school morning");
  EXPECT_EQ(r.start, 7 * 3600 + 45 * 60);
  EXPECT_EQ(r.window, 1800);
  EXPECT_EQ(r.share, 0.5);
  EXPECT_EQ(r.shape.kind, ArrivalShape::Kind::normal);
  const Routine file = routine("preset = \"school morning\"\nshape_file = \"shape.csv\"\n");
  EXPECT_EQ(file.shape.kind, ArrivalShape::Kind::histogram);
}

TEST(routine_presets, are_read_and_marked_as_assumed) {
  ASSERT_EQ(routine_presets().size(), 5U);
  // What opsi's source says of clients that come back is published, all else an assumption.
  const std::set<std::string> published = {"window", "shape", "requests"};
  for (const std::string& preset : routine_presets())
    for (const RoutineValue& value : routine("preset = \"" + preset + "\"\n").values)
      if (value.of_preset) {
        const bool is_published = preset == "restart of the server" && published.contains(value.key);
        EXPECT_EQ(value.kind, is_published ? Kind::published : Kind::assumed) << preset << " " << value.key;
      }
  const std::string header = "preset,key,value,kind,source,note\n";
  EXPECT_THROW((void)read_routine_presets(header + "p,start,07:45,published,assumed,\n", "t", sources()), InputError);
  EXPECT_THROW((void)read_routine_presets(header + "p,a,1,assumed,assumed,\np,a,1,assumed,assumed,\n", "t", sources()),
               InputError);
}

struct Refused {
  std::string keys, key, problem;
};

TEST(routine, says_where_and_what_is_wrong) {
  const std::string plain = "name = \"r\"\nstart = \"07:45\"\n";
  const std::vector<Refused> table = {
      {"start = \"07:45\"\n", "routine.name", "is missing"},
      {"name = \"r\"\n", "routine.start", "is missing"},
      {plain + "wndow = \"1 h\"\n", "routine.wndow", "unknown key (did you mean 'window'?)"},
      {plain + "window = \"25 h\"\n", "routine.window", "not allowed"},
      {plain + "window = \"1\"\n", "routine.window", "not allowed"},
      {plain + "window = true\n", "routine.window", "not allowed"},
      {plain + "clients = 1.5\n", "routine.clients", "not allowed"},
      {plain + "clients = -1\n", "routine.clients", "not allowed"},
      {plain + "clients = 1\nshare = \"50 %\"\n", "routine.share", "said twice: clients stands here as well"},
      {plain + "share = \"101 %\"\n", "routine.share", "not allowed"},
      {plain + "shape = \"bell\"\n", "routine.shape", "not allowed"},
      {plain + "shape = \"uniform\"\nshape_file = \"x\"\n", "routine.shape_file",
       "said twice: shape stands here as well"},
      {plain + "session_distribution = \"erlang\"\n", "routine.session_distribution", "not allowed"},
      {plain + "share = 0.5\n", "routine.share", "a share needs its %"},
      {plain + "samba = 50\n", "routine.samba", "a share needs its %"},
      {plain + "core_share = \"50\"\n", "routine.core_share", "a share needs its %"},
      {plain + "requests = 2.5\n", "routine.requests", "not allowed"},
      {plain + "session = \"5 sec\"\n", "routine.session", "has an unknown unit, sec"},
      {plain + "session = \"5 s 2 min\"\n", "routine.session", "has its units out of order"},
      {plain + "line = \"1 Gbit/s\"\n", "routine.line", "has no effect without transfer"},
      {plain + "client_line = \"1 Gbit/s\"\n", "routine.client_line", "has no effect without transfer"},
      {plain + "slots = 5\n", "routine.slots", "has no effect without transfer"},
      {plain + "every = \"25 h\"\n", "routine.every", "not allowed"},
      {plain + "every = \"10 min\"\n", "routine.every", "comes too often for this site"},
      {plain + "every = \"0 s\"\n", "routine.every", "comes too often for this site"},
      {plain + "every = \"1 h\"\nwindow = \"2 h\"\n", "routine.window", "is longer than the time until it comes again"},
      {plain + "transfer = \"6\"\n", "routine.transfer", "not allowed"},
      {plain + "transfer = \"6 GB\"\n", "routine.line", "is missing: the transfers share a line"},
      {plain + "transfer = \"6 GB\"\nline = \"0 Mbit/s\"\n", "routine.line", "not allowed"},
      {plain + "slots = 0.5\n", "routine.slots", "not allowed"},
      {plain + "server = \"b\"\n", "routine.server", "no such server (did you mean 'a'?)"},
      {plain + "[[routine]]\n" + plain, "routine.name", "a second routine of this name"},
      {"preset = \"school mornin\"\n", "routine.preset", "is no preset (did you mean 'school morning'?)"},
  };
  for (const Refused& row : table) {
    const InputError error = refused(row.keys);
    EXPECT_EQ(error.place().key, row.key) << row.keys;
    EXPECT_EQ(error.problem(), row.problem) << row.keys;
    EXPECT_EQ(error.place().file, "s.toml");
    EXPECT_GE(error.place().line, 4) << row.keys;
  }
}

TEST(routine, takes_durations_and_shares_as_they_are_shown) {
  const Routine r = routine(
      "name = \"r\"\nstart = \"07:45\"\nsession = \"2 min 30 s\"\nrequest_time = \"42 µs\"\nsamba = 0\n"
      "core_share = \"12.5 %\"\n");
  EXPECT_EQ(r.session, 150);
  EXPECT_EQ(r.request_time, 42e-6);
  EXPECT_EQ(r.samba, 0);
  EXPECT_EQ(r.core_share, 0.125);
}

TEST(routine, says_what_stands_there_where_that_is_nothing) {
  const InputError error = refused("name = \"\"\nstart = \"07:45\"\n");
  EXPECT_STREQ(error.what(), "s.toml:5:8: routine.name: not allowed; found nothing; allowed: a text");
}

TEST(routine, may_say_that_it_has_no_transfer_though_its_preset_has_one) {
  EXPECT_EQ(routine("preset = \"night installation window\"\ntransfer = \"0 GB\"\n").transfer, 0);
}

std::string again(const std::string& name, const std::string& start, const std::string& every) {
  return "[[routine]]\nname = \"" + name + "\"\nstart = \"" + start + "\"\nevery = \"" + every + "\"\n";
}

// 50 comings from midnight on are one every 86400 s / 50 = 1728 s; from 23:00 on a quarter of an hour is the limit.
TEST(routine, has_one_limit_of_how_often_it_comes_whatever_was_found) {
  for (const char* every : {"9 min", "15 min", "28 min 47 s"}) {
    const InputError error = refusal([&] { (void)read_site(server + again("r", "00:00", every), "s.toml"); });
    EXPECT_EQ(error.place().key, "routine.every");
    EXPECT_EQ(error.found(), every);
    EXPECT_EQ(error.allowed(), "a duration from 28 min 48 s to 24 h") << every;
  }
  EXPECT_EQ(comings(read_site(server + again("r", "00:00", "28 min 48 s"), "s.toml").routines[0]), 50U);
  EXPECT_EQ(refusal([] { (void)read_site(server + again("r", "23:00", "9 min"), "s.toml"); }).allowed(),
            "a duration from 15 min to 24 h");
  EXPECT_EQ(comings(read_site(server + again("r", "23:00", "15 min"), "s.toml").routines[0]), 4U);
}

// Two share the 50: 25 each is one every 3456 s. A steady one is one coming, whatever its repeat.
TEST(routine, has_a_limit_of_how_often_it_comes_beside_the_others_of_its_site) {
  const std::string one = again("a", "00:00", "15 min"), other = again("b", "00:00", "12 h");
  EXPECT_EQ(refusal([&] { (void)read_site(server + one + again("b", "00:00", "15 min"), "s.toml"); }).allowed(),
            "a duration from 57 min 36 s to 24 h");
  EXPECT_EQ(refusal([&] { (void)read_site(server + other + one, "s.toml"); }).allowed(),
            "a duration from 30 min to 24 h");  // 48 beside 2
  EXPECT_EQ(read_site(server + other + again("a", "00:00", "30 min"), "s.toml").routines.size(), 2U);
  EXPECT_EQ(read_site(server + one + "window = \"15 min\"\n", "s.toml").routines.size(), 1U);
}

TEST(routine, is_refused_where_there_are_too_many) {
  std::string many;
  for (int i = 0; i < 51; ++i) many += "[[routine]]\nname = \"r" + std::to_string(i) + "\"\nstart = \"00:00\"\n";
  EXPECT_STREQ(refusal([&] { (void)read_site(server + many, "s.toml"); }).what(),
               "s.toml:154:1: routine: too many routines for the servers of this site; found 51; allowed: at most 50");
  std::string array = "routine = [";
  for (int i = 0; i < 101; ++i) array += "{ name = \"a\" },";
  EXPECT_EQ(refusal([&] { (void)read_site(array + "]\n" + server, "s.toml"); }).allowed(), "at most 100 routines");
  EXPECT_EQ(refusal([&] { (void)read_site("routine = 5\n" + server, "s.toml"); }).place().key, "routine");
}

TEST(comings, are_counted_until_midnight) {
  EXPECT_EQ(comings(routine("name = \"r\"\nstart = \"07:45\"\n")), 1U);
  EXPECT_EQ(comings(routine("name = \"r\"\nstart = \"00:00\"\nevery = \"1 h\"\nwindow = \"5 min\"\n")), 24U);
  EXPECT_EQ(comings(routine("name = \"r\"\nstart = \"22:30\"\nevery = \"1 h\"\n")), 2U);
  EXPECT_EQ(comings(routine("preset = \"WAN timer every hour\"\n")), 1U);  // without a pause
}

TEST(read_histogram, takes_the_column_weight) {
  EXPECT_EQ(read_histogram("time,weight\n07:45,1\n07:50,3.5\n", "h.csv"), (std::vector<double>{1, 3.5}));
  const InputError error = refusal([] { (void)read_histogram("weight\n1\n-1\n", "h.csv"); });
  EXPECT_EQ(error.place().line, 3);
  std::string many = "weight\n";
  for (int i = 0; i < 289; ++i) many += "1\n";
  for (const std::string& text : {std::string("clients\n1\n"), std::string("weight\n"), std::string("weight\n0\n0\n"),
                                  std::string("weight\nnan\n"), many})
    EXPECT_THROW((void)read_histogram(text, "h.csv"), InputError) << text;
}

TEST(read_histogram, says_what_stands_in_a_line_without_a_number) {
  EXPECT_EQ(refusal([] { (void)read_histogram("weight\n1\n\n2\n", "h.csv"); }).found(), "an empty line");
  EXPECT_EQ(refusal([] { (void)read_histogram("time,weight\n1,2\n\n", "h.csv"); }).found(), "an empty line");
  EXPECT_EQ(refusal([] { (void)read_histogram("time,weight\n1,\n", "h.csv"); }).found(), "nothing");
}

TEST(read_times, are_values_or_bins) {
  // Values: mean 3, variance (4 + 1 + 9) / 3. Bins: half from 0 to 1, half from 1 to 3: mean (0.5 + 2) / 2.
  const Distribution values = distribution_of(read_times("request,time\nlogin,1\nget,2\nput,6\n", "t.csv"));
  EXPECT_DOUBLE_EQ(values.mean, 3);
  EXPECT_NEAR(scv(values), 14.0 / 3 / 9, 1e-12);
  const Distribution bins = distribution_of(read_times("time,weight\n1,5\n3,5\n", "t.csv"));
  EXPECT_DOUBLE_EQ(bins.mean, 1.25);
  EXPECT_DOUBLE_EQ(survival(bins, 2), 0.25);
  EXPECT_EQ(refusal([] { (void)read_times("time\n1\n-1\n", "t.csv"); }).place().line, 3);
  for (const char* text :
       {"weight\n1\n", "time\n", "time\nnan\n", "time,weight\n2,1\n1,1\n", "time,weight\n1,0\n", "time\n1e9\n"})
    EXPECT_EQ(refusal([&] { (void)read_times(text, "t.csv"); }).place().file, "t.csv") << text;
}

TEST(load_site, reads_measured_times_from_the_folder_of_the_site) {
  const Scratch scratch;
  std::ofstream(scratch.path("times.csv")) << "time\n0.01\n0.03\n";
  const std::string file = server + "[[routine]]\nname = \"r\"\nstart = \"07:45\"\nrequest_time_file = \"times.csv\"\n";
  std::ofstream(scratch.path("site.toml")) << file;
  EXPECT_EQ(load_site(scratch.path("site.toml")).routines.at(0).request_times.time, (std::vector<double>{0.01, 0.03}));
  std::ofstream(scratch.path("twice.toml")) << file << "request_time = \"1 s\"\n";
  EXPECT_EQ(refusal([&] { (void)load_site(scratch.path("twice.toml")); }).place().key, "routine.request_time_file");
}

// Line 6 of the site file names the table.
TEST(load_site, says_of_a_measured_file_its_line_and_who_names_it) {
  const Scratch scratch;
  const auto refused_of = [&](const std::string& key, const std::string& table) {
    std::ofstream(scratch.path("m.csv")) << table;
    std::ofstream(scratch.path("site.toml"))
        << server << "[[routine]]\nname = \"r\"\n" + key + " = \"m.csv\"\nstart = \"07:45\"\n";
    return refusal([&] { (void)load_site(scratch.path("site.toml")); });
  };
  const std::string site = scratch.path("site.toml") + ":6)";
  for (const std::string& key : {std::string("shape_file"), std::string("request_time_file")}) {
    const std::string column = key == "shape_file" ? "weight" : "time";
    const InputError number = refused_of(key, column + "\n1\nx\n");
    EXPECT_EQ(number.place().file, scratch.path("m.csv"));
    EXPECT_EQ(number.place().line, 3);
    EXPECT_TRUE(number.problem().ends_with(" (" + key + " of " + site)) << number.what();
    const InputError binary = refused_of(key, std::string("\177ELF\0\0", 6));
    EXPECT_EQ(binary.problem(), "not a text file (" + key + " of " + site);
  }
}

TEST(load_site, reads_the_histogram_from_the_folder_of_the_site) {
  const Scratch scratch;
  std::ofstream(scratch.path("shape.csv")) << "weight\n1\n2\n";
  const std::string file = server + "[[routine]]\nname = \"r\"\nstart = \"07:45\"\nshape_file = \"";
  std::ofstream(scratch.path("site.toml")) << file << "shape.csv\"\n";
  EXPECT_EQ(load_site(scratch.path("site.toml")).routines.at(0).shape.steps, (std::vector<double>{1, 2}));
  std::ofstream(scratch.path("none.toml")) << file << "none.csv\"\n";
  EXPECT_EQ(refusal([&] { (void)load_site(scratch.path("none.toml")); }).place().file, scratch.path("none.csv"));
  std::ofstream(scratch.path("folder.toml")) << file << ".\"\n";
  EXPECT_THROW((void)load_site(scratch.path("folder.toml")), InputError);
}

}  // namespace
}  // namespace sizing
