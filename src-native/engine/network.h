#pragma once
// A network at work: its memory, its threads and the four things it does with a batch.
//
// A step has two halves. In the first, threads take tiles of samples through the whole network, forward and back;
// a sample's numbers depend on nothing else in the tile. In the second they share out the weight gradients by output,
// each summed over samples and steps in a fixed order, and update. So results do not depend on the number of threads.
#include <array>
#include <atomic>
#include <optional>
#include <string>
#include <vector>

#include "arena.h"
#include "plan.h"
#include "dispatch.h"
#include "profile.h"
#include "shares.h"
#include "threads.h"
#include "thresholds.h"

namespace spikedesk {

/** Samples of bound images, input values `[T or 1, B, N]`, or sparse frames of them. */
struct BatchInput {
  int samples = 0;
  const uint8_t *images = nullptr;
  /** Places in the dataset, which key what is drawn; there the images lie, or in this order where they were handed over. */
  const uint32_t *indices = nullptr;
  bool handed = false;
  /** Places of the batch that follows; what is said of it is only a hint. */
  const uint32_t *next = nullptr;
  int nextSamples = 0;
  uint32_t epoch = 0;
  bool test = false;
  const float *values = nullptr;
  /** Frames: entries of sample b at step t from `starts[b * steps + t]` up to the next; all 1 without values. */
  const uint32_t *starts = nullptr, *places = nullptr;
  const float *frameValues = nullptr;
  size_t entries = 0;
  /** Given gradients at the last spikes and membranes `[T,B,C]`; null is zero. */
  const float *spikesGradient = nullptr, *membraneGradient = nullptr;
  /** One for each sample of the batch; looked up by the caller. */
  const uint8_t *labels = nullptr;
  /** Of this step; none is the program's. */
  std::optional<double> learningRate;
};

struct BatchOutput {
  double loss = 0;
  /** What regularisers add to it. */
  double penalty = 0;
  int correct = 0;
  int32_t *predictions = nullptr;
  float *counts = nullptr;
  double *layerSpikes = nullptr;
  /** A tensor of which a value is NaN or infinite after the step, or was to become so; -1 where all are finite. */
  int notFinite = -1;
};

/** `[T,B,N]` of one neuron layer. */
struct LayerRecord {
  uint8_t *spikes = nullptr;
  float *membrane = nullptr;
  /** The other states, in the order of the model. */
  std::vector<float *> states;
};

/** Backpropagate is Gradients with gradients given in place of those of the loss. */
/** Accumulate is the way forward and back of Train; the gradients wait for the next one. */
enum class Mode { Evaluate, Trace, Gradients, Backpropagate, Accumulate, Train };
/** The states are those of the optimizer, in the order of the kernels. */
enum class TensorPart { Value, First, Second, Third, Gradient };

class Network {
public:
  Network(Program program, int threads);

  const Plan &plan() const { return plan_; }
  const Kernels &kernels() const { return kernels_; }
  int threads() const { return team_.count(); }
  /** Values of one sample. */
  int inputs() const { return plan_.signals.front().features; }
  /** Bytes of an image. */
  int imageBytes() const {
    const std::optional<InputLevels> &levels = plan_.program.encode.levels;
    return inputs() / (levels ? levels->fields : 1);
  }
  int inputSteps() const { return plan_.signals.front().steps(plan_.program.timeSteps); }
  bool takesSpikes() const { return plan_.signals.front().spikes; }

  /** Arguments must have been checked; `records` has one entry for each neuron layer when tracing. */
  void run(Mode mode, const BatchInput &input, BatchOutput &output, const std::vector<LayerRecord> &records = {});

  void read(int tensor, TensorPart part, float *out) const;
  void write(int tensor, TensorPart part, const float *values);
  bool hasPart(int tensor, TensorPart part) const;
  /** The gradient at the input of the last batch that went back, `[T or 1, B, N]`. */
  void readInputGradient(float *out, int samples) const;

