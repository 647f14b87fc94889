// The site that a call is about: its file, or flags alone, or a file with flags over it.
#pragma once

#include "cli/command.h"
#include "libsizing/opsi/site.h"

namespace sizing::cli {

/// The option of an input, group or resource: "samba-connections" of "samba.connections".
std::string option_of(const std::string& name);
/// The same with its dashes.
std::string flag_of(const std::string& name);

/// The site file `path` ("-": standard input), or a site of one server for flags to describe where it is "".
Site read_site_operand(Invocation& call, const std::string& path);

/// --opsi and the flags of inputs, groups and hardware, over what the site says.
void apply_flags(const Invocation& call, Site& site);
/// The --set NAME=VALUE of inputs and figures, over that.
void apply_sets(const Invocation& call, Site& site);
bool has_site_flags(const Invocation& call);

/// The index of --server, or of the server that questions mean without it.
std::size_t asked_server(const Invocation& call, const Site& site);

/// read_site_operand, apply_flags and apply_sets in one.
Site site_of(Invocation& call, const std::string& path);

}  // namespace sizing::cli
