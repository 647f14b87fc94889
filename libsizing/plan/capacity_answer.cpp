#include "libsizing/plan/capacity_answer.h"

#include <algorithm>
#include <cmath>

#include "libsizing/base/number.h"
#include "libsizing/base/text.h"
#include "libsizing/plan/remarks.h"

namespace sizing {
namespace {

std::string counted(double value, const Input& input) { return with_unit(rounded(value), input.unit); }

// The stated amounts beside the asked one: those that grow with it, or those that stay.
std::vector<std::string> stated_inputs(const ResolvedServer& server, std::size_t asked,
                                       const std::vector<std::size_t>& together, bool growing) {
  std::vector<std::string> texts;
  const Model& model = *server.evaluation.model;
  for (std::size_t i = 0; i < model.inputs.size(); ++i) {
    const Input& input = model.inputs[i];
    const bool grows = std::find(together.begin(), together.end(), i) != together.end();
    const bool said = server.origins[i].kind == OriginKind::stated || server.peak_behind(i);
    if (!said || i == asked || input.yes_no || grows != growing) continue;
    texts.push_back(input.name + " = " + rounded(server.evaluation.values[input.node]) + " (" + server.origins[i].text +
                    ")");
  }
  return texts;
}

// Where not all stated inputs grow, those that follow from routines do: they are not stated.
std::vector<std::size_t> growing_inputs(const ResolvedServer& server, std::size_t asked, bool all) {
  auto growing = following_inputs(server.evaluation, asked);
  if (!all) std::erase_if(growing, [&](std::size_t i) { return !server.peak_behind(i); });
  return growing;
}

std::string capacity_sentence(const CapacityAnswer& a) {
  const std::string what = a.server + " with " + [&] {
    std::vector<std::string> offers;
    for (const Fit& fit : a.offers)
      offers.push_back(fit.offered_text + (fit.unit == parse_unit("core") ? "" : " of " + fit.resource));
    return listed(offers);
  }();
  if (!a.capacity.carries_any)
    return what + " carries nothing: " + listed(a.first) + " cannot even carry " + counted(a.input.low, a.input) + ".";
  if (a.capacity.at_bound)
    return what + " carries " + counted(a.capacity.most, a.input) + ", the most that is asked for: " + a.input.name +
           " does not use it up.";
  return what + " carries " + counted(a.capacity.most, a.input) + "; " + run_out(a.first) + " first.";
}

}  // namespace

CapacityAnswer ask_capacity(const Site& site, std::size_t index, const std::string& input_name, bool scale) {
  const auto model = model_of(site);
  const Input* input = find_input(*model, input_name);
  if (!input || input->yes_no)
    throw InputError({"", 0, 0, "of"},
                     input ? "no amount to ask for" : "unknown input" + did_you_mean(input_name, input_names(*model)),
                     input_name, "an input such as clients or connections");
  ResolvedServer server = resolve(with_stated(site, index, *input))[index];
  if (server.hardware.empty())
    throw InputError({site.file, 0, 0, site.file.empty() ? "" : server.name}, "no hardware to ask about", "",
                     "memory of 16 GB, 4 cores and the like, here or in the site file");
  const std::size_t asked = input_index(*model, input_name);
  const auto together = growing_inputs(server, asked, scale);
  CapacityAnswer answer;
  answer.opsi = model->name;
  answer.server = server.name;
  answer.input = *input;
  answer.held = stated_inputs(server, asked, together, false);
  answer.scaled = stated_inputs(server, asked, together, true);
  std::vector<Allowance> allowances;
  for (const Fit& fit : fits_of(server)) {
    answer.offers.push_back(fit);
    allowances.push_back({find_node(*model, fit.quantity), fit.offered});
  }
  answer.capacity = capacity(*model, server.evaluation.given, asked, allowances, together);
  for (const std::size_t i : answer.capacity.first) answer.first.push_back(answer.offers[i].resource);
  const double size = std::max(answer.capacity.most, std::ceil(input->low));
  server.evaluation = evaluate(model, at_size(server.evaluation.given, asked, size, together));
  answer.offers = fits_of(server);
  // What the routines of the site as it is give beside a stated input says nothing at this size.
  std::erase_if(server.peaks, [&](const RoutinePeak& p) { return !server.peak_behind(input_index(*model, p.input)); });
  answer.remarks = remarks_of(server, answer.offers);
  std::vector<std::string> staying;  // stated inputs that would follow the asked one
  if (!scale)
    for (const std::size_t i : following_inputs(server.evaluation, asked))
      if (!server.peak_behind(i)) staying.push_back(model->inputs[i].name);
  answer.answer = capacity_sentence(answer) +
                  (staying.empty() ? "" : " Held as stated: " + join(staying, ", ") + "; 'scale' lets them grow.");
  return answer;
}

}  // namespace sizing
