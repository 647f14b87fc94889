#include "libsizing/model/direction.h"

namespace sizing {
namespace {

Direction opposite(Direction d) {
  return d == Direction::rising ? Direction::falling : d == Direction::falling ? Direction::rising : d;
}

Direction both(Direction a, Direction b) {
  if (a == Direction::constant) return b;
  if (b == Direction::constant || a == b) return a;
  return Direction::either;
}

Direction of_curve(const Curve& curve) {
  Direction result = Direction::constant;
  for (std::size_t i = 1; i < curve.size(); ++i) {
    const double step = curve[i].y - curve[i - 1].y;
    if (step != 0) result = both(result, step > 0 ? Direction::rising : Direction::falling);
  }
  return result;
}

Direction through(Direction inner, Direction outer) {
  if (inner == Direction::constant || outer == Direction::constant) return Direction::constant;
  if (inner == Direction::either || outer == Direction::either) return Direction::either;
  return outer == Direction::rising ? inner : opposite(inner);
}

Direction of_operand(const Model& model, const Node& node, int i) {
  if (node.op == Op::interpolate) return of_curve(model.figures[node.index].curve);
  if (node.op == Op::input) return Direction::rising;  // through its default
  const int sign = operation(node.op).direction[static_cast<std::size_t>(i)];
  return sign > 0 ? Direction::rising : sign < 0 ? Direction::falling : Direction::either;
}

}  // namespace

Direction direction(const Model& model, NodeId of, NodeId by) {
  std::vector<Direction> result(of + 1, Direction::constant);
  for (NodeId id = 0; id <= of; ++id) {
    const Node& node = model.nodes[id];
    if (id == by) {
      result[id] = Direction::rising;
      continue;
    }
    for (int i = 0; i < 3; ++i)
      if (node.operand[i] != no_node)
        result[id] = both(result[id], through(result[node.operand[i]], of_operand(model, node, i)));
  }
  return result[of];
}

}  // namespace sizing
