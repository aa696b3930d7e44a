#include "network.h"

#include <algorithm>
#include <cmath>

namespace spikedesk {

namespace {

/** How far ahead images are fetched into the cache. */
constexpr int kSamplesAhead = 2;

} // namespace

Network::Network(Program program, int threads)
    : kernels_(chooseKernels()), plan_(makePlan(std::move(program), kernels_, threads)), team_(threads),
      threadArenas_((size_t)threads), updates_(plan_.tensors.size()), losses_((size_t)plan_.program.batchSize),
      predictions_((size_t)plan_.program.batchSize),
      spikeCounts_((size_t)plan_.neuronLayers * (size_t)plan_.program.batchSize) {
  arena_.allocate(plan_.arenaBytes);
  for (Arena &a : threadArenas_) a.allocate(plan_.threadBytes);
  fillThresholds(plan_.program.encode, thresholds_);
}

template <class T> T *Network::at(const Place &place, const Tile &tile) const {
  if (place.wholeBatch) return arena_.at<T>(place.offset) + (size_t)tile.first * place.stride;
  return threadArenas_[(size_t)tile.thread].at<T>(place.offset);
}

void Network::run(Mode mode, const BatchInput &input, BatchOutput &output, const std::vector<LayerRecord> &records) {
  mode_ = mode;
  input_ = input;
  output_ = &output;
  records_ = &records;
  prepare();
  const int tileSamples = plan_.tileSamples;
  const int tiles = (input.samples + tileSamples - 1) / tileSamples;
  nextTile_ = nextTask_ = 0;
  team_.run([&](int thread) {
    const DenormalsAreZero guard;
    for (int i; (i = nextTile_.fetch_add(1, std::memory_order_relaxed)) < tiles;) {
      const int first = input.samples * i / tiles;
      runTile({thread, first, input.samples * (i + 1) / tiles - first});
    }
    if (!learns()) return;
    team_.meet();
    const int tasks = (int)plan_.tasks.size();
    for (int i; (i = nextTask_.fetch_add(1, std::memory_order_relaxed)) < tasks;)
      runTask(plan_.tasks[(size_t)i], thread);
  });
  if (mode == Mode::Train) step++;
  if (mode != Mode::Backpropagate) finish();
}

void Network::prepare() {
  prepareNeurons();
  if (learns()) {
    if (mode_ != Mode::Train) placeGradients();
    prepareUpdates();
    if (transposedStale_)
      for (size_t i = 0; i < plan_.stages.size(); i++)
        transposeWeights((int)i, 0, plan_.signals[i + 1].blocks, 0, plan_.signals[i].blocks);
    transposedStale_ = false;
  }
}

void Network::prepareNeurons() {
  for (Stage &s : plan_.stages) {
    if (s.isLinear || s.neuron.beta < 0) continue;
    NeuronStage &n = s.neuron;
    const Tensor &beta = plan_.tensors[(size_t)n.beta];
    const float *values = arena_.at<float>(beta.data);
    float *decay = arena_.at<float>(n.decay);
    for (int i = 0; i < n.neuron.neurons; i++)
      decay[i] = std::min(1.0f, std::max(0.0f, values[beta.shape.empty() ? 0 : i]));
    n.neuron.decay = decay;
    n.neuron.threshold = arena_.at<float>(plan_.tensors[(size_t)n.threshold].data)[0];
  }
}

void Network::placeGradients() {
  if (hasGradients_) return;
  Layout layout;
  for (Tensor &t : plan_.tensors)
    if (t.update >= 0) t.gradient = layout.take<float>(t.paddedFloats());
  gradients_.allocate(layout.size());
  hasGradients_ = true;
}

/** The constants of this step; corrections of Adam's moments are computed in double. */
void Network::prepareUpdates() {
  const double n = (double)(step + 1);
  for (size_t i = 0; i < plan_.tensors.size(); i++) {
    const Tensor &t = plan_.tensors[i];
    if (t.update < 0) continue;
    const UpdateOp &op = plan_.program.update[(size_t)t.update];
    Update &u = updates_[i];
    u = {};
    u.kind = mode_ != Mode::Train ? kStoreGradient : op.adam ? kAdam : kSgd;
    u.parameter = arena_.at<float>(t.data);
    u.gradient = hasGradients_ ? gradients_.at<float>(t.gradient) : nullptr;
    u.weightDecay = (float)op.weightDecay;
    if (op.adam) {
      u.first = arena_.at<float>(t.first);
      u.second = arena_.at<float>(t.second);
      u.stepSize = (float)(op.learningRate / (1.0 - std::pow(op.beta1, n)));
      u.beta1 = (float)op.beta1;
      u.beta2 = (float)op.beta2;
      u.beta1Rest = (float)(1.0 - op.beta1);
      u.beta2Rest = (float)(1.0 - op.beta2);
      u.rootCorrection = (float)(1.0 / std::sqrt(1.0 - std::pow(op.beta2, n)));
      u.epsilon = (float)op.epsilon;
    } else {
      u.first = op.momentumBuffer.empty() ? nullptr : arena_.at<float>(t.first);
      u.learningRate = (float)op.learningRate;
      u.momentum = (float)op.momentum;
      u.nesterov = op.nesterov;
      u.start = step == 0;
    }
  }
}

void Network::finish() {
  BatchOutput &out = *output_;
  out.loss = 0;
  out.correct = 0;
  for (int i = 0; i < input_.samples; i++) {
    out.loss += losses_[(size_t)i];
    out.predictions[i] = predictions_[(size_t)i];
    out.correct += predictions_[(size_t)i] == input_.labels[i];
  }
  const size_t batch = (size_t)plan_.program.batchSize;
  for (int layer = 0; layer < plan_.neuronLayers; layer++) {
    uint64_t spikes = 0;
    for (int i = 0; i < input_.samples; i++) spikes += spikeCounts_[(size_t)layer * batch + (size_t)i];
    out.layerSpikes[layer] = (double)spikes;
  }
}

void Network::runTile(const Tile &tile) {
  encode(tile);
  int layer = 0;
  for (size_t i = 0; i < plan_.stages.size(); i++) {
    if (plan_.stages[i].isLinear) {
      forwardLinear((int)i, tile);
      continue;
    }
    forwardNeuron((int)i, tile);
    countSpikes((int)i, layer, tile);
    if (mode_ == Mode::Trace) record((int)i, layer, tile);
    layer++;
  }
  if (mode_ == Mode::Backpropagate) takeGiven(tile);
  else lossOf(tile);
  if (!learns()) return;
  for (size_t i = plan_.stages.size(); i-- > 0 && plan_.stages[i].needsBackward;) {
    if (plan_.stages[i].isLinear) backwardLinear((int)i, tile);
    else backwardNeuron((int)i, tile);
  }
}

void Network::encode(const Tile &tile) {
  const Program &p = plan_.program;
  const Signal &signal = plan_.signals.front();
  const int n = signal.features, steps = signal.steps(p.timeSteps);
  if (signal.spikes && input_.values) return packSpikes(tile);
  if (signal.spikes) {
    SpikeEncoding e;
    e.thresholds = &thresholds_;
    e.seed = p.seed;
    e.purpose = input_.test ? kPurposeTest : kPurposeTrain;
    e.tiePurpose = input_.test ? kPurposeTieTest : kPurposeTieTrain;
    e.count = n;
    e.steps = steps;
    e.scratch = scratch<uint16_t>(plan_.encodeScratch, tile.thread);
    uint16_t *out = at<uint16_t>(signal.place, tile);
    for (int i = 0; i < tile.count; i++) {
      const uint32_t index = input_.indices[tile.first + i];
      kernels_.encodeSpikes(&e, input_.images + (size_t)index * (size_t)n, index, input_.test ? 0 : input_.epoch,
                            out + (size_t)i * signal.place.stride);
    }
    return;
  }
  if (input_.values) return packRows(input_.values, n, steps, signal.place, tile);
  float *out = at<float>(signal.place, tile);
  for (int i = 0; i < tile.count; i++) {
    const uint32_t *index = input_.indices + tile.first + i;
    const uint8_t *bytes = input_.images + (size_t)index[0] * (size_t)n;
    const int next = tile.first + i + kSamplesAhead;
    const uint8_t *ahead =
        next < input_.samples ? input_.images + (size_t)index[kSamplesAhead] * (size_t)n : nullptr;
    kernels_.encodeConstant(bytes, n, (float)p.encode.gain, (float)p.encode.offset, ahead,
                            out + (size_t)i * signal.place.stride);
  }
}

/** Values `[steps,B,features]` into the layout of the kernels. */
void Network::packRows(const float *values, int features, int steps, const Place &place, const Tile &tile) const {
  float *out = at<float>(place, tile);
  for (int i = 0; i < tile.count; i++, out += place.stride) {
    for (int t = 0; t < steps; t++) {
      const float *row =
          values + ((size_t)t * (size_t)input_.samples + (size_t)(tile.first + i)) * (size_t)features;
      for (int k = 0; k < features; k++)
        out[((size_t)(k / kBlock) * (size_t)steps + (size_t)t) * kBlock + (size_t)(k % kBlock)] = row[k];
    }
  }
}

void Network::takeGiven(const Tile &tile) {
  const Stage &last = plan_.stages.back();
  const int steps = plan_.program.timeSteps;
  if (!last.needsBackward) return;
  if (input_.spikesGradient) packRows(input_.spikesGradient, plan_.classes, steps, last.outputGradient, tile);
  if (input_.membraneGradient) packRows(input_.membraneGradient, plan_.classes, steps, last.membraneGradient, tile);
}

/** Input values of a network that takes spikes; they are known to be 0 or 1. */
void Network::packSpikes(const Tile &tile) {
  const Signal &signal = plan_.signals.front();
  const int n = signal.features, steps = plan_.program.timeSteps;
  uint16_t *out = at<uint16_t>(signal.place, tile);
  for (int i = 0; i < tile.count; i++, out += signal.place.stride) {
    std::fill(out, out + (size_t)signal.blocks * (size_t)steps, (uint16_t)0);
    for (int t = 0; t < steps; t++) {
      const float *values = input_.values + ((size_t)t * (size_t)input_.samples + (size_t)(tile.first + i)) * (size_t)n;
      for (int k = 0; k < n; k++)
        out[(size_t)(k / kBlock) * (size_t)steps + (size_t)t] |= (uint16_t)((values[k] != 0.0f) << (k % kBlock));
    }
  }
}

void Network::forwardLinear(int stage, const Tile &tile) {
  const LinearStage &linear = plan_.stages[(size_t)stage].linear;
  const Signal &in = plan_.signals[(size_t)stage], &out = plan_.signals[(size_t)stage + 1];
  const Tensor &weight = plan_.tensors[(size_t)linear.weight];
  const float *bias = linear.bias >= 0 ? arena_.at<float>(plan_.tensors[(size_t)linear.bias].data) : nullptr;
  const size_t weightStride = (size_t)weight.inBlocks * kBlock * kBlock;
  const int steps = out.steps(plan_.program.timeSteps);
  if (in.spikes) {
    const SpikeProduct p = {at<uint16_t>(in.place, tile), in.place.stride, arena_.at<float>(weight.data), weightStride,
                            bias, at<float>(out.place, tile), out.place.stride, tile.count, steps, in.blocks,
                            out.blocks, scratch<float>(plan_.tableScratch, tile.thread)};
    kernels_.spikeProduct(&p);
    return;
  }
  const DenseProduct p = {at<float>(in.place, tile), in.place.stride, arena_.at<float>(weight.data), weightStride,
                          bias, at<float>(out.place, tile), out.place.stride, tile.count, steps, in.features,
                          out.blocks};
  kernels_.denseProduct(&p);
}

NeuronForward Network::neuronForward(int stage, const Tile &tile) const {
  const NeuronStage &n = plan_.stages[(size_t)stage].neuron;
  const Signal &in = plan_.signals[(size_t)stage], &out = plan_.signals[(size_t)stage + 1];
  const Place &current = in.spikes ? n.expanded : in.place;
  NeuronForward f = {};
  f.neuron = &n.neuron;
  f.current = at<float>(current, tile);
  f.currentStride = current.stride;
  f.staticCurrent = in.isStatic;
  f.samples = tile.count;
  f.steps = plan_.program.timeSteps;
  f.blocks = out.blocks;
  f.spikes = at<uint16_t>(out.place, tile);
  f.spikesStride = out.place.stride;
  return f;
}

void Network::forwardNeuron(int stage, const Tile &tile) {
  const NeuronStage &n = plan_.stages[(size_t)stage].neuron;
  const Signal &in = plan_.signals[(size_t)stage];
  if (in.spikes) {
    const uint16_t *spikes = at<uint16_t>(in.place, tile);
    float *expanded = at<float>(n.expanded, tile);
    for (int i = 0; i < tile.count; i++)
      kernels_.expandSpikes(spikes + (size_t)i * in.place.stride, (size_t)in.blocks * (size_t)plan_.program.timeSteps,
                            expanded + (size_t)i * n.expanded.stride);
  }
  NeuronForward f = neuronForward(stage, tile);
  const bool last = (size_t)stage + 1 == plan_.stages.size();
  if ((last && plan_.lossReadsMembrane) || mode_ == Mode::Trace) {
    f.membrane = at<float>(n.membrane, tile);
    f.membraneStride = n.membrane.stride;
  }
  kernels_.neuronForward(&f);
}

void Network::countSpikes(int stage, int layer, const Tile &tile) {
  const Signal &out = plan_.signals[(size_t)stage + 1];
  const size_t words = (size_t)out.blocks * (size_t)plan_.program.timeSteps;
  for (int i = 0; i < tile.count; i++) {
    const uint16_t *bits = at<uint16_t>(out.place, tile) + (size_t)i * out.place.stride;
    spikeCounts_[(size_t)layer * (size_t)plan_.program.batchSize + (size_t)(tile.first + i)] =
        kernels_.countSpikes(bits, words);
  }
}

void Network::record(int stage, int layer, const Tile &tile) {
  const LayerRecord &to = (*records_)[(size_t)layer];
  const Signal &out = plan_.signals[(size_t)stage + 1];
  const NeuronStage &n = plan_.stages[(size_t)stage].neuron;
  const int steps = plan_.program.timeSteps;
  for (int i = 0; i < tile.count; i++) {
    const uint16_t *bits = at<uint16_t>(out.place, tile) + (size_t)i * out.place.stride;
    const float *membrane = at<float>(n.membrane, tile) + (size_t)i * n.membrane.stride;
    for (int t = 0; t < steps; t++) {
      const size_t row = ((size_t)t * (size_t)input_.samples + (size_t)(tile.first + i)) * (size_t)out.features;
      for (int k = 0; k < out.features; k++) {
        const size_t word = (size_t)(k / kBlock) * (size_t)steps + (size_t)t;
        to.spikes[row + (size_t)k] = (uint8_t)(bits[word] >> (k % kBlock) & 1);
        to.membrane[row + (size_t)k] = membrane[word * kBlock + (size_t)(k % kBlock)];
      }
    }
  }
}

void Network::lossOf(const Tile &tile) {
  const Signal &out = plan_.signals.back();
  const Stage &last = plan_.stages.back();
  const bool wantsGradient = learns() && last.needsBackward;
  const Place &to = plan_.lossReadsMembrane ? last.membraneGradient : last.outputGradient;
  float *counts = scratch<float>(plan_.counts, tile.thread);
  for (int i = 0; i < tile.count; i++) {
    LossSample s = {};
    s.loss = plan_.loss;
    s.steps = plan_.program.timeSteps;
    s.classes = plan_.classes;
    s.label = input_.labels[tile.first + i];
    s.batch = input_.samples;
    s.spikes = at<uint16_t>(out.place, tile) + (size_t)i * out.place.stride;
    s.membrane = at<float>(last.neuron.membrane, tile) + (size_t)i * last.neuron.membrane.stride;
    if (wantsGradient) s.gradient = at<float>(to, tile) + (size_t)i * to.stride;
    s.counts = counts;
    s.scratch = scratch<float>(plan_.lossScratch, tile.thread);
    const LossValue value = kernels_.loss(&s);
    losses_[(size_t)(tile.first + i)] = value.loss;
    predictions_[(size_t)(tile.first + i)] = value.prediction;
    std::copy(counts, counts + plan_.classes,
              output_->counts + (size_t)(tile.first + i) * (size_t)plan_.classes);
  }
}

const Place &Network::gradientAtInput(int stage) const {
  return stage > 0 ? plan_.stages[(size_t)stage - 1].outputGradient : plan_.inputGradient;
}

/** The gradient at the input of a linear stage that follows another one; after neurons see backwardNeuron. */
void Network::backwardLinear(int stage, const Tile &tile) {
  const Stage &s = plan_.stages[(size_t)stage];
  if (!s.linear.passesBack || (stage > 0 && !plan_.stages[(size_t)stage - 1].isLinear)) return;
  const Signal &in = plan_.signals[(size_t)stage], &out = plan_.signals[(size_t)stage + 1];
  const Place &to = gradientAtInput(stage);
  const DenseProduct p = {at<float>(s.outputGradient, tile), s.outputGradient.stride,
                          arena_.at<float>(s.linear.transposed), (size_t)out.blocks * kBlock * kBlock, nullptr,
                          at<float>(to, tile), to.stride, tile.count, out.steps(plan_.program.timeSteps), out.features,
                          in.blocks};
  kernels_.denseProduct(&p);
}

void Network::backwardNeuron(int stage, const Tile &tile) {
  const Stage &s = plan_.stages[(size_t)stage];
  const bool last = (size_t)stage + 1 == plan_.stages.size();
  NeuronBackward b = {};
  b.forward = neuronForward(stage, tile);
  b.scratch = scratch<float>(plan_.neuronScratch, tile.thread);
  if (s.neuron.passesBack) {
    const Place &to = gradientAtInput(stage);
    b.inputGradient = at<float>(to, tile);
    b.inputGradientStride = to.stride;
  }
  if (s.neuron.learnsBeta) {
    b.decayGradient = at<float>(s.neuron.betaGradient, tile);
    b.parameterGradientStride = s.neuron.betaGradient.stride;
  }
  if (s.neuron.learnsThreshold) {
    b.thresholdGradient = at<float>(s.neuron.thresholdGradient, tile);
    b.parameterGradientStride = s.neuron.thresholdGradient.stride;
  }
  if (!last && plan_.stages[(size_t)stage + 1].isLinear) return backwardThroughLinear(stage, tile, b);
  const bool given = mode_ == Mode::Backpropagate;
  const bool atMembrane = last && (given ? input_.membraneGradient && s.takesMembraneGradient : plan_.lossReadsMembrane);
  const bool atSpikes = !last || (given ? input_.spikesGradient && s.takesSpikesGradient : !plan_.lossReadsMembrane);
  if (atMembrane) b.membraneGradient = at<float>(s.membraneGradient, tile);
  if (atSpikes) b.spikesGradient = at<float>(s.outputGradient, tile);
  b.membraneGradientStride = s.membraneGradient.stride;
  b.spikesGradientStride = s.outputGradient.stride;
  b.staticSpikesGradient = last && !given;
  kernels_.neuronBackward(&b);
}

/** Some samples and blocks at a time, so that the gradient at the spikes never leaves the first-level cache. */
void Network::backwardThroughLinear(int stage, const Tile &tile, NeuronBackward whole) {
  const Stage &next = plan_.stages[(size_t)stage + 1];
  const Signal &in = plan_.signals[(size_t)stage + 1], &out = plan_.signals[(size_t)stage + 2];
  const int steps = plan_.program.timeSteps;
  const size_t currentBlock = (size_t)(whole.forward.staticCurrent ? 1 : steps) * kBlock;
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
      NeuronBackward b = whole;
      b.forward.samples = samples;
      b.forward.firstBlock = block;
      b.forward.blocks = blocks;
      b.forward.current += (size_t)sample * b.forward.currentStride + (size_t)block * currentBlock;
      b.spikesGradient = gradient;
      b.spikesGradientStride = stride;
      const size_t parameterAt = (size_t)sample * b.parameterGradientStride + (size_t)(block * kBlock);
      if (b.inputGradient) b.inputGradient += (size_t)sample * b.inputGradientStride + (size_t)block * currentBlock;
      if (b.decayGradient) b.decayGradient += parameterAt;
      if (b.thresholdGradient) b.thresholdGradient += parameterAt;
      kernels_.neuronBackward(&b);
    }
  }
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
  if (task.kind == UpdateTask::Beta || task.kind == UpdateTask::Threshold) return updateNeuronParameter(task, thread);
  const Stage &s = plan_.stages[(size_t)task.stage];
  const Signal &in = plan_.signals[(size_t)task.stage], &out = plan_.signals[(size_t)task.stage + 1];
  const Tile all = {thread, 0, input_.samples};
  const int steps = out.steps(plan_.program.timeSteps);
  const float *gradient = at<float>(s.outputGradient, all);
  const size_t gradientStride = s.outputGradient.stride;
  if (task.kind == UpdateTask::Bias) {
    kernels_.rowSumGradient(gradient, gradientStride, input_.samples, steps, task.firstOutput, task.outputs,
                            &updates_[(size_t)s.linear.bias]);
    return;
  }
  const Update &update = updates_[(size_t)s.linear.weight];
  const size_t weightStride = (size_t)in.blocks * kBlock * kBlock;
  if (task.kind == UpdateTask::SpikeWeight) {
    const SpikeWeightGradient g = {at<uint16_t>(in.place, all), in.place.stride, gradient, gradientStride,
                                   input_.samples, steps, task.firstOutput, task.firstInput, task.inputs, weightStride,
                                   &update, scratch<float>(plan_.tableScratch, thread)};
    kernels_.spikeWeightGradient(&g);
  } else {
    const DenseWeightGradient g = {at<float>(in.place, all), in.place.stride, gradient, gradientStride, input_.samples,
                                   steps, task.firstOutput, task.outputs, task.firstInput, task.inputs, weightStride,
                                   &update};
    kernels_.denseWeightGradient(&g);
  }
  if (mode_ == Mode::Train)
    transposeWeights(task.stage, task.firstOutput, task.outputs, task.firstInput, task.inputs);
}

