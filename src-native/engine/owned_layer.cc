// A first layer over an unchanging input has most of a network's weights. A thread that computes the same outputs in every
// step and updates their weights finds these in its own cache, and no other waits for them.
#include "owned_layer.h"

namespace spikedesk {

namespace {

/** More threads than this would each spend too much on the whole batch's input. */
constexpr int kMostOwners = 4;
/** What that input may take of a second-level cache; fewer weights are not worth a meeting. */
constexpr size_t kMostInputBytes = 1024 * 1024, kLeastWeights = 32 * 1024;

bool isWorthOwning(const Plan &plan, int threads) {
  if (threads < 2 || threads > kMostOwners || plan.streams) return false;
  if (plan.segments.size() > 1 || plan.stretches() > 1 || plan.output(0).blocks < threads) return false;
  const Stage &first = plan.stages.front();
  const Signal &input = plan.signals.front();
  if (!first.isLinear || !first.linear.learnsWeight || first.linear.sumsInParts || !input.isStatic || input.spikes || input.places > 1) return false;
  const size_t inputBytes = (size_t)plan.program.batchSize * (size_t)input.blocks * kBlock * sizeof(float);
  return first.inputs == std::vector<int>{0} && input.readers == std::vector<int>{0} && inputBytes <= kMostInputBytes &&
         plan.tensors[(size_t)first.linear.weight].paddedFloats() >= kLeastWeights;
}

} // namespace

void findOwnedLayer(Plan &plan, const Kernels &kernels, int threads) {
  if (!isWorthOwning(plan, threads)) return;
  const int blocks = plan.output(0).blocks;
  plan.ownedBounds = {0};
  for (int owner = 0; owner < threads; owner++) {
    const int first = blocks * owner / threads, count = blocks * (owner + 1) / threads - first;
    const int pieces = (count + kernels.tileBlocks - 1) / kernels.tileBlocks;
    for (int k = 0; k < pieces; k++)
      plan.owned.push_back({first + count * k / pieces, count * (k + 1) / pieces - count * k / pieces});
    plan.ownedBounds.push_back((int)plan.owned.size());
  }
}

void dealOwnedTasks(Plan &plan, int threads) {
  if (plan.owned.empty()) return;
  std::vector<std::vector<UpdateTask>> dealt((size_t)threads);
  size_t others = 0;
  for (const UpdateTask &task : plan.tasks) {
    size_t owner = 0;
    if (task.stage > 0 || task.kind != UpdateTask::DenseWeight) owner = others++ % dealt.size();
    else
      while (plan.owned[(size_t)plan.ownedBounds[owner + 1] - 1].end() <= task.firstOutput) owner++;
    dealt[owner].push_back(task);
  }
  plan.tasks.clear();
  plan.taskBounds = {0};
  for (const std::vector<UpdateTask> &own : dealt) {
    plan.tasks.insert(plan.tasks.end(), own.begin(), own.end());
    plan.taskBounds.push_back((int)plan.tasks.size());
  }
}

} // namespace spikedesk
