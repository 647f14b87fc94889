// A site: its servers, what is stated about each, the hardware that each has or is offered, its own figures.
//
// A site is what the user said, with the place of every statement; nothing is computed here. plan/resolve.h turns it
// into evaluated servers. Site files are TOML; the schema (report/schema.h) says what may stand in them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libsizing/base/error.h"
#include "libsizing/model/model.h"
#include "libsizing/opsi/routine.h"

namespace sizing {

inline constexpr std::size_t most_site_bytes = 4 << 20;  // a site of 10,000 servers has about 2 MB
inline constexpr std::size_t most_servers = 10'000;
inline constexpr std::size_t longest_title = 200;
inline constexpr double most_figure = 1e15;  // of a figure, in its unit

struct Statement {
  std::string name;         // of an input
  double value = 0;         // in the input's unit
  Place place;              // a flag, or a file and line
  std::string why{};        // where the value is from, where it is not said at that place but follows from what is
  Kind kind = Kind::given;  // of what it follows from
};

/// What a server has of a resource, or is offered.
struct Offer {
  std::string resource;  // "memory"
  double amount = 0;     // in the unit of the resource's formula
  std::string text;      // as the user wrote it: "16 GB"
  Place place;
};

struct Server {
  std::string name;
  std::vector<Statement> statements;
  std::vector<Offer> hardware;
  Place place{};  // of its [[server]] in a file
};

/// A figure of the site instead of the table's, with a word on where it comes from.
struct FigureOverride {
  std::string name;
  std::string value;  // a number, or a curve "x:y|x:y"
  Kind kind = Kind::assumed;
  std::optional<double> low, high;
  std::string note;
  Place place;
};

struct Site {
  std::string title;
  std::string opsi;  // the rule set; "" for the default one
  Place opsi_place;  // where it is stated
  std::string file;  // "" where flags alone describe the site
  std::vector<Server> servers;
  std::vector<FigureOverride> figures;
  std::vector<Routine> routines;
};

/// Throws InputError where a routine names a server that there is not, or a name twice, and where routines come more
/// often than can be added up in seconds: again within a quarter of an hour, or all together more than 50 times a day,
/// fewer with more than 8 servers, where a steady one counts once.
void check_routines(const Site& site);

/// Where the site states a figure of its own; else its name alone.
Place figure_place(const Site& site, const std::string& name);

/// One server with nothing stated, for flags to describe.
Site flag_site();

/// Reads a site file. Throws InputError with file, line, column and key for whatever is not allowed. read_site reads no
/// other file: load_measured (routine.h) gets the files that routines name, as load_site does.
Site read_site(std::string_view toml, const std::string& file);
Site load_site(const std::string& path);

/// Reads a file of own figures alone: the [figures."NAME"] of a site file, by the same rules and with the same errors.
std::vector<FigureOverride> read_own_figures(std::string_view toml, const std::string& file);
std::vector<FigureOverride> load_own_figures(const std::string& path);
/// Puts own figures over those that the site has; those of the same name go.
void override_figures(Site& site, std::vector<FigureOverride> own);

/// States the inputs of a group: those of `words` yes, the others no. Throws InputError for an unknown word.
void state_group(Server& server, const Model& model, const Group& group, const std::vector<std::string>& words,
                 const Place& place);

/// State `statement` about a server in place of what was said before.
void state(Server& server, Statement statement);
void offer(Server& server, Offer offer);

/// `value` if the input allows it; else throws InputError with `place`, what was found and what is allowed.
double checked(const Input& input, double value, const Place& place);

/// A value as people write it on a command line: "1500", "80 GB", "yes".
double parse_input(const Input& input, std::string_view text, const Place& place);
/// An amount of hardware: memory and disks with their unit, "16 GB"; cores as a whole number.
Offer parse_offer(const Model& model, const Resource& resource, std::string_view text, const Place& place);
/// A figure's value: a number in its unit or a curve, checked; the note and kind are the caller's.
FigureOverride parse_override(const Figure& figure, std::string_view value, const Place& place);

/// "a whole number of clients from 0 to 10000000", "yes or no".
std::string allowed_values(const Input& input);

/// The table's figures with the site's own in their places.
std::vector<Figure> apply(std::vector<Figure> figures, const std::vector<FigureOverride>& overrides);

}  // namespace sizing