/** β or θ: the sums of each sample are added in the order of the samples, in double. */
void Network::updateNeuronParameter(const UpdateTask &task, int thread) {
  const NeuronStage &n = plan_.stages[(size_t)task.stage].neuron;
  const bool isBeta = task.kind == UpdateTask::Beta;
  const int index = isBeta ? n.beta : n.threshold;
  const Tensor &tensor = plan_.tensors[(size_t)index];
  const Place &place = isBeta ? n.betaGradient : n.thresholdGradient;
  const float *rows = at<float>(place, {thread, 0, input_.samples});
  const float *values = arena_.at<float>(tensor.data);
  float *gradient = scratch<float>(plan_.parameterScratch, thread);
  std::fill(gradient, gradient + (size_t)tensor.outBlocks * kBlock, 0.0f);
  double whole = 0;
  for (int i = 0; i < n.neuron.neurons; i++) {
    double sum = 0;
    for (int b = 0; b < input_.samples; b++) sum += (double)rows[(size_t)b * place.stride + (size_t)i];
    whole += sum;
    if (!tensor.shape.empty()) gradient[i] = (float)sum;
  }
  if (tensor.shape.empty()) gradient[0] = (float)whole;
  if (isBeta)
    for (size_t i = 0; i < tensor.count(); i++)
      if (!(values[i] >= 0.0f && values[i] <= 1.0f)) gradient[i] = 0.0f;
  kernels_.update(&updates_[(size_t)index], gradient, 0, tensor.outBlocks);
}

