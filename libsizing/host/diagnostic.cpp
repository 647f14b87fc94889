#include "libsizing/host/diagnostic.h"

#include <algorithm>
#include <cmath>
#include <deque>
#include <functional>
#include <map>
#include <set>

#include "libsizing/base/file.h"
#include "libsizing/base/number.h"
#include "libsizing/base/text.h"
#include "libsizing/host/json_stream.h"

namespace sizing {
namespace {

constexpr std::size_t longest_name = 200, longest_message = 300;

// A member that is known. Of an object or array, `members` and `each` (any key, any item) are what is known inside.
struct Member {
  JsonType type = JsonType::object;
  bool any_type = false;
  bool unique = true;  // a second one of the same name is refused
  std::map<std::string, Member*> members{};
  Member* each = nullptr;
  std::function<void(const std::string& key, const Place&)> open{};  // of any_type: for each value
  std::function<void()> close{};
  std::function<void(const JsonScalar&, const Place&)> take{};
  bool there = false;
};

// Places in a file are named by path: disks["/tmp"].total, depots.ids[2].
std::string step(const std::string& key) {
  const bool plain = !key.empty() && std::all_of(key.begin(), key.end(),
                                                 [](unsigned char c) { return std::isalnum(c) != 0 || c == '_'; });
  return plain ? "." + key : "[\"" + excerpt(key) + "\"]";
}

double number_in(const JsonScalar& found, const Place& place, double low, double high, const std::string& what) {
  if (found.number >= low && found.number <= high && found.number == std::floor(found.number)) return found.number;
  throw InputError(place, "not allowed", found.text,
                   "a whole number of " + what + " from " + rounded(low) + " to " + exact(high));
}

std::string text_in(const JsonScalar& found, const Place& place) {
  if (!found.text.empty() && found.text.size() <= longest_name && printable(found.text) == found.text)
    return found.text;
  throw InputError(place, "not allowed", found.text,
                   "a text of 1 to " + std::to_string(longest_name) + " printable characters");
}

class Reader {
 public:
  explicit Reader(const std::string& file) {
    diagnostic_.file = file;
    root_ = add(JsonType::object);
    host();
    opsi();
    lists();
    health();
  }

  Diagnostic read(std::istream& in) {
    JsonLimits limits;
    limits.bytes = most_diagnostic_bytes;
    read_json(in, diagnostic_.file, limits,
              {[this](std::string& key, const JsonPosition& at) { this->key(key, at); },
               [this](JsonType type, const JsonPosition& at) { open(type, at); }, [this] { close(); },
               [this](JsonScalar& value, const JsonPosition& at) { scalar(value, at); }});
    finish();
    return std::move(diagnostic_);
  }

 private:
  struct Level {
    Member* member = nullptr;  // null: not known, passed over
    std::string path;
    std::size_t items = 0;
    std::set<std::string> seen{};
    bool array = false;
  };

  // What is known.

  Member* add(JsonType type) {
    members_.push_back({});
    members_.back().type = type;
    return &members_.back();
  }

  // The member at a path of names, made with what leads there.
  Member* at(const std::string& path, JsonType type) {
    Member* member = root_;
    for (const std::string& part : split(path, '.')) {
      Member*& next = member->members[part];
      if (!next) next = add(JsonType::object);
      member = next;
    }
    member->type = type;
    return member;
  }

  void text(const std::string& path, FoundText& to) {
    at(path, JsonType::text)->take = [&to](const JsonScalar& value, const Place& place) {
      to = Found<std::string>{text_in(value, place), place};
    };
  }
  void number(const std::string& path, FoundNumber& to, double low, double high, const std::string& what) {
    at(path, JsonType::number)->take = [&to, low, high, what](const JsonScalar& value, const Place& place) {
      to = Found<double>{number_in(value, place, low, high, what), place};
    };
  }
  // A double holds whole numbers up to 9 PB exactly.
  void bytes(const std::string& path, FoundNumber& to) { number(path, to, 0, most_size, "bytes"); }

  void flag(const std::string& path, std::optional<Found<bool>>& to) {
    at(path, JsonType::boolean)->take = [&to](const JsonScalar& value, const Place& place) {
      to = Found<bool>{value.number != 0, place};
    };
  }

  void host() {
    Diagnostic& d = diagnostic_;
    text("system.Static hostname", d.host_name);
    flag("system.docker", d.docker);
    flag("docker", d.docker);  // until 4.2
    text("os_release.PRETTY_NAME", d.system);
    text("processor.model", d.processor);
    number("processor.cpu_count", d.cores, 1, most_cores, "cores");
    bytes("memory.total", d.memory);
    bytes("memory.available", d.memory_available);
    bytes("redis_info.memory.used_memory", d.redis_memory);
  }

