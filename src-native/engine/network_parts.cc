// Linear layers whose weight gradients are summed part by part of the batch, while the spikes of the samples are at hand.
#include <algorithm>

#include "network.h"

namespace spikedesk {

/** Some samples of a part after the other, forward and back. */
void Network::runPart(int part, int thread) {
  const int parts = partsOfBatch();
  const int first = (int)((int64_t)input_.samples * part / parts), end = (int)((int64_t)input_.samples * (part + 1) / parts);
  const Segment &segment = plan_.segments.front();
  for (int at = first; at < end; at += segment.tileSamples) {
    const Tile tile = {thread, at, std::min(segment.tileSamples, end - at), part};
    if (!ownsOutputs()) encode(tile);
    profile.lap(thread, profile.encodeRow(), Direction::Forward);
    forwardSegment(segment, tile);
    turnRound(tile);
    if (!goesBack()) continue;
    backwardSegment(segment, tile);
    for (int stage = 0; stage < (int)plan_.stages.size(); stage++) addLinearGradient(stage, tile, at == first);
  }
}

/** What some samples give to the gradients of a layer's weights and biases; the first ones of a part begin its sums. */
void Network::addLinearGradient(int stage, const Tile &tile, bool begins) {
  const Stage &s = plan_.stages[(size_t)stage];
  if (!s.linear.sumsInParts) return;
  const Signal &in = plan_.input(stage), &out = plan_.output(stage);
  const float *gradient = at<float>(s.outputGradient, tile);
  Update sum = {};
  sum.kind = begins ? kStoreGradient : kAddGradient;
  if (s.linear.learnsWeight) {
    const Tensor &weight = plan_.tensors[(size_t)s.linear.weight];
    sum.gradient = arena_.at<float>(s.linear.partSums) + (size_t)tile.part * weight.paddedFloats();
    for (int output = 0; output < out.blocks; output++)
      for (int input = 0; input < in.blocks; input += kGradientBlocks) {
        const SpikeWeightGradient g = {at<uint16_t>(in.place, tile), in.place.stride, gradient, s.outputGradient.stride,
                                       tile.count, stretch_.steps, output, 1, input, std::min((int)kGradientBlocks, in.blocks - input),
                                       (size_t)in.blocks * kBlock * kBlock, &sum, scratch<float>(plan_.tableScratch, tile.thread)};
        kernels_.spikeWeightGradient(&g);
      }
  }
  if (s.linear.learnsBias) {
    sum.gradient = arena_.at<float>(s.linear.partBiasSums) + (size_t)tile.part * plan_.tensors[(size_t)s.linear.bias].paddedFloats();
    kernels_.rowSumGradient(gradient, s.outputGradient.stride, tile.count, out.steps(stretch_.steps), 0, out.blocks, &sum);
  }
  profile.lap(tile.thread, (size_t)stage, Direction::Update);
}

/** The parts' sums, added in their order, and the update. */
void Network::updateLinearFromParts(const UpdateTask &task, int thread) {
  const LinearStage &linear = plan_.stages[(size_t)task.stage].linear;
  const bool isBias = task.kind == UpdateTask::Bias;
  const int index = isBias ? linear.bias : linear.weight;
  const Tensor &tensor = plan_.tensors[(size_t)index];
  for (int output = task.firstOutput; output < task.firstOutput + task.outputs; output++) {
    const size_t block = isBias ? (size_t)output : ((size_t)output * (size_t)tensor.inBlocks + (size_t)task.firstInput) * kBlock;
    const int rows = isBias ? 1 : task.inputs * kBlock;
    float *sums = scratch<float>(plan_.tableScratch, thread);
    const SumParts sum = {arena_.at<float>(isBias ? linear.partBiasSums : linear.partSums) + block * kBlock, tensor.paddedFloats(),
                          partsOfBatch(), rows, sums};
    kernels_.sparse->sumParts(&sum);
    kernels_.update(&updates_[(size_t)index], sums, block * kBlock, rows);
  }
  if (!isBias && updatesAtOnce()) transposeWeights(task.stage, task.firstOutput, task.outputs, task.firstInput, task.inputs);
}

} // namespace spikedesk
