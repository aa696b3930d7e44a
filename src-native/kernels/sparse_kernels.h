#pragma once
// Convolutions that are driven by what is not zero. The inputs of a sample lie in a list, place by place and row by
// row, so that those under a row of the kernel are a run of it; within a place by block of channels, step, channel.
//   entry: in the upper half the row of 16 weights that the input meets under the kernel's first place,
//   block * taps * 16 + channel % 16; in the lower half its row of 16 values in a row of the map, column * steps + step
// Layouts of maps and weights are those of map_kernels.h and kernels.h; both halves must fit 16 bits.
#include <stddef.h>
#include <stdint.h>

#include "map_kernels.h"

struct Neuron;

extern "C" {

struct ListInputs {
  /** Spikes or values; one of the two is null. */
  const uint16_t *spikes;
  const float *values;
  int blocks, height, width, steps, taps;
  uint32_t *entries;
  /** Where each place's entries start, and after the last where they end. */
  uint32_t *starts;
  /** The inputs' values, where they are not spikes. */
  float *entryValues;
};

/** The inputs of a sample as a list; `values` null where all are 1. */
struct InputList {
  const uint32_t *entries, *starts;
  const float *values;
};

/** output = bias + Σ of the weights that the inputs under the window meet, for places side by side in a row. */
struct ListProduct {
  const struct InputList *inputs;
  const struct MapWindow *window;
  const float *weight;
  size_t weightStride;
  const float *bias;
  int row, firstColumn, columns, blocks, steps;
  /** `[block][place][step][16]` from `firstColumn` on. */
  float *output;
  size_t outputStride;
  /** The kernel moves column by column, and before and after the places there is room for as many as it is wide less
   * one, into which may be written. */
  int margins;
};

/** sums += Σ over places and steps of gradient ⊗ input. */
struct ListGradient {
  const struct InputList *inputs;
  const struct MapWindow *window;
  const float *gradient;
  size_t gradientStride;
  int row, firstColumn, columns, blocks, steps;
  float *sums;
  size_t sumsStride;
  /** The same, and the margins of the gradient hold zeros. */
  int margins;
};

/** A gradient that max pooling hands to another than the first place of its region. */
struct RoutedGradient {
  uint32_t place, step, channel;
  float value;
};

/** What goes back through the leak over the start of a stretch of steps, a row of 16 for each row of the output and
 * place; read by the last step, written by the first one. Null where all steps go back at once. */
struct LeakCarry {
  float *data;
  /** Whether the step after the last one has left something there. */
  int arrives;
};

/**
 * Leaky neurons of one block of channels before max pooling whose regions do not meet, at places side by side in a
 * row of the map: the gradient at the pooled spikes goes to the first place that spiked, or to the first place of the
 * region; times the surrogate; then back through the leak.
 */
struct PooledLeakyBackward {
  const struct Neuron *neuron;
  const struct MapWindow *pool;
  int block, row, firstColumn, columns, steps;
  /** The step of the sequence that the first of its steps is. */
  int firstStep;
  /** Membranes before their reset, and spikes, of the whole block. */
  const float *charged;
  const uint16_t *spikes;
  /** Gradient at the pooled spikes of the whole block. */
  const float *pooledGradient;
  /** Gradient at the currents of these places, `[place][step][16]`. */
  float *output;
  struct LeakCarry carry;
  /** What enters the leak: of the first place of each region `[region][step][16]` of the whole block, and the others. */
  float *firsts;
  struct RoutedGradient *others;
  /** How many there are; goes on from what it was. */
  size_t *otherCount;
  /** Room for `columns` · `steps` · 16 floats, and for a word a step. */
  float *scratch;
  uint16_t *takes;
};

/** Which first places of regions an input place hears, and by which place of the kernel. */
struct RegionTap {
  int region, tap;
};

/**
 * The gradient at the input of a convolution before pooled leaky neurons. The leak is the same everywhere, so it
 * comes last: gradient[t] = what enters the leak at t, through the weights, + leak · gradient[t + 1].
 */
struct RoutedInputGradient {
  const struct Neuron *neuron;
  const struct MapWindow *window;
  const float *firsts;
  /** Regions of a block. */
  int regions;
  const struct RoutedGradient *others;
  size_t otherCount;
  /** Of input place p those from `tapStarts[p]` to the next. */
  const struct RegionTap *taps;
  const int *tapStarts;
  /** `[input block][tap][output][16]`. */
  const float *transposed;
  int inputBlocks, outputBlocks, steps;
  /** The step of the sequence that the first of its steps is. */
  int firstStep;
  float *output;
  struct LeakCarry carry;
};

/** sums[block] += Σ over rows of 16, `stride` floats from block to block. */
struct SumRows {
  const float *from;
  size_t stride;
  int blocks, rows;
  float *sums;
};

/** to = Σ over `parts` of rows of 16, in their order. */
struct SumParts {
  const float *from;
  size_t partStride;
  int parts, rows;
  float *to;
};

/** Places that one call of `pooledLeakyBackward` takes at most. */
enum { kPooledPlaces = 16 };

/** Widest kernel that makes use of margins, less one. */
enum { kListMargin = 4 };

struct SparseKernels {
  /** Returns how many entries there are. */
  size_t (*listInputs)(const struct ListInputs *);
  void (*listProduct)(const struct ListProduct *);
  void (*listGradient)(const struct ListGradient *);
  void (*pooledLeakyBackward)(const struct PooledLeakyBackward *);
  void (*routedInputGradient)(const struct RoutedInputGradient *);
  void (*sumRows)(const struct SumRows *);
  void (*sumParts)(const struct SumParts *);
};
}
