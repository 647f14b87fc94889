#include "libsizing/base/descriptor.h"

#include <unistd.h>

namespace sizing {

Descriptor::~Descriptor() {
  if (fd >= 0) ::close(fd);
}

}  // namespace sizing
