// How many are there at the busiest time of the day, as the routines of a site say: what connections,
// samba.connections and online_clients follow from where they are not stated.
//
// The sessions of all routines of a server are added up over a day that repeats (queueing/occupancy.h: Poisson with
// mean m(t) whatever the lengths of sessions). A peak is the busiest time, the mean then, and the quantile
// [load.quantile] of the number that is there then, never more than all who take part, nor than the server has clients:
// on so large a share of days no more are there at that time. The most of a whole day, whenever it is, is more often
// larger: the longer the load stays near its peak, the more often.
//
//   connections         each client of a routine, for its session: stated, else [opsiconfd.session_lifetime], since a
//                       session that does not log out is kept for so long behind its last request; or what the requests
//                       take ([client.requests_per_boot] of [client.rpc_time] each, unless stated) where that is longer
//   samba.connections   the share that opens the depot share, for the same time; with a transfer, from its coming until
//                       the transfer is done as if each took the longest wait and time (queueing/transfer.h), and never
//                       more than have a slot ([depot.transfer_slots], unless stated); where Samba serves the depot
//   online_clients      the clients of routines that say online, for that time; of the config server
//
// All three are on the safe side: a session counts as a connection, and whoever waits for a slot as one that stays.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libsizing/model/evaluate.h"
#include "libsizing/opsi/site.h"
#include "libsizing/queueing/occupancy.h"
#include "libsizing/queueing/transfer.h"

namespace sizing {

/// A value of a routine, with where it is from.
struct RoutineFact {
  std::string key, text;
  std::string from;         // "school.toml:12", "preset school morning", "default: [client.rpc_time]"
  Kind kind = Kind::given;  // of what it rests on
};

/// A routine at one server, with nothing left open.
struct RoutineAt {
  Routine routine;
  double clients = 0;
  double requests = 0;    // of each client
  double core_share = 0;  // of request_time
  Distribution request_time{}, session{};
  std::vector<RoutineFact> facts{};  // in the order of routine_keys
  double slots = 0;
  std::optional<TransferAnswer> transfer{};  // of those that open the depot share
  bool above_clients = false;                // it names more clients than the server has

  /// The clients that transfer.
  double fetching() const;
  /// The text of a fact; "" where there is none.
  std::string fact(std::string_view key) const;
};

/// When so many clients come within a day: once for each coming; a steady routine is one long coming.
std::vector<Arrivals> arrivals_of(const Routine& routine, double clients);

/// The clients that an input counts, over the day.
struct DayOf {
  std::string input;
  Occupancy occupancy;  // times from midnight; those of yesterday that are still there stand before it
  double most = 0;      // that can be there
  std::vector<RoutineAt> routines;
};

struct RoutinePeak {
  std::string input;
  double time = 0;  // seconds since midnight
  double mean = 0;
  double share = 0, most = 0;  // the quantile and its value, whole
  std::vector<std::string> routines;
  std::vector<std::string> assumed;        // keys of values that are assumed
  std::vector<std::string> above_clients;  // routines that name more clients than the server has
  std::string text;                        // as the origin of the input
};

/// The figures that peaks rest on, for lists of who uses what.
const std::vector<std::string>& figures_of_routines();

/// The routines of a server. `evaluation` holds its clients and roles.
std::vector<RoutineAt> routines_of(const Site& site, const Server& server, const Evaluation& evaluation);

/// The inputs that follow from `routines`: connections first. None where there are no routines.
std::vector<DayOf> days_of(const std::vector<RoutineAt>& routines, const Evaluation& evaluation);

/// The mean number at a time of the day, and the quantile of the number that is there then.
double mean_at(const DayOf& day, double time);
double most_at(const DayOf& day, double time, double share);

/// [load.quantile], from 0 to below 1. Throws InputError where a figure of the site is 100 or more.
double quantile_share(const Model& model);

RoutinePeak peak_of(const DayOf& day, double share);

/// All of that in one: the peaks of a server.
std::vector<RoutinePeak> routine_peaks(const Site& site, const Server& server, const Evaluation& evaluation);

}  // namespace sizing