  /** Optimizer steps done. Setting them drops the gradients that wait. */
  uint64_t step() const { return step_; }
  void setStep(uint64_t step) {
    step_ = step;
    waiting_ = 0;
  }
  /** Batches whose gradients wait for the next step. */
  int waiting() const { return waiting_; }
  /** Turned on by whoever wants to know. */
  Profile profile;

private:
  struct Tile {
    int thread, first, count;
    /** Part of the batch, where weight gradients are summed for each. */
    int part = 0;
  };
  /** Places of a map side by side. */
  struct RowPlaces {
    int row, firstColumn, columns;
  };
  /** Where a stage writes a gradient, sample by sample. */
  struct GradientRoom {
    float *data;
    size_t stride;
  };
  /** What a convolution's weights saw, and the gradient that arrived at it. */
  struct WindowInput {
    const MapStage &map;
    const Place &input, &gradient;
    bool spikes;
    int channels, steps;
  };

  const Kernels &kernels_;
  Plan plan_;
  ThreadTeam team_;
  Arena arena_, gradients_;
  std::vector<Arena> threadArenas_, traceArenas_;
  /** Of each thread, whether it has the input of a stage as a list. */
  std::vector<std::vector<char>> listed_;
  /** Of each thread, whether it has made a signal for the samples that it is at. */
  std::vector<std::vector<char>> fresh_;
  /** Of each field of drawn input. */
  std::vector<SpikeThresholds> thresholds_;
  std::vector<Update> updates_;
  /** Sums of the squares of each piece of the gradients. */
  std::vector<double> squares_;
  /** Of each tensor whether the step has left a value that is not finite. */
  std::vector<std::atomic<char>> notFinite_;
  /** Whether the step ends without updates. */
  bool stopped_ = false;
  int waiting_ = 0;
  uint64_t step_ = 0;
  std::vector<double> losses_;
  std::vector<int32_t> predictions_;
  std::vector<uint64_t> spikeCounts_;
  /** Of each stage that is regularised: the gradient at a spike by place, and more for each spike of the neuron. */
  struct PenaltyGradient {
    std::vector<float> each;
    float perSpike = 0;
  };
  std::vector<PenaltyGradient> penalties_;
  /** Of each neuron layer and sample. */
  std::vector<double> penaltySums_;
  bool transposedStale_ = true, rowsStale_ = true, hasGradients_ = false;

  /** The steps at work: all, or a stretch of them. */
  struct Stretch {
    int index = 0, first = 0, steps = 1;
    /** Whether the samples go through it once more, this time also back. */
    bool again = false;
  };
  Stretch stretch_;
  /** Of each stage the convolution, and the one between its neurons, as they read the other length of a stretch. */
  struct OtherReading {
    MapStage map;
    std::optional<MapStage> recurrentMap;
  };
  std::vector<OtherReading> otherReadings_;
  bool readsShort_ = false;
  Mode mode_ = Mode::Evaluate;
  BatchInput input_;
  BatchOutput *output_ = nullptr;
  const std::vector<LayerRecord> *records_ = nullptr;
  /** The tiles of each pass through the segments, and the pieces of the second half. */
  std::vector<Shares> tiles_;
  Shares tasks_;
  /** Where updates follow every segment, the pieces of each. */
  std::vector<Shares> segmentTasks_;
  /** The pieces of each pass over gradients that lie in memory. */
  std::vector<Shares> passes_;

