// In which direction a quantity moves as an input grows, read off the formula (amounts are never negative).
#pragma once

#include "libsizing/model/model.h"

namespace sizing {

enum class Direction { constant, rising, falling, either };

/// Holds for every value of the other inputs and figures; "rising" allows steps and flat parts.
Direction direction(const Model& model, NodeId of, NodeId by);

}  // namespace sizing
