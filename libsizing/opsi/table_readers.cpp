#include <algorithm>
#include <cmath>
#include <functional>
#include <set>

#include "libsizing/base/csv.h"
#include "libsizing/base/date.h"
#include "libsizing/base/error.h"
#include "libsizing/base/number.h"
#include "libsizing/base/text.h"
#include "libsizing/opsi/tables.h"

namespace sizing {
namespace {

// Reads each row of a table with exactly these columns; what a row's reader throws gets file, line and column name.
template <class Row, class Read>
std::vector<Row> read_table(std::string_view text, const std::string& file, const std::vector<std::string>& columns,
                            Read read) {
  const Csv csv = parse_csv(text, file);
  if (csv.header != columns)
    throw InputError({file, 1, 0, ""}, "the table has other columns", join(csv.header, ","), join(columns, ","));
  std::vector<Row> rows;
  for (const CsvRow& row : csv.rows) {
    try {
      rows.push_back(read(row.fields));
    } catch (const InputError& error) {
      throw InputError({file, row.line, 0, row.fields[0]}, error.problem(), error.found(), error.allowed());
    }
  }
  return rows;
}

const std::string& one_of(const std::string& field, std::initializer_list<std::string_view> allowed) {
  if (std::find(allowed.begin(), allowed.end(), field) != allowed.end()) return field;
  const std::vector<std::string> names(allowed.begin(), allowed.end());
  throw InputError({}, "unknown word", field, join(names, ", "));
}

const std::string& known_source(const std::string& id, const std::vector<Source>& sources) {
  for (const Source& source : sources)
    if (source.id == id) return id;
  throw InputError({}, "no such source", id, "an id of the sources' table");
}

const std::string& iso_date(const std::string& text) {
  if (!parse_date(text)) throw InputError({}, "not a date", text, "YYYY-MM-DD");
  return text;
}

bool is_number(const std::string& text) {
  return !text.empty() && text.find_first_not_of("0123456789.") == std::string::npos;
}

void read_value(Figure& figure, const std::string& value, const std::string& unit) {
  const auto colon = unit.find(':');
  if (colon != std::string::npos) {
    figure.curve = parse_curve(value);
    figure.x_unit = parse_unit(unit.substr(0, colon));
    figure.unit = parse_unit(unit.substr(colon + 1));
  } else {
    figure.unit = parse_unit(unit);
    if (is_number(value))
      figure.value = parse_number(value);
    else if (value.find('|') != std::string::npos)
      figure.text = value;
    else
      throw InputError({}, "not a value", value, "a number, a curve x:y|x:y or words with | between");
  }
}

void check_range(const Figure& figure) {
  const bool outside = (figure.low && figure.value < *figure.low) || (figure.high && figure.value > *figure.high);
  if (outside) throw InputError({}, "the value is outside its own range", exact(figure.value), range_text(figure));
}

}  // namespace

std::vector<Source> read_sources(std::string_view csv, const std::string& file) {
  return read_table<Source>(csv, file, {"id", "title", "where", "date", "applies_to"},
                            [](const std::vector<std::string>& f) {
                              return Source{f[0], f[1], f[2], f[3], f[4]};
                            });
}

std::vector<Figure> read_figures(std::string_view csv, const std::string& file, const std::vector<Source>& sources) {
  std::set<std::string> seen;
  return read_table<Figure>(csv, file, {"key", "value", "low", "high", "unit", "kind", "opsi", "source", "note"},
                            [&](const std::vector<std::string>& f) {
                              if (!seen.insert(f[0]).second) throw InputError({}, "a second figure of this name");
                              Figure figure;
                              figure.name = f[0];
                              read_value(figure, f[1], f[4]);
                              if (!f[2].empty()) figure.low = parse_number(f[2]);
                              if (!f[3].empty()) figure.high = parse_number(f[3]);
                              figure.kind = parse_kind(f[5]);
                              figure.opsi = f[6];
                              figure.source = known_source(f[7], sources);
                              if ((figure.source == "assumed") != (figure.kind == Kind::assumed))
                                throw InputError({}, "an assumed figure has the source 'assumed', and no other has it");
                              figure.note = f[8];
                              check_range(figure);
                              return figure;
                            });
}

std::vector<Endpoint> read_endpoints(std::string_view csv, const std::string& file) {
  return read_table<Endpoint>(csv, file, {"endpoint", "config", "depot", "client", "local", "admin"},
                              [](const std::vector<std::string>& f) {
                                const auto yes = [&](std::size_t i) { return one_of(f[i], {"yes", "no"}) == "yes"; };
                                return Endpoint{f[0], yes(1), yes(2), yes(3), yes(4), yes(5)};
                              });
}

std::vector<Port> read_ports(std::string_view csv, const std::string& file, const std::vector<Endpoint>& endpoints,
                             const std::vector<Source>& sources) {
  const auto endpoint = [&](const std::string& name) {
    for (const Endpoint& e : endpoints)
      if (e.name == name) return e;
    throw InputError({}, "unknown end of a connection", name, "a name of the endpoints' table");
  };
  return read_table<Port>(
      csv, file, {"opsi_version", "port", "protocol", "from", "to", "purpose", "condition", "source", "option"},
      [&](const std::vector<std::string>& f) {
        return Port{f[0],
                    f[1],
                    one_of(f[2], {"tcp", "udp"}),
                    endpoint(f[3]),
                    endpoint(f[4]),
                    f[5],
                    f[6],
                    known_source(f[7], sources),
                    f[8]};
      });
}

std::vector<PortProgram> read_port_programs(std::string_view csv, const std::string& file,
                                            const std::vector<Source>& sources) {
  return read_table<PortProgram>(csv, file, {"port", "protocol", "program", "source", "note"},
                                 [&](const std::vector<std::string>& f) {
                                   const double port = parse_number(f[0]);
                                   if (port < 1 || port > 65535 || port != std::floor(port))
                                     throw InputError({}, "not a port", f[0], "a whole number from 1 to 65535");
                                   if (f[2].empty()) throw InputError({}, "no program is named");
                                   return PortProgram{static_cast<int>(port), one_of(f[1], {"tcp", "udp"}), f[2],
                                                      known_source(f[3], sources), f[4]};
                                 });
}

std::vector<LinuxRelease> read_distributions(std::string_view csv, const std::string& file,
                                             const std::vector<Source>& sources) {
  return read_table<LinuxRelease>(csv, file, {"opsi_version", "distribution", "id", "release", "status", "source"},
                                  [&](const std::vector<std::string>& f) {
                                    return LinuxRelease{
                                        f[0],
                                        f[1],
                                        f[2],
                                        f[3],
                                        one_of(f[4], {"supported", "unsupported", "discontinued", "develop"}),
                                        known_source(f[5], sources)};
                                  });
}

std::vector<EndOfLife> read_end_of_life(std::string_view csv, const std::string& file,
                                        const std::vector<Source>& sources) {
  return read_table<EndOfLife>(csv, file, {"distribution", "version", "end_of_life", "source"},
                               [&](const std::vector<std::string>& f) {
                                 return EndOfLife{f[0], f[1], iso_date(f[2]), known_source(f[3], sources)};
                               });
}

std::vector<RoutinePresetValue> read_routine_presets(std::string_view csv, const std::string& file,
                                                     const std::vector<Source>& sources) {
  std::set<std::string> seen;
  return read_table<RoutinePresetValue>(
      csv, file, {"preset", "key", "value", "kind", "source", "note"}, [&](const std::vector<std::string>& f) {
        if (!seen.insert(f[0] + "," + f[1]).second) throw InputError({}, "the preset has this key already", f[1]);
        RoutinePresetValue row{f[0], f[1], f[2], parse_kind(f[3]), known_source(f[4], sources), f[5]};
        if ((row.source == "assumed") != (row.kind == Kind::assumed))
          throw InputError({}, "an assumed value has the source 'assumed', and no other has it");
        return row;
      });
}

}  // namespace sizing
