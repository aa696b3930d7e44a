#pragma once
// What the engine may ask of the kernels: plain data and one table of functions for each instruction set.
//
// Layout of an activation: sample by sample; within a sample blocks of 16 features; within a block the steps
// (one where the value is static); within a step 16 lanes. Lanes beyond the last feature hold zero.
//   float at (sample, feature, step): data[sample * stride + ((feature / 16) * steps + step) * 16 + feature % 16]
//   spike at (sample, feature, step): bit feature % 16 of data[sample * stride + (feature / 16) * steps + step]
// Layout of weights `[out,in]`: [out block][in padded to 16][16 lanes of out]; transposed: [in block][out padded][16].
#include <stddef.h>
#include <stdint.h>

#include "encode_kernels.h"
#include "join_kernels.h"
#include "map_kernels.h"

extern "C" {

/** Forms of the surrogate's derivative at x = U - θ, with the numbers a, b, c. */
enum SurrogateKind {
  /** a/2 / (1 + (π/2·a·x)²), 1 / (1 + a·|x|)², a·σ(ax)·(1 - σ(ax)), a */
  kArctangent, kFastSigmoid, kLogistic, kConstant,
  /** a where it spiked, else b; a for x >= 0, else b; a for |x| < c, else b */
  kSpikeLevels, kSignLevels, kWindowLevels,
  /** max(0, a - b·|x|), a·exp(-b·|x - c|), a·exp(-(bx)²) */
  kTriangle, kExponentialDecay, kGaussian,
  /** a / (1 + b·|x|), a / (1 + b·|x|)², 1 / (1 + a·|x|)² for x > b else 0 */
  kInverse, kInverseSquare, kSparseFastSigmoid,
  /** a·σ(ax)·(1 - σ(ax)) for x < 0, else b / (1 + x) */
  kLogisticThenInverse,
  /** a / max(1, b·|x|) with a = b, a for x <= 0 else 1 / max(1, x), (1 + a·|x|)^-b */
  kClampedInverse, kLogTail, kPower,
  /** (4/b)·Σ cos((2i-1)·2πx/b) for i from 1 to a - 1 */
  kSquareWave,
  /** a where it spiked, else (u - 1/2 + b)·c with u drawn; only for models of step_models.h */
  kDrawnLevels,
};
/**
 * The first of each kind have kernels of their own, the others share those of step_models.h. Those from
 * `kFirstAtThreshold` on fire at their threshold, those before it above.
 */
enum NeuronModel {
  kLeaky, kLeakyStep, kLapicque, kSynaptic, kRLeaky, kAlpha, kAlif, kLeakyParallel,
  kFirstAtThreshold, kLifDecayInput = kFirstAtThreshold, kLif, kIntegrateFire,
  kPlif, kQif, kEif, kIzhikevich, kKlif, kCubaLif
};
/** What the models of step_models.h have at most: states, rows of parameters, constants. */
enum { kMostStates = 3, kMostRows = 5, kMostConstants = 8 };
/** Subtract is the soft reset too, and zero the hard one. */
enum ResetKind { kResetSubtract, kResetZero, kResetNone };
enum LossFunction {
  kCrossEntropyCount, kCrossEntropyRate, kCrossEntropyMembraneSum, kCrossEntropyMaxMembrane, kCrossEntropyTemporal,
  kSquaredErrorCount, kSquaredErrorRate, kSquaredErrorMembrane, kSquaredErrorTemporal,
};
enum UpdateKind { kStoreGradient, kAddGradient, kAdam, kAdamax, kRmsprop, kSgd };

/** output = input · weightᵀ + bias over samples × steps rows. */
struct DenseProduct {
  const float *input;
  size_t inputStride;
  const float *weight;
  /** Distance between blocks of `weight`, in floats. */
  size_t weightStride;
  const float *bias;
  float *output;
  size_t outputStride;
  int samples, steps, inputs, outputBlocks;
};

/** The same over one step, without the inputs that are 0 in all samples of a tile. */
struct LitProduct {
  DenseProduct dense;
  /** A bit for each input that is not 0, `[samples][litWords]`. */
  const uint64_t *lit;
  int litWords;
  /** The samples, in the order in which they are taken together. */
  const uint16_t *order;
};

/** The same as DenseProduct with spikes for input. */
struct SpikeProduct {
  const uint16_t *input;
  size_t inputStride;
  const float *weight;
  size_t weightStride;
  const float *bias;
  float *output;
  size_t outputStride;
  int samples, steps, inputBlocks, outputBlocks;
  /** Room for `spikeTableFloats`. */
  float *scratch;
};

struct Neuron {
  int model, reset, surrogate;
  /** Leaky: the reset acts in the same step. */
  int immediate;
  int detachReset;
  /** Steps after which the gradient through time is cut; 0 is never. */
  int truncation;
  /** Whether of all neurons only the one with the largest membrane may fire. */
  int inhibition;
  /** Number of the layer's random stream, for a surrogate that draws. */
  uint32_t stream;
  /** Leaky: β of each neuron, padded to whole blocks. Else null. */
  const float *decay;
  /** 1/τ of the two kinds of LIF. */
  float rate;
  float threshold, resetValue;
  /** a, b and c of `SurrogateKind`. */
  float surrogateNumbers[3];
  /** Neurons of one place of a map, of `places` places; a layer without places has one. */
  int neurons, places;
  /** Models of step_models.h: a number for each neuron, padded to whole blocks, and the model's constants. */
  const float *parameters[kMostRows];
  float constants[kMostConstants];
  /** Recurrent connections, all to all as a linear layer's, or of each neuron to itself; null where there are none.
   * Those of maps are a convolution of one step. */
  const float *recurrentWeight, *recurrentTransposed, *recurrentBias, *ownWeight;
  const struct RecurrentWindow *recurrentWindow;
};

/** A convolution between the neurons of maps, forward and back; input and output are set at every step. */
struct RecurrentWindow {
  struct PadMaps pad, padBack;
  struct WindowProduct product, productBack;
};

/** Whether all blocks of a layer must be at the same step. */
static inline int goesTogether(const struct Neuron *n) { return n->recurrentWeight != 0 || n->inhibition; }

/** Whether the gradient through time is cut between a step of the sequence and the one before it. */
static inline int isCut(const struct Neuron *n, int step) { return n->truncation > 0 && step % n->truncation == 0; }

/** Of steps that begin with step `firstStep` of the sequence, the first one that the gradient runs to in one go, back from
 * step `end` - 1. */
static inline int uncutFrom(const struct Neuron *n, int firstStep, int end) {
  const int first = n->truncation > 0 ? (firstStep + end - 1) / n->truncation * n->truncation - firstStep : 0;
  return first > 0 ? first : 0;
}

/** What a step leaves to the one after it: `rows` states of each block, `[block][state][16]`, and its spikes as a word a
 * block. Null where there is nothing, or nobody wants it; strides and pointers as in `NeuronForward`. */
struct NeuronBorder {
  float *states;
  size_t statesStride;
  int rows;
  uint16_t *spikes;
  size_t spikesStride;
};

/** What a step hands back to the one before it, `[block][row][16]`; null where all steps go back at once. Of the kernels
 * for Leaky, LIF and IF it is one row, of step_models.h those of `carriedRows`. */
struct NeuronCarry {
  float *data;
  size_t stride;
  int rows;
  /** Whether the step after the last one has left something there. */
  int arrives;
};

/** Gradients at the states, at the spike and at the input. */
inline int carriedRows(int states) { return states + 2; }

struct NeuronForward {
  const Neuron *neuron;
  const float *current;
  size_t currentStride;
  /** 1 where the current is the same at every step. */
  int staticCurrent;
  int samples, steps, firstBlock, blocks;
  /** The step of the sequence that the first of its steps is. */
  int firstStep;
  /** What the step before the first one left, and where what the last one leaves goes. */
  NeuronBorder from, to;
  /** Strides are those of a whole sample, pointers those of `firstBlock`. The membrane may be null. */
  uint16_t *spikes;
  size_t spikesStride;
  float *membrane;
  size_t membraneStride;
  /** The other states, with the membrane's stride; null where they are not recorded. */
  float *states[kMostStates - 1];
  /** Models of step_models.h: room for `stepScratchFloats`, and for the padded maps of recurrent connections. */
  float *scratch;
  float *padded;
};

/** What numbers a surrogate draws: those of Philox for this seed, training step and sample. */
struct Draws {
  uint32_t seed, step, firstSample;
};

struct NeuronBackward {
  NeuronForward forward;
  /** Gradients at the spikes and at the recorded membrane; null is zero. */
  const float *spikesGradient;
  size_t spikesGradientStride;
  /** 1 where the gradient at the spikes is the same at every step. */
  int staticSpikesGradient;
  const float *membraneGradient;
  size_t membraneGradientStride;
  /** Null where it is not wanted; summed over the steps where the current is static. */
  float *inputGradient;
  size_t inputGradientStride;
  /** Σ over the steps, `[sample][block][16]`; null where not learned. */
  float *decayGradient;
  float *thresholdGradient;
  size_t parameterGradientStride;
  /** Models of step_models.h, in the order of their parameters; `ownGradient` is that of `ownWeight`. */
  float *parameterGradients[kMostRows];
  float *ownGradient;
  /** Where neurons hear each other and learn it: gradient at their inputs, and the spikes of the step before. */
  float *recurrentGradient;
  size_t recurrentGradientStride;
  uint16_t *spikesBefore;
  size_t spikesBeforeStride;
  /** The membranes of the step before, where these are what neurons hear. */
  float *membranesBefore;
  size_t membranesBeforeStride;
  /** Read by the last step, written by the first one. */
  NeuronCarry carry;
  struct Draws draws;
  /** Room for 3 · streams · steps · 16 floats, or for `stepScratchFloats`. */
  float *scratch;
};

/** Blocks that the kernels of step_models.h take together where neurons do not hear each other: few enough that their
 * rows stay in the first-level cache. */
inline int stepGroup(int steps) { return steps <= 32 ? 4 : steps <= 64 ? 2 : 1; }

/** Room that a group of blocks takes in those kernels. */
inline size_t stepScratchFloats(size_t steps, size_t blocks) {
  return 16 * blocks * (steps * (kMostStates + 2) + 2 * kMostStates + kMostRows + 10) + steps;
}

struct Loss {
  int function;
  /** Classes are groups of outputs side by side; mostly as many as outputs. */
  int outputs, classes;
  /** The class is that of the first spike, not of the most. */
  int readsFirstSpike;
  /** First spikes: the logit is 1/(t + 1), not -t. */
  int reciprocal;
  float smoothing, onTarget, offTarget, tolerance;
};

struct LossSample {
  const Loss *loss;
  int steps, label;
  /** Factor on this sample's loss. */
  float weight;
  /** Graded spikes: the size of a spike of each output, `[block][16]`; null is 1. */
  const float *factor;
  /** The batch that the mean is over. */
  int batch;
  const uint16_t *spikes;
  const float *membrane;
  /** `[block][16]` where the loss reads the sum of the spikes, else `[block][steps][16]`; null where not wanted. */
  float *gradient;
  /** `[block][16]`. */
  float *counts;
  /** Room for 4 · `[block][16]`. */
  float *scratch;
};

struct LossValue {
  double loss;
  int prediction;
};

/** How a parameter takes its gradient, and where its tensors lie. */
struct Update {
  int kind;
  float *parameter;
  /** States: moments; Adamax: first moment, largest; RMSprop: squares, momentum, mean; SGD: momentum. Null: none. */
  float *first, *second, *third;
  float *gradient;
  /** Where it is scaled or cut: the factor, and what no element is further from zero than; 0 is no limit. */
  int adjusts;
  float factor, limit;
  /** Added to the gradient as a share of the value; 1 less the share by which the value shrinks otherwise. */
  float weightDecay, kept;
  /** Adam: η / (1 - β₁ⁿ), β₁, β₂, 1 - β₁, 1 - β₂, 1 / √(1 - β₂ⁿ), ε; RMSprop: β₂ is α. */
  float stepSize, beta1, beta2, beta1Rest, beta2Rest, rootCorrection, epsilon;
  /** SGD and RMSprop; `start` where the momentum buffer takes the first gradient as it is. */
  float learningRate, momentum, momentumRest;
  int nesterov, start;
};

/** weightGradient = Σ over samples and steps of gradient ⊗ input, for some blocks of outputs and inputs. */
struct DenseWeightGradient {
  const float *input;
  size_t inputStride;
  const float *gradient;
  size_t gradientStride;
  int samples, steps, firstOutputBlock, outputBlocks, firstInputBlock, inputBlocks;
  size_t weightStride;
  const Update *update;
  /** Of every 8 inputs the samples in which any of them is not 0, `[inputs / 8][samples / 64]`; null where all are to be read. */
  const uint64_t *active;
};

/** Inputs that share a row of `DenseWeightGradient::active`. */
enum { kActiveInputs = 8 };

struct SpikeWeightGradient {
  const uint16_t *input;
  size_t inputStride;
  const float *gradient;
  size_t gradientStride;
  int samples, steps, outputBlock, outputBlocks, firstInputBlock, inputBlocks;
  size_t weightStride;
  const Update *update;
  /** Room for `kGradientFloats`. */
  float *scratch;
};

/** Blocks of inputs and outputs that one call of `spikeWeightGradient` takes at most, and its room in floats. */
enum { kGradientBlocks = 16, kGradientOutputs = 2, kGradientFloats = 14 * 1024 };

/** Up to so many steps `spikeWeightGradient` does best with several blocks of outputs. */
enum { kFewSteps = 10 };

/** Rows of spikes may be read this far beyond their end. */
enum { kSpikeReadAhead = 32 };

struct Kernels {
  const char *name;
  /** Blocks of neurons, of whatever sample, that the neuron kernels take at once. */
  int streams;
  /** Room for `spikeProduct`. */
  int spikeTableFloats;
  int tileBlocks;
  EncodeKernels encode;
  uint64_t (*countSpikes)(const uint16_t *spikes, size_t count);
  void (*expandSpikes)(const uint16_t *spikes, size_t count, float *output);
  void (*denseProduct)(const DenseProduct *);
  void (*litProduct)(const LitProduct *);
  void (*spikeProduct)(const SpikeProduct *);
  void (*neuronForward)(const NeuronForward *);
  void (*neuronBackward)(const NeuronBackward *);
  void (*stepForward)(const NeuronForward *);
  void (*stepBackward)(const NeuronBackward *);
  LossValue (*loss)(const LossSample *);
  void (*denseWeightGradient)(const DenseWeightGradient *);
  void (*spikeWeightGradient)(const SpikeWeightGradient *);
  /** Updates 16 · `blocks` values by the sum of gradient rows: Σ over samples and steps of each block. */
  void (*rowSumGradient)(const float *gradient, size_t stride, int samples, int steps, int firstBlock, int blocks,
                         const Update *);
  /** Updates 16 · `blocks` values by a gradient that lies in memory. */
  void (*update)(const Update *, const float *gradient, size_t first, int blocks);
  /** Σ of the squares of 16 · `blocks` values. */
  double (*squareSum)(const float *values, int blocks);
  /** Whether none of 16 · `blocks` values is NaN or infinite. */
  int (*allFinite)(const float *values, int blocks);
  void (*transpose)(const float *weight, size_t weightStride, int firstOutputBlock, int outputBlocks,
                    int firstInputBlock, int inputBlocks, float *transposed, size_t transposedStride);
  MapKernels maps;
  const struct SparseKernels *sparse;
  JoinKernels joins;
  /** Runs independent fused multiply-adds; returns how many floating-point operations it did. */
  double (*multiplyAddLoop)(int iterations, float *sink);
};

const Kernels *spikedeskKernels_base(void);
const Kernels *spikedeskKernels_avx2(void);
const Kernels *spikedeskKernels_avx512(void);

} // extern "C"
