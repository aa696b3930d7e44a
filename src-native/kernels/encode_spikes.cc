// Rate and Poisson coding: at every step each element draws 16 bits and compares them with the threshold of its byte.
// Element i draws half i & 1 of word (i >> 5) & 3 of counter (16 · (i >> 7) + ((i >> 1) & 15), step, sample, epoch),
// so 16 counters serve 128 elements. Where a draw equals the upper 16 bits of the threshold, a draw from a second
// stream is compared with its lower 16 bits.
#include "entry.h"
#include "philox.h"

namespace {

constexpr int kGroup = 128;

/** Thresholds of the elements of one sample, 32 elements a word of `always` and `tied`. */
struct SampleThresholds {
  uint16_t *high;
  uint16_t *low;
  uint32_t *always;
  uint32_t *tied;
};

SampleThresholds lookUp(const SpikeEncoding &e, const uint8_t *bytes) {
  const int padded = (e.count + kGroup - 1) / kGroup * kGroup;
  SampleThresholds t;
  t.high = e.scratch;
  t.low = e.scratch + padded;
  t.always = (uint32_t *)(e.scratch + 2 * padded);
  t.tied = t.always + padded / 32;
  for (int w = 0; w < padded / 32; w++) {
    uint32_t always = 0, tied = 0;
    for (int j = 0; j < 32; j++) {
      const int i = w * 32 + j;
      const bool real = i < e.count;
      const int b = real ? bytes[i] : 0;
      const uint32_t all = real ? e.thresholds->always[b] : 0;
      t.high[i] = real ? e.thresholds->high[b] : 0;
      t.low[i] = real ? e.thresholds->low[b] : 0;
      always |= all << j;
      tied |= (uint32_t)(real && !all && e.thresholds->low[b] > 0) << j;
    }
    t.always[w] = always;
    t.tied[w] = tied;
  }
  return t;
}

/** Whether anything in elements [32w, 32w + 32) can spike. */
bool canSpike(const SampleThresholds &t, int w) {
  uint32_t any = t.always[w] | t.tied[w];
  for (int j = 0; j < 32; j++) any |= t.high[w * 32 + j];
  return any != 0;
}

uint32_t settleTies(const SpikeEncoding &e, const SampleThresholds &t, uint32_t ties, int w, uint32_t step,
                    uint32_t sample, uint32_t epoch) {
  uint32_t spikes = 0;
  for (; ties; ties &= ties - 1) {
    const int i = w * 32 + __builtin_ctz(ties);
    const uint32_t counter = (uint32_t)(i >> 7) * 16 + ((i >> 1) & 15);
    const uint32_t word = philoxWord(e.seed, e.tiePurpose, counter, step, sample, epoch, (i >> 5) & 3);
    if (((word >> (16 * (i & 1))) & 0xffff) < t.low[i]) spikes |= ties & -ties;
  }
  return spikes;
}

} // namespace

extern "C" void KERNEL(encodeSpikes)(const SpikeEncoding *encoding, const uint8_t *bytes, uint32_t sample,
                                     uint32_t epoch, uint16_t *output) {
  const SpikeEncoding &e = *encoding;
  const SampleThresholds thresholds = lookUp(e, bytes);
  const PhiloxKeys keys = philoxKeys(e.seed, e.purpose);
  const int blocks = (e.count + kLanes - 1) / kLanes;
  const int steps = e.steps;
  uint32_t lanes[kLanes];

  for (int group = 0; group * kGroup < e.count; group++) {
    const int firstWord = group * 4, firstBlock = group * 8;
    const int groupBlocks = blocks - firstBlock < 8 ? blocks - firstBlock : 8;
    uint32_t active = 0;
    for (int w = 0; w < 4; w++) active |= (uint32_t)canSpike(thresholds, firstWord + w) << w;
    uint16_t *out = output + (size_t)firstBlock * steps;
    if (!active) {
      for (size_t i = 0; i < (size_t)groupBlocks * steps; i++) out[i] = 0;
      continue;
    }
    for (int i = 0; i < kLanes; i++) lanes[i] = (uint32_t)(group * 16 + i);
    // A block needs the lower half of the lanes only: two steps share one call.
    const int stepsAtOnce = groupBlocks == 1 ? 2 : 1;
    uint32_t stepOfLane[kLanes];
    for (int t = 0; t < steps; t += stepsAtOnce) {
      for (int i = 0; i < kLanes; i++) stepOfLane[i] = (uint32_t)(t + (stepsAtOnce == 2 ? i >> 3 : 0));
      if (stepsAtOnce == 2 && t == 0)
        for (int i = 0; i < kLanes; i++) lanes[i] = (uint32_t)(group * 16 + (i & 7));
      Words x[4] = {wordsFrom(lanes), wordsFrom(stepOfLane), broadcastWord(sample), broadcastWord(epoch)};
      philox(keys, x);
      if (stepsAtOnce == 2) {
        uint16_t twice[32];
        for (int i = 0; i < 32; i++) twice[i] = thresholds.high[firstWord * 32 + (i & 15)];
        uint32_t below, equal;
        compareHalves(x[0], twice, below, equal);
        for (int s = 0; s < 2 && t + s < steps; s++) {
          uint32_t bits = ((below >> (16 * s)) & 0xffff) | thresholds.always[firstWord];
          const uint32_t ties = (equal >> (16 * s)) & 0xffff & thresholds.tied[firstWord];
          if (ties) bits |= settleTies(e, thresholds, ties, firstWord, (uint32_t)(t + s), sample, epoch);
          out[t + s] = (uint16_t)bits;
        }
        continue;
      }
#pragma GCC unroll 4
      for (int w = 0; w < 4; w++) {
        if (2 * w >= groupBlocks) break;
        uint32_t below, equal;
        compareHalves(x[w], thresholds.high + (firstWord + w) * 32, below, equal);
        uint32_t bits = below | thresholds.always[firstWord + w];
        const uint32_t ties = equal & thresholds.tied[firstWord + w];
        if (__builtin_expect(ties != 0, 0))
          bits |= settleTies(e, thresholds, ties, firstWord + w, (uint32_t)t, sample, epoch);
        out[(size_t)(2 * w) * steps + t] = (uint16_t)bits;
        if (2 * w + 1 < groupBlocks) out[(size_t)(2 * w + 1) * steps + t] = (uint16_t)(bits >> 16);
      }
    }
  }
}
