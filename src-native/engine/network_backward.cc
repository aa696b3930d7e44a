// The way back of a tile, and the second half of a step: weight gradients and updates.
#include <algorithm>

#include "network.h"

namespace spikedesk {

namespace {

/** About half of a first-level cache, which the current and the spikes of the same places also pass through. */
constexpr size_t kPooledBytesAtOnce = 24 << 10;

/** Pooled rows that go back at once: so many that the gradient before them stays in the first-level cache; all of them
 * where windows overlap or leave places out. */
int pooledRowsAtOnce(const MapWindow &w, size_t steps) {
  const bool sideBySide = w.strideY == w.kernelHeight && w.strideX == w.kernelWidth && w.paddingY == 0 && w.paddingX == 0 &&
                          w.dilationY == 1 && w.dilationX == 1 && w.outputHeight * w.strideY == w.height;
  if (!sideBySide) return w.outputHeight;
  const size_t row = (size_t)w.kernelHeight * (size_t)w.width * steps * kBlock * sizeof(float);
  return std::clamp((int)(kPooledBytesAtOnce / row), 1, w.outputHeight);
}

} // namespace

/** The place of the gradient at an input, or where there is one already, room to write what is added to it. */
Network::GradientRoom Network::gradientRoom(int stage, size_t input, const Tile &tile) const {
  const Stage &s = plan_.stages[(size_t)stage];
  const Place &place = s.adds[input] ? plan_.addedGradient : plan_.gradientAt(s.inputs[input]);
  return {at<float>(place, tile), place.stride};
}

void Network::addGradient(int stage, size_t input, const Tile &tile) {
  const Stage &s = plan_.stages[(size_t)stage];
  if (!s.adds[input]) return;
  const Signal &in = plan_.signals[(size_t)s.inputs[input]];
  const Place &from = plan_.addedGradient, &to = plan_.gradientAt(s.inputs[input]);
  const size_t count = (size_t)in.blocks * (size_t)in.steps(stretch_.steps) * kBlock;
  for (int i = 0; i < tile.count; i++)
    kernels_.joins.addValues(at<float>(from, tile) + (size_t)i * from.stride, count, at<float>(to, tile) + (size_t)i * to.stride);
}

/** The gradient at the input of a linear stage; where it goes back with the neurons before it see backwardNeuron. */
void Network::backwardLinear(int stage, const Tile &tile) {
  const Stage &s = plan_.stages[(size_t)stage];
  const int before = Plan::producer(s.inputs.front());
  if (!s.linear.passesBack || (before >= 0 && plan_.linearAfter(before) == stage)) return;
  const Signal &in = plan_.input(stage), &out = plan_.output(stage);
  const GradientRoom to = gradientRoom(stage, 0, tile);
  const DenseProduct p = {at<float>(s.outputGradient, tile), s.outputGradient.stride,
                          arena_.at<float>(s.linear.transposed), (size_t)out.blocks * kBlock * kBlock, nullptr,
                          to.data, to.stride, tile.count, out.steps(stretch_.steps), out.features, in.blocks};
  kernels_.denseProduct(&p);
  addGradient(stage, 0, tile);
}

void Network::backwardNeuron(int stage, const Tile &tile) {
  const Stage &s = plan_.stages[(size_t)stage];
  const bool last = (size_t)stage + 1 == plan_.stages.size();
  // Another thread may have gone forward with these samples.
  const Signal &in = plan_.input(stage);
  if (in.spikes && plan_.segments.size() > 1) expandSpikes(in, s.neuron.expanded, tile);
  NeuronBackward b = {};
  b.forward = neuronForward(stage, tile);
  b.scratch = scratch<float>(plan_.neuronScratch, tile.thread);
  b.carry = carryOf(stage, tile);
  if (s.neuron.passesBack) {
    const GradientRoom to = gradientRoom(stage, 0, tile);
    b.inputGradient = to.data;
    b.inputGradientStride = to.stride;
  }
  b.draws = {plan_.program.seed, (uint32_t)drawStep(), (uint32_t)tile.first};
  pointParameters(s.neuron, tile, b);
  if (const int linear = plan_.linearAfter(stage); linear >= 0) {
    if (!s.neuron.goesBackWhole()) {
      backwardThroughLinear(stage, linear, tile, b);
      if (s.neuron.passesBack) addGradient(stage, 0, tile);
      return;
    }
    spikesGradientThroughLinear(stage, linear, tile);
  }
  if (const int next = plan_.poolAfter(stage); next >= 0) {
    backwardThroughPool(stage, next, tile, b);
    if (s.neuron.passesBack) addGradient(stage, 0, tile);
    return;
  }
  const bool given = mode_ == Mode::Backpropagate;
  const bool atMembrane = last && (given ? input_.membraneGradient && s.takesMembraneGradient : plan_.lossReadsMembrane);
  const bool atSpikes = !last || (given ? input_.spikesGradient && s.takesSpikesGradient : !plan_.lossReadsMembrane);
  if (atMembrane) b.membraneGradient = at<float>(s.membraneGradient, tile);
  if (atSpikes) b.spikesGradient = at<float>(s.outputGradient, tile);
  b.membraneGradientStride = s.membraneGradient.stride;
  b.spikesGradientStride = s.outputGradient.stride;
  b.staticSpikesGradient = last && !given && plan_.lossSumsSpikes;
  if (s.neuron.factor) gradeBack(stage, tile, b.staticSpikesGradient, atSpikes);
  if (isPenalised(stage)) penalise(stage, tile, b);
  neuronBackward(b);
  if (s.neuron.passesBack) addGradient(stage, 0, tile);
}

/** Adds to the gradient at the spikes what regularisers have; where the loss has none it is the same at every step. */
void Network::penalise(int stage, const Tile &tile, NeuronBackward &b) {
  const Stage &s = plan_.stages[(size_t)stage];
  const int blocks = plan_.output(stage).blocks;
  float *gradient = at<float>(s.outputGradient, tile);
  if (!b.spikesGradient) {
    for (int i = 0; i < tile.count; i++)
      std::fill_n(gradient + (size_t)i * s.outputGradient.stride, (size_t)blocks * kBlock, 0.0f);
    b.spikesGradient = gradient;
    b.staticSpikesGradient = 1;
  }
  const int rows = b.staticSpikesGradient ? 1 : stretch_.steps;
  addPenalties(stage, tile, {0, tile.count, 0, blocks}, gradient, s.outputGradient.stride, rows);
}

/** Where the gradients of a neuron's parameters go. */
void Network::pointParameters(const NeuronStage &n, const Tile &tile, NeuronBackward &b) const {
  const auto point = [&](const NeuronParameter &p) -> float * {
    if (!p.learns) return nullptr;
    b.parameterGradientStride = p.gradient.stride;
    return at<float>(p.gradient, tile);
  };
  for (size_t i = 0; i < n.parameters.size(); i++) b.parameterGradients[i] = point(n.parameters[i]);
  if (n.neuron.model == kLeaky) {
    b.decayGradient = b.parameterGradients[0];
    b.thresholdGradient = b.parameterGradients[1];
  }
  if (n.own) b.ownGradient = point(*n.own);
  if (!n.learnsRecurrent()) return;
  b.recurrentGradient = at<float>(n.recurrentGradient, tile);
  b.recurrentGradientStride = n.recurrentGradient.stride;
  if (!n.learnsRecurrentWeight) return;
  if (n.hearsMembranes()) {
    b.membranesBefore = at<float>(n.membranesBefore, tile);
    b.membranesBeforeStride = n.membranesBefore.stride;
    return;
  }
  b.spikesBefore = at<uint16_t>(n.spikesBefore, tile);
  b.spikesBeforeStride = n.spikesBefore.stride;
}

void Network::neuronBackward(const NeuronBackward &b) const {
  if (goesByStep(*b.forward.neuron)) kernels_.stepBackward(&b);
  else kernels_.neuronBackward(&b);
}

/** Of neurons that hear each other all gradients must be there before their last step can go back. */
void Network::spikesGradientThroughLinear(int stage, int linear, const Tile &tile) {
  const Stage &s = plan_.stages[(size_t)stage], &next = plan_.stages[(size_t)linear];
  const Signal &in = plan_.input(linear), &out = plan_.output(linear);
  const DenseProduct p = {at<float>(next.outputGradient, tile), next.outputGradient.stride,
                          arena_.at<float>(next.linear.transposed), (size_t)out.blocks * kBlock * kBlock, nullptr,
                          at<float>(s.outputGradient, tile), s.outputGradient.stride, tile.count,
                          stretch_.steps, out.features, in.blocks};
  kernels_.denseProduct(&p);
  profile.lap(tile.thread, (size_t)linear, Direction::Backward);
}

/** The way back of some samples and blocks of neurons. */
NeuronBackward Network::sliceOf(const NeuronBackward &whole, int sample, int samples, int block, int blocks) {
  NeuronBackward b = whole;
  const size_t currentBlock = (size_t)(b.forward.staticCurrent ? 1 : b.forward.steps) * kBlock;
  b.forward.samples = samples;
  b.draws.firstSample += (uint32_t)sample;
  b.forward.firstBlock = block;
  b.forward.blocks = blocks;
  b.forward.current += (size_t)sample * b.forward.currentStride + (size_t)block * currentBlock;
  const size_t parameterAt = (size_t)sample * b.parameterGradientStride + (size_t)(block * kBlock);
  if (b.inputGradient) b.inputGradient += (size_t)sample * b.inputGradientStride + (size_t)block * currentBlock;
  if (b.decayGradient) b.decayGradient += parameterAt;
  if (b.thresholdGradient) b.thresholdGradient += parameterAt;
  for (float *&gradient : b.parameterGradients)
    if (gradient) gradient += parameterAt;
  if (b.ownGradient) b.ownGradient += parameterAt;
  b.forward.from = partOf(b.forward.from, sample, block);
  if (b.carry.data) b.carry.data += (size_t)sample * b.carry.stride + (size_t)(block * b.carry.rows * kBlock);
  return b;
}

/** Some rows of a block of channels at a time, for the gradient before pooling is larger than all others. */
void Network::backwardThroughPool(int stage, int next, const Tile &tile, const NeuronBackward &whole) {
  const Stage &s = plan_.stages[(size_t)stage], &after = plan_.stages[(size_t)next];
  const Signal &in = plan_.output(stage), &out = plan_.output(next);
  const size_t steps = (size_t)stretch_.steps;
  float *gradient = at<float>(s.outputGradient, tile);
  for (int sample = 0; sample < tile.count; sample++) {
    PoolMaps p = pool(next, tile, sample);
    const MapWindow full = *p.window;
    MapWindow window = full;
    p.window = &window;
    p.inputGradient = gradient;
    const uint16_t *spikes = p.spikes;
    const float *arriving = at<float>(after.outputGradient, tile) + (size_t)sample * after.outputGradient.stride;
    const int rowsAtOnce = pooledRowsAtOnce(full, steps), rows = full.outputHeight;
    for (int block = 0; block < blocksOf(in.channels); block++) {
      window.channels = std::min(kBlock, in.channels - block * kBlock);
      for (int row = 0; row < rows; row += rowsAtOnce) {
        const int count = std::min(rowsAtOnce, rows - row);
        const bool all = count == rows;
        window.outputHeight = count;
        window.height = all ? full.height : count * full.strideY;
        const int first = block * in.places + row * full.strideY * full.width;
        p.spikes = spikes + (size_t)first * steps;
        p.gradient = arriving + (size_t)(block * out.places + row * full.outputWidth) * steps * kBlock;
        kernels_.maps.poolBackward(&p);
        profile.lap(tile.thread, (size_t)next, Direction::Backward);
        const int places = window.height * full.width;
        if (isPenalised(stage))
          addPenalties(stage, tile, {sample, 1, first, places}, gradient, s.outputGradient.stride, (int)steps);
        NeuronBackward b = sliceOf(whole, sample, 1, first, places);
        b.spikesGradient = gradient;
        b.spikesGradientStride = s.outputGradient.stride;
        neuronBackward(b);
        profile.lap(tile.thread, (size_t)stage, Direction::Backward);
      }
    }
  }
}

/** Some samples and blocks at a time, so that the gradient at the spikes never leaves the first-level cache. */
void Network::backwardThroughLinear(int stage, int linear, const Tile &tile, NeuronBackward whole) {
  const Stage &next = plan_.stages[(size_t)linear];
  const Signal &in = plan_.input(linear), &out = plan_.output(linear);
  const int steps = stretch_.steps;
  const size_t transposedBlock = (size_t)out.blocks * kBlock * kBlock;
  float *gradient = scratch<float>(plan_.spikesGradient, tile.thread);
  for (int block = 0; block < in.blocks; block += plan_.backBlocks) {
    const int blocks = std::min(plan_.backBlocks, in.blocks - block);
    for (int sample = 0; sample < tile.count; sample += plan_.backSamples) {
      const int samples = std::min(plan_.backSamples, tile.count - sample);
      const size_t stride = (size_t)(blocks * steps) * kBlock;
      const DenseProduct p = {
          at<float>(next.outputGradient, tile) + (size_t)sample * next.outputGradient.stride,
          next.outputGradient.stride, arena_.at<float>(next.linear.transposed) + (size_t)block * transposedBlock,
          transposedBlock, nullptr, gradient, stride, samples, steps, out.features, blocks};
      kernels_.denseProduct(&p);
      profile.lap(tile.thread, (size_t)linear, Direction::Backward);
      if (isPenalised(stage)) addPenalties(stage, tile, {sample, samples, block, blocks}, gradient, stride, steps);
      NeuronBackward b = sliceOf(whole, sample, samples, block, blocks);
      b.spikesGradient = gradient;
      b.spikesGradientStride = stride;
      neuronBackward(b);
      profile.lap(tile.thread, (size_t)stage, Direction::Backward);
    }
  }
}

void Network::transposeWeights(int stage) {
  const Stage &s = plan_.stages[(size_t)stage];
  if (s.kind == StageKind::Convolution)
    for (const GroupSection &section : s.map.forwardSections)
      for (int k = 0; k < section.from.count; k++)
        transposeWindow(stage, section.to.first, section.to.count, section.from.first + k);
  if (!s.isLinear) return;
  const Tensor &weight = plan_.tensors[(size_t)s.linear.weight];
  transposeWeights(stage, 0, weight.outBlocks, 0, weight.inBlocks);
}

void Network::transposeWeights(int stage, int firstOutput, int outputs, int firstInput, int inputs) {
  const Stage &s = plan_.stages[(size_t)stage];
  if (!s.isLinear || !s.linear.passesBack) return;
  const Tensor &weight = plan_.tensors[(size_t)s.linear.weight];
  kernels_.transpose(arena_.at<float>(weight.data), (size_t)weight.inBlocks * kBlock * kBlock, firstOutput, outputs,
                     firstInput, inputs, arena_.at<float>(s.linear.transposed),
                     (size_t)weight.outBlocks * kBlock * kBlock);
}

void Network::runTask(const UpdateTask &task, int thread) {
  if (task.kind == UpdateTask::Parameter) return updateNeuronParameter(task, thread);
  if (task.kind == UpdateTask::RecurrentWeight || task.kind == UpdateTask::RecurrentBias)
    return updateRecurrent(task, thread);
  if (plan_.streams && plan_.stages[(size_t)task.stage].kind == StageKind::Convolution) return updateFromParts(task, thread);
  if (plan_.stages[(size_t)task.stage].linear.sumsInParts) return updateLinearFromParts(task, thread);
  if (task.kind == UpdateTask::WindowWeight) return updateWindowWeights(task, thread);
  if (task.kind == UpdateTask::NormScale) return updateNormScale(task);
  const Stage &s = plan_.stages[(size_t)task.stage];
  const Signal &in = plan_.input(task.stage), &out = plan_.output(task.stage);
  const Tile all = {thread, 0, input_.samples};
  const int steps = out.steps(stretch_.steps);
  const float *gradient = at<float>(s.outputGradient, all);
  const size_t gradientStride = s.outputGradient.stride;
  if (task.kind == UpdateTask::Bias) {
    const int bias = s.isLinear ? s.linear.bias : s.map.bias;
    kernels_.rowSumGradient(gradient, gradientStride, input_.samples, steps * out.places, task.firstOutput,
                            task.outputs, &updates_[(size_t)bias]);
    return;
  }
  const Update &update = updates_[(size_t)s.linear.weight];
  const size_t weightStride = (size_t)in.blocks * kBlock * kBlock;
  if (task.kind == UpdateTask::SpikeWeight) {
    const SpikeWeightGradient g = {at<uint16_t>(in.place, all), in.place.stride, gradient, gradientStride,
                                   input_.samples, steps, task.firstOutput, task.outputs, task.firstInput, task.inputs, weightStride,
                                   &update, scratch<float>(plan_.tableScratch, thread)};
    kernels_.spikeWeightGradient(&g);
  } else {
    const uint64_t *active = skipsDarkness(task.stage) ? scratch<uint64_t>(plan_.active, ownsOutputs() ? 0 : thread) : nullptr;
    const DenseWeightGradient g = {at<float>(in.place, all), in.place.stride, gradient, gradientStride, input_.samples,
                                   steps, task.firstOutput, task.outputs, task.firstInput, task.inputs, weightStride,
                                   &update, active};
    kernels_.denseWeightGradient(&g);
  }
  if (updatesAtOnce())
    transposeWeights(task.stage, task.firstOutput, task.outputs, task.firstInput, task.inputs);
}

/** The parameter of a neuron that a task is for. */
const NeuronParameter &Network::learnedParameter(const NeuronStage &n, const UpdateTask &task) {
  const size_t which = (size_t)task.firstOutput, after = n.parameters.size();
  return which < after ? n.parameters[which] : which == after ? *n.own : *n.factor;
}

/** A number of each neuron or of all: the sums of each sample are added in the order of the samples, in double. */
void Network::updateNeuronParameter(const UpdateTask &task, int thread) {
  const NeuronStage &n = plan_.stages[(size_t)task.stage].neuron;
  const NeuronParameter &parameter = learnedParameter(n, task);
  const int index = parameter.tensor;
  const Tensor &tensor = plan_.tensors[(size_t)index];
  const Place &place = parameter.gradient;
  const float *rows = at<float>(place, {thread, 0, input_.samples});
  const float *values = arena_.at<float>(tensor.data);
  float *gradient = scratch<float>(plan_.parameterScratch, thread);
  std::fill(gradient, gradient + (size_t)tensor.outBlocks * kBlock, 0.0f);
  double whole = 0;
  for (int i = 0; i < n.neuron.neurons * n.neuron.places; i++) {
    const size_t slot = slotOf(i, n.neuron.places);
    double sum = 0;
    for (int b = 0; b < input_.samples; b++) sum += (double)rows[(size_t)b * place.stride + slot];
    whole += sum;
    if (!tensor.shape.empty()) gradient[i] = (float)sum;
  }
  if (tensor.shape.empty()) gradient[0] = (float)whole;
  if (parameter.transform == Transform::Share)
    for (size_t i = 0; i < tensor.count(); i++)
      if (!(values[i] >= 0.0f && values[i] <= 1.0f)) gradient[i] = 0.0f;
  kernels_.update(&updates_[(size_t)index], gradient, 0, tensor.outBlocks);
}

} // namespace spikedesk
