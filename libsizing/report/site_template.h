// A commented site file to start from, made from the model's inputs.
#pragma once

#include <string>

namespace sizing {

/// The clients of a template where nobody says how many.
inline constexpr double template_clients = 100;

/// TOML that reads as a site of one server with `clients` clients; every other key stands there as a comment.
std::string site_template(double clients);

}  // namespace sizing
