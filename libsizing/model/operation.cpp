#include "libsizing/model/operation.h"

namespace sizing {
namespace {

using D = double;

constexpr Operation operations[] = {
    // op, symbol, infix, precedence, operands, unit rule, direction by operand, value
    {Op::input, "", false, 9, 0, UnitRule::declared, {0, 0, 0}, nullptr},
    {Op::figure, "", false, 9, 0, UnitRule::declared, {0, 0, 0}, nullptr},
    {Op::constant, "", false, 9, 0, UnitRule::declared, {0, 0, 0}, nullptr},
    {Op::formula, "", false, 9, 1, UnitRule::declared, {1, 0, 0}, [](D a, D, D) { return a; }},
    {Op::add, "+", true, 2, 2, UnitRule::same, {1, 1, 0}, [](D a, D b, D) { return add(a, b); }},
    {Op::subtract, "−", true, 2, 2, UnitRule::same, {1, -1, 0}, [](D a, D b, D) { return subtract(a, b); }},
    {Op::multiply, "×", true, 3, 2, UnitRule::product, {1, 1, 0}, [](D a, D b, D) { return multiply(a, b); }},
    {Op::divide, "/", true, 3, 2, UnitRule::quotient, {1, -1, 0}, [](D a, D b, D) { return divide(a, b); }},
    {Op::minimum, "min", false, 9, 2, UnitRule::same, {1, 1, 0}, [](D a, D b, D) { return minimum(a, b); }},
    {Op::maximum, "max", false, 9, 2, UnitRule::same, {1, 1, 0}, [](D a, D b, D) { return maximum(a, b); }},
    {Op::ceiling, "ceil", false, 9, 1, UnitRule::whole, {1, 0, 0}, [](D a, D, D) { return ceiling(a); }},
    {Op::floor, "floor", false, 9, 1, UnitRule::whole, {1, 0, 0}, [](D a, D, D) { return floor_of(a); }},
    {Op::greater, ">", true, 1, 2, UnitRule::flag, {1, -1, 0}, [](D a, D b, D) { return greater(a, b); }},
    {Op::choose, "if", false, 9, 3, UnitRule::branch, {0, 1, 1}, [](D a, D b, D c) { return choose(a, b, c); }},
    {Op::convert, "in", false, 4, 1, UnitRule::declared, {1, 0, 0}, nullptr},
    {Op::interpolate, "", false, 9, 1, UnitRule::declared, {0, 0, 0}, nullptr},
    {Op::size_on_sale, "size_on_sale", false, 9, 1, UnitRule::whole, {1, 0, 0}, [](D a, D, D) { return next_size(a); }},
};

constexpr bool in_order() {
  for (std::size_t i = 0; i < std::size(operations); ++i)
    if (operations[i].op != static_cast<Op>(i)) return false;
  return std::size(operations) == static_cast<std::size_t>(Op::size_on_sale) + 1;
}
static_assert(in_order(), "one row for each operation, in the order of the enumeration");

}  // namespace

const Operation& operation(Op op) { return operations[static_cast<std::size_t>(op)]; }

}  // namespace sizing
