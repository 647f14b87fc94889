// A second way to compute a formula: from the text that explains it. It shares nothing with the library but that text.
//
// Amounts are kept in base units (bytes, seconds, ones) with the size of the unit they are written in, so that a
// ceiling or a size on sale counts in the right one.
#pragma once

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace sizing::reader {

struct Amount {
  double base = 0;   // in base units
  double scale = 1;  // base units in one unit
};

/// Base units in one `unit`, such as "MB/connection".
inline double scale_of(const std::string& unit) {
  static const std::map<std::string, double> sizes = {{"kB", 1e3},           {"MB", 1e6},     {"GB", 1e9},
                                                      {"TB", 1e12},          {"KiB", 1024.0}, {"MiB", 1048576.0},
                                                      {"GiB", 1073741824.0}, {"ms", 1e-3},    {"%", 1e-2}};
  double scale = 1;
  bool above = true;
  std::string word;
  for (const char c : unit + "*") {
    if (c != '/' && c != '*') {
      word += c;
      continue;
    }
    const auto size = sizes.find(word);
    const double factor = size == sizes.end() ? 1 : size->second;
    scale = above ? scale * factor : scale / factor;
    above = above && c != '/';
    word.clear();
  }
  return scale;
}

class Formula {
 public:
  using Named = std::function<Amount(const std::string&)>;
  using Curve = std::function<Amount(const std::string& name, Amount x)>;

  Formula(std::string text, Named named, Curve curve)
      : text_(std::move(text)), named_(std::move(named)), curve_(std::move(curve)) {}

  Amount value() {
    const Amount result = comparison();
    if (at_ != text_.size()) fail("an end");
    return result;
  }

 private:
  [[noreturn]] void fail(const std::string& wanted) const {
    throw std::runtime_error("wanted " + wanted + " at " + std::to_string(at_) + " of " + text_);
  }

  bool take(const std::string& token) {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
    if (text_.compare(at_, token.size(), token) != 0) return false;
    at_ += token.size();
    return true;
  }

  std::string word(const std::string& stops) {
    const std::size_t from = at_;
    at_ = std::min(text_.find_first_of(stops, at_), text_.size());
    return text_.substr(from, at_ - from);
  }

  Amount comparison() {
    Amount a = sum();
    while (take(">")) a = {a.base > sum().base ? 1.0 : 0.0, 1};
    return a;
  }

  Amount sum() {
    Amount a = product();
    for (;;) {
      if (take("+"))
        a.base += product().base;
      else if (take("−"))
        a.base -= product().base;
      else
        return a;
    }
  }

  Amount product() {
    Amount a = converted();
    for (;;) {
      if (take("×")) {
        const Amount b = converted();
        a = {a.base * b.base, a.scale * b.scale};
      } else if (take("/")) {
        const Amount b = converted();
        a = {a.base / b.base, a.scale / b.scale};
      } else {
        return a;
      }
    }
  }

  Amount converted() {
    Amount a = primary();
    while (take("in ")) a.scale = scale_of(word(" ,)"));
    return a;
  }

  Amount primary() {
    if (take("(")) {
      const Amount inside = comparison();
      if (!take(")")) fail(")");
      return inside;
    }
    if (take("curve[")) {
      const std::string name = word("]");
      return curve_(name, call("](")[0]);
    }
    if (take("[")) {
      const std::string name = word("]");
      ++at_;
      return named_("[" + name + "]");
    }
    const std::string name = word(" ,()");
    if (name.empty()) fail("a name");
    if (name[0] >= '0' && name[0] <= '9') return number(name);
    return at_ < text_.size() && text_[at_] == '(' ? function(name, call("(")) : named_(name);
  }

  std::vector<Amount> call(const std::string& open) {
    if (!take(open)) fail(open);
    std::vector<Amount> operands = {comparison()};
    while (take(",")) operands.push_back(comparison());
    if (!take(")")) fail(")");
    return operands;
  }

  // "0 MB", "1 connection/client", "1": a unit begins with a letter, an operator does not.
  Amount number(const std::string& digits) {
    double scale = 1;
    const bool unit = at_ + 1 < text_.size() && text_[at_] == ' ' && std::isalpha(text_[at_ + 1]) != 0 &&
                      text_.compare(at_, 4, " in ") != 0;
    if (unit) {
      ++at_;
      scale = scale_of(word(" ,)"));
    }
    return {std::stod(digits) * scale, scale};
  }

  Amount function(const std::string& name, const std::vector<Amount>& a) const {
    const auto less = [](const Amount& x, const Amount& y) { return x.base < y.base; };
    if (name == "max") return *std::max_element(a.begin(), a.end(), less);
    if (name == "min") return *std::min_element(a.begin(), a.end(), less);
    if (name == "ceil") return {std::ceil(a[0].base / a[0].scale) * a[0].scale, a[0].scale};
    if (name == "floor") return {std::floor(a[0].base / a[0].scale) * a[0].scale, a[0].scale};
    if (name == "if") return a[0].base != 0 ? a[1] : a[2];
    if (name == "size_on_sale") return {ladder(a[0].base / a[0].scale) * a[0].scale, a[0].scale};
    fail("a function, not " + name);
  }

  static double ladder(double wanted) {
    for (double power = 2;; power *= 2) {
      if (power >= 16 && 0.75 * power >= wanted) return 0.75 * power;
      if (power >= wanted) return power;
    }
  }

  std::string text_;
  std::size_t at_ = 0;
  Named named_;
  Curve curve_;
};

}  // namespace sizing::reader
