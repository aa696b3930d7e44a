// Rate and Poisson coding: at every step each element draws 16 bits and compares them with the threshold of its byte.
// Element i draws half i & 1 of number (i >> 5) & 3 of the step in lane 16 · (i >> 7) + ((i >> 1) & 15), so 16 lanes serve 128
// elements. Each lane is a generator that makes four numbers a step; for every 32 steps it begins anew from the four words
// of counter (lane, step >> 5, sample, epoch). Where a draw equals the upper 16 bits of the threshold, a draw from a second
// stream is compared with its lower 16 bits.
#include "entry.h"
#include "philox.h"
#include "xoshiro.h"

namespace {

constexpr int kGroup = 128;
/** Steps that the generators go without a new seed. */
constexpr int kSeedSteps = 32;

/** Thresholds of the elements of one sample, 32 elements a word of `always` and `tied`. */
struct SampleThresholds {
  uint16_t *high;
  uint16_t *low;
  uint32_t *always;
  uint32_t *tied;
};

SampleThresholds lookUp(const SpikeEncoding &e, const uint8_t *bytes) {
  const int count = e.pixels * e.fields, padded = (count + kGroup - 1) / kGroup * kGroup;
  SampleThresholds t;
  t.high = e.scratch;
  t.low = e.scratch + padded;
  t.always = (uint32_t *)(e.scratch + 2 * padded);
  t.tied = t.always + padded / 32;
  const SpikeThresholds *field = e.thresholds;
  int pixel = 0;
  for (int w = 0; w < padded / 32; w++) {
    uint32_t always = 0, tied = 0;
    for (int j = 0; j < 32; j++) {
      const int i = w * 32 + j;
      const bool real = i < count;
      const int b = real ? bytes[pixel] : 0;
      const uint32_t all = real ? field->always[b] : 0;
      t.high[i] = real ? field->high[b] : 0;
      t.low[i] = real ? field->low[b] : 0;
      always |= all << j;
      tied |= (uint32_t)(real && !all && field->low[b] > 0) << j;
      if (real && ++pixel == e.pixels) pixel = 0, field++;
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

/** Steps in a row that are drawn: from `first` up to `end` of the period, written from step `at` of the output on. */
struct Run {
  int first, end, at;
};

/** One group of 128 elements of a sample. */
struct Group {
  const SpikeEncoding &encoding;
  const SampleThresholds &thresholds;
  const PhiloxKeys &keys;
  uint32_t sample, epoch;
  int index, blocks;
  uint16_t *output;

  int firstWord() const { return index * 4; }

  uint32_t settled(uint32_t below, uint32_t equal, int word, int step) const {
    uint32_t bits = below | thresholds.always[word];
    const uint32_t ties = equal & thresholds.tied[word];
    if (__builtin_expect(ties != 0, 0))
      bits |= settleTies(encoding, thresholds, ties, word, (uint32_t)step, sample, epoch);
    return bits;
  }
};

/** Brings the generators of a group to a step. */
INLINE void seed(const Group &g, int step, Words (&state)[4]) {
  uint32_t counters[kLanes];
  for (int i = 0; i < kLanes; i++) counters[i] = (uint32_t)(g.index * kLanes + i);
  Words x[1][4] = {{wordsFrom(counters), broadcastWord((uint32_t)(step / kSeedSteps)), broadcastWord(g.sample), broadcastWord(g.epoch)}};
  philox<1>(g.keys, x);
  for (int i = 0; i < 4; i++) state[i] = x[0][i];
  for (int i = 0; i < step % kSeedSteps * 4; i++) nextWords(state);
}

/** `Full` where there are eight blocks, else fewer. */
template <bool Full> void drawGroup(const Group &g, Run run) {
  const int steps = g.encoding.steps;
  Words state[4];
  for (int t = run.first; t < run.end; t++) {
    if (t == run.first || t % kSeedSteps == 0) seed(g, t, state);
    uint16_t *output = g.output + run.at + (t - run.first);
#pragma GCC unroll 4
    for (int w = 0; w < 4; w++) {
      const Words draws = nextWords(state);
      if (!Full && 2 * w >= g.blocks) continue;
      const int word = g.firstWord() + w;
      uint32_t below, equal;
      compareHalves(draws, g.thresholds.high + word * 32, below, equal);
      const uint32_t bits = g.settled(below, equal, word, t);
      output[(size_t)(2 * w) * steps] = (uint16_t)bits;
      if (Full || 2 * w + 1 < g.blocks) output[(size_t)(2 * w + 1) * steps] = (uint16_t)(bits >> 16);
    }
  }
}

/** Draws what is not silent of at most one period, wherever in it the steps begin, and repeats it. */
void drawAll(const Group &g) {
  const SpikeEncoding &e = g.encoding;
  const int drawn = e.steps < e.period ? e.steps : e.period;
  for (int at = 0; at < drawn;) {
    const int step = (e.from + at) % e.period, rest = e.period - step, steps = rest < drawn - at ? rest : drawn - at;
    const int silent = e.firstStep - step < 0 ? 0 : e.firstStep - step < steps ? e.firstStep - step : steps;
    for (int b = 0; b < g.blocks; b++)
      for (int t = 0; t < silent; t++) g.output[(size_t)b * (size_t)e.steps + (size_t)(at + t)] = 0;
    const Run run = {step + silent, step + steps, at + silent};
    if (g.blocks == 8) drawGroup<true>(g, run);
    else drawGroup<false>(g, run);
    at += steps;
  }
  for (int b = 0; b < g.blocks; b++) {
    uint16_t *output = g.output + (size_t)b * (size_t)e.steps;
    for (int t = drawn; t < e.steps; t++) output[t] = output[t - e.period];
  }
}

} // namespace

extern "C" void KERNEL(encodeSpikes)(const SpikeEncoding *encoding, const uint8_t *bytes, uint32_t sample,
                                     uint32_t epoch, uint16_t *output) {
  const SpikeEncoding &e = *encoding;
  const SampleThresholds thresholds = lookUp(e, bytes);
  const PhiloxKeys keys = philoxKeys(e.seed, e.purpose);
  const int count = e.pixels * e.fields, blocks = (count + kLanes - 1) / kLanes;
  for (int group = 0; group * kGroup < count; group++) {
    const int groupBlocks = blocks - group * 8 < 8 ? blocks - group * 8 : 8;
    uint16_t *out = output + (size_t)(group * 8) * e.steps;
    bool active = false;
    for (int w = 0; w < 4; w++) active = active || canSpike(thresholds, group * 4 + w);
    if (!active) {
      for (size_t i = 0; i < (size_t)groupBlocks * e.steps; i++) out[i] = 0;
      continue;
    }
    const Group g = {e, thresholds, keys, sample, epoch, group, groupBlocks, out};
    drawAll(g);
  }
}
