// A fact of a host: its value, or why it could not be seen.
#pragma once

#include <string>
#include <utility>

namespace sizing {

template <class T>
struct Fact {
  T value{};
  std::string unseen{};  // why it could not be seen; "" where it was

  bool seen() const { return unseen.empty(); }
};

template <class T>
Fact<T> seen(T value) {
  return {std::move(value), ""};
}

template <class T>
Fact<T> unseen(std::string why) {
  return {T{}, std::move(why)};
}

}  // namespace sizing