  template <class T> T *at(const Place &place, const Tile &tile) const {
    if (place.kind == PlaceKind::Batch) return arena_.at<T>(place.offset) + (size_t)tile.first * place.stride;
    const std::vector<Arena> &arenas = place.kind == PlaceKind::Tile ? threadArenas_ : traceArenas_;
    return arenas[(size_t)tile.thread].at<T>(place.offset);
  }
  template <class T> T *scratch(size_t offset, int thread) const { return threadArenas_[thread].at<T>(offset); }
  size_t partOffset(const Tensor &t, TensorPart part) const;
  /** Counts the batches of training, for what is drawn anew for each: also those that wait. */
  uint64_t drawStep() const { return step_ * (uint64_t)plan_.program.accumulation + (uint64_t)waiting_; }
  bool isTraining() const { return mode_ == Mode::Train || mode_ == Mode::Accumulate; }
  /** Whether the optimizer takes a gradient where it is made, or after all of them are. */
  bool updatesAtOnce() const { return mode_ == Mode::Train && !plan_.storesGradients; }
  bool updatesAfter() const { return mode_ == Mode::Train && plan_.storesGradients; }
  UpdateKind updateKind(const std::string &op) const;
  void setUpdate(Update &u, const UpdateOp &op) const;
  void applyUpdates(int thread);
  bool lossIsFinite() const;
  void checkValues(int tensor, size_t first, int blocks);
  void checkWeights(int tensor, const UpdateTask &task, int places);
  void checkUpdated(const UpdateTask &task);
  void checkStatistics();
  void stopAtGradient();
  int lastNotFinite() const;
  void adjustUpdates();
  const Arena &partArena(TensorPart part) const { return part == TensorPart::Gradient ? gradients_ : arena_; }

  void prepare();
  void prepareNeurons();
  void prepareUpdates();
  void placeGradients();
  void placeTraces();
  void finish();