void Network::readInputGradient(float *out, int samples) const {
  const Place &place = plan_.inputGradient;
  const int n = inputs(), steps = inputSteps();
  for (int t = 0; t < steps; t++) {
    for (int b = 0; b < samples; b++) {
      const float *from = arena_.at<float>(place.offset) + (size_t)b * place.stride;
      for (int k = 0; k < n; k++)
        *out++ = from[((size_t)(k / kBlock) * (size_t)steps + (size_t)t) * kBlock + (size_t)(k % kBlock)];
    }
  }
}

bool Network::hasPart(int tensor, TensorPart part) const {
  const Tensor &t = plan_.tensors[(size_t)tensor];
  if (part == TensorPart::Value) return true;
  if (t.update < 0) return false;
  if (part == TensorPart::Gradient) return hasGradients_;
  const UpdateOp &op = plan_.program.update[(size_t)t.update];
  return part == TensorPart::First ? op.adam || !op.momentumBuffer.empty() : op.adam;
}

size_t Network::partOffset(const Tensor &t, TensorPart part) const {
  switch (part) {
  case TensorPart::Value: return t.data;
  case TensorPart::First: return t.first;
  case TensorPart::Second: return t.second;
  default: return t.gradient;
  }
}

void Network::read(int tensor, TensorPart part, float *out) const {
  const Tensor &t = plan_.tensors[(size_t)tensor];
  const float *from = partArena(part).at<float>(partOffset(t, part));
  if (!t.weight) {
    std::copy(from, from + t.count(), out);
    return;
  }
  const int outputs = t.shape[0], inputs = t.shape[1];
  for (int o = 0; o < outputs; o++) {
    const float *block = from + (size_t)(o / kBlock) * (size_t)t.inBlocks * kBlock * kBlock + o % kBlock;
    for (int i = 0; i < inputs; i++) out[(size_t)o * (size_t)inputs + (size_t)i] = block[(size_t)i * kBlock];
  }
}

void Network::write(int tensor, TensorPart part, const float *values) {
  const Tensor &t = plan_.tensors[(size_t)tensor];
  float *to = partArena(part).at<float>(partOffset(t, part));
  transposedStale_ = true;
  if (!t.weight) {
    std::copy(values, values + t.count(), to);
    return;
  }
  const int outputs = t.shape[0], inputs = t.shape[1];
  for (int o = 0; o < outputs; o++) {
    float *block = to + (size_t)(o / kBlock) * (size_t)t.inBlocks * kBlock * kBlock + o % kBlock;
    for (int i = 0; i < inputs; i++) block[(size_t)i * kBlock] = values[(size_t)o * (size_t)inputs + (size_t)i];
  }
}

} // namespace spikedesk
