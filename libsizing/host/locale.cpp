#include "libsizing/host/locale.h"

#include <algorithm>
#include <array>

#include "libsizing/base/text.h"

namespace sizing {
namespace {

constexpr std::array<std::string_view, 3> variables = {"LC_ALL", "LC_CTYPE", "LANG"};  // the first that is set holds
constexpr std::string_view environment_name = "environment";
constexpr std::string_view required_utf8 = "UTF-8, recommended: en_GB.UTF-8 or en_US.UTF-8 for English";

// `prefix` is "RC_" in older SUSE's file.
Locale locale_in(const Assignments& settings, std::string_view prefix, const std::string& file) {
  for (const std::string_view variable : variables) {
    const Assignment* found = settings.find(std::string(prefix).append(variable));
    if (found && !found->value.empty()) return {found->value, found->key, place_of(*found, file)};
  }
  return {};
}

// "en_GB.UTF-8@euro" has the codeset "UTF-8".
std::string codeset(std::string_view locale) {
  const std::size_t dot = locale.find('.');
  if (dot == std::string_view::npos) return "";
  return std::string(locale.substr(dot + 1, locale.find('@', dot) - dot - 1));
}

bool is_utf8(std::string_view locale) {
  const std::string name = lower(codeset(locale));
  return name == "utf-8" || name == "utf8";
}

std::string how_to_set(Family family) {
  switch (family) {
    case Family::debian: return "locale-gen en_GB.UTF-8; update-locale LANG=en_GB.UTF-8; then restart the server";
    case Family::redhat:
    case Family::suse: return "localectl set-locale LANG=en_GB.UTF-8; then restart the server";
    case Family::other: break;
  }
  return "localectl set-locale LANG=en_GB.UTF-8, or as this distribution says; then restart the server";
}

Check row(std::string id, std::string title, Verdict verdict, const Locale& locale, std::string_view required) {
  const std::string found = locale.value.empty() ? "none" : excerpt(locale.variable + "=" + locale.value);
  return {"locale." + std::move(id), std::move(title), verdict, found,
          std::string(required),     "req42",          "",      locale.place};
}

Verdict encoding_verdict(const Locale& locale) { return is_utf8(locale.value) ? Verdict::pass : Verdict::warning; }

Check check_encoding(const Locale& locale, Family family) {
  Check check = row("utf8", "Encoding of the locale", encoding_verdict(locale), locale, required_utf8);
  const bool plain = locale.value == "C" || locale.value == "POSIX";
  if (check.verdict != Verdict::pass)
    check.advice =
        (plain ? "This locale knows ASCII alone. " : "Letters beyond ASCII may be broken. ") + how_to_set(family);
  return check;
}

// What is only recommended: nothing to say of a language other than English.
void recommend(const Locale& locale, Family family, std::vector<Check>& checks) {
  const std::string language = locale.value.substr(0, locale.value.find_first_of(".@"));
  const bool recommended = language == "en_GB" || language == "en_US";
  if (!is_utf8(locale.value) || recommended || !(language == "C" || language.starts_with("en_"))) return;
  checks.push_back(
      row("recommended", "Recommended locale", Verdict::note, locale, "en_GB.UTF-8 or en_US.UTF-8 for English"));
  checks.back().advice =
      (language == "C" ? "It is UTF-8, but without a language. To change it: " : "To change it: ") + how_to_set(family);
}

// The environment is that of whoever asks; services start without it.
void look_for_file(const Locale& locale, Family family, std::vector<Check>& checks) {
  if (locale.place.file != environment_name) return;
  checks.push_back(row("file", "Locale of the system", Verdict::note, locale, "in " + locale_files(family).front()));
  checks.back().advice = "Only this environment sets it. To set it for the system: " + how_to_set(family);
}

}  // namespace

std::vector<std::string> locale_files(Family family) {
  const std::string debian = "/etc/default/locale", systemd = "/etc/locale.conf";
  const std::string redhat = "/etc/sysconfig/i18n", suse = "/etc/sysconfig/language";
  switch (family) {
    case Family::debian: return {debian, systemd};
    case Family::redhat: return {systemd, redhat};
    case Family::suse: return {systemd, suse};
    case Family::other: break;
  }
  return {systemd, debian, redhat, suse};
}

Locale find_locale(const std::vector<LocaleFile>& files, const Assignments& environment) {
  for (const LocaleFile& file : files) {
    const Assignments settings = read_assignments(file.text);
    for (const std::string_view prefix : {"", "RC_"})
      if (Locale locale = locale_in(settings, prefix, file.path); !locale.value.empty()) return locale;
  }
  return locale_in(environment, "", std::string(environment_name));
}

std::vector<Check> check_locale(const Locale& locale, Family family) {
  const Verdict set = locale.value.empty() ? Verdict::fail : Verdict::pass;
  std::vector<Check> checks = {row("set", "Locale", set, locale, "LANG or LC_ALL set for the whole system")};
  if (set == Verdict::fail) {
    checks[0].advice = how_to_set(family);
    return checks;
  }
  checks.push_back(check_encoding(locale, family));
  recommend(locale, family, checks);
  look_for_file(locale, family, checks);
  return checks;
}

}  // namespace sizing
