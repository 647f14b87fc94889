#include "libsizing/report/tune_report.h"

#include <algorithm>

#include "libsizing/base/text.h"
#include "libsizing/base/version.h"
#include "libsizing/opsi/tables.h"
#include "libsizing/report/json.h"

namespace sizing {
namespace {

std::string place(const SettingLine& line) { return line.file + ":" + std::to_string(line.line); }

List list_of(const Tuning& tuning, const std::vector<std::string>& written) {
  List list{"settings",
            "Settings of " + tuning.server,
            tuning.answer,
            {{"server", "opsi", "key", "value", "shown", "default", "in_force", "in_force_at", "action", "file",
              "section", "what", "when", "why", "apply", "sources", "note"},
             {}},
            "",
            {}};
  for (const TunedSetting& s : tuning.settings)
    list.table.rows.push_back({tuning.server, tuning.opsi, s.card.key, s.planned, s.card.shown, s.card.standard,
                               cell(s.in_force ? printable(s.in_force->value) : ""),
                               cell(s.in_force ? printable(place(*s.in_force)) : ""), std::string(name(s.action)),
                               s.file, cell(s.card.section), s.card.what, s.card.when, s.card.why, s.apply,
                               join(s.card.sources, " "), cell(s.note)});
  for (const std::string& file : written) list.foot.push_back({"", "written: " + printable(file)});
  return list;
}

// "4.2 … ." with one full stop at its end.
std::string sentence(const std::string& text) { return text.ends_with('.') ? text : text + "."; }

std::string card_text(const TunedSetting& s) {
  const SettingCard& card = s.card;
  std::string text = s.note.empty() ? "" : "Now: " + sentence(s.note) + " ";
  text += sentence(card.what) + " When to change it: " + card.when + " Why this value: " + sentence(card.why);
  return text + " Apply: " + s.apply + ". [" + join(card.sources, ", ") + "]";
}

TextTable cards_of_file(const Tuning& tuning, const std::string& file) {
  TextTable table{{"setting", "value", "default", "in force", "do"}, {false, true, true, true, false}, {}, "card", {}};
  for (const TunedSetting& s : tuning.settings) {
    if (s.file != file) continue;
    const std::string found = s.in_force ? excerpt(s.in_force->value) + " (" + excerpt(place(*s.in_force)) + ")" : "–";
    table.rows.push_back({s.card.key, s.planned, s.card.standard, tuning.root.empty() ? "not read" : found,
                          std::string(name(s.action))});
    table.notes.push_back(card_text(s));
  }
  return table;
}

Items sources_of(const Tuning& tuning) {
  Items items;
  for (const Source& source : sources()) {
    bool used = false;
    for (const TunedSetting& s : tuning.settings)
      for (const std::string& id : s.card.sources) used = used || id == source.id;
    if (used) items.items.push_back({source.id, source.title + ", " + source.where});
  }
  return items;
}

Document document_of(const Tuning& tuning, const std::vector<std::string>& written, const Stamp& stamp) {
  Document doc;
  doc.push_back(Paragraph{tuning.answer});
  doc.push_back(Paragraph{stamp_line(stamp, tuning.opsi)});
  doc.push_back(Heading{1, "Settings of " + tuning.server + " (" + join(tuning.roles, " and ") + " server)"});
  std::vector<std::string> files;
  for (const TunedSetting& s : tuning.settings)
    if (std::find(files.begin(), files.end(), s.file) == files.end()) files.push_back(s.file);
  for (const std::string& file : files) {
    doc.push_back(Heading{3, file});
    doc.push_back(cards_of_file(tuning, file));
  }
  if (!written.empty()) {
    doc.push_back(Heading{3, "Written"});
    Items items;
    for (const std::string& file : written) items.items.push_back({"", printable(file)});
    doc.push_back(items);
  }
  doc.push_back(Heading{3, "Sources"});
  doc.push_back(sources_of(tuning));
  doc.push_back(Paragraph{tuning.root.empty()
                              ? "No file was read: --root DIR shows beside each value the one in force, --diff the "
                                "changes, --write DIR writes them. Paths are those of the family " +
                                    std::string(name(tuning.family)) + "."
                              : "Read below " + printable(tuning.root) + ", as of the family " +
                                    std::string(name(tuning.family)) + "."});
  return doc;
}

}  // namespace

std::string written_stamp(const Stamp& stamp, const std::string& opsi) {
  return printable("Written by opsi-sizing " + std::string(version()) + " on " + stamp.date + ", rules of opsi " +
                   opsi + ", by: " + stamp.command) +
         " .";
}

Report report(const Tuning& tuning, const std::vector<std::string>& written, const Stamp& stamp) {
  return {[&tuning, written, stamp] { return document_of(tuning, written, stamp); },
          [&tuning, written] { return to_csv(list_of(tuning, written).table); },
          [&tuning, written, stamp] { return to_json(list_of(tuning, written), stamp); }};
}

}  // namespace sizing
