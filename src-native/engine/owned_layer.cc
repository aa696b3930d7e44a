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

void addPieces(Plan &plan, const Kernels &kernels, const BlockRange &blocks) {
  const int pieces = (blocks.count + kernels.tileBlocks - 1) / kernels.tileBlocks;
  for (int k = 0; k < pieces; k++) {
    const int first = blocks.count * k / pieces;
    plan.owned.push_back({blocks.first + first, blocks.count * (k + 1) / pieces - first});
  }
}

} // namespace

void findOwnedLayer(Plan &plan, const Kernels &kernels, int threads) {
  if (!isWorthOwning(plan, threads)) return;
  const int blocks = plan.output(0).blocks, each = blocks / threads;
  plan.ownedBounds = {0};
  for (int owner = 0; owner < threads; owner++) {
    addPieces(plan, kernels, {owner * each, each});
    plan.ownedBounds.push_back((int)plan.owned.size());
  }
  addPieces(plan, kernels, {threads * each, blocks - threads * each});
}

void dealOwnedTasks(Plan &plan, int threads) {
  if (plan.owned.empty()) return;
  const int each = plan.output(0).blocks / threads;
  // Large pieces first; the smallest ones end a step together.
  enum { Others, Own, LeftOver, kTurns };
  std::vector<std::vector<UpdateTask>> dealt((size_t)threads * kTurns);
  size_t next[kTurns] = {};
  for (const UpdateTask &task : plan.tasks) {
    const bool isFirst = task.stage == 0 && task.kind == UpdateTask::DenseWeight;
    const int owner = task.firstOutput / each, turn = !isFirst ? Others : owner < threads ? Own : LeftOver;
    const size_t thread = turn == Own ? (size_t)owner : next[turn]++ % (size_t)threads;
    dealt[thread * kTurns + (size_t)turn].push_back(task);
  }
  plan.tasks.clear();
  plan.taskBounds = {0};
  for (size_t i = 0; i < dealt.size(); i++) {
    plan.tasks.insert(plan.tasks.end(), dealt[i].begin(), dealt[i].end());
    if (i % kTurns == LeftOver) plan.taskBounds.push_back((int)plan.tasks.size());
  }
}

} // namespace spikedesk
