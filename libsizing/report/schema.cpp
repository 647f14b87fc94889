#include "libsizing/report/schema.h"

#include <nlohmann/json.hpp>

#include "libsizing/base/text.h"
#include "libsizing/opsi/rule_set.h"
#include "libsizing/opsi/site.h"
#include "libsizing/report/json.h"

namespace sizing {
namespace {

using Json = nlohmann::ordered_json;

constexpr char dialect[] = "https://json-schema.org/draft/2020-12/schema";
// An amount of bytes as parse_amount takes it.
std::string amount_pattern() { return "^ *[0-9.eE+]+ *(" + join(symbols_of(parse_unit("B")), "|") + ") *$"; }

Json object(Json properties, Json required = Json::array()) {
  Json json = {{"type", "object"}, {"properties", std::move(properties)}, {"additionalProperties", false}};
  if (!required.empty()) json["required"] = std::move(required);
  return json;
}

// Puts `schema` at a dotted name: "samba.connections" is connections within the table samba.
void place(Json& properties, const std::string& name, const Json& schema) {
  const auto dot = name.find('.');
  if (dot == std::string::npos) {
    properties[name] = schema;
    return;
  }
  Json& table = properties[name.substr(0, dot)];
  if (table.is_null()) table = object(Json::object());
  place(table["properties"], name.substr(dot + 1), schema);
}

Json input_schema(const Input& input) {
  Json json;
  if (input.yes_no) {
    json["type"] = "boolean";
  } else {
    json["type"] = input.whole ? Json("integer") : Json::array({"number", "string"});
    json["minimum"] = input.low;
    json["maximum"] = input.high;
    if (!input.whole) json["pattern"] = amount_pattern();
  }
  json["description"] = input.help + (name(input.unit).empty() ? "" : " [" + name(input.unit) + "]");
  return json;
}

Json group_schema(const Model& model, const Group& group) {
  Json members = Json::array();
  for (const Input& input : model.inputs)
    if (input.name.starts_with(group.prefix)) members.push_back(input.name.substr(group.prefix.size()));
  return {{"type", "array"}, {"items", {{"enum", members}}}, {"description", "what is listed is so, the rest is not"}};
}

Json hardware_schema(const Model& model) {
  Json properties = Json::object();
  for (const Resource& resource : model.resources) {
    const Unit& unit = model.formulas[resource.formula].unit;
    const bool bytes = same_dimension(unit, parse_unit("B"));
    place(properties, resource.name,
          bytes ? Json{{"type", "string"},
                       {"pattern", amount_pattern()},
                       {"description", "an amount with its unit: \"16 GB\""}}
                : Json{{"type", "integer"}, {"minimum", 0}, {"description", "[" + name(unit) + "]"}});
  }
  return object(properties);
}

// An override of a plain figure or of a curve; the root's "$defs" hold the two.
Json override_schema(bool curve) {
  Json properties = {{"value", curve ? Json{{"type", "string"}, {"description", "points x:y|x:y"}}
                                     : Json{{"type", Json::array({"number", "string"})}, {"minimum", 0}}},
                     {"note", {{"type", "string"}, {"description", "where the value comes from"}}},
                     {"kind", {{"enum", {"published", "measured", "derived", "assumed"}}, {"default", "assumed"}}}};
  if (!curve) properties["low"] = properties["high"] = {{"type", "number"}};
  return object(properties, {"value", "note"});
}

// The name of a figure may be quoted, "samba.margin", or a path of tables.
Json figures_schema(const Model& model) {
  Json properties = Json::object();
  for (const Figure& figure : model.figures) {
    if (!figure.text.empty()) continue;
    const Json schema = {{"$ref", figure.curve.empty() ? "#/$defs/figure" : "#/$defs/curve"},
                         {"description", figure.note + " [" + unit_text(figure) + "]"}};
    place(properties, figure.name, schema);
    properties[figure.name] = schema;
  }
  return object(properties);
}

Json typed(const char* type, const char* about) { return {{"type", type}, {"description", about}}; }

Json remark_schema() {
  return object({{"code", typed("string", "stable, for scripts")},
                 {"severity", {{"enum", {"note", "warning", "error"}}}},
                 {"quantity", typed("string", "what it is about")},
                 {"text", typed("string", "for people")}},
                {"code", "severity", "quantity", "text"});
}

Json map_of(Json schema) { return {{"type", "object"}, {"additionalProperties", std::move(schema)}}; }

Json nullable(const char* type) { return {{"type", Json::array({type, "null"})}}; }

// Where an input follows from routines.
Json peak_schema() {
  const Json names = {{"type", "array"}, {"items", {{"type", "string"}}}};
  return object({{"routines", names},
                 {"time", typed("string", "the busiest time of the day")},
                 {"mean", typed("number", "the mean number then")},
                 {"quantile", typed("number", "from 0 to below 1")},
                 {"most", typed("number", "the quantile's value: that of the input")},
                 {"assumed", names}},
                {"routines", "time", "mean", "quantile", "most", "assumed"});
}

// Texts, so that an editor helps; opsi-sizing says what is wrong with one.
Json routine_schema() {
  Json properties = Json::object(), presets = Json::array();
  for (const std::string& preset : routine_presets()) presets.push_back(preset);
  for (const RoutineKey& key : routine_keys()) {
    Json& schema =
        properties[std::string(key.name)] = {{"type", Json::array({"string", "number"})},
                                             {"description", std::string(key.help) + "; " + std::string(key.allowed)}};
    if (key.name == "preset") schema["enum"] = presets;
  }
  return object(properties);
}

Json server_schema() {
  const Json kinds = {{"enum", {"published", "measured", "derived", "assumed", "given"}}};
  const Json input = object({{"value", {{"type", "number"}}},
                             {"unit", {{"type", "string"}}},
                             {"origin", {{"enum", {"stated", "derived", "default", "assumed"}}}},
                             {"from", typed("string", "flag, file and line, routines, or the default's formula")},
                             {"peak", peak_schema()}},
                            {"value", "unit", "origin", "from"});
  const Json quantity = object({{"value", {{"type", "number"}}},
                                {"unit", {{"type", "string"}}},
                                {"decided_by", nullable("string")},
                                {"formula", nullable("string")},
                                {"kind", kinds},
                                {"rests_on", map_of({{"type", "number"}})},
                                {"about", {{"type", "string"}}}},
                               {"value", "unit", "decided_by", "formula", "kind"});
  const Json fit = object({{"quantity", {{"type", "string"}}},
                           {"unit", {{"type", "string"}}},
                           {"needed", {{"type", "number"}}},
                           {"offered", {{"type", "number"}}},
                           {"free", {{"type", "number"}}},
                           {"stated", {{"type", "string"}}},
                           {"fits", {{"type", "boolean"}}}},
                          {"quantity", "unit", "needed", "offered", "fits"});
  Json setting = Json::object();
  for (const char* key : {"key", "value", "shown", "default", "file", "apply", "why"})
    setting[key] = {{"type", "string"}};
  const Json carries = object({{"input", {{"type", "string"}}},
                               {"on", {{"enum", {"offered", "to_buy"}}}},
                               {"most", nullable("number")},
                               {"scaled", {{"type", "array"}, {"items", {{"type", "string"}}}}},
                               {"runs_out_first", {{"type", "array"}, {"items", {{"type", "string"}}}}}});
  return object({{"name", {{"type", "string"}}},
                 {"roles", {{"type", "array"}, {"items", {{"type", "string"}}}}},
                 {"answer", {{"type", "string"}}},
                 {"inputs", map_of(input)},
                 {"quantities", map_of(quantity)},
                 {"hardware", map_of(fit)},
                 {"fits", nullable("boolean")},
                 {"carries", carries},
                 {"memory_by_kind", map_of({{"type", "number"}})},
                 {"settings", {{"type", "array"}, {"items", object(setting)}}},
                 {"remarks", {{"type", "array"}, {"items", remark_schema()}}}},
                {"name", "roles", "answer", "inputs", "quantities", "hardware", "fits", "settings", "remarks"});
}

std::string dumped(const Json& json) { return json.dump(2) + "\n"; }

}  // namespace

std::string site_schema() {
  const auto model = standard_model(default_rule_set());
  Json server = {{"name", {{"type", "string"}, {"minLength", 1}, {"maxLength", longest_title}}}};
  for (const Input& input : model->inputs) place(server, input.name, input_schema(input));
  for (const Group& group : model->groups) server[group.key] = group_schema(*model, group);
  server["hardware"] = hardware_schema(*model);
  Json sets = Json::array();
  for (const RuleSet& set : rule_sets()) sets.push_back(set.name);
  Json json =
      object({{"opsi", {{"enum", sets}, {"default", default_rule_set()}, {"description", "rule set"}}},
              {"name", {{"type", "string"}, {"minLength", 1}, {"maxLength", longest_title}}},
              {"server", {{"type", "array"}, {"minItems", 1}, {"maxItems", most_servers}, {"items", object(server)}}},
              {"routine", {{"type", "array"}, {"maxItems", most_routines}, {"items", routine_schema()}}},
              {"figures", figures_schema(*model)}},
             {"server"});
  Json root = {{"$schema", dialect}, {"title", "Site file of opsi-sizing (TOML)"}};
  root.update(json);
  root["$defs"] = {{"figure", override_schema(false)}, {"curve", override_schema(true)}};
  return dumped(root);
}

std::string plan_schema() {
  const Json figure = object({{"value", {{"type", "string"}}},
                              {"unit", {{"type", "string"}}},
                              {"kind", {{"type", "string"}}},
                              {"source", {{"type", "string"}}},
                              {"note", {{"type", "string"}}}});
  const Json shortfall =
      object({{"server", {{"type", "string"}}}, {"resource", {{"type", "string"}}}}, {"server", "resource"});
  Json json = object(
      {{"format", {{"const", json_version}}},
       {"tool", {{"const", "opsi-sizing"}}},
       {"version", {{"type", "string"}}},
       {"opsi", typed("string", "rule set")},
       {"date", typed("string", "YYYY-MM-DD")},
       {"command", {{"type", "string"}}},
       {"site",
        object({{"name", nullable("string")}, {"file", nullable("string")}, {"opsi_from", {{"type", "string"}}}})},
       {"answer", typed("string", "one sentence")},
       {"fits", nullable("boolean")},
       {"falls_short", {{"type", "array"}, {"items", shortfall}}},
       {"figures", map_of(figure)},
       {"servers", {{"type", "array"}, {"items", server_schema()}}}},
      {"format", "tool", "version", "opsi", "date", "command", "answer", "fits", "falls_short", "servers"});
  Json root = {{"$schema", dialect}, {"title", "Plan of opsi-sizing (JSON)"}};
  root.update(json);
  return dumped(root);
}

}  // namespace sizing
