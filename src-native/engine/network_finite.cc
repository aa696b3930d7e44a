// What stops a run: a loss, or a parameter after its update, that is no finite number.
#include <cmath>

#include "network.h"

namespace spikedesk {

/** Whether the step may go on to its updates. Every thread comes to the same answer. */
bool Network::lossIsFinite() const {
  double sum = 0;
  for (int i = 0; i < input_.samples; i++) sum += losses_[(size_t)i];
  return std::isfinite(sum);
}

void Network::checkValues(int tensor, size_t first, int blocks) {
  if (tensor < 0 || blocks == 0) return;
  const float *values = arena_.at<float>(plan_.tensors[(size_t)tensor].data) + first;
  if (!kernels_.allFinite(values, blocks)) notFinite_[(size_t)tensor].store(1, std::memory_order_relaxed);
}

/** Some blocks of outputs by some of inputs, where a channel's places are blocks of their own. */
void Network::checkWeights(int tensor, const UpdateTask &task, int places) {
  const size_t inBlocks = (size_t)plan_.tensors[(size_t)tensor].inBlocks;
  for (int o = task.firstOutput; o < task.firstOutput + task.outputs; o++)
    checkValues(tensor, ((size_t)o * inBlocks + (size_t)(task.firstInput * places)) * kBlock * kBlock, task.inputs * places * kBlock);
}

/** What a piece of the second half has updated, while it lies in the cache. */
void Network::checkUpdated(const UpdateTask &task) {
  const Stage &s = plan_.stages[(size_t)task.stage];
  const NeuronStage &n = s.neuron;
  const size_t first = (size_t)task.firstOutput * kBlock;
  switch (task.kind) {
  case UpdateTask::DenseWeight:
  case UpdateTask::SpikeWeight: return checkWeights(s.linear.weight, task, 1);
  case UpdateTask::WindowWeight: {
    const Tensor &weight = plan_.tensors[(size_t)s.map.weight];
    for (int o = task.firstOutput; o < task.firstOutput + task.outputs; o++)
      checkValues(s.map.weight, windowWeightAt(weight, o, task.firstInput), weight.places * kBlock);
    return;
  }
  case UpdateTask::RecurrentWeight:
    return checkWeights(n.recurrentWeight, task, n.recurrentMap ? plan_.tensors[(size_t)n.recurrentWeight].places : 1);
  case UpdateTask::Bias: return checkValues(s.isLinear ? s.linear.bias : s.map.bias, first, task.outputs);
  case UpdateTask::RecurrentBias: return checkValues(n.recurrentBias, first, task.outputs);
  case UpdateTask::Parameter: {
    const int tensor = learnedParameter(n, task).tensor;
    return checkValues(tensor, 0, plan_.tensors[(size_t)tensor].outBlocks);
  }
  case UpdateTask::NormScale:
    if (s.map.learnsWeight) checkValues(s.map.weight, first, task.outputs);
    if (s.map.learnsBias) checkValues(s.map.bias, first, task.outputs);
  }
}

/** A norm that is no number would make no parameter one. The step ends; to blame is a parameter, or else a gradient. */
void Network::stopAtGradient() {
  stopped_ = true;
  for (size_t i = 0; i < plan_.tensors.size(); i++) checkValues((int)i, 0, (int)(plan_.tensors[i].paddedFloats() / kBlock));
  if (lastNotFinite() >= 0) return;
  size_t piece = squares_.size() - 1;
  while (!std::isnan(squares_[piece])) piece--;
  notFinite_[(size_t)plan_.pieces[piece].tensor] = 1;
}

/** Running statistics are no gradient's; they move on the way forward. */
void Network::checkStatistics() {
  for (const Stage &s : plan_.stages) {
    if (s.kind != StageKind::Norm) continue;
    for (const int tensor : {s.map.runningMean, s.map.runningVariance})
      checkValues(tensor, 0, plan_.tensors[(size_t)tensor].outBlocks);
  }
}

/** Of the tensors that are no longer finite the last: gradients come from behind, and so does what spoils them. */
int Network::lastNotFinite() const {
  for (size_t i = notFinite_.size(); i-- > 0;)
    if (notFinite_[i].load(std::memory_order_relaxed)) return (int)i;
  return -1;
}

} // namespace spikedesk
