#pragma once
// What turns images of bytes into input: currents, drawn spikes, and what follows from tables over the grey levels.
#include <stddef.h>
#include <stdint.h>

extern "C" {

/** Thresholds of a byte value: a draw of 16 bits spikes below `high`; where it equals `high` a second one decides. */
struct SpikeThresholds {
  uint16_t high[256];
  uint16_t low[256];
  /** 1 where every draw spikes. */
  uint8_t always[256];
};

struct SpikeEncoding {
  /** Of each field; input k · pixels + i is field k of pixel i. */
  const SpikeThresholds *thresholds;
  uint32_t seed, purpose, tiePurpose;
  int pixels, fields;
  /** So many steps from step `from` of the sequence on. */
  int from, steps;
  /** Steps before the first are silent, steps from the period on repeat those from 0 on. */
  int firstStep, period;
  /** Room for 2 uint16 and 1 uint32 for each input, padded to 128. */
  uint16_t *scratch;
};

/** The row of a table that each byte of an image has: `rows[256 * r + byte]`, r being the largest of `ranks[byte]`. */
struct LevelRows {
  const uint8_t *ranks;
  const uint32_t *rows;
  int rowCount;
};

/** Spikes by row: bit t of `trains[(word * fields + field) * rowCount + row]` is that of step 32 · word + t. */
struct TrainEncoding {
  LevelRows levels;
  const uint32_t *trains;
  int pixels, fields, from, steps;
};

/** Values by row: `values[step * rowCount + row]`. */
struct SequenceEncoding {
  LevelRows levels;
  const float *values;
  int pixels, from, steps;
};

/** How many bytes of an image are not 0, and how many words of 64 lie between the first and the last that have such. */
struct LitExtent {
  int count, wordsBetween;
};

struct EncodeKernels {
  /** `ahead` is what will be asked for next, or null. */
  void (*constant)(const uint8_t *bytes, int count, float gain, float offset, const uint8_t *ahead, float *output);
  void (*spikes)(const SpikeEncoding *, const uint8_t *bytes, uint32_t sample, uint32_t epoch, uint16_t *output);
  void (*trains)(const TrainEncoding *, const uint8_t *bytes, uint16_t *output);
  void (*sequences)(const SequenceEncoding *, const uint8_t *bytes, float *output);
  /** Writes a bit for each of `count` bytes that is not 0, 64 in a word. */
  LitExtent (*litInputs)(const uint8_t *bytes, int count, uint64_t *lit);
};
}
