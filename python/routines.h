// Routines from Python: as a site file has them in [[routine]], a mapping each.
#pragma once

#include <string>

#include <pybind11/pybind11.h>
#include <pybind11/typing.h>

#include "libsizing/opsi/site.h"

namespace sizing::python {

using OwnRoutine = pybind11::typing::Dict<pybind11::str, pybind11::object>;
using RoutinesArgument = pybind11::typing::Optional<pybind11::typing::Union<
    pybind11::str, OwnRoutine, pybind11::typing::List<pybind11::typing::Union<pybind11::str, OwnRoutine>>>>;

/// {"preset": "school morning", "clients": 152}, the name of a preset, a list of both, or None. One of a name that the
/// site has takes the place of that one. Files of histograms are named from the current folder. Throws InputError,
/// whose key names the place in the list, and TypeError for a value of the wrong type.
void state_routines(Site& site, const pybind11::object& routines);

/// For pickle: what was said, and the histogram that was read.
pybind11::tuple routine_state(const Routine& routine);
Routine routine_from(const pybind11::tuple& state);
/// What is stated, however it was written: for equality.
pybind11::tuple routine_content(const Routine& routine);
/// The mapping that states it: "{'preset': 'school morning', 'clients': 152}".
std::string routine_in_call(const Routine& routine);

}  // namespace sizing::python
