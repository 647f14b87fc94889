#include "libsizing/plan/capacity_answer.h"

#include <algorithm>

#include "libsizing/base/number.h"
#include "libsizing/base/text.h"

namespace sizing {
namespace {

std::string counted(double value, const Input& input) { return with_unit(exact(value), input.unit); }

std::vector<std::string> held_inputs(const ResolvedServer& server, const std::string& but) {
  std::vector<std::string> held;
  const Model& model = *server.evaluation.model;
  for (std::size_t i = 0; i < model.inputs.size(); ++i) {
    const Input& input = model.inputs[i];
    if (server.origins[i].kind != OriginKind::stated || input.name == but || input.yes_no) continue;
    held.push_back(input.name + " = " + rounded(server.evaluation.values[input.node]) + " (" + server.origins[i].text +
                   ")");
  }
  return held;
}

std::string capacity_sentence(const CapacityAnswer& a) {
  const std::string what = a.server + " with " + [&] {
    std::vector<std::string> offers;
    for (const Fit& fit : a.offers)
      offers.push_back(fit.offered_text + (fit.unit == parse_unit("core") ? "" : " of " + fit.resource));
    return join(offers, " and ");
  }();
  const std::string first =
      join(a.first, " and ") +
      (a.first.size() > 1 || (!a.first.empty() && a.first[0].ends_with('s')) ? " run out first" : " runs out first");
  if (!a.capacity.carries_any)
    return what + " carries nothing: " + join(a.first, " and ") + " cannot even carry " +
           counted(a.input.low, a.input) + ".";
  if (a.capacity.at_bound)
    return what + " carries " + counted(a.capacity.most, a.input) + ", the most that is asked for: " + a.input.name +
           " does not use it up.";
  return what + " carries " + counted(a.capacity.most, a.input) + "; " + first + ".";
}

}  // namespace

CapacityAnswer ask_capacity(const Site& site, std::size_t index, const std::string& input_name) {
  const auto model = model_of(site);
  const Input* input = find_input(*model, input_name);
  if (!input)
    throw InputError({"", 0, 0, "--of"}, "unknown input" + did_you_mean(input_name, input_names(*model)), input_name,
                     "an input such as clients or connections");
  const ResolvedServer server = resolve(with_stated(site, index, *input))[index];
  if (server.hardware.empty())
    throw InputError({site.file, 0, 0, server.name}, "no hardware to ask about", "",
                     "--memory 16GB, --cores 4 and the like, or hardware in the site file");
  CapacityAnswer answer{model->name, server.name, *input, {}, {}, {}, {}, held_inputs(server, input_name), ""};
  std::vector<Allowance> allowances;
  for (const Offer& offer : server.hardware) {
    const auto resource = std::find_if(model->resources.begin(), model->resources.end(),
                                       [&](const Resource& r) { return r.name == offer.resource; });
    const Formula& formula = model->formulas[resource->formula];
    answer.offers.push_back({offer.resource, formula.name, formula.unit, 0, offer.amount, offer.text, true});
    allowances.push_back({formula.node, offer.amount});
  }
  answer.capacity = capacity(*model, server.evaluation.given, input_index(*model, input_name), allowances);
  answer.each = answer.capacity.each;
  for (const std::size_t i : answer.capacity.first) answer.first.push_back(answer.offers[i].resource);
  Given given = server.evaluation.given;
  given.inputs[input_index(*model, input_name)] = std::max(answer.capacity.most, input->low);
  const Evaluation at_most = evaluate(model, given);
  for (Fit& fit : answer.offers) {
    fit.needed = at_most.value(fit.quantity);
    fit.fits = fit.needed <= fit.offered;
  }
  answer.answer = capacity_sentence(answer);
  return answer;
}

}  // namespace sizing
