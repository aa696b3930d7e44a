#pragma once
// A program as src-main/engine/program.ts describes it, in plain C++.
#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "../kernels/map_kernels.h"

namespace spikedesk {

struct Value {
  std::string id;
  bool spikes = false;
  /** Same at every step. */
  bool isStatic = false;
  std::vector<int> shape;

  size_t count() const {
    size_t product = 1;
    for (int size : shape) product *= (size_t)size;
    return product;
  }
};

/** A surrogate gradient by its name, with its numbers by theirs. */
struct Surrogate {
  std::string name;
  std::map<std::string, double> numbers;
};

struct NeuronSemantics {
  std::string model;
  std::string reset;
  /** Its numbers and switches (0 or 1) by name. */
  std::map<std::string, double> figures;
  Surrogate surrogate;
};

/** What is made of images by their grey levels; see src-main/encoding/levels/levelTable.ts. */
struct InputLevels {
  enum Kind { Current, Drawn, Trains, Sequences } kind = Current;
  double gain = 1, offset = 0;
  /** Of every byte, where it is not gain · byte / 255 + offset. */
  std::vector<float> currents;
  /** Inputs of a pixel. */
  int fields = 1;
  std::vector<float> probabilities;
  int firstStep = 0, period = 0;
  std::vector<uint8_t> ranks;
  std::vector<uint32_t> rows;
  int rowCount = 0;
  std::vector<uint32_t> trains;
  std::vector<float> values;
};

struct EncodeOp {
  std::string encoding;
  std::string output;
  /** None where the input is given. */
  std::optional<InputLevels> levels;
};

/** Any op of the way forward; fields that it has not are empty. */
struct ForwardOp {
  std::string op;
  std::string layer, input, output;
  /** All that it reads of layers, `input` first. */
  std::vector<std::string> inputs;
  std::string weight, bias;
  NeuronSemantics neuron;
  /** Value ids of a neuron's parameters and of its states beside the membrane, by name. */
  std::map<std::string, std::string> parameters;
  std::vector<std::string> states;
  std::string membrane;
  /** Convolution and pooling. */
  MapWindow window = {};
  int groups = 1;
  std::string pool;
  /** Batch normalisation; statistics of each step. */
  std::string runningMean, runningVariance;
  bool eachStep = false;
  double epsilon = 0, momentum = 0;
  /** Dropout; `eachStep` where every step has a mask of its own. */
  double probability = 0;
  int stream = 0;
};

struct LossOp {
  std::string loss, input, spikes, inverse, readout;
  int classes = 1;
  std::vector<double> classWeights;
  double labelSmoothing = 0, onTarget = 1, offTarget = 0, tolerance = 0;
};

/** One regulariser of a layer. */
struct PenaltyTerm {
  std::string kind;
  double strength = 0, target = 0;
  /** Synapses behind a neuron of each place, or one number where all are alike. */
  std::vector<double> fanOut;
};

struct Penalty {
  std::string layer;
  std::vector<PenaltyTerm> terms;
};

struct BackwardOp {
  std::string op, layer;
  bool inputGradient = false, weightGradient = false, biasGradient = false;
  /** Names of the parameters of a neuron that learn. */
  std::vector<std::string> parameterGradients;
  /** Whether a gradient may arrive at the spikes and at the recorded membrane. */
  bool spikesGradient = false, membraneGradient = false;
  /** Steps after which the gradient through time is cut; 0 is never. */
  int truncation = 0;
  /** Number of the random stream of a neuron layer. */
  int stream = 0;
};

struct UpdateOp {
  std::string op;
  std::string parameter;
  /** Value ids of what it keeps, in the order of the kernels; empty where there is none. */
  std::array<std::string, 3> states;
  double learningRate = 0, beta1 = 0, beta2 = 0, epsilon = 0, weightDecay = 0, momentum = 0, dampening = 0;
  bool nesterov = false, decoupledDecay = false;
};

struct Program {
  int timeSteps = 1, batchSize = 1;
  uint32_t seed = 0;
  std::vector<Value> values;
  /** Value ids of the parameters, in order. */
  std::vector<std::string> parameters;
  EncodeOp encode;
  /** Whether the gradient at the input is wanted. */
  bool inputGradient = false;
  std::vector<ForwardOp> forward;
  LossOp loss;
  std::vector<Penalty> penalties;
  std::vector<BackwardOp> backward;
  std::vector<UpdateOp> update;
  /** Largest L2 norm of all gradients, or largest element; 0 is no limit. */
  double mostNorm = 0, mostValue = 0;
  /** Batches averaged for one step, at most. */
  int accumulation = 1;
  /** Whether what can be computed again is not kept for the batch. */
  bool recompute = false;
  /** Steps that are kept together for the way back; 0 is all. */
  int stretch = 0;
};

} // namespace spikedesk
