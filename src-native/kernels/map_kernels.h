#pragma once
// Kernels over feature maps, one sample at a time. A map value with C channels lies as C/16 blocks of channels;
// within a block the places row by row, within a place the steps, within a step 16 channels:
//   data[(((c / 16) * height + y) * width + x) * steps + t) * 16 + c % 16]
#include <stddef.h>
#include <stdint.h>

extern "C" {

enum PoolKind { kPoolMax, kPoolAverage, kPoolAdaptiveAverage };

struct MapWindow {
  int channels, height, width, outputs, outputHeight, outputWidth;
  int kernelHeight, kernelWidth, strideY, strideX, paddingY, paddingX, dilationY, dilationX;
};

/** Writes maps into the middle of zeros, so that a window may be anywhere. */
struct PadMaps {
  /** One of the two is null. */
  const float *values;
  const uint16_t *spikes;
  int blocks, height, width, steps;
  /** Rows and columns of the output, and where row 0 and column 0 come to lie; what falls outside is left out. */
  int rows, columns, top, left;
  /** Distance between neighbouring rows and columns in the output. */
  int spreadY, spreadX;
  float *output;
};

/**
 * output = Σ over `chunks` of 16 channels at some place of the window, times their weights `[chunk][16][16]`.
 * `offsets[k]` leads from an output's place in the padded input to chunk k, of which `counts[k]` channels exist.
 */
struct WindowProduct {
  const float *input;
  size_t rowPitch, pixelPitch;
  const size_t *offsets;
  const int *counts;
  int chunks;
  const float *weight;
  size_t weightStride;
  const float *bias;
  float *output;
  int outputBlocks, outputHeight, outputWidth, steps;
};

/**
 * The same over spikes of some samples, which it pads itself. `offsets` count lanes as above; pitches count words.
 */
struct WindowSpikeProduct {
  const uint16_t *input;
  size_t inputStride;
  int samples, blocks, height, width;
  /** Rows and columns of the padded input, and where row 0 and column 0 come to lie. */
  int rows, columns, top, left;
  size_t rowPitch, pixelPitch;
  const size_t *offsets;
  int chunks;
  const float *weight;
  size_t weightStride;
  const float *bias;
  float *output;
  size_t outputStride;
  int outputBlocks, outputHeight, outputWidth, steps;
  /** Room for `samples` · blocks · rows · columns · steps words, and for `spikeTableFloats`. */
  uint16_t *padded;
  float *tables;
};

/** sums[block][slot] += Σ over places and steps of gradient ⊗ input, for the inputs listed. */
struct WindowWeightGradient {
  const float *input;
  size_t rowPitch, pixelPitch;
  /** Where each input lies from an output's place, and its place in `sums`, in rows of 16. */
  const size_t *offsets;
  const int *slots;
  int inputs;
  const float *gradient;
  int firstBlock, blocks, outputHeight, outputWidth, steps;
  float *sums;
  size_t sumsStride;
};

/** The same for the spikes of one block of inputs, which it pads itself: sums[block][tap][16 inputs]. */
struct WindowSpikeWeightGradient {
  const uint16_t *input;
  int height, width;
  /** Rows and columns of the padded input, and where row 0 and column 0 come to lie. */
  int rows, columns, top, left, strideY, strideX;
  /** Where each tap lies from an output's place, in places. */
  const size_t *offsets;
  int taps;
  const float *gradient;
  int firstBlock, blocks, outputHeight, outputWidth, steps;
  float *sums;
  size_t sumsStride;
  /** Room for rows · columns · steps of 16, and for `spikeTableFloats` or what one place takes. */
  uint16_t *entries;
  float *tables;
};

struct PoolMaps {
  int kind;
  const struct MapWindow *window;
  int steps;
  /** Input as values or spikes; one of the two is null. */
  const float *values;
  const uint16_t *spikes;
  /** Forward: the output; max pooling of spikes hands on spikes. */
  float *output;
  uint16_t *outputSpikes;
  /** Backward. */
  const float *gradient;
  float *inputGradient;
};

/**
 * Batch normalisation of a sample. Statistics are `[row][block][16]`, one row for all steps or one for each.
 */
struct NormMaps {
  int blocks, places, steps, rows;
  const float *input;
  float *output;
  const float *gradient;
  const float *mean, *inverse, *scale, *bias;
  /** Backward: sums of dy and of dy · x̂ over the batch, divided by the count. */
  const float *gradientMean, *productMean;
  /** Two results of a sample: mean and sum of squares about it, or the sums of dy and of dy · x̂. */
  float *first, *second;
};

/** Blocks of outputs whose weight gradients one task sums. */
enum { kWindowTaskBlocks = 2 };

struct MapKernels {
  void (*padMaps)(const PadMaps *);
  void (*windowProduct)(const WindowProduct *);
  void (*windowSpikeProduct)(const WindowSpikeProduct *);
  void (*windowWeightGradient)(const WindowWeightGradient *);
  void (*windowSpikeWeightGradient)(const WindowSpikeWeightGradient *);
  void (*poolForward)(const PoolMaps *);
  void (*poolBackward)(const PoolMaps *);
  void (*normMeasure)(const NormMaps *);
  void (*normForward)(const NormMaps *);
  void (*normGradientSums)(const NormMaps *);
  void (*normBackward)(const NormMaps *);
};
}
