#!/bin/bash
# What the documentation prints from the program is what the program prints: dev/docs --check with the binary under test.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
: "${OPSI_SIZING:?the path of the binary}"
dev/docs --check
