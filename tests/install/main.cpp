// A worked line of opsi 4.2 through the installed library; exit code 0 where both amounts come out as published.
#include "libsizing/model/evaluate.h"
#include "libsizing/opsi/rule_set.h"

int main() {
  const auto model = sizing::standard_model("4.2");
  auto given = sizing::nothing_given(*model);
  given.inputs[sizing::input_index(*model, "clients")] = 1000;
  given.inputs[sizing::input_index(*model, "connections")] = 100;
  given.inputs[sizing::input_index(*model, "samba.connections")] = 130;
  const auto evaluation = sizing::evaluate(model, given);
  return evaluation.value("opsiconfd.memory") == 1250 && evaluation.value("samba.memory") == 780 ? 0 : 1;
}
