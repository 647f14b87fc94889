// What a call refuses: the error it throws, or a failed test where it throws none.
#pragma once

#include <string>

#include <gtest/gtest.h>

#include "libsizing/base/error.h"

namespace sizing {

template <class Call>
InputError refusal(Call call) {
  try {
    call();
  } catch (const InputError& error) {
    return error;
  }
  ADD_FAILURE() << "nothing was refused";
  return InputError({}, "nothing was refused");
}

template <class Call>
std::string model_refusal(Call call) {
  try {
    call();
  } catch (const ModelError& error) {
    return error.what();
  }
  ADD_FAILURE() << "the model was not refused";
  return "";
}

inline bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace sizing
