#pragma once
// Kernels where branches meet and where values are dropped, one sample at a time. Layouts as in map_kernels.h; a
// layer without places has one.
#include <stddef.h>
#include <stdint.h>

extern "C" {

/** One of several inputs and the features of the output that are its own. */
struct JoinPart {
  /** Input as values or spikes; one of the two is null. */
  const float *values;
  const uint16_t *spikes;
  /** 1 where the input is the same at every step of an output that is not. */
  int staticInput;
  int channels, places;
  /** Steps and places of the output, and the first of its features that are the input's. */
  int steps, outputPlaces, firstFeature;
  /** 1 where it is added to what is there. */
  int adds;
  /** Forward: what spikes are put side by side in is spikes; one of the two is null. */
  float *output;
  uint16_t *outputSpikes;
  /** Backward: gradient at the output; summed over the steps where the input is static. */
  const float *gradient;
  float *inputGradient;
};

struct DropoutMask {
  uint32_t seed, purpose, stream, sample, trainingStep;
  /** A word below it drops. */
  uint32_t threshold;
  /** So many steps from step `from` of the sequence on; a mask of the whole sequence is that of step 0. */
  int features, places, from, steps;
  /** `[block][place][steps]`, 1 where a value is kept. */
  uint16_t *mask;
};

/** Rows of 16 values, each of `steps`: blocks times places. */
struct DropoutRows {
  const float *values;
  const uint16_t *spikes;
  /** Null keeps all as they are. */
  const uint16_t *mask;
  int rows, inputSteps, maskSteps, steps;
  float scale;
  float *output;
  /** Backward. */
  const float *gradient;
  float *inputGradient;
};

struct JoinKernels {
  /** to += values; `count` is a multiple of 16. */
  void (*addValues)(const float *values, size_t count, float *to);
  /** Where `joinsBlocks` is false, the output must be zeros before its first part. */
  void (*joinForward)(const JoinPart *);
  void (*joinBackward)(const JoinPart *);
  void (*dropoutMask)(const DropoutMask *);
  void (*dropoutForward)(const DropoutRows *);
  void (*dropoutBackward)(const DropoutRows *);
};

/** Whether the blocks of an input are whole blocks of the output. */
inline bool joinsBlocks(int places, int outputPlaces, int firstFeature) {
  return places == outputPlaces && firstFeature % (16 * places) == 0;
}
}