  void opsi() {
    Diagnostic& d = diagnostic_;
    text("opsiconfd_version", d.opsiconfd_version);
    text("packages.opsiconfd", d.opsiconfd_package);
    text("config.node_name", d.node_name);
    number("config.workers", d.workers, 1, most_processes, "workers");
    number("config.executor_workers", d.executor_workers, 1, most_processes, "threads");
    number("clients.client_count", d.clients, 0, most_clients, "clients");
    number("clients.active_client_count", d.active_clients, 0, most_clients, "clients");
  }

  template <class List>
  void grow(List& list, typename List::value_type item, const Place& place) {
    if (list.size() >= most_listed) throw InputError(place, "too many", "", "at most " + std::to_string(most_listed));
    list.push_back(std::move(item));
  }

  // Into the last of a list; the list may move while it grows, so a reference would not do.
  Member* of_last_mount(FoundNumber Mount::*part) {
    Member* member = add(JsonType::number);
    member->take = [this, part](const JsonScalar& value, const Place& place) {
      diagnostic_.mounts.back().*part = Found<double>{number_in(value, place, 0, most_size, "bytes"), place};
    };
    return member;
  }

  void lists() {
    Diagnostic& d = diagnostic_;
    Member* mount = at("disks", JsonType::object)->each = add(JsonType::object);
    mount->open = [&](const std::string& key, const Place& place) { grow(d.mounts, {key, place}, place); };
    mount->members = {{"total", of_last_mount(&Mount::total)},
                      {"used", of_last_mount(&Mount::used)},
                      {"free", of_last_mount(&Mount::free)}};
    Member* depot = at("depots.ids", JsonType::array)->each = add(JsonType::text);
    depot->take = [&](const JsonScalar& value, const Place& place) {
      grow(d.depots, {text_in(value, place), place}, place);
    };
    Member* products = at("products", JsonType::object)->each = add(JsonType::object);
    products->open = [&](const std::string& key, const Place& place) {
      grow(d.products, {excerpt(key, longest_name), 0}, place);
    };
    Member* product = products->each = add(JsonType::object);
    product->any_type = true;
    product->unique = false;  // hundreds of thousands are only counted
    product->open = [&](const std::string&, const Place&) { d.products.back().count += 1; };
  }

  // A result names its check itself (4.2) or by its member check (4.3); its parts are such results again.
  void health() {
    Member* result = at("health_check", JsonType::array)->each = add(JsonType::object);
    result->open = [this](const std::string&, const Place& place) {
      if (!open_results_.empty()) diagnostic_.health[open_results_.back()].parts = true;
      open_results_.push_back(diagnostic_.health.size());
      grow(diagnostic_.health, {"", "", "", place}, place);
    };
    result->close = [this] { open_results_.pop_back(); };
    const auto word = [this](std::string HealthResult::*part) {
      Member* member = add(JsonType::text);
      member->take = [this, part](const JsonScalar& value, const Place&) {
        diagnostic_.health[open_results_.back()].*part = excerpt(value.text, longest_message);
      };
      return member;
    };
    Member* check = add(JsonType::object);
    check->members = {{"id", word(&HealthResult::id)}};
    Member* parts = add(JsonType::array);
    parts->each = result;
    result->members = {{"check_id", word(&HealthResult::id)},
                       {"check", check},
                       {"check_status", word(&HealthResult::status)},
                       {"message", word(&HealthResult::message)},
                       {"partial_results", parts}};
  }

  // What comes.

  void key(std::string& key, const JsonPosition& at) {
    key_ = std::move(key);
    Level& level = levels_.back();
    const Member* member = child();
    if (!member || !member->unique) return;
    if (level.seen.size() >= most_listed)
      throw InputError(place(at), "too many", "", "at most " + std::to_string(most_listed));
    if (!level.seen.insert(key_).second) throw InputError(place(at), "said twice");
  }

  void open(JsonType type, const JsonPosition& at) {
    if (levels_.empty()) {
      if (type != JsonType::object)
        throw InputError({diagnostic_.file, at.line, at.column, ""}, "not a diagnostic file: the whole is not allowed",
                         name(type), "an object with the members that opsiconfd writes");
      levels_.push_back({root_, "", 0, {}, false});
      return;
    }
    Member* member = child();
    const std::string path = member ? path_of_child() : "";
    if (member) {
      check_type(*member, type, at, "");
      if (member->open) member->open(key_, {diagnostic_.file, at.line, at.column, path});
      member->there = true;
    }
    ++levels_.back().items;
    levels_.push_back({member && member->any_type ? nullptr : member, path, 0, {}, type == JsonType::array});
  }

  void close() {
    const Member* member = levels_.back().member;
    if (member && member->close) member->close();
    levels_.pop_back();
  }

