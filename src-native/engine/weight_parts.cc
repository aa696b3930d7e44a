// Networks with many more spikes than weights: a part's spikes and gradients stay in one core's cache, and only the sums of
// its weight gradients leave it.
#include "weight_parts.h"

#include <algorithm>

namespace spikedesk {

namespace {

/** Of a sample, what its activations may take of the second-level cache. */
constexpr size_t kTileBytes = 256 * 1024;

/** A first layer over an unchanging input, whose gradients are few. */
bool isHoisted(const Plan &plan, int stage) {
  const Signal &in = plan.input(stage);
  return stage == 0 && in.isStatic && !in.spikes;
}

/** What a sample keeps until the second half of a step: the spikes before a linear stage and the gradients after it. */
size_t keptBytes(const Plan &plan, int stage) {
  const Signal &in = plan.input(stage), &out = plan.output(stage);
  const size_t steps = (size_t)plan.steps;
  return (size_t)in.blocks * steps * sizeof(uint16_t) + (size_t)out.blocks * steps * kBlock * sizeof(float);
}

} // namespace

void findWeightParts(Plan &plan) {
  if (plan.streams || plan.steps <= kFewSteps) return;
  const size_t samples = (size_t)plan.program.batchSize;
  bool any = false;
  for (size_t i = 0; i < plan.stages.size(); i++) {
    const Stage &s = plan.stages[i];
    if (s.kind == StageKind::Norm || s.kind == StageKind::Convolution || s.kind == StageKind::Pool || plan.input((int)i).places > 1) return;
    if (!s.isLinear || !s.linear.learnsWeight || isHoisted(plan, (int)i)) continue;
    const size_t sums = kMostParts * plan.tensors[(size_t)s.linear.weight].paddedFloats() * sizeof(float);
    if (!plan.input((int)i).spikes || sums > samples * keptBytes(plan, (int)i)) return;
    any = true;
  }
  plan.sumsInParts = any;
  for (size_t i = 0; any && i < plan.stages.size(); i++) plan.stages[i].linear.sumsInParts = plan.stages[i].isLinear && !isHoisted(plan, (int)i);
}

int partTile(const Plan &plan) {
  size_t bytes = 1;
  for (size_t i = 0; i < plan.stages.size(); i++)
    if (plan.stages[i].linear.sumsInParts) bytes += keptBytes(plan, (int)i);
  const int part = (plan.program.batchSize + kMostParts - 1) / kMostParts;
  return std::clamp((int)(kTileBytes / bytes), 1, part);
}

} // namespace spikedesk
