// Convolutions: forward, back, and the gradients of their weights.
#include <algorithm>

#include "channel_groups.h"
#include "network.h"
#include "window_reading.h"

namespace spikedesk {

void Network::forwardConvolution(int stage, const Tile &tile) {
  const MapStage &map = plan_.stages[(size_t)stage].map;
  const Signal &in = plan_.input(stage), &out = plan_.output(stage);
  const Tensor &weight = plan_.tensors[(size_t)map.weight];
  const WindowReading &r = map.forward;
  const int steps = in.steps(stretch_.steps);
  if (plan_.streams && listInputs(stage, tile))
    return convolveList(stage, tile);
  if (in.spikes) return convolveSpikes(stage, tile);
  const float *bias = map.bias >= 0 ? arena_.at<float>(plan_.tensors[(size_t)map.bias].data) : nullptr;
  const size_t weightStride = (size_t)weight.inBlocks * kBlock * kBlock;
  const size_t outputFloats = (size_t)out.places * (size_t)steps * kBlock;
  PadMaps pad = padFor(r, blocksOf(in.channels), map.window.height, map.window.width, steps);
  pad.output = scratch<float>(plan_.padded, tile.thread);
  for (int i = 0; i < tile.count; i++) {
    pad.values = at<float>(in.place, tile) + (size_t)i * in.place.stride;
    kernels_.maps.padMaps(&pad);
    for (const GroupSection &s : map.forwardSections) {
      const size_t first = (size_t)s.to.first;
      const WindowProduct p = {pad.output + (size_t)s.from.first * r.blockFloats, r.rowPitch, r.pixelPitch,
                               s.offsets.data(), s.counts.data(), (int)s.offsets.size(),
                               arena_.at<float>(weight.data) + first * weightStride, weightStride,
                               bias ? bias + first * kBlock : nullptr,
                               at<float>(out.place, tile) + (size_t)i * out.place.stride + first * outputFloats, s.to.count,
                               map.window.outputHeight, map.window.outputWidth, steps};
      kernels_.maps.windowProduct(&p);
    }
  }
}

void Network::convolveSpikes(int stage, const Tile &tile) {
  const MapStage &map = plan_.stages[(size_t)stage].map;
  const Signal &in = plan_.input(stage), &out = plan_.output(stage);
  const Tensor &weight = plan_.tensors[(size_t)map.weight];
  const WindowReading &r = map.forward;
  const float *bias = map.bias >= 0 ? arena_.at<float>(plan_.tensors[(size_t)map.bias].data) : nullptr;
  const size_t steps = (size_t)stretch_.steps;
  WindowSpikeProduct p = {};
  p.inputStride = in.place.stride;
  p.height = map.window.height;
  p.width = map.window.width;
  p.rows = r.rows;
  p.columns = r.columns;
  p.top = r.top;
  p.left = r.left;
  p.rowPitch = r.rowPitch / kBlock;
  p.pixelPitch = r.pixelPitch / kBlock;
  p.weightStride = (size_t)weight.inBlocks * kBlock * kBlock;
  p.outputStride = out.place.stride;
  p.outputHeight = map.window.outputHeight;
  p.outputWidth = map.window.outputWidth;
  p.steps = (int)steps;
  p.padded = scratch<uint16_t>(plan_.padded, tile.thread);
  p.tables = scratch<float>(plan_.tableScratch, tile.thread);
  // The room for one padded sample of floats holds the words of 32.
  for (int i = 0; i < tile.count; i += p.samples) {
    p.samples = std::min(2 * kBlock, tile.count - i);
    for (const GroupSection &s : map.forwardSections) {
      const size_t first = (size_t)s.to.first;
      p.blocks = s.from.count;
      p.offsets = s.offsets.data();
      p.chunks = (int)s.offsets.size();
      p.weight = arena_.at<float>(weight.data) + first * p.weightStride;
      p.bias = bias ? bias + first * kBlock : nullptr;
      p.outputBlocks = s.to.count;
      p.input = at<uint16_t>(in.place, tile) + (size_t)i * in.place.stride + (size_t)s.from.first * (size_t)in.places * steps;
      p.output = at<float>(out.place, tile) + (size_t)i * out.place.stride + first * (size_t)out.places * steps * kBlock;
      kernels_.maps.windowSpikeProduct(&p);
    }
  }
}

/** Brings the places of a phase, which follow each other, to where they lie in the maps. */
static void spreadPhase(const MapWindow &w, const GradientPhase &phase, const float *from, int blocks, size_t stepFloats,
                        float *maps) {
  for (int block = 0; block < blocks; block++) {
    for (int row = 0; row < phase.height; row++) {
      const size_t y = (size_t)(block * w.height + phase.firstRow + row * w.strideY);
      float *to = maps + (y * (size_t)w.width + (size_t)phase.firstColumn) * stepFloats;
      for (int column = 0; column < phase.width; column++, from += stepFloats)
        std::copy_n(from, stepFloats, to + (size_t)(column * w.strideX) * stepFloats);
    }
  }
}

void Network::backwardConvolution(int stage, const Tile &tile) {
  const Stage &s = plan_.stages[(size_t)stage];
  const MapStage &map = s.map;
  if (!map.passesBack) return;
  const Signal &in = plan_.input(stage), &out = plan_.output(stage);
  const GradientRoom to = gradientRoom(stage, 0, tile);
  const WindowReading &r = map.backward;
  const int steps = in.steps(stretch_.steps);
  const size_t stepFloats = (size_t)steps * kBlock, inputFloats = (size_t)in.places * stepFloats;
  PadMaps pad = padFor(r, blocksOf(out.channels), map.window.outputHeight, map.window.outputWidth, steps);
  pad.output = scratch<float>(plan_.padded, tile.thread);
  float *places = pad.output + (size_t)pad.blocks * r.blockFloats;
  for (int i = 0; i < tile.count; i++) {
    pad.values = at<float>(s.outputGradient, tile) + (size_t)i * s.outputGradient.stride;
    kernels_.maps.padMaps(&pad);
    for (const GroupSection &section : map.backwardSections) {
      const size_t first = (size_t)section.to.first;
      float *gradient = to.data + (size_t)i * to.stride + first * inputFloats;
      for (const GradientPhase &phase : map.phases) {
        const int chunk = phase.firstTap * section.from.count;
        const WindowProduct p = {pad.output + (size_t)section.from.first * r.blockFloats, r.rowPitch, r.pixelPitch,
                                 section.offsets.data() + chunk, section.counts.data() + chunk, phase.taps * section.from.count,
                                 arena_.at<float>(map.transposed) + first * map.transposedRow + (size_t)chunk * kBlock * kBlock,
                                 map.transposedRow, nullptr, map.inPhases ? places : gradient, section.to.count,
                                 phase.height, phase.width, steps};
        kernels_.maps.windowProduct(&p);
        if (map.inPhases) spreadPhase(map.window, phase, places, section.to.count, stepFloats, gradient);
      }
    }
  }
  addGradient(stage, 0, tile);
}

/** Takes away the gradients of weights between channels of different groups, `[output block][slot][16]`. */
void Network::clearOtherGroups(const UpdateTask &task, const Tensor &weight, float *sums) const {
  const int outputs = weight.shape[0] / weight.groups, inputs = weight.shape[1];
  for (int o = 0; o < task.outputs * kBlock; o++) {
    const int group = (task.firstOutput * kBlock + o) / outputs;
    float *block = sums + (size_t)(o / kBlock) * (size_t)weight.places * kBlock * kBlock + o % kBlock;
    for (int slot = 0; slot < weight.places * kBlock; slot++)
      if ((task.firstInput * kBlock + slot % kBlock) / inputs != group) block[(size_t)slot * kBlock] = 0.0f;
  }
}

/** Where the weights between a block of outputs and one of inputs begin. */
size_t Network::windowWeightAt(const Tensor &weight, int output, int input) {
  return ((size_t)output * (size_t)weight.inBlocks + (size_t)firstChunkOf(weight, output, input)) * kBlock * kBlock;
}

/** Weights between some blocks of outputs and one of inputs, for the gradient at the input. */
void Network::transposeWindow(int stage, int firstOutput, int outputs, int input) {
  const MapStage &map = plan_.stages[(size_t)stage].map;
  if (!map.passesBack) return;
  const Tensor &weight = plan_.tensors[(size_t)map.weight];
  const BlockRange readers = outputBlocksOf(weight, input);
  const size_t tapFloats = (size_t)readers.count * kBlock * kBlock;
  for (int o = firstOutput; o < firstOutput + outputs; o++) {
    const float *from = arena_.at<float>(weight.data) + windowWeightAt(weight, o, input);
    float *to = arena_.at<float>(map.transposed) + (size_t)input * map.transposedRow +
                (size_t)(o - readers.first) * kBlock * kBlock;
    for (int tap : map.tapOrder) {
      kernels_.transpose(from + (size_t)tap * kBlock * kBlock, 0, 0, 1, 0, 1, to, tapFloats);
      to += tapFloats;
    }
  }
}

/** Some blocks of outputs by one block of inputs: the samples one after the other, each read through the window. */
void Network::updateWindowWeights(const UpdateTask &task, int thread) {
  const Stage &s = plan_.stages[(size_t)task.stage];
  const Signal &in = plan_.input(task.stage);
  updateWindowWeights({s.map, in.place, s.outputGradient, in.spikes, in.channels, in.steps(stretch_.steps)}, task,
                      thread);
  if (updatesAtOnce()) transposeWindow(task.stage, task.firstOutput, task.outputs, task.firstInput);
}

void Network::updateWindowWeights(const WindowInput &in, const UpdateTask &task, int thread) {
  const Tensor &weight = plan_.tensors[(size_t)in.map.weight];
  const int taps = weight.places;
  float *sums = scratch<float>(plan_.windowSums, thread);
  const size_t sumsStride = (size_t)taps * kBlock * kBlock;
  std::fill(sums, sums + (size_t)task.outputs * sumsStride, 0.0f);
  // Tables are worth their making where several steps share one.
  if (in.spikes && in.steps >= 3) sumSpikeWindows(in, task, thread, sums, sumsStride);
  else sumWindows(in, task, thread, sums, sumsStride);
  if (weight.groups > 1) clearOtherGroups(task, weight, sums);
  for (int o = 0; o < task.outputs; o++) {
    const size_t first = windowWeightAt(weight, task.firstOutput + o, task.firstInput);
    kernels_.update(&updates_[(size_t)in.map.weight], sums + (size_t)o * sumsStride, first, taps * kBlock);
  }
}

void Network::sumSpikeWindows(const WindowInput &in, const UpdateTask &task, int thread, float *sums, size_t sumsStride) {
  const MapStage &map = in.map;
  const WindowReading &r = map.forward;
  const Tile all = {thread, 0, input_.samples};
  WindowSpikeWeightGradient g = {};
  g.height = map.window.height;
  g.width = map.window.width;
  g.rows = r.rows;
  g.columns = r.columns;
  g.top = r.top;
  g.left = r.left;
  g.strideY = map.window.strideY;
  g.strideX = map.window.strideX;
  g.offsets = map.spikeOffsets.data();
  g.taps = (int)map.spikeOffsets.size();
  g.firstBlock = task.firstOutput;
  g.blocks = task.outputs;
  g.outputHeight = map.window.outputHeight;
  g.outputWidth = map.window.outputWidth;
  g.steps = in.steps;
  g.sums = sums;
  g.sumsStride = sumsStride;
  g.entries = scratch<uint16_t>(plan_.padded, thread);
  g.tables = scratch<float>(plan_.tableScratch, thread);
  const size_t words = (size_t)map.window.height * (size_t)map.window.width * (size_t)in.steps;
  for (int sample = 0; sample < input_.samples; sample++) {
    g.input = at<uint16_t>(in.input, all) + (size_t)sample * in.input.stride + (size_t)task.firstInput * words;
    g.gradient = at<float>(in.gradient, all) + (size_t)sample * in.gradient.stride;
    kernels_.maps.windowSpikeWeightGradient(&g);
  }
}

void Network::sumWindows(const WindowInput &in, const UpdateTask &task, int thread, float *sums, size_t sumsStride) {
  const MapStage &map = in.map;
  const WindowReading &r = map.forward;
  const Tile all = {thread, 0, input_.samples};
  const int steps = in.steps, block = task.firstInput;
  const GradientReading &reading = block + 1 == blocksOf(in.channels) ? map.lastGradient : map.gradient;
  const size_t places = (size_t)map.window.height * (size_t)map.window.width * (size_t)steps;
  PadMaps pad = padFor(r, 1, map.window.height, map.window.width, steps);
  pad.output = scratch<float>(plan_.padded, thread);
  WindowWeightGradient g = {};
  g.input = pad.output;
  g.rowPitch = r.rowPitch;
  g.pixelPitch = r.pixelPitch;
  g.offsets = reading.offsets.data();
  g.slots = reading.slots.data();
  g.inputs = (int)reading.offsets.size();
  g.firstBlock = task.firstOutput;
  g.blocks = task.outputs;
  g.outputHeight = map.window.outputHeight;
  g.outputWidth = map.window.outputWidth;
  g.steps = steps;
  g.sums = sums;
  g.sumsStride = sumsStride;
  for (int sample = 0; sample < input_.samples; sample++) {
    if (in.spikes) pad.spikes = at<uint16_t>(in.input, all) + (size_t)sample * in.input.stride + (size_t)block * places;
    else pad.values = at<float>(in.input, all) + (size_t)sample * in.input.stride + (size_t)block * places * kBlock;
    kernels_.maps.padMaps(&pad);
    g.gradient = at<float>(in.gradient, all) + (size_t)sample * in.gradient.stride;
    kernels_.maps.windowWeightGradient(&g);
  }
}

} // namespace spikedesk
