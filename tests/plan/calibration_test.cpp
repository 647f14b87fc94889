#include "libsizing/plan/calibration.h"

#include <cmath>

#include <gtest/gtest.h>

#include "libsizing/base/file.h"
#include "libsizing/base/number.h"
#include "libsizing/opsi/tables.h"
#include "tests/support/refusal.h"

namespace sizing {
namespace {

CalibrationRequest asking(const std::string& x, const std::string& y, const std::vector<std::string>& where) {
  CalibrationRequest request;
  request.data = {"t.csv", x, y, {}, "", ""};
  for (const std::string& condition : where) request.data.conditions.push_back(parse_condition(condition));
  request.date = "2026-01-02";
  return request;
}

Calibration measured_in(const std::string& name, const std::string& x, const std::string& y,
                        const std::vector<std::string>& where) {
  return calibrate(read_file("data/measurements/" + name, 1 << 20), asking(x, y, where));
}

Calibration samba(const std::vector<std::string>& where) {
  return measured_in("samba_memory.csv", "connections", "pss_kib", where);
}

TEST(calibration, of_a_table_is_that_of_its_text) {
  const std::string text = read_file("data/measurements/samba_memory.csv", 1 << 20);
  const auto request = asking("connections", "pss_kib", {"state=idle"});
  const Calibration of_text = calibrate(text, request),
                    of_table = calibrate(parse_measurements(text, "t.csv"), request);
  EXPECT_EQ(of_text.answer, of_table.answer);
  EXPECT_EQ(of_text.fit().slope, of_table.fit().slope);
}

TEST(calibration, takes_a_confidence_in_percent) {
  EXPECT_EQ(confidence_of(95, "confidence"), 0.95);
  for (const double wrong : {0.95, 49.9, 100.0, std::nan("")})
    EXPECT_EQ(refusal([&] { confidence_of(wrong, "confidence"); }).place().key, "confidence");
}

std::vector<std::string> codes(const Calibration& c) {
  std::vector<std::string> found;
  for (const Remark& remark : c.remarks) found.push_back(remark.code);
  return found;
}

bool says(const Calibration& c, const std::string& code) {
  const auto found = codes(c);
  return std::find(found.begin(), found.end(), code) != found.end();
}

// The text of points; `y` by x.
template <class Y>
std::string points(int n, Y y) {
  std::string text = "connections,pss_kib\n";
  for (int i = 0; i < n; ++i) text += std::to_string(i) + "," + exact(y(i)) + "\n";
  return text;
}

constexpr double mib = 1024;

// The figures that were published with these measurements: samba.memory_idle_connection, samba.base_memory and
// samba.memory_reading_connection of data/tables/figures.csv, in MiB there in the notes.
TEST(calibrate, gives_the_published_figures_of_samba) {
  const Calibration idle = samba({"state=idle"});
  EXPECT_NEAR(idle.fit().slope / mib, 0.725, 0.01);
  EXPECT_NEAR(idle.fit().intercept / mib, 23.1, 1);
  EXPECT_NEAR(idle.fit().r2, 0.9990, 5e-5);
  EXPECT_EQ(idle.fit().n, 33U);
  EXPECT_TRUE(idle.usable);
  const Calibration reading = samba({"state=reading_peak", "connections<=100"});
  EXPECT_NEAR(reading.fit().slope / mib, 13.5, 0.5);
  EXPECT_NEAR(reading.fit().intercept / mib, 31.5, 0.5);
  EXPECT_NEAR(reading.fit().r2, 0.9994, 5e-5);
  EXPECT_TRUE(reading.usable);
  const Calibration after = samba({"state=idle_after_read"});
  EXPECT_NEAR(after.fit().slope / mib, 7.5, 0.05);
  EXPECT_NEAR(after.fit().intercept / mib, 12.9, 0.05);
  EXPECT_NEAR(after.fit().r2, 0.978, 5e-4);
}

// The samples of many readers are lower bounds; their line, 9.5 MiB at R² 0.87, is no figure.
TEST(calibrate, makes_no_figure_of_the_readers_beyond_a_hundred) {
  const Calibration all = samba({"state=reading_peak"});
  EXPECT_NEAR(all.fit().slope / mib, 9.5, 0.05);
  EXPECT_NEAR(all.fit().r2, 0.87, 5e-3);
  EXPECT_FALSE(all.usable);
  EXPECT_EQ(all.remarks.front().code, "low_r2");
  EXPECT_TRUE(says(all, "outliers") && says(all, "spread_grows") && says(all, "fits_differ"));
  EXPECT_TRUE(contains(all.answer, "make no figure"));
  CalibrationRequest request = asking("connections", "pss_kib", {"state=reading_peak"});
  request.slope_figure = "samba.memory_reading_connection";
  const std::string text = read_file("data/measurements/samba_memory.csv", 1 << 20);
  EXPECT_TRUE(contains(refusal([&] { calibrate(text, request); }).problem(), "R² is 0.874"));
  request.slope_figure = "";
  request.at = AskedSize{130, "--at"};
  EXPECT_EQ(calibrate(text, request).prediction->refused, FitRefusal::no_line);
}

// Per 1000 keys, RSS, as published with the measurements.
TEST(calibrate, gives_the_published_memory_of_redis_keys) {
  for (const auto& [detail, kib] : {std::pair("string_3B", 114.0),
                                    {"string_64B", 170.0},
                                    {"string_256B", 406.0},
                                    {"string_1024B", 1351.0},
                                    {"hash10_20B", 406.0}}) {
    const Calibration c =
        measured_in("redis_memory.csv", "keys", "rss_kib", {"experiment!=baseline", std::string("detail=") + detail});
    EXPECT_NEAR(1000 * c.fit().slope, kib, 0.5) << detail;
    EXPECT_NEAR(c.fit().intercept, 12200, 100) << detail;
    EXPECT_TRUE(c.usable) << detail;
  }
}

TEST(calibrate, makes_figures_in_their_unit_with_a_range_and_a_note) {
  CalibrationRequest request = asking("connections", "pss_kib", {"state=idle"});
  request.slope_figure = "samba.memory_idle_connection";
  request.base_figure = "samba.base_memory";
  const Calibration c = calibrate(read_file("data/measurements/samba_memory.csv", 1 << 20), request);
  ASSERT_EQ(c.figures.size(), 2U);
  const FigureOverride& slope = c.figures[0];
  EXPECT_EQ(slope.name, "samba.memory_idle_connection");
  EXPECT_NEAR(parse_number(slope.value), c.fit().slope * 1024 / 1e6, 1e-12);
  // 5 % to 95 %: t with 31 degrees is 1.6955 in any table.
  EXPECT_NEAR(*slope.high, (c.fit().slope + 1.6955 * c.fit().slope_stderr) * 1024 / 1e6, 1e-6);
  EXPECT_NEAR(*slope.low, (c.fit().slope - 1.6955 * c.fit().slope_stderr) * 1024 / 1e6, 1e-6);
  EXPECT_EQ(slope.kind, Kind::measured);
  for (const char* part : {"t.csv", "state=idle", "2026-01-02", "n = 33", "R² = 0.99895"})
    EXPECT_TRUE(contains(slope.note, part)) << slope.note;
  EXPECT_NEAR(parse_number(c.figures[1].value), c.fit().intercept * 1024 / 1e6, 1e-9);
}

TEST(calibrate, refuses_figures_that_do_not_fit) {
  const std::string text = points(20, [](int i) { return 100.0 + 5 * i; });
  const auto problem = [&](const std::string& slope, const std::string& base, const std::string& csv,
                           const std::string& y = "pss_kib") {
    CalibrationRequest request = asking("connections", y, {});
    request.slope_figure = slope, request.base_figure = base;
    return refusal([&] { calibrate(csv, request); }).problem();
  };
  EXPECT_TRUE(contains(problem("samba.base", "", text), "no such figure"));
  EXPECT_TRUE(contains(problem("samba.base_memory", "", text), "the unit is another one"));
  EXPECT_TRUE(contains(problem("", "samba.memory_idle_connection", text), "the unit is another one"));
  EXPECT_TRUE(contains(problem("opsiconfd.memory_by_clients", "", text), "no single number"));
  EXPECT_TRUE(contains(problem("", "samba.base_memory", points(20, [](int i) { return 5.0 * i - 100; })), "below 0"));
  EXPECT_TRUE(
      contains(problem("samba.memory_idle_connection", "", "connections,size\n1,2\n2,3\n3,4\n", "size"), "not known"));
}

TEST(calibrate, never_makes_a_range_below_0_or_without_its_value) {
  CalibrationRequest request = asking("connections", "pss_kib", {});
  request.base_figure = "samba.base_memory";
  const Calibration c = calibrate(points(20, [](int i) { return 0.5 + 10 * i + (i % 2 == 0 ? 3 : -3); }), request);
  EXPECT_EQ(c.figures[0].low, 0.0);
  EXPECT_GE(*c.figures[0].high, parse_number(c.figures[0].value));
}

TEST(calibrate, says_what_speaks_against_a_line) {
  const auto of = [](const std::string& text) { return calibrate(text, asking("connections", "pss_kib", {})); };
  EXPECT_EQ(codes(of(points(20, [](int i) { return 7.0 + 3 * i; }))), std::vector<std::string>{});
  const Calibration curve = of(points(20, [](int i) { return 7.0 + i * i; }));
  EXPECT_TRUE(says(curve, "not_straight"));
  EXPECT_FALSE(curve.usable);
  const Calibration flat = of(points(20, [](int i) { return 50.0 + (i * 7) % 5; }));
  EXPECT_TRUE(says(flat, "no_slope"));
  EXPECT_FALSE(flat.usable);
  const Calibration few = of(points(3, [](int i) { return 7.0 + 3 * i; }));
  EXPECT_EQ(codes(few), (std::vector<std::string>{"few_points", "few_sizes"}));
  EXPECT_TRUE(few.usable);
  const Calibration wild = of(points(20, [](int i) { return i == 19 ? 500.0 : 7.0 + 3 * i; }));
  EXPECT_TRUE(says(wild, "outliers"));
  EXPECT_EQ(wild.outliers, (std::vector<std::size_t>{19}));
  EXPECT_TRUE(says(wild, "fits_differ"));
  EXPECT_TRUE(says(of(points(20, [](int i) { return 5.0 * i - 100; })), "negative_base"));
  EXPECT_TRUE(says(of("connections,pss_kib\n1,1\n2,2\n3,3\n4,\n"), "rows_left_out"));
}

TEST(calibrate, of_one_height_is_usable_with_slope_0) {
  const Calibration c = calibrate(points(10, [](int) { return 42.0; }), asking("connections", "pss_kib", {}));
  EXPECT_TRUE(c.usable);
  EXPECT_EQ(c.fit().slope, 0);
}

TEST(calibrate, refuses_data_that_carry_no_line) {
  const auto error = [](const std::string& text) {
    return refusal([&] { calibrate(text, asking("connections", "pss_kib", {})); });
  };
  EXPECT_EQ(error("connections,pss_kib\n1,1\n2,2\n").problem(), "too few points");
  EXPECT_EQ(error("connections,pss_kib\n1,1\n2,2\n").found(), "2 rows");
  EXPECT_EQ(error("connections,pss_kib\n").found(), "0 rows");
  EXPECT_TRUE(contains(error("connections,pss_kib\n5,1\n5,2\n5,3\n").problem(), "no spread in the column connections"));
  EXPECT_TRUE(contains(error("connections,pss_kib\n1,1e200\n2,2\n3,3\n").problem(), "no fit can hold"));
}

TEST(calibrate, answers_at_a_size_and_refuses_one_too_far_away) {
  const std::string text = points(11, [](int i) { return 100.0 + 5 * i + (i % 2 == 0 ? 1 : -1); });
  CalibrationRequest request = asking("connections", "pss_kib", {});
  request.at = AskedSize{30, "--at"};
  const Calibration c = calibrate(text, request);
  EXPECT_NEAR(c.prediction->at.y, c.fit().intercept + 30 * c.fit().slope, 1e-9);
  request.at->x = 30.1;
  EXPECT_TRUE(contains(refusal([&] { calibrate(text, request); }).problem(), "too far beyond the measurements"));
  request.at->may_be_refused = true;
  EXPECT_EQ(calibrate(text, request).prediction->refused, FitRefusal::too_far);
  request.at->x = 5;
  request.robust = true;
  EXPECT_NEAR(calibrate(text, request).prediction->at.y,
              calibrate(text, request).huber.intercept + 5 * calibrate(text, request).huber.slope, 1e-9);
}

TEST(calibrate, refuses_a_size_below_0_where_none_was_measured) {
  const auto at = [](double x, double shift) {
    CalibrationRequest request = asking("connections", "pss_kib", {});
    request.at = AskedSize{x, "--at"};
    std::string text = "connections,pss_kib\n";
    for (int i = 0; i < 9; ++i) text += exact(i + shift) + "," + exact(10.0 * i) + "\n";
    return calibrate(text, request);
  };
  EXPECT_EQ(refusal([&] { at(-1, 0); }).place().key, "at");
  EXPECT_TRUE(at(0, 0).prediction);
  EXPECT_TRUE(at(-1, -3).prediction);  // a column that has such sizes
}

TEST(calibrate, keeps_what_columns_that_are_not_used_mean_to_itself) {
  const Calibration c = calibrate(
      "# host: opsi1\n# rss_kib: resident\n# pss_kib: proportional\n# connections: of clients\n# units: KiB\n"
      "connections,pss_kib,rss_kib\n1,10,5\n2,20,5\n3,31,5\n4,40,5\n",
      asking("connections", "pss_kib", {}));
  EXPECT_EQ(c.measured.comments, (std::vector<std::string>{"host: opsi1", "pss_kib: proportional",
                                                           "connections: of clients", "units: KiB"}));
}

TEST(figures_toml, is_read_back_as_it_was) {
  std::vector<FigureOverride> own = {
      {"samba.base_memory", "24.2", Kind::measured, 22.5, 25.75, "a \"quoted\" note \\ with n = 3", {}},
      {"redis.base_memory", "1e-05", Kind::assumed, {}, {}, "small", {}},
      {"opsiconfd.memory_by_clients", "100:500|2000:1000", Kind::derived, {}, {}, "a curve", {}}};
  const std::string toml = figures_toml(own, {"a head", "with\na break"});
  EXPECT_TRUE(toml.starts_with("# a head\n# with?a break\n"));
  const auto read = read_own_figures(toml, "own.toml");
  ASSERT_EQ(read.size(), own.size());
  for (const FigureOverride& figure : read) {
    const auto at =
        std::find_if(own.begin(), own.end(), [&](const FigureOverride& o) { return o.name == figure.name; });
    ASSERT_NE(at, own.end());
    if (at->value.find(':') == std::string::npos)
      EXPECT_EQ(parse_number(figure.value), parse_number(at->value));
    else
      EXPECT_EQ(figure.value, at->value);
    EXPECT_EQ(figure.kind, at->kind);
    EXPECT_EQ(figure.low, at->low);
    EXPECT_EQ(figure.high, at->high);
    EXPECT_EQ(figure.note, at->note);
  }
}

TEST(suggested_figures, are_those_that_columns_and_conditions_make_plain) {
  const auto suggestion = samba({"state=idle"}).suggestion;
  ASSERT_TRUE(suggestion.has_value());
  EXPECT_EQ(suggestion->slope_figure, "samba.memory_idle_connection");
  EXPECT_EQ(suggestion->base_figure, "samba.base_memory");
  EXPECT_EQ(samba({"state=reading_peak", "connections<=100"}).suggestion->slope_figure,
            "samba.memory_reading_connection");
  EXPECT_FALSE(samba({"state=reading_mean", "connections<=100"}).suggestion.has_value());
  for (const char* state : {"idle", "reading_peak", "idle_after_read"}) {
    const auto made = samba({std::string("state=") + state, "connections<=100"}).suggestion;
    ASSERT_TRUE(made.has_value()) << state;
    for (const std::string& name : {made->slope_figure, made->base_figure})
      EXPECT_TRUE(name.empty() ||
                  std::any_of(figures().begin(), figures().end(), [&](const Figure& f) { return f.name == name; }))
          << name;
  }
}

TEST(unit_of_column, is_what_its_name_says) {
  const auto unit = [](const char* column) { return unit_of_column(column); };
  EXPECT_EQ(unit("pss_kib"), parse_unit("KiB"));
  EXPECT_EQ(unit("RSS_KiB"), parse_unit("KiB"));
  EXPECT_EQ(unit("rss_kb"), parse_unit("kB"));
  EXPECT_EQ(unit("used_memory_bytes"), parse_unit("B"));
  EXPECT_EQ(unit("size_gib"), parse_unit("GiB"));
  EXPECT_EQ(unit("wait_ms"), parse_unit("ms"));
  EXPECT_EQ(unit("connections"), parse_unit("connection"));
  EXPECT_EQ(unit("opsiconfd_workers"), parse_unit("worker"));
  EXPECT_EQ(unit("requests_per_s"), parse_unit("request/s"));
  EXPECT_EQ(unit("keys"), std::nullopt);
  EXPECT_EQ(unit("throughput"), std::nullopt);
  EXPECT_EQ(unit(""), std::nullopt);
}

TEST(shown_amount, reads_best) {
  EXPECT_EQ(shown_amount(23671.66, parse_unit("KiB")), "23.12 MiB");
  EXPECT_EQ(shown_amount(742.73, parse_unit("KiB")), "0.725 MiB");
  EXPECT_EQ(shown_amount(742.73, 8.81, parse_unit("KiB")), "0.725 ± 0.0086 MiB");
  EXPECT_EQ(shown_amount(0.1142, parse_unit("KiB")), "116.94 B");
  EXPECT_EQ(shown_amount(2500, parse_unit("MB")), "2.5 GB");
  EXPECT_EQ(shown_amount(0, parse_unit("KiB")), "0 B");
  EXPECT_EQ(shown_amount(12, parse_unit("ms")), "12 ms");
  EXPECT_EQ(shown_amount(12, std::nullopt), "12");
}

}  // namespace
}  // namespace sizing
