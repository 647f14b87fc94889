// The limit of block evaluation: the rules of opsi 4.2 written by hand into one loop, for the same question.
#pragma once

#include <cstddef>

/// Two columns in, four results out, 48 bytes a site: workers, memory [MB], memory to buy [GiB], cores.
void fused_4_2(const double* clients, const double* connections, double* workers, double* memory, double* to_buy,
               double* cores, std::size_t count);
