// The tables of data/tables, held by the library: figures, sources, ports and the programs that listen on them,
// distributions, end-of-life dates, presets of routines.
//
// The build checks each table with the readers below and embeds its text; a row with an unknown source, kind, unit or
// place, or a value outside its own range, fails the build. At run time the same readers read the embedded text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "libsizing/model/figure.h"

namespace sizing {

/// Which sides of a connection a name in the port matrix stands for.
struct Endpoint {
  std::string name;
  bool config = false, depot = false, client = false;
  bool local = false;  // the other side is on the same machine
  bool admin = false;  // the administrators' devices
};

struct Port {
  std::string opsi;  // version
  std::string port;  // "4447", "45000-45099", "80/443"
  std::string protocol;
  Endpoint from, to;
  std::string purpose, condition, source;
  std::string option;  // a word for what not every site has: "tftp", "grafana"; "" for what each needs
};

/// A program that may listen on a port of the matrix: a process whose name begins so.
struct PortProgram {
  int port = 0;
  std::string protocol, program, source, note;
};

/// What a source says of one release of a Linux distribution.
struct LinuxRelease {
  std::string opsi;          // version
  std::string distribution;  // as the source writes it
  std::string id, release;   // as in /etc/os-release: "debian", "12"
  std::string status;        // supported, unsupported, discontinued
  std::string source;
};

struct EndOfLife {
  std::string id, release;
  std::string date;  // 2026-06-10
  std::string source;
};

/// A value of a preset of routines.
struct RoutinePresetValue {
  std::string preset, key, value;  // as a site file says it
  Kind kind = Kind::assumed;
  std::string source, note;
};

/// The embedded tables, read once.
const std::vector<Figure>& figures();
const std::vector<Source>& sources();
const std::vector<Port>& ports();
const std::vector<PortProgram>& port_programs();
const std::vector<LinuxRelease>& distributions();
const std::vector<EndOfLife>& end_of_life();
const std::vector<RoutinePresetValue>& routine_preset_values();

/// The readers. `file` is named in errors; all throw InputError with file and line.
std::vector<Source> read_sources(std::string_view csv, const std::string& file);
std::vector<Figure> read_figures(std::string_view csv, const std::string& file, const std::vector<Source>& sources);
std::vector<Endpoint> read_endpoints(std::string_view csv, const std::string& file);
std::vector<Port> read_ports(std::string_view csv, const std::string& file, const std::vector<Endpoint>& endpoints,
                             const std::vector<Source>& sources);
std::vector<PortProgram> read_port_programs(std::string_view csv, const std::string& file,
                                            const std::vector<Source>& sources);
std::vector<LinuxRelease> read_distributions(std::string_view csv, const std::string& file,
                                             const std::vector<Source>& sources);
std::vector<EndOfLife> read_end_of_life(std::string_view csv, const std::string& file,
                                        const std::vector<Source>& sources);
std::vector<RoutinePresetValue> read_routine_presets(std::string_view csv, const std::string& file,
                                                     const std::vector<Source>& sources);

/// The text of an embedded table: "figures", "sources", "ports", "endpoints", "programs", "distributions",
/// "end_of_life", "routines".
std::string_view table_text(std::string_view table);

}  // namespace sizing