  bool inLastStretch() const { return stretch_.index + 1 == plan_.stretches(); }
  /** Whether what goes forward also goes back. */
  bool goesBack() const { return learns() && (stretch_.again || inLastStretch()); }
  size_t firstStepOf(const Signal &signal) const { return signal.isStatic ? 0 : (size_t)stretch_.first; }
  void readOtherLength();
  void makeOtherReadings();
  void setStretch(int index, bool again);
  void enterStretch(int index, bool again, int thread);
  void runStretches(int thread);
  bool sumGradients(int thread);
  void turnRound(const Tile &tile);
  void keepOutputs(const Tile &tile);
  void takeGradient(const Tile &tile);
  const float *wholeMembranesOf(int sample, const Tile &tile) const;
  void keepInputGradient(const Tile &tile);
  NeuronBorder borderOf(int stage, int index, const Tile &tile) const;
  static NeuronBorder partOf(NeuronBorder border, int sample, int block);
  NeuronCarry carryOf(int stage, const Tile &tile) const;
  int tilesOf(int tileSamples) const { return (input_.samples + tileSamples - 1) / tileSamples; }
  void dealWork();
  void meet(int thread);
  template <class Job> void eachTile(int pass, int tileSamples, int thread, Job job);
  void runSegments(int thread);
  bool goesInParts() const { return plan_.streams || plan_.sumsInParts; }
  void runParts(int thread);
  void runPart(int part, int thread);
  void addLinearGradient(int stage, const Tile &tile, bool begins);
  void updateLinearFromParts(const UpdateTask &task, int thread);
  int partsOfBatch() const;
  void clearParts(int part);
  void forwardAlone(const Tile &tile);
  void backwardAlone(const Tile &tile);
  void forwardStage(int stage, int layer, const Tile &tile);
  void makeSignal(int stage, const Tile &tile);
  void remakeInputs(int stage, const Tile &tile);
  void runTasks(Shares &tasks, int thread);
  void updateSegment(size_t segment, int thread);
  void backwardStage(int stage, const Tile &tile);
  template <class Visit> static void eachGroup(const MapWindow &window, Visit visit);
  void forwardEventBlock(const EventBlock &block, const Tile &tile);
  void backwardEventBlock(const EventBlock &block, const Tile &tile);
  bool joinsBlocks() const { return mode_ != Mode::Trace; }
  bool isSparse(int sample) const;
  bool listInputs(int stage, const Tile &tile);
  bool isListed(int stage, const Tile &tile) const { return listed_[(size_t)tile.thread][(size_t)stage] != 0; }
  InputList inputList(int stage, const Tile &tile) const;
  bool takesMargins(int stage) const;
  void listProduct(int stage, const Tile &tile, const RowPlaces &at, float *output, size_t outputStride, bool margins);
  void listGradient(int stage, const Tile &tile, const RowPlaces &at, const float *gradient, size_t stride, bool margins);
  void convolveList(int stage, const Tile &tile);
  void windowGradient(int stage, const Tile &tile);
  void addConvolutionGradient(int stage, const Tile &tile);
  void addBiasGradient(int stage, const Tile &tile, const float *gradient, size_t stride, int rows);
  void updateFromParts(const UpdateTask &task, int thread);
  /** Inference has nothing to update: samples are the better share then. */
  bool ownsOutputs() const { return !plan_.owned.empty() && learns(); }
  void forwardOwned(int thread);
  void forwardSegment(const Segment &segment, const Tile &tile);
  void backwardSegment(const Segment &segment, const Tile &tile);
  bool startsWithNorm(size_t segment) const;
  bool goesWithNeurons(int stage) const;
  int neuronLayerOf(int stage) const;
  /** Some samples of a tile and some blocks of a layer. */
  struct SpikeBlocks {
    int firstSample, samples, firstBlock, blocks;
  };
  /** Spikes of each lane of a block over the steps. */
  struct LaneCounts {
    int of[kBlock] = {};
    LaneCounts(const uint16_t *bits, int steps) {
      for (int t = 0; t < steps; t++)
        for (int lane = 0; lane < kBlock; lane++) of[lane] += bits[t] >> lane & 1;
    }
    explicit LaneCounts(const float *counts) {
      for (int lane = 0; lane < kBlock; lane++) of[lane] = (int)counts[lane];
    }
  };
  LaneCounts laneCounts(int stage, const Tile &tile, int sample, int block) const;
  void sumSpikeCounts(int stage, const Tile &tile);
  void preparePenalties();
  void sumPenalties(int stage, int layer, const Tile &tile);
  double penaltyOfBatch() const;
  bool isPenalised(int stage) const;
  void addPenalties(int stage, const Tile &tile, const SpikeBlocks &of, float *gradient, size_t stride, int rows);
  void encode(const Tile &tile);
  void packSpikes(const Tile &tile);
  void packFrames(const Tile &tile);
  /** An image to be encoded, the one after the next where there is one, and its place in the dataset. */
  struct InputImage {
    const uint8_t *bytes, *ahead;
    uint32_t index;
  };
  const uint8_t *imageOf(int sample) const {
    return input_.images + (size_t)(input_.handed ? (uint32_t)sample : input_.indices[sample]) * (size_t)imageBytes();
  }
  InputImage imageAt(int sample) const;
  void encodeSpikes(const InputImage &image, int thread, uint16_t *output);
  void encodeValues(const InputImage &image, int thread, float *output);
  void encodeCurrents(const uint8_t *bytes, int count, const uint8_t *ahead, float *output) const;
  bool skipsDarkness(int stage) const {
    return input_.images && !input_.values && !input_.starts && !plan_.sharesGradients && plan_.readsDarkness(stage);
  }
  void fetchWeights() const;
  void fetchNext(const Tile &tile) const;
  /** Words of 64 inputs, a bit each. */
  size_t litWords() const { return ((size_t)inputs() + 63) / 64; }
  void markLit(int thread);
  const uint16_t *sortByLit(int thread);
  const uint16_t *keepOrdered(const Tile &tile);
  void findActive(int firstWord, int endWord, int thread, int to);
  SpikeEncoding spikeEncoding(int thread) const;
  LevelRows levelRows() const;
  TrainEncoding trainEncoding() const;
  void forwardLinear(int stage, const Tile &tile);
  DenseProduct denseProduct(int stage, const float *input, const Tile &tile, const BlockRange &outputs) const;
  void forwardNeuron(int stage, const Tile &tile);
  JoinPart joinPart(int stage, size_t input) const;
  void forwardJoin(int stage, const Tile &tile);
  void backwardJoin(int stage, const Tile &tile);
  DropoutRows dropoutRows(int stage, const Tile &tile, int sample) const;
  void forwardDropout(int stage, const Tile &tile);
  void backwardDropout(int stage, const Tile &tile);
  void prepareNorms();
  int normRows(int stage) const;
  void forwardMap(int stage, const Tile &tile);
  void forwardConvolution(int stage, const Tile &tile);
  void convolveSpikes(int stage, const Tile &tile);
  PoolMaps pool(int stage, const Tile &tile, int sample) const;
  NormMaps norm(int stage, const Tile &tile, int sample) const;
  void expandSpikes(const Signal &in, const Place &to, const Tile &tile);
  void measureNorm(int stage, const Tile &tile);
  void combineMeasures(int stage);
  void backwardMap(int stage, const Tile &tile);
  void backwardConvolution(int stage, const Tile &tile);
  void sumNormGradients(int stage, const Tile &tile);
  void combineGradients(int stage);
  void clearOtherGroups(const UpdateTask &task, const Tensor &weight, float *sums) const;
  void updateWindowWeights(const UpdateTask &task, int thread);
  void updateWindowWeights(const WindowInput &input, const UpdateTask &task, int thread);
  void sumWindows(const WindowInput &in, const UpdateTask &task, int thread, float *sums, size_t sumsStride);
  void sumSpikeWindows(const WindowInput &in, const UpdateTask &task, int thread, float *sums, size_t sumsStride);
  void updateNormScale(const UpdateTask &task);
  const Place &spikesOf(int stage) const;
  void gradeSpikes(int stage, const Tile &tile);
  void gradeBack(int stage, const Tile &tile, bool sameAtAllSteps, bool arrives);
  void prepareRecurrentWindow(NeuronStage &n);
  NeuronForward neuronForward(int stage, const Tile &tile) const;
  void record(int stage, int layer, const Tile &tile);
  void countSpikes(int stage, int layer, const Tile &tile);
  void lossOf(const Tile &tile);
  bool learns() const { return mode_ != Mode::Evaluate && mode_ != Mode::Trace; }
  void takeGiven(const Tile &tile);
  void packRows(const float *values, const Signal &signal, const Place &place, const Tile &tile) const;
  GradientRoom gradientRoom(int stage, size_t input, const Tile &tile) const;
  void addGradient(int stage, size_t input, const Tile &tile);
  void backwardLinear(int stage, const Tile &tile);
  void backwardNeuron(int stage, const Tile &tile);
  void pointParameters(const NeuronStage &n, const Tile &tile, NeuronBackward &b) const;
  void penalise(int stage, const Tile &tile, NeuronBackward &b);
  void neuronBackward(const NeuronBackward &b) const;
  static NeuronBackward sliceOf(const NeuronBackward &whole, int sample, int samples, int block, int blocks);
  void backwardThroughPool(int stage, int next, const Tile &tile, const NeuronBackward &whole);
  void spikesGradientThroughLinear(int stage, int linear, const Tile &tile);
  void backwardThroughLinear(int stage, int linear, const Tile &tile, NeuronBackward b);

  void runTask(const UpdateTask &task, int thread);
  static const NeuronParameter &learnedParameter(const NeuronStage &n, const UpdateTask &task);
  void updateNeuronParameter(const UpdateTask &task, int thread);
  void updateRecurrent(const UpdateTask &task, int thread);
  void transposeRecurrent(int stage);
  void transposeRecurrent(int stage, int firstOutput, int outputs, int firstInput, int inputs);
  static size_t windowWeightAt(const Tensor &weight, int output, int input);
  void transposeWindow(int stage, int firstOutput, int outputs, int input);
  void transposeWeights(int stage);
  void transposeAfter(const UpdateTask &task);
  void transposeWeights(int stage, int firstOutput, int outputs, int firstInput, int inputs);
};

} // namespace spikedesk
