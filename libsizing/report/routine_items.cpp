#include "libsizing/report/routine_items.h"

#include "libsizing/base/text.h"

namespace sizing {

TextTable facts_table(const std::vector<RoutineAt>& routines) {
  TextTable table{{"routine", "key", "value", "from", "kind"}, {false, false, true, false, false}};
  for (const RoutineAt& at : routines)
    for (const RoutineFact& fact : at.facts)
      table.rows.push_back({printable(at.routine.name), fact.key, printable(fact.text), printable(fact.from),
                            std::string(name(fact.kind))});
  return table;
}

std::string shape_text(const RoutineAt& at) {
  const std::string file = at.fact("shape_file");
  return file.empty() ? at.fact("shape") : file;
}

}  // namespace sizing
