// The site that a call is about: its file, or flags alone, or a file with flags over it.
#pragma once

#include "cli/command.h"
#include "libsizing/opsi/site.h"

namespace sizing::cli {

/// The option of an input, group or resource: "samba-connections" of "samba.connections".
std::string option_of(const std::string& name);
/// The same with its dashes.
std::string flag_of(const std::string& name);

/// The text of a file, or of standard input where `path` is "-". More than `most` bytes of a file are refused; of
/// standard input one more is read, for the reader of the text to refuse.
std::string read_operand(Invocation& call, const std::string& path, std::size_t most);

/// The site file `path` ("-": standard input), or a site of one server for flags to describe where it is "".
Site read_site_operand(Invocation& call, const std::string& path);

/// --figures, --opsi, --routine and the flags of inputs, groups and hardware, over what the site says. Of two files of
/// figures the later one wins.
void apply_flags(const Invocation& call, Site& site);
/// The --set NAME=VALUE of inputs and figures, over that.
void apply_sets(const Invocation& call, Site& site);
bool has_site_flags(const Invocation& call);

/// The index of --server, or of the server that questions mean without it.
std::size_t asked_server(const Invocation& call, const Site& site);

/// read_site_operand, apply_flags and apply_sets in one.
Site site_of(Invocation& call, const std::string& path);

}  // namespace sizing::cli
