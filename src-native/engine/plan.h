#pragma once
// What a network is made of once its program is read: stages in a chain, tensors, and the places of everything in
// memory. Built once; nothing of it changes between steps.
#include <array>
#include <string>
#include <vector>

#include "../kernels/kernels.h"
#include "../kernels/sparse_kernels.h"
#include "arena.h"
#include "neuron_models.h"
#include "program.h"

namespace spikedesk {

constexpr int kBlock = 16;
inline int blocksOf(int features) { return (features + kBlock - 1) / kBlock; }

/** A parameter in the kernels' layout, with what the optimizer keeps for it. Offsets are bytes in the arena. */
struct Tensor {
  std::string id;
  /** `[out,in]`, `[n]` or `[]`. */
  std::vector<int> shape;
  /** Weights: blocks of outputs and inputs; else `outBlocks` blocks of values. */
  bool weight = false;
  /** Places that each input channel of a weight has: those of a kernel, or of maps before a linear stage. */
  int places = 1;
  /** Parts of the channels that do not see each other; weights between those of one block are kept, as zeros. */
  int groups = 1;
  int outBlocks = 1, inBlocks = 1;
  size_t data = 0, gradient = 0;
  /** What the optimizer keeps, and the gradients that wait for it. */
  std::array<size_t, 3> states = {};
  size_t sum = 0;
  /** Index of its update op; -1 where it does not learn. */
  int update = -1;

