// A tile of samples on its way from the input to the loss.
#include <algorithm>

#include "network.h"

namespace spikedesk {

void Network::takeGiven(const Tile &tile) {
  const Stage &last = plan_.stages.back();
  const Signal &out = plan_.signals.back();
  if (!last.needsBackward) return;
  if (input_.spikesGradient) packRows(input_.spikesGradient, out, last.outputGradient, tile);
  if (input_.membraneGradient) packRows(input_.membraneGradient, out, last.membraneGradient, tile);
}

void Network::forwardLinear(int stage, const Tile &tile) {
  const Signal &in = plan_.input(stage), &out = plan_.output(stage);
  if (!in.spikes) {
    const DenseProduct dense = denseProduct(stage, at<float>(in.place, tile), tile, {0, out.blocks});
    return kernels_.denseProduct(&dense);
  }
  const LinearStage &linear = plan_.stages[(size_t)stage].linear;
  const Tensor &weight = plan_.tensors[(size_t)linear.weight];
  const float *bias = linear.bias >= 0 ? arena_.at<float>(plan_.tensors[(size_t)linear.bias].data) : nullptr;
  const SpikeProduct p = {at<uint16_t>(in.place, tile), in.place.stride, arena_.at<float>(weight.data),
                          (size_t)weight.inBlocks * kBlock * kBlock, bias, at<float>(out.place, tile), out.place.stride,
                          tile.count, out.steps(stretch_.steps), in.blocks, out.blocks,
                          scratch<float>(plan_.tableScratch, tile.thread)};
  kernels_.spikeProduct(&p);
}

/** What a linear stage makes of the values of a tile's samples, for some blocks of its outputs. */
DenseProduct Network::denseProduct(int stage, const float *input, const Tile &tile, const BlockRange &outputs) const {
  const LinearStage &linear = plan_.stages[(size_t)stage].linear;
  const Signal &in = plan_.input(stage), &out = plan_.output(stage);
  const Tensor &weight = plan_.tensors[(size_t)linear.weight];
  const size_t weightStride = (size_t)weight.inBlocks * kBlock * kBlock, first = (size_t)outputs.first;
  const float *bias = linear.bias >= 0 ? arena_.at<float>(plan_.tensors[(size_t)linear.bias].data) + first * kBlock : nullptr;
  const int steps = out.steps(stretch_.steps);
  return {input, in.place.stride, arena_.at<float>(weight.data) + first * weightStride,
          weightStride, bias, at<float>(out.place, tile) + first * (size_t)steps * kBlock, out.place.stride,
          tile.count, steps, in.lanes(), outputs.count};
}

NeuronForward Network::neuronForward(int stage, const Tile &tile) const {
  const NeuronStage &n = plan_.stages[(size_t)stage].neuron;
  const Signal &in = plan_.input(stage), &out = plan_.output(stage);
  const Place &current = in.spikes ? n.expanded : in.place;
  NeuronForward f = {};
  f.neuron = &n.neuron;
  f.current = at<float>(current, tile);
  f.currentStride = current.stride;
  f.staticCurrent = in.isStatic;
  f.samples = tile.count;
  f.steps = stretch_.steps;
  f.firstStep = stretch_.first;
  f.from = borderOf(stage, stretch_.index - 1, tile);
  f.blocks = out.blocks;
  f.spikes = at<uint16_t>(spikesOf(stage), tile);
  f.spikesStride = spikesOf(stage).stride;
  f.padded = scratch<float>(plan_.recurrentPadded, tile.thread);
  return f;
}

void Network::expandSpikes(const Signal &in, const Place &to, const Tile &tile) {
  for (int i = 0; i < tile.count; i++)
    kernels_.expandSpikes(at<uint16_t>(in.place, tile) + (size_t)i * in.place.stride,
                          (size_t)in.blocks * (size_t)stretch_.steps,
                          at<float>(to, tile) + (size_t)i * to.stride);
}

void Network::forwardNeuron(int stage, const Tile &tile) {
  const NeuronStage &n = plan_.stages[(size_t)stage].neuron;
  const Signal &in = plan_.input(stage);
  if (in.spikes) expandSpikes(in, n.expanded, tile);
  NeuronForward f = neuronForward(stage, tile);
  const bool last = (size_t)stage + 1 == plan_.stages.size();
  if ((last && plan_.lossReadsMembrane) || mode_ == Mode::Trace) {
    f.membrane = at<float>(n.membrane, tile);
    f.membraneStride = n.membrane.stride;
  }
  if (!stretch_.again) f.to = borderOf(stage, stretch_.index, tile);
  f.scratch = scratch<float>(plan_.neuronScratch, tile.thread);
  if (mode_ == Mode::Trace)
    for (size_t i = 0; i < n.states.size(); i++) f.states[i] = at<float>(n.states[i], tile);
  if (goesByStep(n.neuron)) kernels_.stepForward(&f);
  else kernels_.neuronForward(&f);
  if (n.factor) gradeSpikes(stage, tile);
}

void Network::countSpikes(int stage, int layer, const Tile &tile) {
  if (stretch_.again) return;
  const Signal &out = plan_.output(stage);
  const size_t words = (size_t)out.blocks * (size_t)stretch_.steps;
  for (int i = 0; i < tile.count; i++) {
    const uint16_t *bits = at<uint16_t>(spikesOf(stage), tile) + (size_t)i * spikesOf(stage).stride;
    uint64_t &count = spikeCounts_[(size_t)layer * (size_t)plan_.program.batchSize + (size_t)(tile.first + i)];
    count = (stretch_.index > 0 ? count : 0) + kernels_.countSpikes(bits, words);
  }
}

void Network::record(int stage, int layer, const Tile &tile) {
  const LayerRecord &to = (*records_)[(size_t)layer];
  const Signal &out = plan_.output(stage);
  const NeuronStage &n = plan_.stages[(size_t)stage].neuron;
  const int steps = stretch_.steps;
  for (int i = 0; i < tile.count; i++) {
    const uint16_t *bits = at<uint16_t>(spikesOf(stage), tile) + (size_t)i * spikesOf(stage).stride;
    const float *membrane = at<float>(n.membrane, tile) + (size_t)i * n.membrane.stride;
    for (int t = 0; t < steps; t++) {
      const size_t row =
          ((size_t)(stretch_.first + t) * (size_t)input_.samples + (size_t)(tile.first + i)) * (size_t)out.features;
      for (int k = 0; k < out.features; k++) {
        const size_t slot = slotOf(k, out.places), word = slot / kBlock * (size_t)steps + (size_t)t;
        to.spikes[row + (size_t)k] = (uint8_t)(bits[word] >> (slot % kBlock) & 1);
        to.membrane[row + (size_t)k] = membrane[word * kBlock + slot % kBlock];
        for (size_t s = 0; s < n.states.size(); s++) {
          const float *state = at<float>(n.states[s], tile) + (size_t)i * n.states[s].stride;
          to.states[s][row + (size_t)k] = state[word * kBlock + slot % kBlock];
        }
      }
    }
  }
}

void Network::lossOf(const Tile &tile) {
  const Stage &last = plan_.stages.back();
  const bool wantsGradient = learns() && last.needsBackward, stretched = plan_.stretches() > 1;
  const Place &spikes = stretched ? plan_.wholeSpikes : spikesOf((int)plan_.stages.size() - 1);
  const Place &to = stretched ? plan_.wholeGradient : plan_.lossReadsMembrane ? last.membraneGradient : last.outputGradient;
  float *counts = scratch<float>(plan_.counts, tile.thread);
  for (int i = 0; i < tile.count; i++) {
    LossSample s = {};
    s.loss = &plan_.loss;
    s.steps = plan_.program.timeSteps;
    s.label = input_.labels[tile.first + i];
    s.weight = plan_.classWeights.empty() ? 1.0f : plan_.classWeights[(size_t)s.label];
    s.batch = input_.samples;
    s.spikes = at<uint16_t>(spikes, tile) + (size_t)i * spikes.stride;
    if (last.neuron.factor) s.factor = arena_.at<float>(last.neuron.factor->row);
    if (plan_.lossReadsMembrane)
      s.membrane = stretched ? wholeMembranesOf(i, tile) : at<float>(last.neuron.membrane, tile) + (size_t)i * last.neuron.membrane.stride;
    if (wantsGradient) s.gradient = at<float>(to, tile) + (size_t)i * to.stride;
    s.counts = counts;
    s.scratch = scratch<float>(plan_.lossScratch, tile.thread);
    const LossValue value = kernels_.loss(&s);
    losses_[(size_t)(tile.first + i)] = value.loss;
    predictions_[(size_t)(tile.first + i)] = value.prediction;
    std::copy(counts, counts + plan_.outputs,
              output_->counts + (size_t)(tile.first + i) * (size_t)plan_.outputs);
  }
}

} // namespace spikedesk
