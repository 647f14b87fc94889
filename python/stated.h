// What Python says about a site: keyword arguments, figures, a path or a Site.
//
// The keywords are the model's own inputs, groups and resources, with _ for the dots: samba_connections.
#pragma once

#include <string>
#include <vector>

#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>
#include <pybind11/typing.h>

#include "libsizing/opsi/site.h"

namespace sizing::python {

/// os.PathLike in a signature.
class PathLike : public pybind11::object {};

// How these arguments read in Python's signatures.
using PathArgument = pybind11::typing::Union<pybind11::str, PathLike>;
using SiteArgument = pybind11::typing::Optional<pybind11::typing::Union<Site, pybind11::str, PathLike>>;
using ServerArgument = pybind11::typing::Optional<pybind11::str>;
using RuleSetArgument = pybind11::typing::Optional<pybind11::typing::Union<pybind11::str, pybind11::float_>>;
using WordsArgument = pybind11::typing::Union<pybind11::str, pybind11::typing::Iterable<pybind11::str>>;
using OwnFigures = pybind11::typing::Dict<pybind11::str, pybind11::object>;
using FiguresArgument = pybind11::typing::Optional<
    pybind11::typing::Union<OwnFigures, pybind11::str, PathLike,
                            pybind11::typing::List<pybind11::typing::Union<OwnFigures, pybind11::str, PathLike>>>>;

/// A place as plain Python data, and back: for pickle.
pybind11::tuple place_state(const Place& place);
Place place_from(const pybind11::handle& state);

/// Text from Python, as UTF-8. Throws TypeError for another type, InputError for half a character.
std::string text_of(const std::string& name, const pybind11::handle& value);
/// A path as the system has it. Throws TypeError for what is none, with what `value` may be.
std::string path_of(const pybind11::handle& value,
                    const std::string& allowed = "a site is a Site or the path of a site file");
/// A list of words: text with commas, or a sequence or set of texts. Throws TypeError for anything else.
std::vector<std::string> words_of(const std::string& name, const pybind11::handle& value);
/// Whether it is a path: text, bytes or a path object.
bool is_path(const pybind11::handle& value);
/// The array behind a value, of a type that can be read. Throws InputError for what is no array of numbers.
pybind11::array array_of(const std::string& name, const pybind11::handle& value);
/// One number, whatever Python can take for one. Throws TypeError for anything else.
double number_of(const std::string& name, const pybind11::handle& value);

/// "samba_connections" of "samba.connections".
std::string keyword_of(const std::string& name);

/// What a keyword or a column's name stands for.
struct Keyword {
  enum class Of { input, group, resource, unknown } of = Of::unknown;
  std::size_t index = 0;  // in the model's list
  friend bool operator==(const Keyword&, const Keyword&) = default;
};
/// By keyword or by the dotted name.
Keyword find_keyword(const std::string& name);
/// The input that a keyword of that kind stands for.
const Input& input_of(const Keyword& keyword);
std::string_view name(Keyword::Of of);
/// All keywords, in the order of the model: inputs, groups, resources.
std::vector<std::string> keywords();
/// What a keyword means and allows, in words.
std::string keyword_help(const std::string& keyword);

/// The parameters that a function has beside the keywords, for the nearest name in an error.
void register_parameters(const std::string& function, const std::vector<std::string>& names);
/// Throws TypeError as Python does, naming the nearest keyword or parameter.
[[noreturn]] void refuse_keyword(const std::string& function, const std::string& name);

/// Adds a keyword to those seen. Throws InputError where it is among them, in its other spelling.
void refuse_twice(std::vector<Keyword>& seen, const Keyword& keyword, const std::string& name);

/// States keyword arguments about a server; None states nothing. Throws InputError, and TypeError for an unknown
/// keyword or a value of the wrong type.
void state_keywords(const std::string& function, Site& site, std::size_t server, const pybind11::dict& stated);

/// {"samba.margin": 40, "opsiconfd.memory_by_clients": [(100, 500), (2000, 1000)]}, the path of a file of figures, a
/// list of both of which the later one wins, or None. Throws InputError.
void state_figures(Site& site, const pybind11::object& figures);

/// The name of a rule set, given as text or as a number such as 4.2.
std::string rule_set_text(const RuleSetArgument& opsi);
/// None, or a rule set.
void state_rule_set(Site& site, const pybind11::object& opsi);

/// The server that is meant by a name; by None the one that questions mean.
std::size_t server_index(const Site& site, const pybind11::object& server);

/// None (one server with nothing stated), a Site, or a path of a site file.
Site site_of(const pybind11::object& site);

/// All of the above in one: what every question is asked about.
struct Question {
  Site site;
  std::size_t server = 0;
};
Question question_of(const std::string& function, const pybind11::object& site, const pybind11::object& server,
                     const pybind11::object& opsi, const pybind11::object& figures, const pybind11::dict& stated);

}  // namespace sizing::python

namespace pybind11::detail {
template <>
struct handle_type_name<sizing::python::PathLike> {
  static constexpr auto name = const_name("os.PathLike");
};
}  // namespace pybind11::detail
