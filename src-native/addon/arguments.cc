#include "arguments.h"

#include <algorithm>
#include <cmath>
#include <thread>

namespace spikedesk {

namespace {

constexpr int kMostThreads = 256;

} // namespace

int threadCount(const Napi::Value &value) {
  const double count = value.IsNumber() ? value.As<Napi::Number>().DoubleValue() : -1;
  if (!(count >= 0 && count <= kMostThreads && count == std::floor(count)))
    refuseCall("The number of threads must be a whole number from 0 to 256.");
  if (count > 0) return (int)count;
  const unsigned cores = std::thread::hardware_concurrency();
  return cores == 0 ? 1 : std::min((int)cores, kMostThreads);
}

uint64_t wholeNumber(const Napi::Value &value, const char *name, double most) {
  const double number = value.IsNumber() ? value.As<Napi::Number>().DoubleValue() : -1;
  if (!(number >= 0 && number <= most && number == std::floor(number)))
    refuseCall(std::string(name) + " must be a whole number from 0 to " + std::to_string((uint64_t)most) + ".");
  return (uint64_t)number;
}

} // namespace spikedesk
