#include "libsizing/opsi/tables.h"

namespace sizing {
namespace {

std::string file(std::string_view table) { return "data/tables/" + std::string(table) + ".csv"; }

}  // namespace

const std::vector<Source>& sources() {
  static const auto rows = read_sources(table_text("sources"), file("sources"));
  return rows;
}

const std::vector<Figure>& figures() {
  static const auto rows = read_figures(table_text("figures"), file("figures"), sources());
  return rows;
}

const std::vector<Port>& ports() {
  static const auto rows = read_ports(table_text("ports"), file("ports"),
                                      read_endpoints(table_text("endpoints"), file("endpoints")), sources());
  return rows;
}

const std::vector<PortProgram>& port_programs() {
  static const auto rows = read_port_programs(table_text("programs"), file("programs"), sources());
  return rows;
}

const std::vector<LinuxRelease>& distributions() {
  static const auto rows = read_distributions(table_text("distributions"), file("distributions"), sources());
  return rows;
}

const std::vector<EndOfLife>& end_of_life() {
  static const auto rows = read_end_of_life(table_text("end_of_life"), file("end_of_life"), sources());
  return rows;
}

const std::vector<RoutinePresetValue>& routine_preset_values() {
  static const auto rows = read_routine_presets(table_text("routines"), file("routines"), sources());
  return rows;
}

}  // namespace sizing
