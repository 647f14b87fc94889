// What an evaluated quantity rests on: which operand decides it, which nodes its value comes from, how sure that is.
//
// Only the operand that decides a max or min, only the branch that a condition chose and only the 0 of a product carry
// a value; an input that was given carries its own, one that was not given that of its default.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "libsizing/model/evaluate.h"

namespace sizing {

/// The operand that decides `node`, where it is a max or min (seen through names, conversions and chosen branches);
/// no_node elsewhere. Of equal operands the first decides.
NodeId deciding_operand(const Evaluation& evaluation, NodeId node);

/// Whether some operand can decide `node`: whether there is a max or min to be found.
bool may_be_decided(const Model& model, NodeId node);

/// Its name: a quantity, a figure, or the operand's formula; "" where nothing decides.
std::string decided_by(const Evaluation& evaluation, NodeId node);

/// The nodes that the value of `root` comes from, itself included, as flags by node.
std::vector<bool> live_nodes(const Evaluation& evaluation, NodeId root);

/// The value of `root` split by the kind that each part of it rests on, indexed by Kind; the parts add up to the value.
/// In a product a part is as sure as its weakest factor: of 1000 MB published with 50 % assumed margin, 500 are
/// assumed.
std::array<double, 5> split_by_kind(const Evaluation& evaluation, NodeId root);

/// The weakest kind that a part of the value rests on; Kind::given where all of it, or nothing, was stated.
Kind kind_of(const Evaluation& evaluation, NodeId root);

/// For people: "published", or "93 % published, 7 % assumed"; the weakest kind is always named.
std::string rests_on(const Evaluation& evaluation, NodeId root);

/// The curves that are read beyond their last point, whether they decide or not.
std::vector<NodeId> extrapolated_curves(const Evaluation& evaluation);

}  // namespace sizing
