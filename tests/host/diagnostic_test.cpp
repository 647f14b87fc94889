#include "libsizing/host/diagnostic.h"

#include <algorithm>
#include <random>

#include "libsizing/base/text.h"
#include "tests/support/diagnostics.h"
#include "tests/support/refusal.h"
#include "tests/support/same_site.h"
#include "tests/support/scratch.h"

namespace sizing {
namespace {

// All that follows from a file but lines and columns.
std::string said_of(const Diagnostic& diagnostic) {
  const Import import = import_of(diagnostic);
  std::string text = canonical(import.plan.site) + import.answer + "\n" + join(diagnostic.missing, ",") + "\n";
  for (const Remark& remark : import.remarks) text += remark.code + ": " + remark.text + "\n";
  std::vector<std::string> taken;
  for (const Taken& t : import.taken) taken.push_back(t.what + " = " + t.value);
  std::sort(taken.begin(), taken.end());
  return text + join(taken, "\n");
}

// The members of an object in another order, in all depths.
Json shuffled(const Json& json, std::mt19937& random) {
  if (!json.is_object()) return json;
  std::vector<std::string> keys;
  for (const auto& [key, value] : json.items()) keys.push_back(key);
  for (std::size_t i = keys.size(); i > 1; --i) std::swap(keys[i - 1], keys[random() % i]);
  Json result = Json::object();
  for (const std::string& key : keys) result[key] = shuffled(json.at(key), random);
  return result;
}

// Values that nobody knows, put into every object that is known by more than its keys.
Json with_unknown(Json json, std::mt19937& random) {
  const std::vector<Json> values = {nullptr,
                                    5,
                                    "x",
                                    true,
                                    Json::array({1, Json::object({{"total", 3}})}),
                                    Json::object({{"memory", Json::object({{"total", "text"}})}})};
  for (const char* path : {"", "/memory", "/processor", "/config", "/clients", "/depots", "/disks/~1", "/redis_info",
                           "/redis_info/memory", "/health_check/0", "/health_check/0/check"}) {
    const Json::json_pointer at(path);
    if (json.contains(at)) json[at]["new_in_opsi_" + std::to_string(random() % 100)] = values[random() % values.size()];
  }
  return json;
}

TEST(read_diagnostic, reads_what_another_reader_reads) {
  const Json json = diagnostic_json();
  const Diagnostic d = load_diagnostic(example_diagnostics()[0]);
  const auto number = [&](const char* path) { return json.at(pointer_of(path)).get<double>(); };
  EXPECT_EQ(d.memory->value, number("memory.total"));
  EXPECT_EQ(d.memory_available->value, number("memory.available"));
  EXPECT_EQ(d.cores->value, number("processor.cpu_count"));
  EXPECT_EQ(d.clients->value, number("clients.client_count"));
  EXPECT_EQ(d.active_clients->value, number("clients.active_client_count"));
  EXPECT_EQ(d.workers->value, number("config.workers"));
  EXPECT_EQ(d.executor_workers->value, number("config.executor_workers"));
  EXPECT_EQ(d.redis_memory->value, number("redis_info.memory.used_memory"));
  EXPECT_EQ(d.opsiconfd_version->value, json.at("opsiconfd_version"));
  EXPECT_EQ(d.node_name->value, "opsi");
  EXPECT_EQ(d.host_name->value, "opsi");
  EXPECT_FALSE(d.docker->value);
  ASSERT_EQ(d.depots.size(), 1U);
  EXPECT_EQ(d.depots[0].value, json.at("depots").at("ids").at(0));
  ASSERT_EQ(d.mounts.size(), 2U);
  for (const Mount& mount : d.mounts) {
    EXPECT_EQ(mount.total->value, json.at("disks").at(mount.folder).at("total"));
    EXPECT_EQ(mount.used->value, json.at("disks").at(mount.folder).at("used"));
    EXPECT_EQ(mount.free->value, json.at("disks").at(mount.folder).at("free"));
  }
  ASSERT_EQ(d.products.size(), 1U);
  EXPECT_EQ(d.products[0].count, json.at("products").begin()->size());
  EXPECT_TRUE(d.missing.empty()) << join(d.missing, ", ");
  EXPECT_EQ(active_within_a_month(d)->value, 243);
}

TEST(read_diagnostic, takes_results_of_the_health_check_with_their_parts_of_both_generations) {
  const Diagnostic newer = load_diagnostic(example_diagnostics()[0]), older = load_diagnostic(example_diagnostics()[1]);
  const auto ids = [](const Diagnostic& d) {
    std::string text;
    for (const HealthResult& r : d.health) text += r.id + (r.parts ? "+" : "") + "=" + r.status + " ";
    return text;
  };
  EXPECT_EQ(ids(newer),
            "disk_usage+=ok disk_usage:/=ok disk_usage:/var/lib/opsi=ok opsi_worker_capacity=ok redis+=ok "
            "redis:connection=ok redis:memory_usage=ok system_packages+=warning system_packages=warning ");
  EXPECT_EQ(ids(older),
            "disk_usage+=warning disk_usage:/=warning redis+=warning redis:memory_usage=warning opsi_licenses=ok ");
}

TEST(read_diagnostic, names_the_member_that_was_taken_out_and_no_other) {
  for (const std::string& path : diagnostic_members()) {
    Json json = diagnostic_json();
    const auto pointer = pointer_of(path);
    json[pointer.parent_pointer()].erase(pointer.back());
    EXPECT_EQ(diagnostic_of(json).missing, std::vector<std::string>{path});
    Json nothing = diagnostic_json();
    nothing[pointer] = nullptr;
    EXPECT_EQ(diagnostic_of(nothing).missing, std::vector<std::string>{path});
  }
  Json json = diagnostic_json();
  json["disks"]["/"].erase("free");
  EXPECT_EQ(diagnostic_of(json).missing, std::vector<std::string>{"disks[\"/\"].free"});
}

TEST(read_diagnostic, refuses_each_member_of_another_type_by_its_path) {
  for (const std::string& path : diagnostic_members()) {
    const auto pointer = pointer_of(path);
    for (const Json& wrong :
         {Json("x"), Json(5.5), Json(true), Json::array({1}), Json::object({{"a", Json::array()}})}) {
      Json json = diagnostic_json();
      const Json before = json.at(pointer);
      if (before.type() == wrong.type()) continue;
      if (path == "disks" && wrong.is_object()) continue;
      json[pointer] = wrong;
      const InputError error = refusal([&] { diagnostic_of(json); });
      EXPECT_EQ(error.place().key, path);
      EXPECT_EQ(error.place().file, "d.json");
      EXPECT_GT(error.place().line, 0);
      EXPECT_FALSE(error.allowed().empty());
    }
  }
}

struct Wrong {
  const char* text;
  const char* place;  // line:column: key
  const char* says;
};

// Columns counted by hand.
TEST(read_diagnostic, says_where_and_what_is_not_allowed) {
  const std::vector<Wrong> all = {
      {R"({"memory": {"total": "16 GB"}})", "1:22: memory.total", "found \"16 GB\"; allowed: a number"},
      {R"({"memory": {"total": -5}})", "1:22: memory.total", "found -5; allowed: a whole number of bytes from 0"},
      {R"({"memory": {"total": 1.5}})", "1:22: memory.total", "found 1.5"},
      {R"({"memory": {"total": 1e300}})", "1:22: memory.total", "found 1e+300"},
      {R"({"memory": {"total": 99999999999999999999}})", "1:22: memory.total", "found 1e+20"},
      {R"({"memory": 5})", "1:12: memory", "found 5; allowed: an object"},
      {R"({"memory": [5]})", "1:12: memory", "found an array; allowed: an object"},
      {R"({"processor": {"cpu_count": 0}})", "1:29: processor.cpu_count", "a whole number of cores from 1 to 1000000"},
      {R"({"config": {"workers": true}})", "1:24: config.workers", "found true; allowed: a number"},
      {R"({"clients": {"client_count": 10000001}})", "1:30: clients.client_count", "from 0 to 10000000"},
      {R"({"clients": {"client_count": 5, "active_client_count": 6}})", "1:56: clients.active_client_count",
       "found 6; allowed: at most clients.client_count, 5"},
      {R"({"depots": {"ids": "a"}})", "1:20: depots.ids", "found \"a\"; allowed: an array"},
      {R"({"depots": {"ids": ["a", 5]}})", "1:26: depots.ids[1]", "found 5; allowed: a text"},
      {R"({"depots": {"ids": ["a\nb"]}})", "1:21: depots.ids[0]", "printable characters"},
      {R"({"config": {"node_name": ""}})", "1:26: config.node_name", "1 to 200 printable characters"},
      {R"({"disks": {"/tmp": 5}})", "1:20: disks[\"/tmp\"]", "found 5; allowed: an object"},
      {R"({"disks": {"/tmp": {"free": "a"}}})", "1:29: disks[\"/tmp\"].free", "allowed: a number"},
      {R"({"products": {"d.e": []}})", "1:22: products[\"d.e\"]", "found an array; allowed: an object"},
      {R"({"health_check": [{"check": "x"}]})", "1:29: health_check[0].check", "allowed: an object"},
      {R"({"memory": {"total": 1}, "memory": {}})", "1:26: memory", "said twice"},
      {R"({"memory": {"total": 1, "total": 1}})", "1:25: memory.total", "said twice"},
      {R"({"disks": {"/": {}, "/": {}}})", "1:21: disks[\"/\"]", "said twice"},
      {R"([{"memory": 5}])", "1:1", "found an array; allowed: an object"},
      {R"({})", "", "none of the members looked for; allowed: opsiconfd_version, config.node_name"},
      {R"({"format": 1, "tool": "opsi-sizing"})", "", "none of the members looked for"},
  };
  for (const Wrong& w : all) {
    const InputError error = refusal([&] { diagnostic_of(std::string(w.text)); });
    EXPECT_EQ(describe(error.place()), std::string("d.json") + (*w.place ? ":" : "") + w.place) << w.text;
    EXPECT_TRUE(contains(error.what(), w.says)) << error.what();
  }
}

TEST(read_diagnostic, what_is_not_known_changes_nothing) {
  std::mt19937 random(7);
  for (const std::string& path : example_diagnostics()) {
    const std::string expected = said_of(load_diagnostic(path));
    for (int i = 0; i < 50; ++i)
      EXPECT_EQ(said_of(diagnostic_of(with_unknown(diagnostic_json(path), random))), expected);
  }
}

TEST(read_diagnostic, the_order_of_members_does_not_matter) {
  std::mt19937 random(8);
  for (const std::string& path : example_diagnostics()) {
    const std::string expected = said_of(load_diagnostic(path));
    for (int i = 0; i < 50; ++i) EXPECT_EQ(said_of(diagnostic_of(shuffled(diagnostic_json(path), random))), expected);
  }
}

TEST(read_diagnostic, blanks_between_values_do_not_matter) {
  for (const std::string& path : example_diagnostics()) {
    const std::string expected = said_of(load_diagnostic(path));
    for (const int indent : {-1, 0, 8})
      EXPECT_EQ(said_of(diagnostic_of(diagnostic_json(path).dump(indent, '\t'))), expected);
  }
}

// Cut anywhere it is no JSON; what is left of it is never taken for the whole.
TEST(read_diagnostic, refuses_a_file_that_was_cut) {
  const std::string text = diagnostic_json(example_diagnostics()[1]).dump();
  for (std::size_t size = 0; size < text.size(); size += 3)
    EXPECT_THROW((void)diagnostic_of(text.substr(0, size)), InputError) << size;
}

TEST(read_diagnostic, survives_a_changed_byte) {
  std::mt19937 random(9);
  const std::string text = diagnostic_json(example_diagnostics()[1]).dump();
  int read = 0, refused = 0;
  for (int i = 0; i < 3000; ++i) {
    std::string changed = text;
    changed[random() % changed.size()] = static_cast<char>(random() % 256);
    try {
      (void)diagnostic_of(changed);
      ++read;
    } catch (const InputError& error) {
      EXPECT_EQ(error.place().file, "d.json");
      ++refused;
    }
  }
  EXPECT_GT(read, 100);
  EXPECT_GT(refused, 100);
}

// A tenth of a large file, so that the test takes a moment.
TEST(read_diagnostic, passes_over_megabytes_that_it_does_not_need) {
  std::string packages, methods;
  for (int i = 0; i < 100'000; ++i) {
    const std::string n = std::to_string(i);
    packages += "\"package-" + n + "\": \"4.3." + n + "-1\", ";
    methods += "\"method_" + n + "\": {\"signature\": [{\"self\": \"str\"}], \"overwrite\": true}, ";
  }
  Json json = diagnostic_json();
  std::string text = json.dump();
  text.insert(1, "\"backendmanager_extensions_more\": {" + methods + "\"end\": 1}, \"packages_more\": {" + packages +
                     "\"end\": 1}, ");
  EXPECT_GT(text.size(), 8'000'000U);
  EXPECT_EQ(said_of(diagnostic_of(text)), said_of(load_diagnostic(example_diagnostics()[0])));
}

TEST(load_diagnostic, refuses_a_file_over_the_limit_at_once) {
  const Scratch scratch;
  const std::string path = scratch.path("huge.json");
  std::ofstream(path) << "{";
  std::filesystem::resize_file(path, most_diagnostic_bytes + 1);
  const InputError error = refusal([&] { (void)load_diagnostic(path); });
  EXPECT_EQ(error.problem(), "too large");
  EXPECT_EQ(error.allowed(), "at most 256 MiB");
  EXPECT_TRUE(contains(refusal([&] { (void)load_diagnostic(scratch.path("none")); }).what(), "none: cannot be read"));
  EXPECT_TRUE(contains(refusal([&] { (void)load_diagnostic(scratch.folder.string()); }).what(), "Is a directory"));
}

TEST(mount_of, is_the_longest_that_holds_the_folder) {
  Diagnostic d;
  for (const char* folder : {"/", "/var", "/var/lib", "/var/lib/opsi/depot", "/var/lib/ops"})
    d.mounts.push_back({folder});
  EXPECT_EQ(mount_of(d, "/tmp")->folder, "/");
  EXPECT_EQ(mount_of(d, "/var/lib/opsi")->folder, "/var/lib");
  EXPECT_EQ(mount_of(d, "/var/lib/opsi/depot")->folder, "/var/lib/opsi/depot");
  EXPECT_EQ(mount_of(d, "/variable")->folder, "/");
  EXPECT_EQ(mount_of({}, "/tmp"), nullptr);
}

}  // namespace
}  // namespace sizing
