#include "order_functions.h"

#include <limits>

#include "../engine/permutation.h"
#include "arguments.h"

namespace spikedesk {

namespace {

constexpr uint32_t kMost = std::numeric_limits<uint32_t>::max();

/** permute(order, seed, purpose, stream): fills the array with a permutation of the numbers below its length. */
Napi::Value permuteOrder(const Napi::CallbackInfo &info) {
  return guarded(info, [&] {
    const Span<uint32_t> order = spanOf<uint32_t>(info[0], "order");
    if (order.length > kMost) refuseCall("order must have at most 4294967295 elements.");
    PermutationDraw draw;
    draw.seed = (uint32_t)wholeNumber(info[1], "seed", kMost);
    draw.purpose = (uint32_t)wholeNumber(info[2], "purpose", kMost);
    draw.stream = (uint32_t)wholeNumber(info[3], "stream", kMost);
    permute(order.data, (uint32_t)order.length, draw);
    return info.Env().Undefined();
  });
}

} // namespace

void exportOrderFunctions(Napi::Env env, Napi::Object exports) {
  exports.Set("permute", Napi::Function::New(env, permuteOrder));
}

} // namespace spikedesk
