// The second half of a step in pieces, few enough to be worth a call and enough for every thread.
#include "update_tasks.h"

#include <algorithm>

namespace spikedesk {

namespace {

class TaskMaker {
public:
  TaskMaker(Plan &plan, const Kernels &kernels) : plan_(plan), kernels_(kernels) {}

  void run() {
    for (size_t i = 0; i < plan_.stages.size(); i++) {
      const Stage &s = plan_.stages[i];
      const Signal &in = plan_.input((int)i), &out = plan_.output((int)i);
      const int stage = (int)i;
      if (!s.isLinear && s.kind != StageKind::Neuron) addMapTasks(stage, s, in, out);
      if (s.isLinear && s.linear.learnsWeight) addWeightTasks(stage, in, out);
      if (s.isLinear && s.linear.learnsBias)
        for (int first = 0; first < out.blocks; first += 8)
          plan_.tasks.push_back({UpdateTask::Bias, stage, first, std::min(8, out.blocks - first), 0, 0});
      if (!s.isLinear) addNeuronTasks(stage, s.neuron, blocksOf(out.channels));
    }
  }

private:
  Plan &plan_;
  const Kernels &kernels_;

  void addMapTasks(int stage, const Stage &s, const Signal &in, const Signal &out) {
    const int channels = blocksOf(in.channels);
    if (s.kind == StageKind::Norm && (s.map.learnsWeight || s.map.learnsBias))
      plan_.tasks.push_back({UpdateTask::NormScale, stage, 0, channels, 0, 0});
    if (s.kind != StageKind::Convolution) return;
    for (const GroupSection &section : s.map.forwardSections)
      for (int o = section.to.first, end = o + section.to.count; s.map.learnsWeight && o < end; o += kWindowTaskBlocks)
        for (int k = 0; k < section.from.count; k++)
          plan_.tasks.push_back({UpdateTask::WindowWeight, stage, o, std::min((int)kWindowTaskBlocks, end - o),
                                 section.from.first + k, 1});
    for (int o = 0; s.map.learnsBias && o < blocksOf(out.channels); o++)
      plan_.tasks.push_back({UpdateTask::Bias, stage, o, 1, 0, 0});
  }

  void addNeuronTasks(int stage, const NeuronStage &n, int blocks) {
    const int count = (int)n.parameters.size();
    for (int i = 0; i < count; i++)
      if (n.parameters[(size_t)i].learns) plan_.tasks.push_back({UpdateTask::Parameter, stage, i, 0, 0, 0});
    if (n.own && n.own->learns) plan_.tasks.push_back({UpdateTask::Parameter, stage, count, 0, 0, 0});
    if (n.factor && n.factor->learns) plan_.tasks.push_back({UpdateTask::Parameter, stage, count + 1, 0, 0, 0});
    const int outputs = n.recurrentMap ? kWindowTaskBlocks : 1, inputs = n.recurrentMap ? 1 : n.hearsMembranes() ? kDenseTaskInputs : kGradientBlocks;
    for (int output = 0; n.learnsRecurrentWeight && output < blocks; output += outputs)
      for (int first = 0; first < blocks; first += inputs)
        plan_.tasks.push_back({UpdateTask::RecurrentWeight, stage, output, std::min(outputs, blocks - output), first,
                               std::min(inputs, blocks - first)});
    for (int first = 0; n.learnsRecurrentBias && first < blocks; first += 8)
      plan_.tasks.push_back({UpdateTask::RecurrentBias, stage, first, std::min(8, blocks - first), 0, 0});
  }

  void addWeightTasks(int stage, const Signal &in, const Signal &out) {
    const int most = in.spikes ? (int)kGradientBlocks : kDenseTaskInputs, least = (in.blocks + most - 1) / most;
    for (const BlockRange &of : piecesOf(stage, in, out)) {
      const int tiles = std::min(in.blocks, evenly(least, stage, of));
      for (int k = 0; k < tiles; k++) {
        const int first = in.blocks * k / tiles, end = in.blocks * (k + 1) / tiles;
        plan_.tasks.push_back({in.spikes ? UpdateTask::SpikeWeight : UpdateTask::DenseWeight, stage, of.first, of.count, first, end - first});
      }
    }
  }

  /** As many pieces of outputs that are nobody's for each thread. */
  int evenly(int pieces, int stage, const BlockRange &outputs) const {
    const int threads = (int)plan_.ownedBounds.size() - 1;
    if (stage > 0 || plan_.owned.empty() || outputs.first < plan_.output(0).blocks / threads * threads) return pieces;
    return (pieces + threads - 1) / threads * threads;
  }

  /** The outputs of a linear stage, as many together as the kernels do best. */
  std::vector<BlockRange> piecesOf(int stage, const Signal &in, const Signal &out) const {
    if (stage == 0 && !plan_.owned.empty()) return plan_.owned;
    const int most = !in.spikes ? kernels_.tileBlocks : plan_.steps <= kFewSteps ? (int)kGradientOutputs : 1;
    const int pieces = (out.blocks + most - 1) / most;
    std::vector<BlockRange> outputs;
    for (int k = 0; k < pieces; k++) {
      const int first = out.blocks * k / pieces;
      outputs.push_back({first, out.blocks * (k + 1) / pieces - first});
    }
    return outputs;
  }
};

} // namespace

/** Gives each segment the pieces that may be done once samples have gone back through it. */
static void divideTasks(Plan &plan) {
  std::stable_sort(plan.tasks.begin(), plan.tasks.end(), [&](const UpdateTask &a, const UpdateTask &b) {
    return plan.endsWith(a.stage) < plan.endsWith(b.stage);
  });
  for (int i = 0, count = (int)plan.tasks.size(); i < count; i++) {
    Segment &segment = plan.segments[plan.endsWith(plan.tasks[(size_t)i].stage)];
    if (segment.endTask == 0) segment.firstTask = i;
    segment.endTask = i + 1;
  }
}

void makeTasks(Plan &plan, const Kernels &kernels) {
  TaskMaker(plan, kernels).run();
  if (plan.sharesGradients) divideTasks(plan);
  if (!plan.storesGradients) return;
  constexpr int kPieceBlocks = 256;
  for (size_t i = 0; i < plan.tensors.size(); i++) {
    const Tensor &t = plan.tensors[i];
    const int blocks = (int)(t.paddedFloats() / kBlock);
    for (int first = 0; t.update >= 0 && first < blocks; first += kPieceBlocks)
      plan.pieces.push_back({(int)i, (size_t)first * kBlock, std::min(kPieceBlocks, blocks - first)});
  }
}

} // namespace spikedesk