  size_t count() const {
    size_t product = 1;
    for (int size : shape) product *= (size_t)size;
    return product;
  }
  size_t paddedFloats() const { return (size_t)outBlocks * (weight ? (size_t)inBlocks * kBlock : 1) * kBlock; }
};

/** For the whole batch; in each thread's own memory for the samples of a tile; or the same only where spikes and
 * membranes are recorded. */
enum class PlaceKind { Tile, Batch, Trace };

/** Where an activation lies. */
struct Place {
  PlaceKind kind = PlaceKind::Tile;
  size_t offset = 0;
  /** Elements from one sample to the next. */
  size_t stride = 0;
};

/** Where feature (channel, place) lies, counted in lanes: channel blocks, places, 16 channels. */
inline size_t slotOf(int feature, int places) {
  const int channel = feature / places, place = feature % places;
  return ((size_t)(channel / kBlock) * (size_t)places + (size_t)place) * kBlock + (size_t)(channel % kBlock);
}

/** A value on the way from the input to the loss: maps of so many places, or features of one place. */
struct Signal {
  int features = 0, blocks = 0, channels = 0, places = 1;
  bool isStatic = false, spikes = false;
  /** Whether something before it learns. */
  bool needsGradient = false;
  /** Not kept for the batch: each pass over the samples that reads it makes it again. */
  bool remade = false;
  /** Stages that read it, in their order. */
  std::vector<int> readers;
  Place place;
  int steps(int timeSteps) const { return isStatic ? 1 : timeSteps; }
  /** Lanes up to the last that holds something. */
  int lanes() const { return places > 1 ? blocks * kBlock : features; }
};

struct LinearStage {
  int weight = -1, bias = -1;
  bool learnsWeight = false, learnsBias = false, passesBack = false;
  /** Weights `[in block][out][16]` for the gradient at the input. */
  size_t transposed = 0;
  /** Whether they are summed for parts of the batch, and the sums of each part. */
  bool sumsInParts = false;
  size_t partSums = 0, partBiasSums = 0;
};

struct NeuronParameter {
  std::string name;
  Transform transform = Transform::None;
  int tensor = -1;
  bool learns = false;
  /** What the kernels read: a number for each neuron. */
  size_t row = 0;
  /** Sums over the steps, for each sample. */
  Place gradient;
};

/** How a window reads padded maps: where each chunk of 16 channels lies from an output's place. */
struct WindowReading {
  int rows = 0, columns = 0, top = 0, left = 0, spreadY = 1, spreadX = 1;
  size_t rowPitch = 0, pixelPitch = 0, blockFloats = 0;
  std::vector<size_t> offsets;
  std::vector<int> counts;
};

/**
 * Places of the input that the same places of a kernel with a stride reach: those `first` + k · stride. The others only
 * meet what lies between the gradients, which is nothing.
 */
struct GradientPhase {
  int firstRow = 0, firstColumn = 0, height = 0, width = 0;
  /** Its places of the kernel, among those in `MapStage::tapOrder`. */
  int firstTap = 0, taps = 0;
};

/** Blocks of channels side by side. */
struct BlockRange {
  int first = 0, count = 0;
  int end() const { return first + count; }
  bool operator==(const BlockRange &) const = default;
};

/** Blocks that a convolution makes of the same blocks, and how the window reads these. */
struct GroupSection {
  BlockRange to, from;
  std::vector<size_t> offsets;
  std::vector<int> counts;
};

/** How the weight gradient reads the inputs of a block of channels from an output's place: where each lies, and its row
 * among the sums. */
struct GradientReading {
  std::vector<size_t> offsets;
  std::vector<int> slots;
};

/** A convolution, pooling or batch normalisation. */
struct MapStage {
  MapWindow window = {};
  int pool = kPoolMax;
  int weight = -1, bias = -1;
  bool learnsWeight = false, learnsBias = false, passesBack = false;
  /** Convolution: its input, and its gradient, read through the window; weights as for linear stages. */
  WindowReading forward, backward;
  /** Without groups there is one of each. */
  std::vector<GroupSection> forwardSections, backwardSections;
  /** Whether the gradient at the input goes phase by phase, and how; else all its places are one phase. */
  bool inPhases = false;
  std::vector<GradientPhase> phases;
  /** Order in which `backward` and the transposed weights have the places of the kernel. */
  std::vector<int> tapOrder;
  /** Of its blocks of channels, and of the last one, which may have fewer; of spikes, where each place of the kernel lies. */
  GradientReading gradient, lastGradient;
  std::vector<size_t> spikeOffsets;
  /** Weights for the gradient at the input, and what a block of inputs takes of them. */
  size_t transposed = 0, transposedRow = 0;
  /** Where samples travel alone: whether the input may come as a list; each thread's list; the sums of each part of the
   * batch. */
  bool listable = false;
  size_t entries = 0, entryValues = 0, entryStarts = 0;
  size_t partSums = 0, partBiasSums = 0;
  /** Batch normalisation: one row of statistics, or one a step. */
  int runningMean = -1, runningVariance = -1, rows = 1;
  bool eachStep = false;
  double epsilon = 0, momentum = 0;
  /** Room for the input as floats, where it comes as spikes. */
  Place expanded;
  /** Two results of each sample, `[row][block][16]`. */
  Place first, second;
  /** What they come to: mean, 1/σ, scale, and going back the means of dy and dy · x̂; gradients of scale and shift. */
  size_t mean = 0, inverse = 0, scale = 0, gradientMean = 0, productMean = 0, weightGradient = 0, biasGradient = 0;
};

/** What neurons leave at the end of a stretch of steps; see `NeuronBorder`. */
struct Border {
  Place states, spikes;
};

struct NeuronStage {
  /** What its spikes add to the loss. */
  std::vector<PenaltyTerm> penalties;
  Neuron neuron = {};
  const NeuronModelRow *model = nullptr;
  /** Those of the model, in its order. */
  std::vector<NeuronParameter> parameters;
  std::vector<size_t> derived;
  /** Recurrent connections: of each neuron to itself, or all to all with a weight and a bias. */
  std::optional<NeuronParameter> own;
  int recurrentWeight = -1, recurrentBias = -1;
  bool learnsRecurrentWeight = false, learnsRecurrentBias = false, passesBack = false;
  size_t recurrentTransposed = 0;
  /** Those of maps: a convolution, read at one step for the kernels and over all steps for the weights' gradient. */
  std::optional<MapStage> recurrentMap;
  WindowReading stepForward, stepBackward;
  RecurrentWindow window = {};
  /** Graded spikes: their factor, and where the spikes themselves lie. */
  std::optional<NeuronParameter> factor;
  Place spikes;
  /** Gradient at the inputs, and the spikes or membranes of the step before, for the recurrent weights' gradient. */
  Place recurrentGradient, spikesBefore, membranesBefore;
  std::vector<Place> states;
  bool coupled() const { return recurrentWeight >= 0; }
  bool hearsMembranes() const { return coupled() && neuron.model == kLeakyParallel; }
  bool learnsRecurrent() const { return learnsRecurrentWeight || learnsRecurrentBias; }
  /** Whether the gradient at all its spikes must be there before any neuron goes back. */
  bool goesBackWhole() const { return coupled() || neuron.inhibition || factor; }
  bool learns() const {
    bool any = learnsRecurrent() || (own && own->learns) || (factor && factor->learns);
    for (const NeuronParameter &p : parameters) any = any || p.learns;
    return any;
  }
  /** Room for the input as floats, where it comes as spikes. */
  Place expanded;
  Place membrane;
  /** Where steps go in stretches: what each but the last leaves, what goes back over its start, and where its regularisers
   * need them the spikes of each neuron so far. */
  std::vector<Border> borders;
  Place carry, spikeCounts;
};

/** Inputs added, or side by side. */
struct JoinStage {
  bool sums = false, passesBack = false;
  /** Not a layer: it lays maps out as features, for a layer that wants them so. */
  bool flattens = false;
  /** Whether the blocks of every input are whole blocks of the output. */
  bool wholeBlocks = false;
  /** Where in the output each input lies. */
  std::vector<int> firstFeatures;
};

struct DropoutStage {
  bool passesBack = false;
  /** A word below it drops; what is kept is scaled. */
  uint32_t threshold = 0, stream = 0;
  float scale = 1;
  /** A mask for every step. */
  bool eachStep = false;
  Place mask;
};

enum class StageKind { Linear, Neuron, Convolution, Pool, Norm, Join, Dropout };

/** Stages between two meetings of the threads; tiles pass through one segment before any enters the next. */
struct Segment {
  int from, to, tileSamples;
  /** The pieces of the second half that may be done once samples have gone back through it. */
  int firstTask = 0, endTask = 0;
};

struct Stage {
  StageKind kind = StageKind::Neuron;
  bool isLinear = false;
  std::string layer;
  /** Signals that it reads. */
  std::vector<int> inputs;
  /** Of each of them whether stages after this one have written a gradient there, to which its own is added. */
  std::vector<char> adds;
  LinearStage linear;
  NeuronStage neuron;
  MapStage map;
  JoinStage join;
  DropoutStage dropout;
  /** Whether it hands a gradient on to what it reads. */
  bool &passesBack() {
    if (kind == StageKind::Linear) return linear.passesBack;
    if (kind == StageKind::Neuron) return neuron.passesBack;
    if (kind == StageKind::Join) return join.passesBack;
    return kind == StageKind::Dropout ? dropout.passesBack : map.passesBack;
  }
  /** Gradient at its output: from the loss or from the stage after it; at the membrane only of the last one. */
  Place outputGradient, membraneGradient;
  /** Where gradients are given in place of the loss: whether they arrive. */
  bool takesSpikesGradient = false, takesMembraneGradient = false;
  bool needsBackward = false;
};

/** One piece of the second half of a step; pieces write to places of their own. */
struct UpdateTask {
  /** `Parameter`: of a neuron, `firstOutput` is its index, or after the last that of the own weight and of the factor. */
  enum Kind { DenseWeight, SpikeWeight, Bias, Parameter, RecurrentWeight, RecurrentBias, WindowWeight, NormScale } kind;
  int stage;
  int firstOutput, outputs, firstInput, inputs;
};

/** A convolution, the leaky neurons after it and their max pooling, which go forward and back together. */
struct EventBlock {
  int convolution = 0;
  int neurons() const { return convolution + 1; }
  int pool() const { return convolution + 2; }
  /** Of each place of the input the first places of the pooling's regions whose windows hold it. */
  std::vector<RegionTap> taps;
  std::vector<int> tapStarts;
  /** Where steps go in stretches and it hands a gradient on, what goes back at its input over a stretch's start. */
  Place carry;
};

/** Words of a bit for each sample. */
inline int activeWords(int samples) { return (samples + 63) / 64; }

/** Blocks of inputs in a piece of a dense weight gradient. */
constexpr int kDenseTaskInputs = 7;

/** Parts of a batch whose weight gradients are summed first, in the order of the samples. */
constexpr int kMostParts = 16;

/** Places that an event block takes at once, and their margins. */
constexpr int kBlockPlaces = kPooledPlaces + 2 * kListMargin;

/** Some blocks of a tensor that learns, for updates whose gradients lie in memory. */
struct TensorPiece {
  int tensor;
  size_t first;
  int blocks;
};

struct Plan {
  Program program;
  /** Steps that lie in memory together: all of the program's, or a stretch of them; the last stretch may be shorter. */
  int steps = 1;
  int stretches() const { return (program.timeSteps + steps - 1) / steps; }
  /** Where steps go in stretches, of all steps: what the last layer hands on, the gradients there and at the input. That at
   * its membranes takes their place, which a sample's leave for each thread's room while the loss reads them. */
  Place wholeSpikes, wholeMembranes, wholeGradient, wholeInputGradient;
  size_t lossMembranes = 0;
  std::vector<Tensor> tensors;
  /** `signals[0]` is the input, `signals[i + 1]` comes out of `stages[i]`. */
  std::vector<Signal> signals;
  std::vector<Stage> stages;
  std::vector<UpdateTask> tasks;
  /** Whether gradients are stored before the optimizer takes them: they are averaged, or clipped by their norm. */
  bool storesGradients = false;
  std::vector<TensorPiece> pieces;
  std::vector<Segment> segments;
  /** Whether gradients that are not there at the same time lie in the same places: updates follow every segment. */
  bool sharesGradients = false;
  /** Whether any signal is made again. */
  bool remakes = false;
  /** Samples go through the whole network one by one, and weight gradients of convolutions are summed on the way. */
  bool streams = false;
  std::vector<EventBlock> eventBlocks;
  /** Blocks of the first layer's outputs that are computed together, where threads share these out: of each thread its own, as
   * many as of the others, and those that are left, which go by samples. Then of each thread the first of them that is its
   * own, and the same of the tasks. */
  std::vector<BlockRange> owned;
  std::vector<int> ownedBounds, taskBounds;
  /** Samples go part by part of the batch, and weight gradients of linear layers over spikes are summed on the way. */
  bool sumsInParts = false;
  /** Each thread's room for some places of an event block, what enters their leaks, and what goes back from them. */
  size_t blockRows = 0, enteringRows = 0, takers = 0, firsts = 0, others = 0;
  /** Samples that a thread takes through the network together. */
  int tileSamples = 8;
  int outputs = 0, neuronLayers = 0;
  Loss loss = {};
  /** What the loss reads, and whether its gradient is the same at every step. */
  bool lossReadsMembrane = false, lossSumsSpikes = false;
  /** Factor on the loss of each class; empty is 1. */
  std::vector<float> classWeights;
  /** Gradient at the input, where it is wanted. */
  bool wantsInputGradient = false;
  Place inputGradient;
  /** The first stage that goes back. */
  int firstBackward = 0;
  /** Each thread's room for a gradient that is added to another. */
  Place addedGradient;
  /** The memory that all threads share, that of each, and what each needs besides to record. */
  Layout arena, thread, trace;
  /** Each thread's room. */
  size_t recurrentPadded = 0;
  size_t encodeScratch = 0, tableScratch = 0, spikesGradient = 0, neuronScratch = 0, counts = 0, lossScratch = 0,
         parameterScratch = 0, active = 0, lit = 0, litKeys = 0, litOrder = 0, padded = 0, windowSums = 0, encoded = 0;
  /** Samples and blocks that go back from a linear stage to the neurons before it together. */
  int backSamples = 1, backBlocks = 4;

