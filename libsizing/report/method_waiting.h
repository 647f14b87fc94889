// The method of what is computed outside of the model: the formulas of peaks by example, of transfers and of waiting,
// each with its source, so that a reader can check `load` and `simulate` by hand.
#pragma once

#include "libsizing/report/document.h"

namespace sizing {

void add_load_example(Document& document);
void add_waiting(Document& document);

}  // namespace sizing
