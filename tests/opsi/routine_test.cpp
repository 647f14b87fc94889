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
      {plain + "clients = 1\nshare = 50\n", "routine.share", "said twice: clients stands here as well"},
      {plain + "share = \"101 %\"\n", "routine.share", "not allowed"},
      {plain + "shape = \"bell\"\n", "routine.shape", "not allowed"},
      {plain + "shape = \"uniform\"\nshape_file = \"x\"\n", "routine.shape_file",
       "said twice: shape stands here as well"},
      {plain + "session_distribution = \"erlang\"\n", "routine.session_distribution", "not allowed"},
      {plain + "every = \"10 min\"\n", "routine.every", "not allowed"},
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

TEST(routine, is_refused_where_there_are_too_many) {
  std::string many;
  for (int i = 0; i < 3; ++i)
    many += "[[routine]]\nname = \"r" + std::to_string(i) + "\"\nstart = \"00:00\"\nevery = \"15 min\"\n";
  EXPECT_EQ(refusal([&] { (void)read_site(server + many, "s.toml"); }).place().key, "routine.every");
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
