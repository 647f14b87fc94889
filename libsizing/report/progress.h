// What is said while something long goes on.
#pragma once

#include <string>
#include <string_view>

namespace sizing {

/// "simulating, 12.3 million requests, 45 %", of `all`; without the share where that is 0, since it is not known.
std::string simulating(std::string_view what, double done, double all);

}  // namespace sizing
