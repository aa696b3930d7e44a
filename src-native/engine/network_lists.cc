// Convolutions of samples that travel alone: their inputs as lists where few are not zero, and their weight gradients,
// summed part by part of the batch.
#include <algorithm>
#include <numeric>

#include "network.h"
#include "window_reading.h"

namespace spikedesk {

namespace {

/** Share of inputs that are not zero above which a dense convolution is faster than a list. */
constexpr double kMostListed = 0.25;

} // namespace

/** Whether so little of a sample's input is not zero, over all steps: those of a stretch may be others, and the two ways to
 * convolve round differently. Of an image that is made spikes its brightness tells. */
bool Network::isSparse(int sample) const {
  const size_t steps = (size_t)inputSteps(), n = (size_t)inputs(), bytes = (size_t)imageBytes();
  const auto isFew = [](double found, double all) { return found <= kMostListed * all; };
  if (input_.starts) {
    const uint32_t *start = input_.starts + (size_t)sample * steps;
    return isFew((double)start[steps] - (double)start[0], (double)(n * steps));
  }
  if (!input_.values) {
    const uint8_t *image = imageOf(sample);
    return isFew(std::accumulate(image, image + bytes, 0.0), 255.0 * (double)bytes);
  }
  size_t zeros = 0;
  for (size_t t = 0; t < steps; t++) {
    const float *row = input_.values + (t * (size_t)input_.samples + (size_t)sample) * n;
    zeros += (size_t)std::count(row, row + n, 0.0f);
  }
  return isFew((double)(n * steps - zeros), (double)(n * steps));
}

/** Lists the input of a convolution where that pays; it depends on nothing but this sample. */
bool Network::listInputs(int stage, const Tile &tile) {
  const MapStage &map = plan_.stages[(size_t)stage].map;
  char &listed = listed_[(size_t)tile.thread][(size_t)stage];
  if (!map.listable) return (listed = false);
  const Signal &in = plan_.input(stage);
  ListInputs l = {};
  // What is given may be dense; of spikes between layers few are.
  if (plan_.stages[(size_t)stage].inputs.front() == 0 && !isSparse(tile.first)) return (listed = false);
  if (in.spikes) l.spikes = at<uint16_t>(in.place, tile);
  else l.values = at<float>(in.place, tile);
  l.blocks = blocksOf(in.channels);
  l.height = map.window.height;
  l.width = map.window.width;
  l.steps = stretch_.steps;
  l.taps = map.window.kernelHeight * map.window.kernelWidth;
  l.entries = scratch<uint32_t>(map.entries, tile.thread);
  l.starts = scratch<uint32_t>(map.entryStarts, tile.thread);
  l.entryValues = scratch<float>(map.entryValues, tile.thread);
  kernels_.sparse->listInputs(&l);
  return (listed = true);
}

InputList Network::inputList(int stage, const Tile &tile) const {
  const MapStage &map = plan_.stages[(size_t)stage].map;
  return {scratch<uint32_t>(map.entries, tile.thread), scratch<uint32_t>(map.entryStarts, tile.thread),
          plan_.input(stage).spikes ? nullptr : scratch<float>(map.entryValues, tile.thread)};
}

/** Whether a kernel may write and read beside the places that it is asked for. */
bool Network::takesMargins(int stage) const {
  const MapWindow &w = plan_.stages[(size_t)stage].map.window;
  return w.strideX == 1 && w.kernelWidth - 1 <= kListMargin;
}

/** Some places of a convolution, side by side in a row; `output` is that of the first, `outputStride` from block to
 * block. */
void Network::listProduct(int stage, const Tile &tile, const RowPlaces &at, float *output, size_t outputStride,
                          bool margins) {
  const MapStage &map = plan_.stages[(size_t)stage].map;
  const Tensor &weight = plan_.tensors[(size_t)map.weight];
  const InputList inputs = inputList(stage, tile);
  const ListProduct p = {&inputs, &map.window, arena_.at<float>(weight.data), (size_t)weight.inBlocks * kBlock * kBlock,
                         map.bias >= 0 ? arena_.at<float>(plan_.tensors[(size_t)map.bias].data) : nullptr, at.row,
                         at.firstColumn, at.columns, blocksOf(plan_.output(stage).channels), stretch_.steps,
                         output, outputStride, margins};
  kernels_.sparse->listProduct(&p);
}

void Network::convolveList(int stage, const Tile &tile) {
  const MapWindow &w = plan_.stages[(size_t)stage].map.window;
  const Signal &out = plan_.output(stage);
  const size_t row = (size_t)w.outputWidth * (size_t)stretch_.steps * kBlock;
  for (int y = 0; y < w.outputHeight; y++)
    listProduct(stage, tile, {y, 0, w.outputWidth}, at<float>(out.place, tile) + (size_t)y * row,
                (size_t)w.outputHeight * row, false);
}

/** Adds what some places of a convolution give to the gradient of its weights. */
void Network::listGradient(int stage, const Tile &tile, const RowPlaces &at, const float *gradient, size_t stride,
                           bool margins) {
  const MapStage &map = plan_.stages[(size_t)stage].map;
  const Tensor &weight = plan_.tensors[(size_t)map.weight];
  const InputList inputs = inputList(stage, tile);
  const ListGradient g = {&inputs, &map.window, gradient, stride, at.row, at.firstColumn, at.columns,
                          blocksOf(plan_.output(stage).channels), stretch_.steps,
                          arena_.at<float>(map.partSums) + (size_t)tile.part * weight.paddedFloats(),
                          (size_t)weight.inBlocks * kBlock * kBlock, margins};
  kernels_.sparse->listGradient(&g);
}

/** The same for all places, of an input that is not listed. */
void Network::windowGradient(int stage, const Tile &tile) {
  const Stage &s = plan_.stages[(size_t)stage];
  const MapStage &map = s.map;
  const Signal &in = plan_.input(stage);
  const Tensor &weight = plan_.tensors[(size_t)map.weight];
  const WindowReading &r = map.forward;
  const int steps = in.steps(stretch_.steps);
  const size_t places = (size_t)in.places * (size_t)steps;
  PadMaps pad = padFor(r, 1, map.window.height, map.window.width, steps);
  pad.output = scratch<float>(plan_.padded, tile.thread);
  WindowWeightGradient g = {};
  g.input = pad.output;
  g.rowPitch = r.rowPitch;
  g.pixelPitch = r.pixelPitch;
  g.offsets = map.gradient.offsets.data();
  g.slots = map.gradient.slots.data();
  g.inputs = (int)map.gradient.offsets.size();
  g.gradient = at<float>(s.outputGradient, tile);
  g.outputHeight = map.window.outputHeight;
  g.outputWidth = map.window.outputWidth;
  g.steps = steps;
  g.sumsStride = (size_t)weight.inBlocks * kBlock * kBlock;
  float *sums = arena_.at<float>(map.partSums) + (size_t)tile.part * weight.paddedFloats();
  for (const GroupSection &section : map.forwardSections) {
    g.firstBlock = section.to.first;
    g.blocks = section.to.count;
    for (int block = section.from.first; block < section.from.first + section.from.count; block++) {
      if (in.spikes) pad.spikes = at<uint16_t>(in.place, tile) + (size_t)block * places;
      else pad.values = at<float>(in.place, tile) + (size_t)block * places * kBlock;
      kernels_.maps.padMaps(&pad);
      g.sums = sums + windowWeightAt(weight, section.to.first, block);
      kernels_.maps.windowWeightGradient(&g);
    }
  }
}

void Network::addBiasGradient(int stage, const Tile &tile, const float *gradient, size_t stride, int rows) {
  const MapStage &map = plan_.stages[(size_t)stage].map;
  if (!map.learnsBias) return;
  const Tensor &bias = plan_.tensors[(size_t)map.bias];
  const SumRows sum = {gradient, stride, bias.outBlocks, rows,
                       arena_.at<float>(map.partBiasSums) + (size_t)tile.part * bias.paddedFloats()};
  kernels_.sparse->sumRows(&sum);
}

/** What one sample gives to the gradients of a convolution's weights and biases. */
void Network::addConvolutionGradient(int stage, const Tile &tile) {
  const Stage &s = plan_.stages[(size_t)stage];
  if (!s.map.learnsWeight) return;
  const Signal &out = plan_.output(stage);
  const size_t stride = (size_t)out.places * (size_t)out.steps(stretch_.steps) * kBlock;
  const float *gradient = at<float>(s.outputGradient, tile);
  const MapWindow &w = s.map.window;
  if (!isListed(stage, tile)) windowGradient(stage, tile);
  else
    for (int row = 0; row < w.outputHeight; row++)
      listGradient(stage, tile, {row, 0, w.outputWidth}, gradient + (size_t)row * stride / (size_t)w.outputHeight, stride, false);
  addBiasGradient(stage, tile, gradient, stride, (int)(stride / kBlock));
}

/** The parts' sums, added in their order, and the update. */
void Network::updateFromParts(const UpdateTask &task, int thread) {
  const MapStage &map = plan_.stages[(size_t)task.stage].map;
  const bool isBias = task.kind == UpdateTask::Bias;
  const int index = isBias ? map.bias : map.weight;
  const Tensor &tensor = plan_.tensors[(size_t)index];
  const int rows = isBias ? 1 : tensor.places * kBlock;
  for (int o = task.firstOutput; o < task.firstOutput + task.outputs; o++) {
    const size_t first = isBias ? (size_t)o * kBlock
                                : windowWeightAt(tensor, o, task.firstInput);
    float *sums = scratch<float>(plan_.windowSums, thread) + (size_t)(o - task.firstOutput) * (size_t)rows * kBlock;
    const SumParts sum = {arena_.at<float>(isBias ? map.partBiasSums : map.partSums) + first, tensor.paddedFloats(),
                          partsOfBatch(), rows, sums};
    kernels_.sparse->sumParts(&sum);
  }
  float *sums = scratch<float>(plan_.windowSums, thread);
  if (!isBias && tensor.groups > 1) clearOtherGroups(task, tensor, sums);
  for (int o = 0; o < task.outputs; o++) {
    const int output = task.firstOutput + o;
    const size_t first = isBias ? (size_t)output * kBlock : windowWeightAt(tensor, output, task.firstInput);
    kernels_.update(&updates_[(size_t)index], sums + (size_t)o * (size_t)rows * kBlock, first, rows);
  }
  if (!isBias && updatesAtOnce()) transposeWindow(task.stage, task.firstOutput, task.outputs, task.firstInput);
}

} // namespace spikedesk
