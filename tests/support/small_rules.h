// Rules over a handful of made-up figures, for tests of the model itself.
#pragma once

#include <memory>

#include "libsizing/model/evaluate.h"
#include "libsizing/model/rules.h"

namespace sizing {

inline Figure figure_of(const char* name, double value, const char* unit, Kind kind, const char* source = "page") {
  Figure figure;
  figure.name = name;
  figure.value = value;
  figure.unit = parse_unit(unit);
  figure.kind = kind;
  figure.source = source;
  return figure;
}

inline Figure curve_of(const char* name, const char* points, const char* x_unit, const char* unit) {
  Figure figure = figure_of(name, 0, unit, Kind::published);
  figure.curve = parse_curve(points);
  figure.x_unit = parse_unit(x_unit);
  return figure;
}

inline std::vector<Figure> small_figures() {
  std::vector<Figure> figures = {
      figure_of("size", 1000, "MB", Kind::published),
      figure_of("margin", 50, "%", Kind::assumed),
      figure_of("each", 4, "MB/connection", Kind::measured),
      figure_of("least", 2, "GB", Kind::published),
      figure_of("share", 10, "%", Kind::assumed),
      figure_of("sourceless", 1, "MB", Kind::published, ""),
      figure_of("words", 0, "", Kind::published),
      curve_of("line", "100:500|2000:1000|4000:2000", "client", "MB"),
  };
  figures[6].text = "x86-64|ARM64";
  return figures;
}

struct SmallRules : Rules {
  SmallRules() : Rules("small", "made up", small_figures(), {{"page", "A page", "page 3", "", ""}}) {}

  Quantity number(const char* name, const char* unit) { return input(name, unit, {0, 1e9, false}, "a number"); }
  std::shared_ptr<const Model> model() { return std::make_shared<const Model>(std::move(*this).build()); }
};

struct Stated {
  const char* name;
  double value;
};

inline Evaluation evaluate_with(const std::shared_ptr<const Model>& model, const std::vector<Stated>& stated) {
  Given given = nothing_given(*model);
  for (const Stated& s : stated) given.inputs[input_index(*model, s.name)] = s.value;
  return evaluate(model, given);
}

}  // namespace sizing
