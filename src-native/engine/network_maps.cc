// Stages over feature maps: pooling, batch normalisation.
#include <algorithm>
#include <cmath>

#include "network.h"

namespace spikedesk {

// ---- pooling

PoolMaps Network::pool(int stage, const Tile &tile, int sample) const {
  const MapStage &map = plan_.stages[(size_t)stage].map;
  const Signal &in = plan_.input(stage), &out = plan_.output(stage);
  PoolMaps p = {};
  p.kind = map.pool;
  p.window = &map.window;
  p.steps = in.steps(stretch_.steps);
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

/** Statistics of each step, or of all together. */
int Network::normRows(int stage) const {
  return plan_.stages[(size_t)stage].map.eachStep ? plan_.input(stage).steps(stretch_.steps) : 1;
}

NormMaps Network::norm(int stage, const Tile &tile, int sample) const {
  const MapStage &map = plan_.stages[(size_t)stage].map;
  const Signal &in = plan_.input(stage), &out = plan_.output(stage);
  NormMaps n = {};
  n.blocks = blocksOf(in.channels);
  n.places = in.places;
  n.steps = in.steps(stretch_.steps);
  n.rows = learns() ? normRows(stage) : 1;
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
  const int steps = in.steps(stretch_.steps), width = blocksOf(in.channels) * kBlock;
  const int rows = normRows(stage);
  const double each = (double)in.places * (rows == 1 ? steps : 1), count = each * input_.samples;
  const double repeated = in.isStatic ? plan_.program.timeSteps : 1;
  const bool together = rows == 1 && !(in.isStatic && map.eachStep);
  const double samples = together ? count * repeated : count, unbiased = samples > 1 ? samples / (samples - 1) : 1;
  const bool moves = isTraining() && !stretch_.again && (stretch_.index == 0 || !in.isStatic);
  const float *first = arena_.at<float>(map.first.offset), *second = arena_.at<float>(map.second.offset);
  const float *weight = map.weight >= 0 ? arena_.at<float>(plan_.tensors[(size_t)map.weight].data) : nullptr;
  for (int row = 0; row < rows; row++) {
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
      if (!moves) continue;
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
  const int steps = in.steps(stretch_.steps), width = blocksOf(in.channels) * kBlock;
  const int rows = normRows(stage);
  const double count = (double)in.places * (rows == 1 ? steps : 1) * input_.samples;
  const float *first = arena_.at<float>(map.first.offset), *second = arena_.at<float>(map.second.offset);
  for (int c = 0; c < in.channels; c++) {
    double whole = 0, wholeProduct = 0;
    for (int row = 0; row < rows; row++) {
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
