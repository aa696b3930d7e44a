// Convolutions, poolings and batch normalisations, and which values are maps.
#include <algorithm>
#include <set>

#include "channel_groups.h"
#include "stage_reader.h"
#include "window_reading.h"

namespace spikedesk {

/** Whether an op reads its input as channels and places. */
bool StageReader::isMapOp(const ForwardOp &op) const {
  return op.op == "convolution" || op.op == "pool" || convolvesItself(op) ||
         (op.op == "batchNorm" && valueOf(op.output).shape.size() > 1);
}

/** Whether the input goes to a layer over maps, at most through layers that leave places as they are. */
bool StageReader::takesMaps() const {
  std::set<std::string> reached = {plan_.program.encode.output};
  for (const ForwardOp &op : plan_.program.forward) {
    const bool reads = std::any_of(op.inputs.begin(), op.inputs.end(), [&](const std::string &id) { return reached.count(id) > 0; });
    if (!reads || op.op == "linear") continue;
    if (isMapOp(op)) return true;
    reached.insert(op.output);
  }
  return false;
}

/** Reads a value as maps: its first axis are channels, the others places. */
void StageReader::spread(Signal &s, const std::string &id) const {
  const std::vector<int> &shape = valueOf(id).shape;
  s.channels = shape.empty() ? 1 : shape[0];
  s.places = s.features / s.channels;
  s.blocks = blocksOf(s.channels) * s.places;
}

void StageReader::readMap(const ForwardOp &op, const Signal &in, Signal &out, Stage &stage) {
  if (stage.kind == StageKind::Norm && !isMapOp(op)) out.channels = in.channels;
  else spread(out, op.output);
  out.isStatic = in.isStatic;
  out.spikes = stage.kind == StageKind::Pool && op.pool == "max" && in.spikes;
  if (stage.kind == StageKind::Convolution) readConvolution(op, in, out, stage.map);
  if (stage.kind == StageKind::Norm) readNorm(op, in, stage.map);
  if (stage.kind == StageKind::Pool) readMapWindow(op, in, out, stage.map);
  stage.map.pool = op.pool == "average" ? kPoolAverage : op.pool == "adaptiveAverage" ? kPoolAdaptiveAverage : kPoolMax;
}

void StageReader::readMapWindow(const ForwardOp &op, const Signal &in, const Signal &out, MapStage &map) const {
  const MapWindow &w = map.window = op.window;
  const auto fits = [](int64_t size, int64_t outputs, int kernel, int stride, int padding, int dilation) {
    return outputs == (size + 2 * (int64_t)padding - (int64_t)dilation * (kernel - 1) - 1) / stride + 1;
  };
  const bool moves = fits(w.height, w.outputHeight, w.kernelHeight, w.strideY, w.paddingY, w.dilationY) &&
                     fits(w.width, w.outputWidth, w.kernelWidth, w.strideX, w.paddingX, w.dilationX);
  if (w.channels != in.channels || (int64_t)w.height * w.width != in.places || w.outputs != out.channels ||
      (int64_t)w.outputHeight * w.outputWidth != out.places || !(moves || op.pool == "adaptiveAverage"))
    refuse("window");
}

void StageReader::readConvolution(const ForwardOp &op, const Signal &in, const Signal &out, MapStage &map) {
  readMapWindow(op, in, out, map);
  map.weight = tensorOf(op.weight);
  Tensor &weight = plan_.tensors[(size_t)map.weight];
  const int64_t taps = (int64_t)map.window.kernelHeight * map.window.kernelWidth;
  if (weight.shape.size() < 3 || weight.shape[0] != out.channels || (int64_t)weight.shape[1] * op.groups != in.channels ||
      weight.places != taps || out.channels % op.groups != 0)
    refuse("shape", weight.id);
  weight.groups = op.groups;
  weight.inBlocks = keptInputBlocks(weight) * weight.places;
  if (!op.bias.empty()) {
    map.bias = tensorOf(op.bias);
    checkShape(map.bias, {out.channels});
  }
  spikedesk::readConvolution(weight, map, in.steps(plan_.steps));
}

void StageReader::readNorm(const ForwardOp &op, const Signal &in, MapStage &map) const {
  const auto channelTensor = [&](const std::string &id) {
    const int tensor = tensorOf(id);
    checkShape(tensor, {in.channels});
    return tensor;
  };
  if (!op.weight.empty()) map.weight = channelTensor(op.weight);
  if (!op.bias.empty()) map.bias = channelTensor(op.bias);
  map.runningMean = channelTensor(op.runningMean);
  map.runningVariance = channelTensor(op.runningVariance);
  map.rows = op.eachStep ? in.steps(plan_.steps) : 1;
  map.eachStep = op.eachStep;
  map.epsilon = op.epsilon;
  map.momentum = op.momentum;
}

} // namespace spikedesk
