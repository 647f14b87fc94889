#include "libsizing/report/import_report.h"

#include <cmath>

#include "libsizing/base/number.h"
#include "libsizing/base/text.h"
#include "libsizing/base/version.h"
#include "libsizing/host/imported_site.h"
#include "libsizing/report/json.h"
#include "libsizing/report/site_toml.h"

namespace sizing {
namespace {

std::string read_at(const Place& place) {
  return place.line > 0 ? place.key + ", line " + std::to_string(place.line) : place.key;
}

TextTable hardware_table(const Import& import) {
  TextTable table{{"hardware", "there", "needed", "decided by", "needed rests on", "read from", "verdict"},
                  {false, true, true, false, false, false, false}};
  for (const HardwareVerdict& line : import.hardware)
    table.rows.push_back({line.fit.resource, with_unit(rounded(line.fit.offered), line.fit.unit),
                          with_unit(rounded(line.fit.needed), line.fit.unit), line.decided_by, line.rests_on,
                          read_at(line.from), std::string(name(line.verdict))});
  return table;
}

TextTable in_force_table(const Import& import) {
  TextTable table{{"quantity", "in force", "planned", "read from", "verdict"}, {false, true, true, false, false}};
  for (const InForce& line : import.in_force)
    table.rows.push_back({line.quantity, with_unit(rounded(line.there), line.unit),
                          with_unit(rounded(line.planned), line.unit), read_at(line.from), line.verdict});
  return table;
}

TextTable taken_table(const Import& import) {
  TextTable table{{"in the file", "value", "read from"}, {false, true, false}};
  for (const Taken& taken : import.taken) table.rows.push_back({taken.what, taken.value, read_at(taken.from)});
  return table;
}

Items missing_items(const Import& import) {
  Items items;
  for (const std::string& member : import.diagnostic.missing) items.items.push_back({"", printable(member)});
  return items;
}

// "more than 4 times the need": the figure that tells oversized from fitting.
std::string threshold(const Import& import) {
  const Figure& figure = *find_figure(*import.plan.model, "hardware.oversized");
  return "Oversized is more than " + rounded(figure.value) + " times what is needed (" +
         std::string(name(figure.kind)) +
         ", the figure hardware.oversized); free space never is, nor a disk of whose "
         "packages the size is not known.";
}

Document document_of(const Import& import, const Stamp& stamp) {
  Document doc{Paragraph{import.answer}, Paragraph{stamp_line(stamp, import.plan.model->name)},
               Heading{1, import.plan.site.title}};
  const auto section = [&](const std::string& title, auto part, bool empty) {
    if (empty) return;
    doc.push_back(Heading{3, title});
    doc.push_back(std::move(part));
  };
  section("Hardware against the plan", hardware_table(import), import.hardware.empty());
  if (!import.hardware.empty()) doc.push_back(Paragraph{threshold(import)});
  section("In force against the plan", in_force_table(import), import.in_force.empty());
  section("Remarks on the file", remark_items(import.remarks), import.remarks.empty());
  section("Missing in the file", missing_items(import), import.diagnostic.missing.empty());
  section("Read from the file", taken_table(import), import.taken.empty());
  const ServerPlan& server = import.plan.servers.front();
  doc.push_back(Heading{3, "The plan"});
  doc.push_back(Paragraph{server.answer});
  section("Remarks of the plan", remark_items(server.remarks), server.remarks.empty());
  doc.push_back(Paragraph{"MB and GB are decimal. The site file of this import is what 'opsi-sizing plan' takes."});
  return doc;
}

Table table_of(const Import& import, const Stamp& stamp) {
  Table table{{"section", "name", "value", "unit", "planned", "verdict", "decided_by", "from", "text"}, {}};
  const auto words = [&](const char* section, const std::string& name, const std::string& verdict,
                         const std::string& from, const std::string& text) {
    table.rows.push_back({section, cell(name), {}, {}, {}, cell(verdict), {}, cell(from), cell(text)});
  };
  words("about", "answer", import.too_small() ? "too small" : "", "", import.answer);
  words("about", "tool", "", "", "opsi-sizing " + std::string(version()));
  words("about", "opsi", "", "", import.plan.model->name);
  words("about", "date", "", "", stamp.date);
  words("about", "command", "", "", stamp.command);
  for (const HardwareVerdict& line : import.hardware)
    table.rows.push_back({"hardware", line.fit.resource, line.fit.offered, cell(name(line.fit.unit)), line.fit.needed,
                          std::string(name(line.verdict)), cell(line.decided_by), cell(describe(line.from)),
                          cell(line.rests_on)});
  for (const InForce& line : import.in_force)
    table.rows.push_back({"in_force",
                          line.quantity,
                          line.there,
                          cell(name(line.unit)),
                          line.planned,
                          line.verdict,
                          {},
                          cell(describe(line.from)),
                          {}});
  for (const Remark& remark : import.remarks)
    words("remark", remark.code, std::string(name(remark.severity)), remark.quantity, remark.text);
  for (const std::string& member : import.diagnostic.missing) words("missing", printable(member), "", "", "");
  for (const Taken& taken : import.taken) words("read", taken.what, "", describe(taken.from), taken.value);
  for (const Remark& remark : import.plan.servers.front().remarks)
    words("plan_remark", remark.code, std::string(name(remark.severity)), remark.quantity, remark.text);
  return table;
}

// What a value means, where that is not what its key says.
std::string note_of(const Statement& statement) {
  const std::string& key = statement.place.key;
  if (key == "clients.active_client_count") return key + ": seen within 365 days; the rules mean 30";
  if (statement.name == "active_clients" && key.starts_with("health_check"))
    return "health_check, opsi_worker_capacity: seen within 30 days";
  if (statement.name == "depots") return key + ": one is this server";
  if (statement.name == "packages") return key + " in GB: all that lies there";
  return key;
}

SiteComments comments_of(const Import& import, const Stamp& stamp) {
  const Diagnostic& d = import.diagnostic;
  const Server& server = import.plan.site.servers.front();
  SiteComments comments;
  comments.head = {import.answer, stamp_line(stamp, import.plan.model->name)};
  if (!d.missing.empty()) comments.head.push_back("Missing in the file: " + join(d.missing, ", ") + ".");
  for (const Remark& remark : import.remarks)
    comments.head.push_back(std::string(name(remark.severity)) + ": " + remark.text + " [" + remark.code + "]");
  if (!import.plan.site.opsi_place.key.empty()) comments.values["opsi"] = import.plan.site.opsi_place.key;
  for (const Statement& s : server.statements) comments.values[s.name] = note_of(s);
  for (const Offer& o : server.hardware) comments.values["hardware." + o.resource] = o.place.key;
  return comments;
}

// What the file does not have and a plan asks for.
void add_unstated(const Import& import, SiteComments& comments) {
  const ServerPlan& plan = import.plan.servers.front();
  const Evaluation& e = plan.server.evaluation;
  for (std::size_t i = 0; i < e.model->inputs.size(); ++i) {
    const Input& input = e.model->inputs[i];
    const bool asked = input.name == "connections" || input.name == "samba.connections" ||
                       input.name == "online_clients" || input.name == "packages";
    if (!asked || e.is_given(input)) continue;
    comments.unstated.push_back("Not in the file: " + input.help);
    comments.unstated.push_back(input.name + " = " + exact(std::ceil(e.values[input.node])));
  }
  for (const DepotProducts& products : import.diagnostic.products)
    comments.unstated.push_back("Products on " + products.depot + ": " + rounded(products.count) +
                                "; no size is published for one");
  comments.unstated.emplace_back("Taken as a config server; the file does not say it");
  comments.unstated.emplace_back("roles = [\"config\", \"depot\"]");
}

void add_depots(const Import& import, SiteComments& comments) {
  const auto depots = depots_of(import.diagnostic).others;
  if (depots.empty()) return;
  comments.foot.emplace_back("Further depot servers: remove 'depots' above and fill in what each has and serves.");
  for (const std::string& depot : depots)
    for (const std::string& line :
         {std::string("[[server]]"), "name = \"" + replace_all(replace_all(depot, "\\", "\\\\"), "\"", "\\\"") + "\"",
          std::string("roles = [\"depot\"]"), std::string("clients ="), std::string("packages ="),
          std::string("hardware = { memory = \"GiB\", cores = , disk.var_lib_opsi = \"GB\" }")})
      comments.foot.push_back(line);
}

}  // namespace

Report report(const Import& import, const Stamp& stamp) {
  return {[&import, stamp] { return document_of(import, stamp); },
          [&import, stamp] { return to_csv(table_of(import, stamp)); },
          [&import, stamp] { return to_json(import, site_file(import, stamp), stamp); }};
}

std::string site_file(const Import& import, const Stamp& stamp) {
  SiteComments comments = comments_of(import, stamp);
  add_unstated(import, comments);
  add_depots(import, comments);
  return site_toml(import.plan.site, comments);
}

}  // namespace sizing
