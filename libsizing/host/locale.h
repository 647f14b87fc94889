// Which locale a server runs with, and whether it is one that opsi can work with.
//
// Debian, Ubuntu and UCS write it to /etc/default/locale; RHEL and SUSE to /etc/locale.conf, older ones to
// /etc/sysconfig/i18n and, as RC_LANG, to /etc/sysconfig/language. Without any of them the environment says it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "libsizing/host/assignments.h"
#include "libsizing/host/check.h"
#include "libsizing/host/os_release.h"

namespace sizing {

/// The files that may hold it, in the order in which they are asked: those of the family first.
std::vector<std::string> locale_files(Family family);

struct LocaleFile {
  std::string path, text;
};

/// The locale for characters and its place. `value` is "" where none is set.
struct Locale {
  std::string value;     // "en_GB.UTF-8"
  std::string variable;  // "LANG"
  Place place{};         // file "environment" where it is from there
};

/// The first file that sets one decides, else the environment; in each, LC_ALL before LC_CTYPE before LANG. An empty
/// value counts as not set, as in setlocale(3).
Locale find_locale(const std::vector<LocaleFile>& files, const Assignments& environment);

/// Ids: locale.set, locale.utf8; notes: locale.recommended, locale.file (from the environment alone).
std::vector<Check> check_locale(const Locale& locale, Family family);

}  // namespace sizing
