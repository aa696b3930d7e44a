// How a tile of samples becomes the input: images encoded, or values and frames taken as they are given.
#include <algorithm>

#include "network.h"

namespace spikedesk {

void Network::encode(const Tile &tile) {
  const Signal &signal = plan_.signals.front();
  if (input_.starts) return packFrames(tile);
  if (input_.values && signal.spikes) return packSpikes(tile);
  if (input_.values)
    return packRows(input_.values, signal, signal.place, tile);
  for (int i = 0; i < tile.count; i++) {
    const InputImage image = imageAt(tile.first + i);
    const size_t first = (size_t)i * signal.place.stride;
    if (signal.spikes) encodeSpikes(image, tile.thread, at<uint16_t>(signal.place, tile) + first);
    else encodeValues(image, tile.thread, at<float>(signal.place, tile) + first);
  }
}

/** An image encoded as if it had no places, then spread over its maps where it has. */
void Network::encodeSpikes(const InputImage &image, int thread, uint16_t *output) {
  const Signal &signal = plan_.signals.front();
  const size_t steps = (size_t)signal.steps(stretch_.steps);
  const bool spreads = signal.places > 1;
  uint16_t *encoded = spreads ? scratch<uint16_t>(plan_.encoded, thread) : output;
  if (plan_.program.encode.levels->kind == InputLevels::Trains) {
    const TrainEncoding e = trainEncoding();
    kernels_.encode.trains(&e, image.bytes, encoded);
  } else {
    const SpikeEncoding e = spikeEncoding(thread);
    kernels_.encode.spikes(&e, image.bytes, image.index, input_.test ? 0 : input_.epoch, encoded);
  }
  if (!spreads) return;
  std::fill(output, output + (size_t)signal.blocks * steps, (uint16_t)0);
  for (int k = 0; k < signal.features; k++) {
    const size_t slot = slotOf(k, signal.places);
    const uint16_t *from = encoded + (size_t)(k / kBlock) * steps;
    uint16_t *to = output + slot / kBlock * steps;
    for (size_t t = 0; t < steps; t++) to[t] |= (uint16_t)((from[t] >> (k % kBlock) & 1) << (slot % kBlock));
  }
}

void Network::encodeValues(const InputImage &image, int thread, float *output) {
  const Signal &signal = plan_.signals.front();
  const InputLevels &levels = *plan_.program.encode.levels;
  const size_t steps = (size_t)signal.steps(stretch_.steps);
  const bool spreads = signal.places > 1;
  float *encoded = spreads ? scratch<float>(plan_.encoded, thread) : output;
  if (levels.kind == InputLevels::Sequences) {
    const SequenceEncoding e = {levelRows(), levels.values.data(), signal.features, stretch_.first, (int)steps};
    kernels_.encode.sequences(&e, image.bytes, encoded);
  } else {
    encodeCurrents(image.bytes, signal.features, image.ahead, encoded);
  }
  if (!spreads) return;
  for (int k = 0; k < signal.features; k++) {
    const size_t slot = slotOf(k, signal.places);
    const float *from = encoded + (size_t)(k / kBlock) * steps * kBlock + k % kBlock;
    float *to = output + slot / kBlock * steps * kBlock + slot % kBlock;
    for (size_t t = 0; t < steps * kBlock; t += kBlock) to[t] = from[t];
  }
}

SpikeEncoding Network::spikeEncoding(int thread) const {
  const InputLevels &levels = *plan_.program.encode.levels;
  SpikeEncoding e;
  e.thresholds = thresholds_.data();
  e.seed = plan_.program.seed;
  e.purpose = input_.test ? kPurposeTest : kPurposeTrain;
  e.tiePurpose = input_.test ? kPurposeTieTest : kPurposeTieTrain;
  e.pixels = imageBytes();
  e.fields = levels.fields;
  e.from = stretch_.first;
  e.steps = stretch_.steps;
  e.firstStep = levels.firstStep;
  e.period = levels.period;
  e.scratch = scratch<uint16_t>(plan_.encodeScratch, thread);
  return e;
}

LevelRows Network::levelRows() const {
  const InputLevels &levels = *plan_.program.encode.levels;
  return {levels.ranks.data(), levels.rows.data(), levels.rowCount};
}

TrainEncoding Network::trainEncoding() const {
  const InputLevels &levels = *plan_.program.encode.levels;
  return {levelRows(), levels.trains.data(), imageBytes(), levels.fields, stretch_.first, stretch_.steps};
}

/** Of values `[steps,B,features]` those of the stretch at work, into the layout of the kernels. */
void Network::packRows(const float *values, const Signal &signal, const Place &place, const Tile &tile) const {
  const int features = signal.features, places = signal.places, steps = signal.steps(stretch_.steps);
  const size_t first = firstStepOf(signal);
  float *out = at<float>(place, tile);
  for (int i = 0; i < tile.count; i++, out += place.stride) {
    for (int t = 0; t < steps; t++) {
      const float *row =
          values + ((first + (size_t)t) * (size_t)input_.samples + (size_t)(tile.first + i)) * (size_t)features;
      for (int k = 0; k < features; k++) {
        const size_t slot = slotOf(k, places);
        out[(slot / kBlock * (size_t)steps + (size_t)t) * kBlock + slot % kBlock] = row[k];
      }
    }
  }
}

/** Input values of a network that takes spikes; they are known to be 0 or 1. */
void Network::packSpikes(const Tile &tile) {
  const Signal &signal = plan_.signals.front();
  const int n = signal.features, steps = signal.steps(stretch_.steps);
  uint16_t *out = at<uint16_t>(signal.place, tile);
  for (int i = 0; i < tile.count; i++, out += signal.place.stride) {
    std::fill(out, out + (size_t)signal.blocks * (size_t)steps, (uint16_t)0);
    for (int t = 0; t < steps; t++) {
      const float *values = input_.values + ((firstStepOf(signal) + (size_t)t) * (size_t)input_.samples + (size_t)(tile.first + i)) * (size_t)n;
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
  const size_t steps = (size_t)signal.steps(stretch_.steps), n = (size_t)signal.features;
  for (int i = 0; i < tile.count; i++) {
    const size_t words = (size_t)signal.blocks * steps;
    uint16_t *bits = signal.spikes ? at<uint16_t>(signal.place, tile) + (size_t)i * signal.place.stride : nullptr;
    float *rows = signal.spikes ? nullptr : at<float>(signal.place, tile) + (size_t)i * signal.place.stride;
    if (bits) std::fill(bits, bits + words, (uint16_t)0);
    else std::fill(rows, rows + words * kBlock, 0.0f);
    for (size_t t = 0; t < steps; t++) {
      const uint32_t *start = input_.starts + (size_t)(tile.first + i) * (size_t)inputSteps() + firstStepOf(signal) + t;
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

} // namespace spikedesk
