#include "read_levels.h"

#include <algorithm>
#include <cmath>

#include "arguments.h"

namespace spikedesk {

namespace {

int wholeNumber(const Napi::Object &object, const char *key, int least, int most) {
  const Napi::Value value = object.Get(key);
  const double number = value.IsNumber() ? value.As<Napi::Number>().DoubleValue() : -1;
  if (!(number >= least && number <= most && number == std::floor(number)))
    refuseCall(std::string("levels.") + key + " must be a whole number from " + std::to_string(least) + " to " +
           std::to_string(most) + ".");
  return (int)number;
}

double finiteNumber(const Napi::Object &object, const char *key) {
  const Napi::Value value = object.Get(key);
  const double number = value.IsNumber() ? value.As<Napi::Number>().DoubleValue() : NAN;
  if (!std::isfinite(number)) refuseCall(std::string("levels.") + key + " must be a finite number.");
  return number;
}

template <class T> std::vector<T> arrayOf(const Napi::Object &object, const char *key, size_t length) {
  const Span<T> span = spanOf<T>(object.Get(key), (std::string("levels.") + key).c_str(), length);
  return std::vector<T>(span.data, span.data + length);
}

void readDrawn(const Napi::Object &object, int timeSteps, InputLevels &levels) {
  levels.fields = wholeNumber(object, "fields", 1, 1 << 16);
  levels.probabilities = arrayOf<float>(object, "probabilities", (size_t)levels.fields * 256);
  levels.period = wholeNumber(object, "period", 1, timeSteps);
  levels.firstStep = wholeNumber(object, "firstStep", 0, levels.period);
  for (float p : levels.probabilities)
    if (!(p >= 0 && p <= 1)) refuseCall("levels.probabilities must be from 0 to 1.");
}

void readRows(const Napi::Object &object, InputLevels &levels) {
  levels.rowCount = wholeNumber(object, "rowCount", 1, 1 << 16);
  levels.ranks = arrayOf<uint8_t>(object, "ranks", 256);
  const size_t ranks = (size_t)*std::max_element(levels.ranks.begin(), levels.ranks.end()) + 1;
  levels.rows = arrayOf<uint32_t>(object, "rows", ranks * 256);
  for (uint32_t row : levels.rows)
    if (row >= (uint32_t)levels.rowCount) refuseCall("levels.rows names a row that is not there.");
}

} // namespace

InputLevels readLevels(const Napi::Value &value, int timeSteps) {
  if (!value.IsObject()) refuseCall("levels must be an object.");
  const Napi::Object object = value.As<Napi::Object>();
  const Napi::Value kindValue = object.Get("kind");
  const std::string kind = kindValue.IsString() ? kindValue.As<Napi::String>().Utf8Value() : "";
  InputLevels levels;
  if (kind == "current") {
    levels.gain = finiteNumber(object, "gain");
    levels.offset = finiteNumber(object, "offset");
    if (!object.Get("currents").IsNull()) levels.currents = arrayOf<float>(object, "currents", 256);
  } else if (kind == "drawn") {
    levels.kind = InputLevels::Drawn;
    readDrawn(object, timeSteps, levels);
  } else if (kind == "trains") {
    levels.kind = InputLevels::Trains;
    readRows(object, levels);
    levels.fields = wholeNumber(object, "fields", 1, 1 << 16);
    const size_t words = (size_t)(timeSteps + 31) / 32;
    levels.trains = arrayOf<uint32_t>(object, "trains", words * (size_t)levels.fields * (size_t)levels.rowCount);
  } else if (kind == "sequences") {
    levels.kind = InputLevels::Sequences;
    readRows(object, levels);
    levels.values = arrayOf<float>(object, "values", (size_t)timeSteps * (size_t)levels.rowCount);
  } else {
    refuseCall("levels.kind must be \"current\", \"drawn\", \"trains\" or \"sequences\".");
  }
  return levels;
}

} // namespace spikedesk
