// What some layers of neurons need besides their kernels: connections between their neurons, and graded spikes.
#include <algorithm>

#include "network.h"
#include "window_reading.h"

namespace spikedesk {

// ---- connections between the neurons of a layer

void Network::transposeRecurrent(int stage) {
  const NeuronStage &n = plan_.stages[(size_t)stage].neuron;
  if (!n.coupled()) return;
  const Tensor &weight = plan_.tensors[(size_t)n.recurrentWeight];
  transposeRecurrent(stage, 0, weight.outBlocks, 0, weight.inBlocks);
}

void Network::transposeRecurrent(int stage, int firstOutput, int outputs, int firstInput, int inputs) {
  const NeuronStage &n = plan_.stages[(size_t)stage].neuron;
  const Tensor &weight = plan_.tensors[(size_t)n.recurrentWeight];
  kernels_.transpose(arena_.at<float>(weight.data), (size_t)weight.inBlocks * kBlock * kBlock, firstOutput, outputs,
                     firstInput, inputs, arena_.at<float>(n.recurrentTransposed),
                     (size_t)weight.outBlocks * kBlock * kBlock);
}

namespace {

WindowProduct productFor(const MapWindow &w, const WindowReading &r, const float *weight, size_t weightStride) {
  WindowProduct p = {};
  p.rowPitch = r.rowPitch;
  p.pixelPitch = r.pixelPitch;
  p.offsets = r.offsets.data();
  p.counts = r.counts.data();
  p.chunks = (int)r.offsets.size();
  p.weight = weight;
  p.weightStride = weightStride;
  p.outputBlocks = blocksOf(w.channels);
  p.outputHeight = w.height;
  p.outputWidth = w.width;
  p.steps = 1;
  return p;
}

} // namespace

/** Maps keep their size under this window, so that it reads spikes and gradients alike. */
void Network::prepareRecurrentWindow(NeuronStage &n) {
  const MapWindow &w = n.recurrentMap->window;
  const Tensor &weight = plan_.tensors[(size_t)n.recurrentWeight];
  n.window.pad = padFor(n.stepForward, blocksOf(w.channels), w.height, w.width, 1);
  n.window.padBack = padFor(n.stepBackward, blocksOf(w.channels), w.height, w.width, 1);
  n.window.product =
      productFor(w, n.stepForward, n.neuron.recurrentWeight, (size_t)weight.inBlocks * kBlock * kBlock);
  n.window.product.bias = n.neuron.recurrentBias;
  n.window.productBack =
      productFor(w, n.stepBackward, n.neuron.recurrentTransposed, (size_t)weight.places * (size_t)weight.outBlocks * kBlock * kBlock);
  n.neuron.recurrentWindow = &n.window;
}

/** Weights and biases between the neurons of a layer: a linear layer or a convolution under the step before. */
void Network::updateRecurrent(const UpdateTask &task, int thread) {
  const NeuronStage &n = plan_.stages[(size_t)task.stage].neuron;
  const Tile all = {thread, 0, input_.samples};
  const float *gradient = at<float>(n.recurrentGradient, all);
  const size_t gradientStride = n.recurrentGradient.stride;
  const int steps = stretch_.steps;
  if (task.kind == UpdateTask::RecurrentBias) {
    kernels_.rowSumGradient(gradient, gradientStride, input_.samples, steps * n.neuron.places, task.firstOutput,
                            task.outputs, &updates_[(size_t)n.recurrentBias]);
    return;
  }
  const Tensor &weight = plan_.tensors[(size_t)n.recurrentWeight];
  const size_t weightStride = (size_t)weight.inBlocks * kBlock * kBlock;
  const Update &update = updates_[(size_t)n.recurrentWeight];
  int firstInput = task.firstInput, inputs = task.inputs;
  if (n.recurrentMap) {
    updateWindowWeights({*n.recurrentMap, n.spikesBefore, n.recurrentGradient, true, n.neuron.neurons, steps}, task, thread);
    firstInput *= weight.places;
    inputs = weight.places;
  } else if (n.hearsMembranes()) {
    const DenseWeightGradient g = {at<float>(n.membranesBefore, all), n.membranesBefore.stride, gradient, gradientStride,
                                   input_.samples, steps, task.firstOutput, task.outputs, task.firstInput, task.inputs,
                                   weightStride, &update, nullptr};
    kernels_.denseWeightGradient(&g);
  } else {
    const SpikeWeightGradient g = {at<uint16_t>(n.spikesBefore, all), n.spikesBefore.stride, gradient, gradientStride,
                                   input_.samples, steps, task.firstOutput, task.outputs, task.firstInput, task.inputs, weightStride,
                                   &update, scratch<float>(plan_.tableScratch, thread)};
    kernels_.spikeWeightGradient(&g);
  }
  if (updatesAtOnce()) transposeRecurrent(task.stage, task.firstOutput, task.outputs, firstInput, inputs);
}

// ---- graded spikes

const Place &Network::spikesOf(int stage) const {
  const NeuronStage &n = plan_.stages[(size_t)stage].neuron;
  return n.factor ? n.spikes : plan_.output(stage).place;
}

/** What the layer hands on: the factor of each neuron where it spiked. */
void Network::gradeSpikes(int stage, const Tile &tile) {
  const NeuronStage &n = plan_.stages[(size_t)stage].neuron;
  const Signal &out = plan_.output(stage);
  const float *factor = arena_.at<float>(n.factor->row);
  const size_t steps = (size_t)stretch_.steps;
  for (int i = 0; i < tile.count; i++) {
    const uint16_t *bits = at<uint16_t>(n.spikes, tile) + (size_t)i * n.spikes.stride;
    float *to = at<float>(out.place, tile) + (size_t)i * out.place.stride;
    for (size_t block = 0; block < (size_t)out.blocks; block++)
      for (size_t t = 0; t < steps; t++, to += kBlock, bits++)
        for (size_t k = 0; k < kBlock; k++) to[k] = *bits >> k & 1 ? factor[block * kBlock + k] : 0.0f;
  }
}

/** Sums the gradient at the factor and makes the gradient at the spikes of that at what is handed on. */
void Network::gradeBack(int stage, const Tile &tile, bool sameAtAllSteps, bool arrives) {
  const Stage &s = plan_.stages[(size_t)stage];
  const NeuronStage &n = s.neuron;
  const Signal &out = plan_.output(stage);
  const float *factor = arena_.at<float>(n.factor->row);
  const size_t steps = (size_t)stretch_.steps, rows = sameAtAllSteps ? 1 : steps;
  for (int i = 0; i < tile.count; i++) {
    const uint16_t *bits = at<uint16_t>(n.spikes, tile) + (size_t)i * n.spikes.stride;
    float *gradient = at<float>(s.outputGradient, tile) + (size_t)i * s.outputGradient.stride;
    for (size_t block = 0; block < (size_t)out.blocks; block++, bits += steps, gradient += rows * kBlock) {
      float sums[kBlock] = {};
      for (size_t t = 0; arrives && t < steps; t++)
        for (size_t k = 0; k < kBlock; k++)
          if (bits[t] >> k & 1) sums[k] += gradient[(sameAtAllSteps ? 0 : t) * kBlock + k];
      for (size_t row = 0; arrives && row < rows; row++)
        for (size_t k = 0; k < kBlock; k++) gradient[row * kBlock + k] *= factor[block * kBlock + k];
      if (!n.factor->learns) continue;
      float *to = at<float>(n.factor->gradient, tile) + (size_t)i * n.factor->gradient.stride + block * kBlock;
      std::copy(sums, sums + kBlock, to);
    }
  }
}

} // namespace spikedesk
