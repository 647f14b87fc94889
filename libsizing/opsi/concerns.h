// The concerns that a rule set is made of: one function and one file each, called in this order by rule_set.cpp.
// A concern may use what the ones before it defined.
#pragma once

#include "libsizing/model/rules.h"

namespace sizing {

enum class Release { opsi_4_1, opsi_4_2, opsi_4_3 };

void inputs(Rules& rules);                      // what the user states about a server
void load(Rules& rules, Release release);       // clients and connections, with the depots counted in
void opsiconfd(Rules& rules, Release release);  // workers and their memory
void samba(Rules& rules);                       // the depot share
void database(Rules& rules, Release release);   // MySQL or MariaDB
void redis(Rules& rules, Release release);      // Redis and the message bus
void cpu(Rules& rules, Release release);        // cores
void memory(Rules& rules, Release release);     // the server's memory
void disk(Rules& rules, Release release);       // folders that need space
void settings(Rules& rules, Release release);   // what follows for configuration files

}  // namespace sizing
