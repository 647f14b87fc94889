// What a site says, without the places where it says so and in one order: two sites that say the same have the same
// text.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "libsizing/base/number.h"
#include "libsizing/opsi/site.h"

namespace sizing {

inline std::string canonical(const Site& site) {
  const auto sorted = [](std::vector<std::string> lines) {
    std::sort(lines.begin(), lines.end());
    std::string text;
    for (const std::string& line : lines) text += line + "\n";
    return text;
  };
  std::string text = site.title + "\n" + site.opsi + "\n";
  for (const Server& server : site.servers) {
    std::vector<std::string> lines;
    for (const Statement& s : server.statements) lines.push_back(s.name + " = " + exact(s.value));
    for (const Offer& o : server.hardware) lines.push_back(o.resource + " : " + exact(o.amount) + " : " + o.text);
    text += "[" + server.name + "]\n" + sorted(lines);
  }
  std::vector<std::string> figures;
  for (const FigureOverride& f : site.figures) {
    figures.push_back(f.name + " = " + f.value + " " + std::string(name(f.kind)) + " " + f.note);
    if (f.low) figures.back() += " low " + exact(*f.low);
    if (f.high) figures.back() += " high " + exact(*f.high);
  }
  for (const Routine& routine : site.routines) {
    std::vector<std::string> lines;
    for (const RoutineValue& value : routine.values) lines.push_back(value.key + " = " + value.text);
    text += "routine\n" + sorted(lines);
  }
  return text + sorted(figures);
}

}  // namespace sizing
