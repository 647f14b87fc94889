// opsiconfd's diagnostic file: what a server's own opsi says about it, as far as its size is concerned.
//
// "opsiconfd diagnostic-data" writes it (opsi 4.2 and later), packed by default; here it is read unpacked. Kept is what
// the import uses, each value with its place in the file and its path ("memory.total") as the place's key. Members that
// are not known are passed over, members that are not there are named. Sizes are in bytes, as in the file.
#pragma once

#include <istream>
#include <optional>
#include <string>
#include <vector>

#include "libsizing/base/error.h"

namespace sizing {

inline constexpr std::size_t most_diagnostic_bytes = 256U << 20;
inline constexpr std::size_t most_listed = 10'000;  // mounts, depots, results of checks: more is no opsi server

template <class Value>
struct Found {
  Value value{};
  Place place{};
};
using FoundNumber = std::optional<Found<double>>;
using FoundText = std::optional<Found<std::string>>;

struct Mount {
  std::string folder;  // "/", "/var/lib/opsi"
  Place place{};
  FoundNumber total{}, used{}, free{};
};

/// The products of one depot. Their sizes are not in the file.
struct DepotProducts {
  std::string depot;
  double count = 0;
};

/// One result of opsi's health check; those that only sum up partial results carry `parts`.
struct HealthResult {
  std::string id, status, message;  // "disk_usage:/tmp"; "ok", "warning", "error"
  Place place{};
  bool parts = false;
};

struct Diagnostic {
  std::string file;
  FoundText opsiconfd_version;  // "4.3.24.1 [python-opsi-common=4.3.8.2]"
  FoundText opsiconfd_package;  // the installed package's version, where an old opsiconfd does not say its own
  FoundText node_name, host_name;
  std::optional<Found<bool>> docker;
  FoundText system, processor;  // words for people
  FoundNumber cores, memory, memory_available;
  std::vector<Mount> mounts;
  FoundNumber workers, executor_workers;
  std::vector<Found<std::string>> depots;
  FoundNumber clients, active_clients;  // active there: seen within 365 days
  std::vector<DepotProducts> products;
  std::vector<HealthResult> health;
  FoundNumber redis_memory;
  std::vector<std::string> missing;  // paths, in the order of the list below
};

/// What the import can use, by path: what of it is not in a file is in `missing`.
const std::vector<std::string>& diagnostic_members();

/// Reads a diagnostic file as it comes. Throws InputError with file, line, column and path: not JSON, a member that is
/// not what opsiconfd writes, the same member twice, no member known, too large.
Diagnostic read_diagnostic(std::istream& in, const std::string& file);
Diagnostic load_diagnostic(const std::string& path);

/// The mount that holds `folder`: the longest that it is or lies below; null where none is known.
const Mount* mount_of(const Diagnostic& diagnostic, const std::string& folder);

/// Clients seen within 30 days, which opsi's newer health check says in a sentence.
FoundNumber active_within_a_month(const Diagnostic& diagnostic);

}  // namespace sizing
