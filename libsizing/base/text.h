// Small helpers for text that people read: joining, plurals, excerpts of foreign input, the nearest known name.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sizing {

std::string join(std::span<const std::string> parts, std::string_view between);

/// For a sentence: "a", "a and b", "a, b and c"; "" for none.
std::string listed(std::span<const std::string> parts);

/// Names for an error message, with commas: all of a few, else the first ten "and N more".
std::string join_some(std::span<const std::string> names);

/// The parts of `text` between separators; an empty text has one empty part.
std::vector<std::string> split(std::string_view text, char separator);

/// `text` as a sentence: with a full stop where it has none; "" stays.
std::string sentence(std::string_view text);

/// `text` without blanks and tabs at its ends.
std::string_view trim(std::string_view text);

/// Lower case, ASCII only.
std::string lower(std::string_view text);

/// `text` with every `from` replaced by `to`.
std::string replace_all(std::string_view text, std::string_view from, std::string_view to);

/// Foreign text made safe for a terminal: control characters and broken UTF-8 become '?'.
std::string printable(std::string_view text);

/// Foreign text for an error message: printable, and cut after `longest` characters.
std::string excerpt(std::string_view text, std::size_t longest = 60);

/// How many terminal columns `text` takes: its UTF-8 characters (no wide characters are used in this project's output).
std::size_t width(std::string_view text);

/// The known name that `wanted` most likely was meant to be (Damerau-Levenshtein distance at most a third of its
/// length, or a known name that it ends), or nothing.
std::optional<std::string> nearest(std::string_view wanted, std::span<const std::string> known);

/// " (did you mean 'clients'?)" or "".
std::string did_you_mean(std::string_view wanted, std::span<const std::string> known);

}  // namespace sizing
