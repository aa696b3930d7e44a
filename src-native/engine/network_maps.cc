// Stages over feature maps: convolution, pooling, batch normalisation.
#include <algorithm>
#include <cmath>

#include "network.h"

namespace spikedesk {

// ---- convolution

void Network::forwardConvolution(int stage, const Tile &tile) {
  const MapStage &map = plan_.stages[(size_t)stage].map;
  const Signal &in = plan_.input(stage), &out = plan_.output(stage);
  const Tensor &weight = plan_.tensors[(size_t)map.weight];
  const WindowReading &r = map.forward;
  const int steps = in.steps(plan_.program.timeSteps);
  if (plan_.streams && listInputs(stage, tile))
    return listProduct(stage, tile, 0, out.places, at<float>(out.place, tile), (size_t)out.places * (size_t)steps * kBlock);
  if (in.spikes) return convolveSpikes(stage, tile);
  PadMaps pad = {};
  pad.blocks = blocksOf(in.channels);
  pad.height = map.window.height;
  pad.width = map.window.width;
  pad.steps = steps;
  pad.rows = r.rows;
  pad.columns = r.columns;
  pad.top = r.top;
  pad.left = r.left;
  pad.spreadY = pad.spreadX = 1;
  pad.output = scratch<float>(plan_.padded, tile.thread);
  for (int i = 0; i < tile.count; i++) {
    pad.values = at<float>(in.place, tile) + (size_t)i * in.place.stride;
    kernels_.maps.padMaps(&pad);
    const WindowProduct p = {pad.output, r.rowPitch, r.pixelPitch, r.offsets.data(), r.counts.data(),
                             (int)r.offsets.size(), arena_.at<float>(weight.data), (size_t)weight.inBlocks * kBlock * kBlock,
                             map.bias >= 0 ? arena_.at<float>(plan_.tensors[(size_t)map.bias].data) : nullptr,
                             at<float>(out.place, tile) + (size_t)i * out.place.stride, blocksOf(out.channels),
                             map.window.outputHeight, map.window.outputWidth, steps};
    kernels_.maps.windowProduct(&p);
  }
}

void Network::convolveSpikes(int stage, const Tile &tile) {
  const MapStage &map = plan_.stages[(size_t)stage].map;
  const Signal &in = plan_.signals[(size_t)stage], &out = plan_.signals[(size_t)stage + 1];
  const Tensor &weight = plan_.tensors[(size_t)map.weight];
  const WindowReading &r = map.forward;
  WindowSpikeProduct p = {};
  p.inputStride = in.place.stride;
  p.blocks = blocksOf(in.channels);
  p.height = map.window.height;
  p.width = map.window.width;
  p.rows = r.rows;
  p.columns = r.columns;
  p.top = r.top;
  p.left = r.left;
  p.rowPitch = r.rowPitch / kBlock;
  p.pixelPitch = r.pixelPitch / kBlock;
  p.offsets = r.offsets.data();
  p.chunks = (int)r.offsets.size();
  p.weight = arena_.at<float>(weight.data);
  p.weightStride = (size_t)weight.inBlocks * kBlock * kBlock;
  p.bias = map.bias >= 0 ? arena_.at<float>(plan_.tensors[(size_t)map.bias].data) : nullptr;
  p.outputStride = out.place.stride;
  p.outputBlocks = blocksOf(out.channels);
  p.outputHeight = map.window.outputHeight;
  p.outputWidth = map.window.outputWidth;
  p.steps = plan_.program.timeSteps;
  p.padded = scratch<uint16_t>(plan_.padded, tile.thread);
  p.tables = scratch<float>(plan_.tableScratch, tile.thread);
  // The room for one padded sample of floats holds the words of 32.
  for (int i = 0; i < tile.count; i += p.samples) {
    p.samples = std::min(2 * kBlock, tile.count - i);
    p.input = at<uint16_t>(in.place, tile) + (size_t)i * in.place.stride;
    p.output = at<float>(out.place, tile) + (size_t)i * out.place.stride;
    kernels_.maps.windowSpikeProduct(&p);
  }
}

void Network::backwardConvolution(int stage, const Tile &tile) {
  const Stage &s = plan_.stages[(size_t)stage];
  const MapStage &map = s.map;
  if (!map.passesBack) return;
  const Signal &in = plan_.input(stage), &out = plan_.output(stage);
  const GradientRoom to = gradientRoom(stage, 0, tile);
  const WindowReading &r = map.backward;
  const int steps = in.steps(plan_.program.timeSteps), taps = plan_.tensors[(size_t)map.weight].places;
  PadMaps pad = {};
  pad.blocks = blocksOf(out.channels);
  pad.height = map.window.outputHeight;
  pad.width = map.window.outputWidth;
  pad.steps = steps;
  pad.rows = r.rows;
  pad.columns = r.columns;
  pad.top = r.top;
  pad.left = r.left;
  pad.spreadY = r.spreadY;
  pad.spreadX = r.spreadX;
  pad.output = scratch<float>(plan_.padded, tile.thread);
  for (int i = 0; i < tile.count; i++) {
    pad.values = at<float>(s.outputGradient, tile) + (size_t)i * s.outputGradient.stride;
    kernels_.maps.padMaps(&pad);
    const WindowProduct p = {pad.output, r.rowPitch, r.pixelPitch, r.offsets.data(), r.counts.data(),
                             (int)r.offsets.size(), arena_.at<float>(map.transposed),
                             (size_t)taps * (size_t)blocksOf(out.channels) * kBlock * kBlock, nullptr,
                             to.data + (size_t)i * to.stride, blocksOf(in.channels), map.window.height,
                             map.window.width, steps};
    kernels_.maps.windowProduct(&p);
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

/** Some blocks of outputs by one block of inputs: the samples one after the other, each read through the window. */
void Network::updateWindowWeights(const UpdateTask &task, int thread) {
  const Stage &s = plan_.stages[(size_t)task.stage];
  const Signal &in = plan_.input(task.stage);
  updateWindowWeights({s.map, in.place, s.outputGradient, in.spikes, in.channels, in.steps(plan_.program.timeSteps)}, task,
                      thread);
  if (mode_ != Mode::Train) return;
  const int taps = plan_.tensors[(size_t)s.map.weight].places;
  transposeWeights(task.stage, task.firstOutput, task.outputs, task.firstInput * taps, taps);
}

void Network::updateWindowWeights(const WindowInput &in, const UpdateTask &task, int thread) {
  const MapStage &map = in.map;
  const Tensor &weight = plan_.tensors[(size_t)map.weight];
  const WindowReading &r = map.forward;
  const Tile all = {thread, 0, input_.samples};
  const int steps = in.steps, taps = weight.places, block = task.firstInput;
  const int lanes = std::min(kBlock, in.channels - block * kBlock);
  std::vector<size_t> offsets;
  std::vector<int> slots;
  for (int tap = 0; tap < taps; tap++) {
    for (int lane = 0; lane < lanes; lane++) {
      offsets.push_back(r.offsets[(size_t)tap] + (size_t)lane);
      slots.push_back(tap * kBlock + lane);
    }
  }
  const size_t places = (size_t)map.window.height * (size_t)map.window.width * (size_t)steps;
  PadMaps pad = {};
  pad.blocks = 1;
  pad.height = map.window.height;
  pad.width = map.window.width;
  pad.steps = steps;
  pad.rows = r.rows;
  pad.columns = r.columns;
  pad.top = r.top;
  pad.left = r.left;
  pad.spreadY = pad.spreadX = 1;
  pad.output = scratch<float>(plan_.padded, thread);
  WindowWeightGradient g = {};
  g.input = pad.output;
  g.rowPitch = r.rowPitch;
  g.pixelPitch = r.pixelPitch;
  g.offsets = offsets.data();
  g.slots = slots.data();
  g.inputs = (int)offsets.size();
  g.firstBlock = task.firstOutput;
  g.blocks = task.outputs;
  g.outputHeight = map.window.outputHeight;
  g.outputWidth = map.window.outputWidth;
  g.steps = steps;
  g.sums = scratch<float>(plan_.windowSums, thread);
  g.sumsStride = (size_t)taps * kBlock * kBlock;
  std::fill(g.sums, g.sums + (size_t)task.outputs * g.sumsStride, 0.0f);
  for (int sample = 0; sample < input_.samples; sample++) {
    if (in.spikes) pad.spikes = at<uint16_t>(in.input, all) + (size_t)sample * in.input.stride + (size_t)block * places;
    else pad.values = at<float>(in.input, all) + (size_t)sample * in.input.stride + (size_t)block * places * kBlock;
    kernels_.maps.padMaps(&pad);
    g.gradient = at<float>(in.gradient, all) + (size_t)sample * in.gradient.stride;
    kernels_.maps.windowWeightGradient(&g);
  }
  if (weight.groups > 1) clearOtherGroups(task, weight, g.sums);
  for (int o = 0; o < task.outputs; o++) {
    const size_t first = ((size_t)(task.firstOutput + o) * (size_t)weight.inBlocks + (size_t)(block * taps)) * kBlock * kBlock;
    kernels_.update(&updates_[(size_t)map.weight], g.sums + (size_t)o * g.sumsStride, first, taps * kBlock);
  }
}

// ---- pooling

PoolMaps Network::pool(int stage, const Tile &tile, int sample) const {
  const MapStage &map = plan_.stages[(size_t)stage].map;
  const Signal &in = plan_.input(stage), &out = plan_.output(stage);
  PoolMaps p = {};
  p.kind = map.pool;
  p.window = &map.window;
  p.steps = in.steps(plan_.program.timeSteps);
  if (in.spikes) p.spikes = at<uint16_t>(in.place, tile) + (size_t)sample * in.place.stride;
  else p.values = at<float>(in.place, tile) + (size_t)sample * in.place.stride;
  if (out.spikes) p.outputSpikes = at<uint16_t>(out.place, tile) + (size_t)sample * out.place.stride;
  else p.output = at<float>(out.place, tile) + (size_t)sample * out.place.stride;
  return p;
}

// ---- batch normalisation

/** Outside training the running statistics normalise. */
void Network::prepareNorms() {
  if (learns()) return;
  for (const Stage &s : plan_.stages) {
    if (s.kind != StageKind::Norm) continue;
    const MapStage &map = s.map;
    const float *mean = arena_.at<float>(plan_.tensors[(size_t)map.runningMean].data);
    const float *variance = arena_.at<float>(plan_.tensors[(size_t)map.runningVariance].data);
    const float *weight = map.weight >= 0 ? arena_.at<float>(plan_.tensors[(size_t)map.weight].data) : nullptr;
    const int channels = plan_.tensors[(size_t)map.runningMean].shape[0];
    for (int c = 0; c < channels; c++) {
      arena_.at<float>(map.mean)[c] = mean[c];
      arena_.at<float>(map.scale)[c] = (float)((weight ? (double)weight[c] : 1.0) / std::sqrt((double)variance[c] + map.epsilon));
    }
  }
}

NormMaps Network::norm(int stage, const Tile &tile, int sample) const {
  const MapStage &map = plan_.stages[(size_t)stage].map;
  const Signal &in = plan_.input(stage), &out = plan_.output(stage);
  NormMaps n = {};
  n.blocks = blocksOf(in.channels);
  n.places = in.places;
  n.steps = in.steps(plan_.program.timeSteps);
  n.rows = learns() ? map.rows : 1;
  const Place &input = in.spikes ? map.expanded : in.place;
  n.input = at<float>(input, tile) + (size_t)sample * input.stride;
  n.output = at<float>(out.place, tile) + (size_t)sample * out.place.stride;
  n.mean = arena_.at<float>(map.mean);
  n.inverse = arena_.at<float>(map.inverse);
  n.scale = arena_.at<float>(map.scale);
  n.bias = map.bias >= 0 ? arena_.at<float>(plan_.tensors[(size_t)map.bias].data) : nullptr;
  n.gradientMean = arena_.at<float>(map.gradientMean);
  n.productMean = arena_.at<float>(map.productMean);
  n.first = at<float>(map.first, tile) + (size_t)sample * map.first.stride;
  n.second = at<float>(map.second, tile) + (size_t)sample * map.second.stride;
  return n;
}

void Network::measureNorm(int stage, const Tile &tile) {
  const Signal &in = plan_.input(stage);
  if (in.spikes) expandSpikes(in, plan_.stages[(size_t)stage].map.expanded, tile);
  for (int i = 0; i < tile.count; i++) {
    const NormMaps n = norm(stage, tile, i);
    kernels_.maps.normMeasure(&n);
  }
}

/** Mean and variance of the batch from those of its samples, in double and in their order. */
void Network::combineMeasures(int stage) {
  const MapStage &map = plan_.stages[(size_t)stage].map;
  const Signal &in = plan_.input(stage);
  const int steps = in.steps(plan_.program.timeSteps), width = blocksOf(in.channels) * kBlock;
  const double each = (double)in.places * (map.rows == 1 ? steps : 1), count = each * input_.samples;
  const double repeated = in.isStatic ? plan_.program.timeSteps : 1;
  const bool together = map.rows == 1 && !(in.isStatic && map.eachStep);
  const double samples = together ? count * repeated : count, unbiased = samples > 1 ? samples / (samples - 1) : 1;
  const float *first = arena_.at<float>(map.first.offset), *second = arena_.at<float>(map.second.offset);
  const float *weight = map.weight >= 0 ? arena_.at<float>(plan_.tensors[(size_t)map.weight].data) : nullptr;
  for (int row = 0; row < map.rows; row++) {
    for (int c = 0; c < in.channels; c++) {
      const size_t at = (size_t)(row * width + c);
      double mean = 0, squares = 0;
      for (int b = 0; b < input_.samples; b++) mean += (double)first[(size_t)b * map.first.stride + at];
      mean /= input_.samples;
      for (int b = 0; b < input_.samples; b++) {
        const double apart = (double)first[(size_t)b * map.first.stride + at] - mean;
        squares += (double)second[(size_t)b * map.second.stride + at] + each * apart * apart;
      }
      const double variance = squares / count, inverse = 1.0 / std::sqrt(variance + map.epsilon);
      arena_.at<float>(map.mean)[at] = (float)mean;
      arena_.at<float>(map.inverse)[at] = (float)inverse;
      arena_.at<float>(map.scale)[at] = (float)((weight ? (double)weight[c] : 1.0) * inverse);
      if (mode_ != Mode::Train) continue;
      float &runningMean = arena_.at<float>(plan_.tensors[(size_t)map.runningMean].data)[c];
      float &runningVariance = arena_.at<float>(plan_.tensors[(size_t)map.runningVariance].data)[c];
      for (int times = together ? 1 : (int)repeated; times > 0; times--) {
        runningMean = (float)((double)runningMean + map.momentum * (mean - (double)runningMean));
        runningVariance = (float)((double)runningVariance + map.momentum * (variance * unbiased - (double)runningVariance));
      }
    }
  }
}

void Network::sumNormGradients(int stage, const Tile &tile) {
  const Place &gradient = plan_.stages[(size_t)stage].outputGradient;
  for (int i = 0; i < tile.count; i++) {
    NormMaps n = norm(stage, tile, i);
    n.gradient = at<float>(gradient, tile) + (size_t)i * gradient.stride;
    kernels_.maps.normGradientSums(&n);
  }
}

void Network::combineGradients(int stage) {
  const MapStage &map = plan_.stages[(size_t)stage].map;
  const Signal &in = plan_.input(stage);
  const int steps = in.steps(plan_.program.timeSteps), width = blocksOf(in.channels) * kBlock;
  const double count = (double)in.places * (map.rows == 1 ? steps : 1) * input_.samples;
  const float *first = arena_.at<float>(map.first.offset), *second = arena_.at<float>(map.second.offset);
  for (int c = 0; c < in.channels; c++) {
    double whole = 0, wholeProduct = 0;
    for (int row = 0; row < map.rows; row++) {
      const size_t at = (size_t)(row * width + c);
      double sum = 0, product = 0;
      for (int b = 0; b < input_.samples; b++) {
        sum += (double)first[(size_t)b * map.first.stride + at];
        product += (double)second[(size_t)b * map.second.stride + at];
      }
      arena_.at<float>(map.gradientMean)[at] = (float)(sum / count);
      arena_.at<float>(map.productMean)[at] = (float)(product / count);
      whole += sum;
      wholeProduct += product;
    }
    arena_.at<float>(map.biasGradient)[c] = (float)whole;
    arena_.at<float>(map.weightGradient)[c] = (float)wholeProduct;
  }
}

void Network::updateNormScale(const UpdateTask &task) {
  const MapStage &map = plan_.stages[(size_t)task.stage].map;
  if (map.learnsWeight)
    kernels_.update(&updates_[(size_t)map.weight], arena_.at<float>(map.weightGradient), 0, task.outputs);
  if (map.learnsBias)
    kernels_.update(&updates_[(size_t)map.bias], arena_.at<float>(map.biasGradient), 0, task.outputs);
}

// ---- any of them

void Network::forwardMap(int stage, const Tile &tile) {
  const StageKind kind = plan_.stages[(size_t)stage].kind;
  if (kind == StageKind::Convolution) return forwardConvolution(stage, tile);
  const Signal &in = plan_.input(stage);
  if (kind == StageKind::Norm && in.spikes && !learns())
    expandSpikes(in, plan_.stages[(size_t)stage].map.expanded, tile);
  for (int i = 0; i < tile.count; i++) {
    if (kind == StageKind::Pool) {
      const PoolMaps p = pool(stage, tile, i);
      kernels_.maps.poolForward(&p);
    } else {
      const NormMaps n = norm(stage, tile, i);
      kernels_.maps.normForward(&n);
    }
  }
}

void Network::backwardMap(int stage, const Tile &tile) {
  const Stage &s = plan_.stages[(size_t)stage];
  if (s.kind == StageKind::Convolution) return backwardConvolution(stage, tile);
  if (!s.map.passesBack) return;
  const Place &gradient = s.outputGradient;
  const GradientRoom to = gradientRoom(stage, 0, tile);
  for (int i = 0; i < tile.count; i++) {
    const float *arriving = at<float>(gradient, tile) + (size_t)i * gradient.stride;
    float *output = to.data + (size_t)i * to.stride;
    if (s.kind == StageKind::Pool) {
      PoolMaps p = pool(stage, tile, i);
      p.gradient = arriving;
      p.inputGradient = output;
      kernels_.maps.poolBackward(&p);
    } else {
      NormMaps n = norm(stage, tile, i);
      n.gradient = arriving;
      n.output = output;
      kernels_.maps.normBackward(&n);
    }
  }
  addGradient(stage, 0, tile);
}

} // namespace spikedesk
