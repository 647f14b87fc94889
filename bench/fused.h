// The limit of block evaluation: the rules of opsi 4.2 written by hand into one loop, for the same question. Compiled
// once for each instruction set, as the kernels are.
#pragma once

#include <cstddef>

/// Two columns in, four results out, 48 bytes a site: workers, memory [MB], memory to buy [GiB], cores.
using Fused = void(const double* clients, const double* connections, double* workers, double* memory, double* to_buy,
                   double* cores, std::size_t count);

Fused fused_baseline, fused_avx2, fused_avx512;
