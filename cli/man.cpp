#include "cli/man.h"

#include <algorithm>

#include <fmt/format.h>

#include "libsizing/base/text.h"
#include "libsizing/base/version.h"

namespace sizing::cli {
namespace {

// Of an ASCII character: formatters show some of these as typographic ones, or take them for their own.
std::string_view spelled(char c) {
  switch (c) {
    case '\\': return "\\(rs";
    case '-': return "\\-";
    case '\'': return "\\(aq";
    case '`': return "\\(ga";
    case '"': return "\\(dq";
    case '^': return "\\(ha";
    case '~': return "\\(ti";
    default: return "";
  }
}

// The code point of the UTF-8 character at text[at], well-formed as all of our own texts are; leaves `at` behind it.
unsigned code_point(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned>(static_cast<unsigned char>(text[i])); };
  const unsigned lead = byte(at);
  const unsigned more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
  unsigned code = lead & (0x3FU >> more);
  for (++at; at < text.size() && (byte(at) & 0xC0U) == 0x80U; ++at) code = code << 6U | (byte(at) & 0x3FU);
  return code;
}

std::string bold(const std::string& text) { return "\\fB" + roff(text) + "\\fR"; }

// What stands for a value, in italics: the upper-case words of "[SITE]", "A B".
std::string with_italics(std::string_view text) {
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t upper = std::min(text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ", at), text.size());
    if (upper > at) result += "\\fI" + std::string(text.substr(at, upper - at)) + "\\fR";
    if (upper < text.size()) result += roff(text.substr(upper, 1));
    at = std::min(upper + 1, text.size());
  }
  return result;
}

std::string section(const std::string& title) { return ".SH " + title + "\n"; }

// In the left column `head`, ready roff; beside it `text`.
std::string item(const std::string& head, const std::string& text) { return ".TP\n" + head + "\n" + text + "\n"; }

std::string code(const std::string& line) { return ".PP\n.RS 4\n.EX\n" + roff(line) + "\n.EE\n.RE\n"; }

std::string head_of_page(const std::string& page, const std::string& date, const std::string& summary) {
  std::string title = page;
  std::transform(title.begin(), title.end(), title.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  return ".TH " + roff(title) + " 1 " + date + " \"" + roff("opsi-sizing " + std::string(version())) +
         "\" \"User Commands\"\n.nh\n.ad l\n" + section("NAME") + roff(page) + " \\- " + roff(summary) + "\n";
}

// Paragraphs between empty lines; those that are indented stay as they are.
std::string paragraphs(const std::string& text) {
  std::string result;
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t end = std::min(text.find("\n\n", from), text.size());
    const std::string paragraph = text.substr(from, end - from);
    const std::string start = from == 0 ? "" : ".PP\n";
    result +=
        paragraph.starts_with(' ') ? start + ".EX\n" + roff(paragraph) + "\n.EE\n" : start + roff(paragraph) + "\n";
    from = end + 2;
  }
  return result;
}

std::string description(const Option& option) {
  std::string text = roff(option.help) + (option.repeated ? " (may be repeated)" : "");
  const bool named = std::all_of(option.values.begin(), option.values.end(),
                                 [&](const std::string& word) { return option.help.find(word) != std::string::npos; });
  return named ? text : text + "\n.br\nOne of: " + roff(join(option.values, ", ")) + ".";
}

std::string option_sections(const Command& command) {
  std::string text = section("OPTIONS");
  for (const OptionGroup& group : command.options) {
    text += ".SS " + roff(group.title) + "\n";
    for (const Option& option : group.options)
      text += item(bold("--" + option.name) + (option.argument.empty() ? "" : " " + with_italics(option.argument)),
                   description(option));
  }
  if (!command.options.empty()) text += ".SS Help\n";
  return text + item(bold("-h") + ", " + bold("--help"), "print the help and do nothing else");
}

std::string examples_section(const std::vector<Example>& examples) {
  std::string text = section("EXAMPLES");
  for (std::size_t i = 0; i < examples.size(); ++i)
    text += (i == 0 ? "" : ".PP\n") + roff(examples[i].about) + ":\n" + code("opsi-sizing " + examples[i].arguments);
  return text;
}

std::string exit_section() {
  std::string text = section("EXIT STATUS");
  for (const ExitMeaning& exit : exit_meanings()) text += item(std::to_string(exit.code), roff(exit.meaning));
  return text;
}

std::string references(const std::vector<std::string>& pages) {
  std::string text = section("SEE ALSO");
  for (const std::string& page : pages)
    text += ".BR " + roff(page) + " (1)" + (&page == &pages.back() ? "" : ",") + "\n";
  return text;
}

std::string page_of(const Command& command) { return "opsi-sizing-" + command.name; }

std::vector<std::string> pages_beside(const std::string& page) {
  std::vector<std::string> pages;
  if (page != "opsi-sizing") pages.emplace_back("opsi-sizing");
  for (const Command& command : commands())
    if (page_of(command) != page) pages.push_back(page_of(command));
  return pages;
}

}  // namespace

std::string roff(std::string_view text) {
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    const bool starts_line = at == 0 || text[at - 1] == '\n';
    if (static_cast<unsigned char>(text[at]) >= 0x80) {
      result += fmt::format("\\[u{:04X}]", code_point(text, at));
      continue;
    }
    const std::string_view name = spelled(text[at]);
    if (starts_line && text[at] == '.') result += "\\&";
    if (name.empty())
      result += text[at];
    else
      result += name;
    ++at;
  }
  return result;
}

std::string man_page(const Command& command, const std::string& date) {
  const std::string page = page_of(command);
  return head_of_page(page, date, command.summary) + section("SYNOPSIS") + bold("opsi-sizing " + command.name) +
         (command.operands.empty() ? "" : " " + with_italics(command.operands)) + " [\\fIOPTIONS\\fR]\n" +
         section("DESCRIPTION") + roff(command.summary) + ".\n" +
         (command.about.empty() ? "" : ".PP\n" + paragraphs(command.about)) + option_sections(command) +
         examples_section(command.examples) + exit_section() + references(pages_beside(page));
}

std::string overview_man_page(const std::string& date) {
  std::string list;
  for (const Command& command : commands()) list += item(bold(command.name), roff(command.summary));
  return head_of_page("opsi-sizing", date, tagline()) + section("SYNOPSIS") + bold("opsi-sizing") +
         " \\fICOMMAND\\fR [\\fIARGUMENTS\\fR]\n" + section("DESCRIPTION") +
         "Each command has a page of its own, such as\n.BR opsi\\-sizing\\-plan (1).\nData goes to standard output, "
         "messages go to standard error.\n" +
         section("COMMANDS") + list + section("OPTIONS") +
         item(bold("-h") + ", " + bold("--help"), "print the overview and do nothing else") +
         item(bold("--version"), "print the version and do nothing else") + examples_section(overview_examples()) +
         section("ENVIRONMENT") + item(bold("NO_COLOR"), "no colours on a terminal, where it is set and not empty") +
         item(bold("SOURCE_DATE_EPOCH"), "the date that outputs carry, in seconds since 1970, instead of today") +
         exit_section() + references(pages_beside("opsi-sizing"));
}

}  // namespace sizing::cli
