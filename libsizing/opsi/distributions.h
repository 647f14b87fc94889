// Which distributions an opsi server may run on, by the newest source of each release, and until when.
//
// Where the sources differ, the newest one answers. End-of-life dates are those of opsi's own health check.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "libsizing/opsi/tables.h"

namespace sizing {

/// The opsi releases that the matrix has, sorted.
std::vector<std::string> distribution_releases();

/// The rows that `query` ("debian 12", "RHEL", "" for all) names, of one opsi release or, with "", of all.
std::vector<LinuxRelease> distributions_named(const std::string& query, const std::string& opsi);

/// Of each opsi release, distribution and release the row of the newest source.
std::vector<LinuxRelease> newest(const std::vector<LinuxRelease>& rows);

/// The newest row for a host: `id` and `release` as in /etc/os-release. A minor release is its major one where the
/// matrix has only that: "9.4" is "9". Nothing where no source names it.
std::optional<LinuxRelease> distribution_of(const std::string& id, const std::string& release, const std::string& opsi);

/// nullptr where no date is known.
const EndOfLife* end_of_life_of(const std::string& id, const std::string& release);

/// From `today` to the end of life: 0 on its last day, negative after it. Both as YYYY-MM-DD.
long days_left(const EndOfLife& end, const std::string& today);

/// A sentence for each release on which the sources differ.
std::vector<std::string> differences(const std::vector<LinuxRelease>& rows);

}  // namespace sizing