  /** Whether a stage reads the bytes of images as constant currents of which many are 0. */
  bool readsDarkness(int stage) const;
  int tensor(const std::string &id) const;
  /** The event block that a stage begins; null where it begins none. */
  const EventBlock *eventBlockFrom(int stage) const;
  /** What goes into a stage, the first of several, and what comes out. */
  const Signal &input(int stage) const { return signals[(size_t)stages[(size_t)stage].inputs.front()]; }
  const Signal &output(int stage) const { return signals[(size_t)stage + 1]; }
  /** The stage that a signal comes out of; -1 for the input. */
  static int producer(int signal) { return signal - 1; }
  /** The segment with whose way back a stage is through: that before its own, or an earlier one, where it goes back with
   * the samples or the neurons there. */
  size_t endsWith(int stage) const;
  const Place &gradientAt(int signal) const {
    return signal > 0 ? stages[(size_t)signal - 1].outputGradient : inputGradient;
  }
  /** The linear stage that alone reads the spikes of a neuron stage; -1 where there is none. They go back together. */
  int linearAfter(int stage) const;
  /** The same of a pooling stage, where the neurons do not hear each other. */
  int poolAfter(int stage) const;
  /** Whether an output is normalised currents that one neuron stage reads: they are computed again for the way back. */
  bool recomputed(int signal) const;
  size_t segmentOf(int stage) const {
    size_t k = 0;
    while (segments[k].to <= stage) k++;
    return k;
  }
};

/** Bytes that a network takes for training and inference, by what they hold; known before any is allocated. */
struct PlanBytes {
  std::array<size_t, kHolds> of = {};
  size_t whole() const;
};

PlanBytes bytesOf(const Plan &plan, int threads);

/** Reads a program; throws a sentence where it is no chain of ops that it knows, or cannot go in stretches of steps. */
Plan makePlan(Program program, const Kernels &kernels, int threads);

} // namespace spikedesk
