// Tensors of a network in the order of the field, out of the kernels' layout and into it.
#include <algorithm>

#include "channel_groups.h"
#include "network.h"

namespace spikedesk {

void Network::readInputGradient(float *out, int samples) const {
  const Place &place = plan_.stretches() > 1 ? plan_.wholeInputGradient : plan_.inputGradient;
  const int n = inputs(), steps = inputSteps(), places = plan_.signals.front().places;
  for (int t = 0; t < steps; t++) {
    for (int b = 0; b < samples; b++) {
      const float *from = arena_.at<float>(place.offset) + (size_t)b * place.stride;
      for (int k = 0; k < n; k++) {
        const size_t slot = slotOf(k, places);
        *out++ = from[(slot / kBlock * (size_t)steps + (size_t)t) * kBlock + slot % kBlock];
      }
    }
  }
}

bool Network::hasPart(int tensor, TensorPart part) const {
  const Tensor &t = plan_.tensors[(size_t)tensor];
  if (part == TensorPart::Value) return true;
  if (t.update < 0) return false;
  if (part == TensorPart::Gradient) return hasGradients_;
  return !plan_.program.update[(size_t)t.update].states[(size_t)part - (size_t)TensorPart::First].empty();
}

size_t Network::partOffset(const Tensor &t, TensorPart part) const {
  if (part == TensorPart::Value) return t.data;
  if (part == TensorPart::Gradient) return t.gradient;
  return t.states[(size_t)part - (size_t)TensorPart::First];
}

namespace {

/** Calls `visit` with the place of each weight `[out,in,...]` in the order of the field, and in the kernels' layout. */
template <class Visit> void eachWeight(const Tensor &t, Visit visit) {
  const int outputs = t.shape[0], inputs = (int)(t.count() / (size_t)outputs);
  for (int o = 0; o < outputs; o++) {
    const int group = o / (outputs / t.groups), first = t.groups > 1 ? inputBlocksOf(t, o / kBlock).first : 0;
    const size_t block = (size_t)(o / kBlock) * (size_t)t.inBlocks * kBlock * kBlock + (size_t)(o % kBlock);
    const size_t left = (size_t)(first * t.places * kBlock);
    for (int i = 0; i < inputs; i++)
      visit((size_t)o * (size_t)inputs + (size_t)i, block + (slotOf(i + inputs * group, t.places) - left) * kBlock);
  }
}

} // namespace

void Network::read(int tensor, TensorPart part, float *out) const {
  const Tensor &t = plan_.tensors[(size_t)tensor];
  const float *from = partArena(part).at<float>(partOffset(t, part));
  if (t.weight) eachWeight(t, [&](size_t at, size_t slot) { out[at] = from[slot]; });
  else std::copy(from, from + t.count(), out);
}

void Network::write(int tensor, TensorPart part, const float *values) {
  const Tensor &t = plan_.tensors[(size_t)tensor];
  float *to = partArena(part).at<float>(partOffset(t, part));
  transposedStale_ = rowsStale_ = true;
  // A step that ended in NaN may have left some in the padding.
  std::fill_n(to, t.paddedFloats(), 0.0f);
  if (t.weight) eachWeight(t, [&](size_t at, size_t slot) { to[slot] = values[at]; });
  else std::copy(values, values + t.count(), to);
}

} // namespace spikedesk
