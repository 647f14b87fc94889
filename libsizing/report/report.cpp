#include "libsizing/report/report.h"

#include <algorithm>

#include "libsizing/base/version.h"
#include "libsizing/report/json.h"

namespace sizing {

std::string stamp_line(const Stamp& stamp, const std::string& opsi) {
  return "opsi-sizing " + std::string(version()) + (opsi.empty() ? "" : ", rules of opsi " + opsi) + ", " + stamp.date +
         ": " + stamp.command;
}

Items remark_items(const std::vector<Remark>& remarks) {
  Items items;
  for (const Remark& r : remarks) items.items.push_back({std::string(name(r.severity)), r.text + " [" + r.code + "]"});
  return items;
}

std::string render(const Report& report, Format format, const TextStyle& style) {
  switch (format) {
    case Format::json: return report.json();
    case Format::csv: return report.csv();
    case Format::markdown: return to_markdown(report.document());
    case Format::text: break;
  }
  return to_text(report.document(), style);
}

Report report(const List& list, const Stamp& stamp) {
  const auto document = [list, stamp] {
    Document doc;
    if (!list.answer.empty()) doc.push_back(Paragraph{list.answer});
    doc.push_back(Heading{1, list.title});
    Table shown = list.table;
    std::vector<std::string> notes;
    const auto at = std::find(shown.columns.begin(), shown.columns.end(), list.note);
    if (at != shown.columns.end()) {
      const auto column = at - shown.columns.begin();
      shown.columns.erase(at);
      for (auto& row : shown.rows) {
        const auto* text = std::get_if<std::string>(&row[static_cast<std::size_t>(column)]);
        notes.push_back(text ? *text : "");
        row.erase(row.begin() + column);
      }
    }
    TextTable table = to_text_table(shown);
    table.note_title = list.note;
    table.notes = std::move(notes);
    doc.push_back(std::move(table));
    if (!list.foot.empty()) doc.push_back(Heading{3, "Remarks"}), doc.push_back(Items{list.foot});
    doc.push_back(Paragraph{stamp_line(stamp, "")});
    return doc;
  };
  return {document, [list] { return to_csv(list.table); }, [list, stamp] { return to_json(list, stamp); }};
}

}  // namespace sizing
