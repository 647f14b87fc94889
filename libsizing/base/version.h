// The version of this product, from the file VERSION.
#pragma once

#include <string_view>

namespace sizing {

std::string_view version();

}  // namespace sizing
