// The parts of check_requirements, one file each, and what they share. Not for other folders.
#pragma once

#include <string>
#include <vector>

#include "libsizing/host/requirements.h"

namespace sizing {

/// What the parts read and add to.
struct Requiring {
  const Facts& facts;
  const Demand& demand;
  Requirements result{};

  Check& add(std::string id, std::string title, Verdict verdict, std::string found, std::string required,
             std::string source, std::string advice = "");
  /// A row that says why a fact could not be seen, and how it can be.
  Check& add_unseen(std::string id, std::string title, const std::string& why, std::string required,
                    std::string source);
  /// The figure's value in `unit`: the site's own where there is a plan.
  double figure(const std::string& name, const char* unit) const;
  const Figure& figure(const std::string& name) const;
  bool has_role(const std::string& role) const;
};

/// "8.2 GB (7.64 GiB)"; "60 GB" where `binary` is not asked for.
std::string gigabytes(double bytes);
std::string memory_size(double bytes);

void require_hardware(Requiring& r);
void require_disk_space(Requiring& r);
void require_distribution(Requiring& r);
void require_names(Requiring& r);
void require_locale(Requiring& r);
void require_ports(Requiring& r);
void require_connections(Requiring& r);
void require_proxy(Requiring& r);

}  // namespace sizing
