// JSON Schemas: of the site file, from the model's own lists, and of a plan's JSON.
#pragma once

#include <string>

namespace sizing {

std::string site_schema();
std::string plan_schema();

}  // namespace sizing
