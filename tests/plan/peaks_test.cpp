// Peaks from routines, against hand calculations and the program below, which is independent of ours:
//
//   import math
//   phi = lambda x: 0.5 * (1 + math.erf(x / math.sqrt(2)))
//   def quantile(mean, share=0.99):                                # of Poisson, by its sum
//       p = c = math.exp(-mean); k = 0
//       while c < share: k += 1; p *= mean / k; c += p
//       return k
//   school = 152 * (phi(60 / 150) - phi(-60 / 150)) / (phi(3) - phi(-3))   # 120 s around the middle of 15 min = 6 ×
//   150 s office = 380 * (1 - (1 - 150 / 3600) ** 2)                     # 150 s around the top of a triangle of 1 h
//   print(school, quantile(school), quantile(0.4 * school), office, quantile(office), quantile(office / 2))
//   # 47.37611529911567 64 30 31.006944444444397 45 25
#include "libsizing/plan/peaks.h"

#include <gtest/gtest.h>

#include "libsizing/model/decide.h"
#include "libsizing/plan/plan.h"
#include "libsizing/plan/resolve.h"
#include "tests/support/refusal.h"
#include "tests/support/sites.h"

namespace sizing {
namespace {

std::string site_text(const std::string& routines, const std::string& stated = "") {
  return "opsi = \"4.3\"\n[[server]]\nname = \"a\"\nclients = 1000\n" + stated + routines;
}

std::string routine(const std::string& name, const std::string& keys) {
  return "[[routine]]\nname = \"" + name + "\"\n" + keys + "\n";
}

ResolvedServer resolved(const std::string& text) { return resolve(read_site(text, "s.toml"))[0]; }

const RoutinePeak& peak(const ResolvedServer& server, const std::string& input) {
  for (const RoutinePeak& p : server.peaks)
    if (p.input == input) return p;
  throw std::runtime_error("no peak of " + input);
}

double value(const ResolvedServer& server, const char* quantity) { return server.evaluation.value(quantity); }

const Origin& origin(const ResolvedServer& server, const char* input) {
  return server.origins[input_index(*server.evaluation.model, input)];
}

TEST(peaks, of_the_example_sites_are_those_calculated_by_hand) {
  const ResolvedServer school = resolve(load_site("data/sites/school.toml"))[0];
  EXPECT_NEAR(peak(school, "connections").mean, 47.37611529911567, 1e-9);
  EXPECT_NEAR(peak(school, "connections").time, 7 * 3600 + 53.5 * 60, 1);  // 60 s behind the middle
  EXPECT_EQ(value(school, "connections"), 64);
  EXPECT_EQ(peak(school, "samba.connections").most, 30);
  EXPECT_EQ(value(school, "samba.connections"), 60);  // stated
  const ResolvedServer company = resolve(load_site("data/sites/company.toml"))[0];
  EXPECT_NEAR(peak(company, "connections").mean, 31.006944444444397, 1e-9);
  EXPECT_EQ(value(company, "connections"), 45);
  EXPECT_EQ(value(company, "samba.connections"), 25);
}

TEST(peaks, of_all_at_once_are_all) {
  const auto server = resolved(site_text(routine("r", "start = \"07:45\"\nshape = \"at once\"\nclients = 300")));
  EXPECT_EQ(value(server, "connections"), 300);
  EXPECT_EQ(peak(server, "connections").mean, 300);
  EXPECT_EQ(peak(server, "connections").time, 27900);
}

TEST(peaks, are_sums_of_routines) {
  const std::string early = routine("early", "start = \"07:00\"\nwindow = \"1 h\"\nclients = 200\nsession = \"5 min\""),
                    late =
                        routine("late", "start = \"07:30\"\nwindow = \"20 min\"\nshape = \"normal\"\nshare = \"30 %\"");
  const auto days = [](const std::string& routines) {
    const Site site = read_site(site_text(routines), "s.toml");
    const ResolvedServer server = resolve(site)[0];
    return days_of(routines_of(site, site.servers[0], server.evaluation), server.evaluation);
  };
  const DayOf both = days(early + late)[0], one = days(early)[0], other = days(late)[0];
  for (double t = 0; t < day_seconds; t += 97)
    EXPECT_NEAR(mean_at(both, t), mean_at(one, t) + mean_at(other, t), 1e-9) << t;
}

TEST(peaks, go_on_behind_midnight) {
  const std::string night =
                        routine("night", "start = \"23:30\"\nshape = \"at once\"\nsession = \"2 h\"\nclients = 100"),
                    small = routine("small", "start = \"00:30\"\nshape = \"at once\"\nsession = \"1 h\"\nclients = 10");
  const auto server = resolved(site_text(night + small));
  EXPECT_EQ(peak(server, "connections").mean, 110);
  EXPECT_EQ(peak(server, "connections").time, 1800);
  EXPECT_EQ(value(server, "connections"), 110);
}

TEST(peaks, of_a_steady_timer_are_the_rate_times_the_session_all_day_long) {
  const Site site = read_site(site_text("[[routine]]\npreset = \"WAN timer every hour\"\n"), "s.toml");
  const ResolvedServer server = resolve(site)[0];
  const auto days = days_of(routines_of(site, site.servers[0], server.evaluation), server.evaluation);
  for (const double t : {0.0, 60.0, 3600.0, 50'000.0, 86'399.0})
    EXPECT_NEAR(mean_at(days[0], t), 1000.0 * 120 / 3600, 1e-9) << t;
  EXPECT_EQ(value(server, "samba.connections"), 0);  // with nothing to do
  // The same timer with a pause of 20 minutes has 24 comings, each denser.
  const auto pausing =
      resolved(site_text(routine("t", "start = \"00:00\"\nevery = \"1 h\"\nwindow = \"40 min\"\nshape = \"uniform\"")));
  EXPECT_NEAR(peak(pausing, "connections").mean, 1000.0 * 120 / 2400, 1e-9);
}

TEST(peaks, of_a_repeat_that_midnight_cuts_to_one_coming_are_those_of_one) {
  const std::string once = "start = \"18:00\"\nwindow = \"10 min\"\nshape = \"uniform\"\n";
  const auto one = resolved(site_text(routine("r", once))),
             cut = resolved(site_text(routine("r", once + "every = \"12 h\"")));
  EXPECT_EQ(peak(cut, "connections").mean, peak(one, "connections").mean);
  EXPECT_EQ(peak(cut, "connections").time, peak(one, "connections").time);
}

TEST(peaks, give_way_to_what_is_stated_and_both_are_named) {
  const std::string at_once = routine("r", "start = \"07:45\"\nshape = \"at once\"\nclients = 300");
  const Plan above = make_plan(read_site(site_text(at_once, "connections = 400\nsamba.connections = 20\n"), "s.toml"));
  EXPECT_EQ(value(above.servers[0].server, "connections"), 400);
  const Remark* remark = find_remark(above, "stated_beats_routines", "connections");
  ASSERT_TRUE(remark);
  EXPECT_EQ(remark->severity, Severity::note);
  EXPECT_TRUE(contains(remark->text, "400 connections (s.toml:5)")) << remark->text;
  EXPECT_TRUE(contains(remark->text, "the routines give 300 connections")) << remark->text;
  const Remark* below = find_remark(above, "stated_beats_routines", "samba.connections");
  ASSERT_TRUE(below);
  EXPECT_EQ(below->severity, Severity::warning);
  const Plan same = make_plan(read_site(site_text(at_once, "connections = 300\n"), "s.toml"));
  EXPECT_FALSE(find_remark(same, "stated_beats_routines"));
}

TEST(peaks, are_the_origin_of_their_input) {
  const auto server = resolved(site_text(routine("rush", "start = \"07:45\"\nshape = \"at once\"\nclients = 300")));
  EXPECT_EQ(origin(server, "connections").kind, OriginKind::derived);
  EXPECT_EQ(origin(server, "connections").text,
            "routine rush (s.toml:5): 99 % quantile 300, mean 300 at 07:45; assumed: window");
  EXPECT_EQ(origin(server, "online_clients").kind, OriginKind::standard);
  EXPECT_TRUE(server.peak_behind(input_index(*server.evaluation.model, "connections")));
  EXPECT_FALSE(server.peak_behind(input_index(*server.evaluation.model, "clients")));
}

TEST(peaks, of_clients_switched_on_follow_from_online_alone) {
  const auto server = resolved(site_text(
      routine("r", "start = \"07:00\"\nwindow = \"1 h\"\nclients = 600\nonline = \"6 h\"\nsession = \"1 min\"")));
  EXPECT_EQ(value(server, "online_clients"), 600);
  EXPECT_EQ(peak(server, "online_clients").time, 8 * 3600);
}

TEST(peaks, of_samba_with_a_transfer_are_those_with_a_slot) {
  const std::string keys =
      "start = \"22:00\"\nshape = \"at once\"\nclients = 400\ntransfer = \"6 GB\"\nline = \"1 Gbit/s\"\n";
  EXPECT_EQ(value(resolved(site_text(routine("r", keys))), "samba.connections"), 100);  // [depot.transfer_slots]
  EXPECT_EQ(value(resolved(site_text(routine("r", keys + "slots = 30"))), "samba.connections"), 30);
  EXPECT_EQ(value(resolved(site_text(routine("r", keys + "slots = 0"))), "samba.connections"), 400);
}

// A morning long before the night leaves the night its slots; at the same time both count.
TEST(peaks, of_transfers_keep_their_slots_beside_other_routines) {
  const std::string night = routine("night",
                                    "start = \"22:00\"\nshape = \"at once\"\nclients = 400\ntransfer = \"6 "
                                    "GB\"\nline = \"1 Gbit/s\""),
                    morning = routine("morning", "start = \"07:30\"\nshape = \"at once\"\nclients = 60"),
                    late = routine("late", "start = \"22:30\"\nshape = \"at once\"\nclients = 60");
  EXPECT_EQ(value(resolved(site_text(morning + night)), "samba.connections"), 100);
  EXPECT_EQ(value(resolved(site_text(late + night)), "samba.connections"), 160);
}

TEST(peaks, count_no_more_clients_of_a_routine_than_the_server_has) {
  const std::string evenly = "start = \"07:00\"\nwindow = \"1 h\"\nclients = ";
  const auto more = resolved(site_text(routine("r", evenly + "3000"))),
             all = resolved(site_text(routine("r", evenly + "1000")));
  EXPECT_EQ(peak(more, "connections").mean, peak(all, "connections").mean);
}

TEST(peaks, make_what_follows_from_them_as_sure_as_they_are) {
  const std::string said = "start = \"07:00\"\nwindow = \"1 h\"\nclients = 900\nsession = \"1 min\"";
  const auto kind = [](const ResolvedServer& server) {
    return kind_of(server.evaluation, find_node(*server.evaluation.model, "opsiconfd.workers_by_connections"));
  };
  const auto assumed = resolved(site_text(routine("r", said)));  // the shape is
  EXPECT_EQ(kind(assumed), Kind::assumed);
  EXPECT_EQ(kind(resolved(site_text(routine("r", said), "connections = 30\n"))), Kind::published);
}

TEST(peaks, are_of_the_servers_that_a_routine_names) {
  const auto servers = resolve(read_site(
      "[[server]]\nname = \"a\"\nclients = 1000\n[[server]]\nname = \"b\"\nroles = [\"depot\"]\nclients = 50\n"
      "service.samba = false\n" +
          routine("r", "server = \"b\"\nstart = \"07:45\"\nshape = \"at once\""),
      "s.toml"));
  EXPECT_TRUE(servers[0].peaks.empty());
  EXPECT_EQ(value(servers[1], "connections"), 50);
  EXPECT_EQ(servers[1].peaks.size(), 1U);  // no Samba, not the config server
}

TEST(peaks, rest_on_the_figures_of_the_site) {
  const std::string uniform = routine("r", "start = \"07:00\"\nwindow = \"1 h\"");
  const auto with = [&](const std::string& figure, const std::string& value) {
    return resolved(site_text(uniform) + "[figures.\"" + figure + "\"]\nvalue = " + value + "\nnote = \"n\"\n");
  };
  const auto mean = [](const ResolvedServer& server) { return peak(server, "connections").mean; };
  EXPECT_NEAR(mean(resolved(site_text(uniform))), 1000.0 * 120 / 3600, 1e-9);
  EXPECT_NEAR(mean(with("opsiconfd.session_lifetime", "60")), 1000.0 * 60 / 3600, 1e-9);
  // 8 requests of 30 s each take 240 s, longer than the 120 s; 20,000 of 10 ms each 200 s.
  EXPECT_NEAR(mean(with("client.rpc_time", "30000")), 1000.0 * 240 / 3600, 1e-9);
  EXPECT_NEAR(mean(with("client.requests_per_boot", "20000")), 1000.0 * 200 / 3600, 1e-9);
  EXPECT_LT(value(with("load.quantile", "50"), "connections"), value(resolved(site_text(uniform)), "connections"));
  EXPECT_EQ(refusal([&] { with("load.quantile", "100"); }).place().key, "load.quantile");
}

TEST(peaks, never_exceed_the_clients_and_grow_with_them) {
  RandomSites random(7);
  const std::vector<std::string> shapes = {"at once", "uniform", "normal", "triangular", "triangular:0.1"};
  const std::vector<std::string> lengths = {"constant", "exponential", "erlang:3", "hyperexponential:4", "lognormal:2"};
  const auto of = [&](const std::vector<std::string>& list) {
    return list[static_cast<std::size_t>(random.fraction() * 0.999 * static_cast<double>(list.size()))];
  };
  const auto whole = [&](double most) { return std::to_string(static_cast<int>(most * random.fraction())); };
  for (int i = 0; i < 60; ++i) {
    const std::string keys = "shape = \"" + of(shapes) + "\"\nsession = \"" + whole(7200) +
                             " s\"\nsession_distribution = \"" + of(lengths) + "\"\nwindow = \"" + whole(5000) +
                             " s\"\nsamba = \"" + whole(100) + " %\"\nstart = \"" + std::to_string(10 + i % 14) +
                             ":00\"\n";
    const int clients = static_cast<int>(900 * random.fraction());
    const auto with = [&](int n) {
      return resolved(site_text(routine("a", keys + "clients = " + std::to_string(n)) +
                                routine("b", "start = \"12:00\"\nwindow = \"8 h\"\nclients = 90")));
    };
    const auto few = with(clients), more = with(clients + 50);
    for (const RoutinePeak& p : few.peaks) {
      EXPECT_LE(p.most, clients + 90) << keys;
      EXPECT_LE(p.mean, clients + 90) << keys;
      EXPECT_LE(p.most, peak(more, p.input).most) << keys;
      EXPECT_LE(p.mean, peak(more, p.input).mean * (1 + 1e-9)) << keys;
      EXPECT_GE(p.time, 0) << keys;
      EXPECT_LT(p.time, day_seconds) << keys;
    }
  }
  const auto server = resolved(site_text(routine("r", "start = \"07:45\"\nshape = \"at once\"\nclients = 5000")));
  EXPECT_EQ(value(server, "connections"), 1000);
  const Plan plan =
      make_plan(read_site(site_text(routine("r", "start = \"07:45\"\nshape = \"at once\"\nclients = 5000")), "s.toml"));
  EXPECT_TRUE(find_remark(plan, "routine_above_clients"));
}

TEST(peaks, need_the_clients_that_a_question_varies) {
  Site site = read_site("[[server]]\nname = \"a\"\n" + routine("r", "start = \"07:45\""), "s.toml");
  const auto model = model_of(site);
  EXPECT_EQ(refusal([&] { (void)with_stated(site, 0, *find_input(*model, "clients")); }).place().key, "a.clients");
}

TEST(peaks, of_a_file_that_is_not_read_are_refused) {
  EXPECT_THROW((void)resolved(site_text(routine("r", "start = \"07:45\"\nrequest_time_file = \"t.csv\""))), InputError);
  EXPECT_THROW((void)resolved(site_text(routine("r", "start = \"07:45\"\nshape_file = \"h.csv\""))), InputError);
}

}  // namespace
}  // namespace sizing