  void scalar(JsonScalar& value, const JsonPosition& at) {
    Member* member = child();
    if (member && value.type != JsonType::null) {
      check_type(*member, value.type, at, value.text);
      if (member->any_type)
        member->open(key_, place(at));
      else
        member->take(value, place(at));
      member->there = true;
    }
    ++levels_.back().items;
  }

  // The member that the next value is of, or null.
  Member* child() const {
    const Level& level = levels_.back();
    if (!level.member) return nullptr;
    if (!level.array) {
      const auto named = level.member->members.find(key_);
      if (named != level.member->members.end()) return named->second;
    }
    return level.member->each;
  }

  std::string path_of_child() const {
    const Level& level = levels_.back();
    if (level.array) return level.path + "[" + std::to_string(level.items) + "]";
    const std::string path = level.path + step(key_);
    return path.starts_with('.') ? path.substr(1) : path;
  }

  Place place(const JsonPosition& at) const { return {diagnostic_.file, at.line, at.column, path_of_child()}; }

  void check_type(const Member& member, JsonType type, const JsonPosition& at, const std::string& text) const {
    if (member.any_type || member.type == type) return;
    const std::string shown = type == JsonType::text ? "\"" + excerpt(text) + "\"" : text;
    throw InputError(place(at), "not allowed", shown.empty() ? name(type) : shown, name(member.type));
  }

  void finish() {
    const bool any = std::any_of(members_.begin(), members_.end(), [](const Member& m) { return m.there; });
    if (!any)
      throw InputError({diagnostic_.file, 0, 0, ""}, "not a diagnostic file: it has none of the members looked for", "",
                       join(diagnostic_members(), ", "));
    for (const std::string& path : diagnostic_members()) {
      const Member* member = root_;
      for (const std::string& part : split(path, '.')) member = member->members.at(part);
      if (!member->there) diagnostic_.missing.push_back(path);
    }
    for (const Mount& mount : diagnostic_.mounts)
      for (const auto& [name, part] :
           {std::pair{"total", &Mount::total}, {"used", &Mount::used}, {"free", &Mount::free}})
        if (!(mount.*part)) diagnostic_.missing.push_back(mount.place.key + "." + name);
    const Diagnostic& d = diagnostic_;
    if (d.clients && d.active_clients && d.active_clients->value > d.clients->value)
      throw InputError(d.active_clients->place, "more than there are clients", exact(d.active_clients->value),
                       "at most clients.client_count, " + exact(d.clients->value));
  }

  static constexpr double most_size = 9e15, most_cores = 1e6, most_processes = 1e6, most_clients = 1e7;

  Diagnostic diagnostic_;
  std::deque<Member> members_;
  Member* root_ = nullptr;
  std::vector<Level> levels_;
  std::string key_;
  std::vector<std::size_t> open_results_;
};

bool holds(const std::string& mount, const std::string& folder) {
  return mount == "/" || folder == mount || folder.starts_with(mount + "/");
}

}  // namespace

const std::vector<std::string>& diagnostic_members() {
  static const std::vector<std::string> members = {"opsiconfd_version",
                                                   "config.node_name",
                                                   "processor.cpu_count",
                                                   "memory.total",
                                                   "memory.available",
                                                   "disks",
                                                   "clients.client_count",
                                                   "clients.active_client_count",
                                                   "depots.ids",
                                                   "config.workers",
                                                   "config.executor_workers",
                                                   "products",
                                                   "health_check",
                                                   "redis_info.memory.used_memory"};
  return members;
}

Diagnostic read_diagnostic(std::istream& in, const std::string& file) { return Reader(file).read(in); }

Diagnostic load_diagnostic(const std::string& path) {
  const auto file = open_file(path, most_diagnostic_bytes);
  return read_diagnostic(*file, path);
}

const Mount* mount_of(const Diagnostic& diagnostic, const std::string& folder) {
  const Mount* best = nullptr;
  for (const Mount& mount : diagnostic.mounts)
    if (holds(mount.folder, folder) && (!best || mount.folder.size() > best->folder.size())) best = &mount;
  return best;
}

FoundNumber active_within_a_month(const Diagnostic& diagnostic) {
  constexpr std::string_view before = "active clients (";
  for (const HealthResult& result : diagnostic.health) {
    const auto at = result.message.find(before);
    if (result.id != "opsi_worker_capacity" || at == std::string::npos) continue;
    const std::string digits = result.message.substr(at + before.size());
    const auto end = digits.find(')');
    const bool whole = end > 0 && end <= 8 && digits.find_first_not_of("0123456789") == end;
    if (whole) return Found<double>{parse_number(digits.substr(0, end)), result.place};
  }
  return std::nullopt;
}

}  // namespace sizing
