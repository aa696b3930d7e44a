// A tile of samples on its way from the input to the loss.
#include <algorithm>

#include "network.h"

namespace spikedesk {

namespace {

/** How far ahead images are fetched into the cache. */
constexpr int kSamplesAhead = 2;

} // namespace

void Network::encode(const Tile &tile) {
  const Program &p = plan_.program;
  const Signal &signal = plan_.signals.front();
  const int n = signal.features, steps = signal.steps(p.timeSteps);
  if (input_.starts) return packFrames(tile);
  if (signal.spikes && input_.values) return packSpikes(tile);
  if (signal.places > 1 && !input_.values) {
    for (int i = 0; i < tile.count; i++) {
      const uint32_t index = input_.indices[tile.first + i];
      spreadInput(tile, i, input_.images + (size_t)index * (size_t)n, index);
    }
    return;
  }
  if (signal.spikes) {
    const SpikeEncoding e = spikeEncoding(tile.thread);
    uint16_t *out = at<uint16_t>(signal.place, tile);
    for (int i = 0; i < tile.count; i++) {
      const uint32_t index = input_.indices[tile.first + i];
      kernels_.encodeSpikes(&e, input_.images + (size_t)index * (size_t)n, index, input_.test ? 0 : input_.epoch,
                            out + (size_t)i * signal.place.stride);
    }
    return;
  }
  if (input_.values) return packRows(input_.values, n, signal.places, steps, signal.place, tile);
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

SpikeEncoding Network::spikeEncoding(int thread) const {
  const Program &p = plan_.program;
  const Signal &signal = plan_.signals.front();
  SpikeEncoding e;
  e.thresholds = &thresholds_;
  e.seed = p.seed;
  e.purpose = input_.test ? kPurposeTest : kPurposeTrain;
  e.tiePurpose = input_.test ? kPurposeTieTest : kPurposeTieTrain;
  e.count = signal.features;
  e.steps = signal.steps(p.timeSteps);
  e.scratch = scratch<uint16_t>(plan_.encodeScratch, thread);
  return e;
}

/** An image encoded as if it had no places, then spread over its maps. */
void Network::spreadInput(const Tile &tile, int sample, const uint8_t *bytes, uint32_t index) {
  const Program &p = plan_.program;
  const Signal &signal = plan_.signals.front();
  const size_t steps = (size_t)signal.steps(p.timeSteps);
  if (signal.spikes) {
    const SpikeEncoding e = spikeEncoding(tile.thread);
    uint16_t *encoded = scratch<uint16_t>(plan_.encoded, tile.thread);
    kernels_.encodeSpikes(&e, bytes, index, input_.test ? 0 : input_.epoch, encoded);
    uint16_t *out = at<uint16_t>(signal.place, tile) + (size_t)sample * signal.place.stride;
    std::fill(out, out + (size_t)signal.blocks * steps, (uint16_t)0);
    for (int k = 0; k < signal.features; k++) {
      const size_t slot = slotOf(k, signal.places);
      for (size_t t = 0; t < steps; t++) {
        const int spike = encoded[(size_t)(k / kBlock) * steps + t] >> (k % kBlock) & 1;
        out[slot / kBlock * steps + t] |= (uint16_t)(spike << (slot % kBlock));
      }
    }
    return;
  }
  float *encoded = scratch<float>(plan_.encoded, tile.thread);
  kernels_.encodeConstant(bytes, signal.features, (float)p.encode.gain, (float)p.encode.offset, nullptr, encoded);
  float *out = at<float>(signal.place, tile) + (size_t)sample * signal.place.stride;
  for (int k = 0; k < signal.features; k++) out[slotOf(k, signal.places)] = encoded[k];
}

/** Values `[steps,B,features]` into the layout of the kernels. */
void Network::packRows(const float *values, int features, int places, int steps, const Place &place,
                       const Tile &tile) const {
  float *out = at<float>(place, tile);
  for (int i = 0; i < tile.count; i++, out += place.stride) {
    for (int t = 0; t < steps; t++) {
      const float *row =
          values + ((size_t)t * (size_t)input_.samples + (size_t)(tile.first + i)) * (size_t)features;
      for (int k = 0; k < features; k++) {
        const size_t slot = slotOf(k, places);
        out[(slot / kBlock * (size_t)steps + (size_t)t) * kBlock + slot % kBlock] = row[k];
      }
    }
  }
}

void Network::takeGiven(const Tile &tile) {
  const Stage &last = plan_.stages.back();
  const int steps = plan_.program.timeSteps;
  if (!last.needsBackward) return;
  if (input_.spikesGradient) packRows(input_.spikesGradient, plan_.outputs, 1, steps, last.outputGradient, tile);
  if (input_.membraneGradient) packRows(input_.membraneGradient, plan_.outputs, 1, steps, last.membraneGradient, tile);
}

/** Input values of a network that takes spikes; they are known to be 0 or 1. */
void Network::packSpikes(const Tile &tile) {
  const Signal &signal = plan_.signals.front();
  const int n = signal.features, steps = signal.steps(plan_.program.timeSteps);
  uint16_t *out = at<uint16_t>(signal.place, tile);
  for (int i = 0; i < tile.count; i++, out += signal.place.stride) {
    std::fill(out, out + (size_t)signal.blocks * (size_t)steps, (uint16_t)0);
    for (int t = 0; t < steps; t++) {
      const float *values = input_.values + ((size_t)t * (size_t)input_.samples + (size_t)(tile.first + i)) * (size_t)n;
      for (int k = 0; k < n; k++)
        out[slotOf(k, signal.places) / kBlock * (size_t)steps + (size_t)t] |=
            (uint16_t)((values[k] != 0.0f) << (k / signal.places % kBlock));
    }
  }
}

/** Sparse frames, straight into the layout. Entries that lie outside are left out: another thread of JavaScript may
 * have changed shared arrays since they were checked. */
void Network::packFrames(const Tile &tile) {
  const Signal &signal = plan_.signals.front();
  const size_t steps = (size_t)signal.steps(plan_.program.timeSteps), n = (size_t)signal.features;
  for (int i = 0; i < tile.count; i++) {
    const size_t words = (size_t)signal.blocks * steps;
    uint16_t *bits = signal.spikes ? at<uint16_t>(signal.place, tile) + (size_t)i * signal.place.stride : nullptr;
    float *rows = signal.spikes ? nullptr : at<float>(signal.place, tile) + (size_t)i * signal.place.stride;
    if (bits) std::fill(bits, bits + words, (uint16_t)0);
    else std::fill(rows, rows + words * kBlock, 0.0f);
    for (size_t t = 0; t < steps; t++) {
      const uint32_t *start = input_.starts + (size_t)(tile.first + i) * steps + t;
      const size_t end = std::min((size_t)start[1], input_.entries);
      for (size_t entry = start[0]; entry < end; entry++) {
        const size_t place = input_.places[entry];
        if (place >= n) continue;
        const size_t slot = slotOf((int)place, signal.places), word = slot / kBlock * steps + t;
        if (bits) bits[word] |= (uint16_t)(1 << slot % kBlock);
        else rows[word * kBlock + slot % kBlock] = input_.frameValues ? input_.frameValues[entry] : 1.0f;
      }
    }
  }
}

void Network::forwardLinear(int stage, const Tile &tile) {
  const LinearStage &linear = plan_.stages[(size_t)stage].linear;
  const Signal &in = plan_.input(stage), &out = plan_.output(stage);
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
                          bias, at<float>(out.place, tile), out.place.stride, tile.count, steps, in.lanes(),
                          out.blocks};
  kernels_.denseProduct(&p);
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
  f.steps = plan_.program.timeSteps;
  f.blocks = out.blocks;
  f.spikes = at<uint16_t>(spikesOf(stage), tile);
  f.spikesStride = spikesOf(stage).stride;
  f.padded = scratch<float>(plan_.recurrentPadded, tile.thread);
  return f;
}

void Network::expandSpikes(const Signal &in, const Place &to, const Tile &tile) {
  for (int i = 0; i < tile.count; i++)
    kernels_.expandSpikes(at<uint16_t>(in.place, tile) + (size_t)i * in.place.stride,
                          (size_t)in.blocks * (size_t)plan_.program.timeSteps,
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
  f.scratch = scratch<float>(plan_.neuronScratch, tile.thread);
  if (mode_ == Mode::Trace)
    for (size_t i = 0; i < n.states.size(); i++) f.states[i] = at<float>(n.states[i], tile);
  if (goesByStep(n.neuron)) kernels_.stepForward(&f);
  else kernels_.neuronForward(&f);
  if (n.factor) gradeSpikes(stage, tile);
}

void Network::countSpikes(int stage, int layer, const Tile &tile) {
  const Signal &out = plan_.output(stage);
  const size_t words = (size_t)out.blocks * (size_t)plan_.program.timeSteps;
  for (int i = 0; i < tile.count; i++) {
    const uint16_t *bits = at<uint16_t>(spikesOf(stage), tile) + (size_t)i * spikesOf(stage).stride;
    spikeCounts_[(size_t)layer * (size_t)plan_.program.batchSize + (size_t)(tile.first + i)] =
        kernels_.countSpikes(bits, words);
  }
}

void Network::record(int stage, int layer, const Tile &tile) {
  const LayerRecord &to = (*records_)[(size_t)layer];
  const Signal &out = plan_.output(stage);
  const NeuronStage &n = plan_.stages[(size_t)stage].neuron;
  const int steps = plan_.program.timeSteps;
  for (int i = 0; i < tile.count; i++) {
    const uint16_t *bits = at<uint16_t>(spikesOf(stage), tile) + (size_t)i * spikesOf(stage).stride;
    const float *membrane = at<float>(n.membrane, tile) + (size_t)i * n.membrane.stride;
    for (int t = 0; t < steps; t++) {
      const size_t row = ((size_t)t * (size_t)input_.samples + (size_t)(tile.first + i)) * (size_t)out.features;
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
  const Place &spikes = spikesOf((int)plan_.stages.size() - 1);
  const Stage &last = plan_.stages.back();
  const bool wantsGradient = learns() && last.needsBackward;
  const Place &to = plan_.lossReadsMembrane ? last.membraneGradient : last.outputGradient;
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
    s.membrane = at<float>(last.neuron.membrane, tile) + (size_t)i * last.neuron.membrane.stride;
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
