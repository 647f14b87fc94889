// Build tool: checks the tables of a folder and writes them as one C++ source.
//
//   embed_tables data/tables OUTPUT.cpp
//
// Exit code 1 and one sentence with file and line where a table is wrong; nothing is written then.
#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>

#include "libsizing/base/error.h"
#include "libsizing/opsi/tables.h"

namespace {

std::string read(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw sizing::InputError({path, 0, 0, ""}, "cannot be read");
  return {std::istreambuf_iterator<char>(in), {}};
}

// As an array of characters, since compilers limit the length of string literals; as octal escapes, since a char may be
// signed or not.
void write_table(std::ostream& out, const std::string& name, const std::string& text) {
  out << "constexpr char " << name << "[] = {";
  for (std::size_t i = 0; i < text.size(); ++i)
    out << (i % 16 == 0 ? "\n" : "") << "'\\" << std::oct << static_cast<int>(static_cast<unsigned char>(text[i]))
        << "',";
  out << "0};\n";
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc != 3) throw sizing::InputError({}, "usage: embed_tables FOLDER OUTPUT");
  const std::string folder = argv[1];
  const auto file = [&](const std::string& table) { return folder + "/" + table + ".csv"; };
  const auto text = [&](const std::string& table) { return read(file(table)); };

  const auto sources = sizing::read_sources(text("sources"), file("sources"));
  sizing::read_figures(text("figures"), file("figures"), sources);
  const auto endpoints = sizing::read_endpoints(text("endpoints"), file("endpoints"));
  sizing::read_ports(text("ports"), file("ports"), endpoints, sources);
  sizing::read_port_programs(text("programs"), file("programs"), sources);
  sizing::read_distributions(text("distributions"), file("distributions"), sources);
  sizing::read_end_of_life(text("end_of_life"), file("end_of_life"), sources);
  sizing::read_routine_presets(text("routines"), file("routines"), sources);

  std::ofstream out(argv[2], std::ios::binary);
  out << "// Made from data/tables by embed_tables; do not edit.\n#include \"libsizing/opsi/tables.h\"\n\n"
         "namespace sizing {\nnamespace {\n\n";
  const char* tables[] = {"sources",  "figures",       "endpoints",   "ports",
                          "programs", "distributions", "end_of_life", "routines"};
  for (const char* table : tables) write_table(out, std::string(table) + "_csv", text(table));
  out << "\n}  // namespace\n\nstd::string_view table_text(std::string_view table) {\n";
  for (const char* table : tables)
    out << "  if (table == \"" << table << "\") return {" << table << "_csv, sizeof " << table << "_csv - 1};\n";
  out << "  return {};\n}\n\n}  // namespace sizing\n";
  out.close();
  if (!out) throw sizing::InputError({argv[2], 0, 0, ""}, "cannot be written");
  return 0;
} catch (const std::exception& error) {
  std::fprintf(stderr, "embed_tables: %s\n", error.what());
  return 1;
}
