// Man pages, from the commands' own data: roff with the macros of man(7), in ASCII, so that every formatter reads them.
//
// opsi-sizing(1) is the overview; each command has a page of its own, opsi-sizing-plan(1). They are printed and not
// kept: what a package installs is what its binary says.
#pragma once

#include <string>
#include <string_view>

#include "cli/command.h"

namespace sizing::cli {

/// `text` as roff shows it letter by letter: a hyphen stays one that can be copied, a point at the start of a line is
/// no request, what is not ASCII is named.
std::string roff(std::string_view text);

/// `date` is the one at the foot of the page, YYYY-MM-DD.
std::string man_page(const Command& command, const std::string& date);
std::string overview_man_page(const std::string& date);

}  // namespace sizing::cli
