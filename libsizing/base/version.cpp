#include "libsizing/base/version.h"

namespace sizing {

std::string_view version() { return SIZING_VERSION; }

}  // namespace sizing
