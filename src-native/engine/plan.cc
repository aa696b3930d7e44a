#include "plan.h"

#include "segments.h"
#include "update_tasks.h"
#include "window_reading.h"

#include <algorithm>
#include <stdexcept>

#include "losses.h"
#include "surrogates.h"

namespace spikedesk {

namespace {

[[noreturn]] void refuse(const std::string &why) { throw std::runtime_error("The native engine cannot run this program: " + why); }

const Value &valueOf(const Program &p, const std::string &id) {
  for (const Value &v : p.values)
    if (v.id == id) return v;
  refuse("there is no value \"" + id + "\".");
}

/** Elements from one sample to the next: whole cache lines, an odd number of them so that samples spread over the
 * sets of a cache. */
size_t sampleStride(size_t elements, size_t elementBytes) {
  const size_t lines = (elements * elementBytes + kCacheLine - 1) / kCacheLine;
  return (lines | 1) * kCacheLine / elementBytes;
}

class Planner {
public:
  Planner(Plan &plan, const Kernels &kernels, int threads) : plan_(plan), kernels_(kernels), threads_(threads) {}

  void run() {
    const Program &p = plan_.program;
    if (p.timeSteps < 1 || p.batchSize < 1) refuse("it needs at least one step and one sample.");
    readTensors();
    readStages();
    readLoss();
    readBackward();
    makeSegments(plan_, threads_);
    place();
    makeTasks(plan_, kernels_);
  }

private:
  Plan &plan_;
  const Kernels &kernels_;
  const int threads_;
  Layout arena_, thread_;

  void readTensors() {
    const Program &p = plan_.program;
    for (const std::string &id : p.parameters) {
      const Value &v = valueOf(p, id);
      Tensor t;
      t.id = id;
      t.shape = v.shape;
      for (int size : v.shape)
        if (size < 1) refuse("the parameter \"" + id + "\" is empty.");
      t.weight = v.shape.size() >= 2;
      t.outBlocks = v.shape.empty() ? 1 : blocksOf(v.shape[0]);
      for (size_t i = 2; i < v.shape.size(); i++) t.places *= v.shape[i];
      t.inBlocks = t.weight ? blocksOf(v.shape[1]) * t.places : 1;
      plan_.tensors.push_back(t);
    }
    for (size_t i = 0; i < p.update.size(); i++) plan_.tensors[tensorOf(p.update[i].parameter)].update = (int)i;
  }

  int tensorOf(const std::string &id) const {
    const int index = plan_.tensor(id);
    if (index < 0) refuse("\"" + id + "\" is not one of its parameters.");
    return index;
  }

  int parameterOf(const ForwardOp &op, const char *name) const {
    const auto found = op.parameters.find(name);
    if (found == op.parameters.end()) refuse("the layer \"" + op.layer + "\" has no " + name + ".");
    return tensorOf(found->second);
  }

  void checkShape(int tensor, const std::vector<int> &wanted) const {
    if (plan_.tensors[tensor].shape != wanted) refuse("the shape of \"" + plan_.tensors[tensor].id + "\" does not fit.");
  }

  Signal signalOf(const std::string &id) const {
    const Value &v = valueOf(plan_.program, id);
    Signal s;
    if (v.count() < 1 || v.count() > (1u << 30)) refuse("the size of \"" + id + "\" is out of range.");
    s.features = s.channels = (int)v.count();
    s.blocks = blocksOf(s.features);
    s.isStatic = v.isStatic;
    s.spikes = v.spikes;
    return s;
  }

  /** Reads a value as maps: its first axis are channels, the others places. */
  void spread(Signal &s, const std::string &id) const {
    const std::vector<int> &shape = valueOf(plan_.program, id).shape;
    s.channels = shape.empty() ? 1 : shape[0];
    s.places = s.features / s.channels;
    s.blocks = blocksOf(s.channels) * s.places;
  }

  /** Whether the input goes to a layer over maps, at most through neurons. */
  bool takesMaps() const {
    for (const ForwardOp &op : plan_.program.forward) {
      if (op.op == "linear") return false;
      if (op.op != "neuron") return true;
    }
    return false;
  }

  static StageKind kindOf(const std::string &op) {
    if (op == "linear") return StageKind::Linear;
    if (op == "convolution") return StageKind::Convolution;
    if (op == "pool") return StageKind::Pool;
    return op == "batchNorm" ? StageKind::Norm : StageKind::Neuron;
  }

  void readWindow(const ForwardOp &op, const Signal &in, const Signal &out, MapStage &map) const {
    const MapWindow &w = map.window = op.window;
    const auto fits = [](int64_t size, int64_t outputs, int kernel, int stride, int padding, int dilation) {
      return outputs == (size + 2 * (int64_t)padding - (int64_t)dilation * (kernel - 1) - 1) / stride + 1;
    };
    const bool moves = fits(w.height, w.outputHeight, w.kernelHeight, w.strideY, w.paddingY, w.dilationY) &&
                       fits(w.width, w.outputWidth, w.kernelWidth, w.strideX, w.paddingX, w.dilationX);
    if (w.channels != in.channels || (int64_t)w.height * w.width != in.places || w.outputs != out.channels ||
        (int64_t)w.outputHeight * w.outputWidth != out.places || !(moves || op.pool == "adaptiveAverage"))
      refuse("the window of \"" + op.layer + "\" does not fit its values.");
  }

  void readConvolution(const ForwardOp &op, const Signal &in, const Signal &out, MapStage &map) {
    readWindow(op, in, out, map);
    map.weight = tensorOf(op.weight);
    Tensor &weight = plan_.tensors[(size_t)map.weight];
    const int taps = map.window.kernelHeight * map.window.kernelWidth;
    if (weight.shape.size() < 3 || weight.shape[0] != out.channels || weight.shape[1] * op.groups != in.channels ||
        weight.places != taps || out.channels % op.groups != 0)
      refuse("the shape of \"" + weight.id + "\" does not fit.");
    weight.groups = op.groups;
    weight.inBlocks = blocksOf(in.channels) * taps;
    if (!op.bias.empty()) {
      map.bias = tensorOf(op.bias);
      checkShape(map.bias, {out.channels});
    }
    const int steps = in.steps(plan_.program.timeSteps);
    map.forward = readForward(map.window, steps);
    map.backward = spikedesk::readBackward(map.window, steps);
  }

  void readNorm(const ForwardOp &op, const Signal &in, MapStage &map) const {
    const auto channelTensor = [&](const std::string &id) {
      const int tensor = tensorOf(id);
      checkShape(tensor, {in.channels});
      return tensor;
    };
    if (!op.weight.empty()) map.weight = channelTensor(op.weight);
    if (!op.bias.empty()) map.bias = channelTensor(op.bias);
    map.runningMean = channelTensor(op.runningMean);
    map.runningVariance = channelTensor(op.runningVariance);
    map.rows = op.eachStep ? in.steps(plan_.program.timeSteps) : 1;
    map.eachStep = op.eachStep;
    map.epsilon = op.epsilon;
    map.momentum = op.momentum;
  }

  void readStages() {
    const Program &p = plan_.program;
    std::string previous = p.encode.output;
    Signal input = signalOf(previous);
    const std::string &kind = p.encode.encoding;
    const bool draws = kind == "rate" || kind == "poisson";
    if (!draws && kind != "constant" && kind != "given") refuse("it does not know the encoding \"" + kind + "\".");
    input.spikes = draws;
    if (takesMaps()) spread(input, previous);
    if (draws && input.isStatic) refuse("drawn spikes cannot be the same at every step.");
    if (kind == "constant" && !input.isStatic) refuse("a constant current must be static.");
    plan_.signals.push_back(input);
    if (p.forward.empty()) refuse("it has no layers.");
    for (const ForwardOp &op : p.forward) {
      if (op.input != previous) refuse("the layer \"" + op.layer + "\" does not read the layer before it.");
      const Signal &in = plan_.signals.back();
      Signal out = signalOf(op.output);
      Stage stage;
      stage.kind = kindOf(op.op);
      stage.isLinear = stage.kind == StageKind::Linear;
      stage.layer = op.layer;
      if (stage.kind == StageKind::Norm && !valueOf(p, op.output).shape.empty() &&
          valueOf(p, op.output).shape.size() == 1) {
        out.channels = in.channels;
      } else if (!stage.isLinear && stage.kind != StageKind::Neuron) {
        spread(out, op.output);
      }
      if (stage.isLinear) {
        Tensor &weight = plan_.tensors[(size_t)tensorOf(op.weight)];
        weight.places = in.places;
        weight.inBlocks = in.blocks;
        stage.linear.weight = tensorOf(op.weight);
        checkShape(stage.linear.weight, {out.features, in.features});
        if (!op.bias.empty()) {
          stage.linear.bias = tensorOf(op.bias);
          checkShape(stage.linear.bias, {out.features});
        }
        out.spikes = false;
        out.isStatic = in.isStatic;
      } else if (stage.kind != StageKind::Neuron) {
        out.isStatic = in.isStatic;
        out.spikes = stage.kind == StageKind::Pool && op.pool == "max" && in.spikes;
        if (stage.kind == StageKind::Convolution) readConvolution(op, in, out, stage.map);
        if (stage.kind == StageKind::Norm) readNorm(op, in, stage.map);
        if (stage.kind == StageKind::Pool) readWindow(op, in, out, stage.map);
        stage.map.pool = op.pool == "average" ? kPoolAverage : op.pool == "adaptiveAverage" ? kPoolAdaptiveAverage : kPoolMax;
      } else {
        if (out.features != in.features) refuse("the layer \"" + op.layer + "\" changes the number of neurons.");
        readNeuron(op, out.features, stage.neuron);
        out.channels = in.channels;
        out.places = in.places;
        out.blocks = in.blocks;
        stage.neuron.neuron.neurons = in.channels;
        stage.neuron.neuron.places = in.places;
        if (in.places > 1 && stage.neuron.coupled())
          refuse("the neurons of \"" + op.layer + "\" hear each other across maps, for which there is no kernel.");
        out.spikes = true;
        out.isStatic = false;
        plan_.neuronLayers++;
      }
      plan_.stages.push_back(stage);
      plan_.signals.push_back(out);
      previous = op.output;
    }
    if (plan_.signals.back().places > 1) refuse("the last layer, \"" + plan_.stages.back().layer + "\", has maps; put a linear layer before it.");
    if (plan_.stages.back().kind != StageKind::Neuron) refuse("its last layer must be a neuron layer.");
  }

  NeuronParameter neuronParameter(const ForwardOp &op, const ModelParameter &parameter, int neurons) const {
    NeuronParameter p;
    p.name = parameter.name;
    p.transform = parameter.transform;
    p.tensor = parameterOf(op, parameter.name);
    if (!plan_.tensors[(size_t)p.tensor].shape.empty()) checkShape(p.tensor, {neurons});
    return p;
  }

  void readNeuron(const ForwardOp &op, int neurons, NeuronStage &stage) const {
    Neuron &n = stage.neuron;
    stage.model = findNeuronModel(op.neuron.model);
    if (!stage.model) refuse("it does not know the neuron \"" + op.neuron.model + "\".");
    n.neurons = neurons;
    n.places = 1;
    const std::string problem = setNeuronModel(*stage.model, op.neuron, n);
    if (!problem.empty()) refuse(problem);
    for (const ModelParameter &p : stage.model->parameters) stage.parameters.push_back(neuronParameter(op, p, neurons));
    // The kernels of Leaky take one threshold for all neurons.
    if (n.model == kLeaky && !plan_.tensors[(size_t)stage.parameters[1].tensor].shape.empty()) n.model = kLeakyStep;
    if (op.parameters.count("V")) stage.own = neuronParameter(op, {"V", Transform::None}, neurons);
    if (op.parameters.count("recurrent.weight")) {
      stage.recurrentWeight = parameterOf(op, "recurrent.weight");
      stage.recurrentBias = parameterOf(op, "recurrent.bias");
      checkShape(stage.recurrentWeight, {neurons, neurons});
      checkShape(stage.recurrentBias, {neurons});
    }
    const Surrogate &surrogate = op.neuron.surrogate;
    if (!setSurrogate(surrogate, n)) refuse("it does not know the surrogate \"" + surrogate.name + "\" with these numbers.");
  }

  void readLoss() {
    const Program &p = plan_.program;
    const ForwardOp &last = p.forward.back();
    if (!setLoss(p.loss, plan_.signals.back().features, plan_)) refuse("it does not know the loss \"" + p.loss.loss + "\".");
    if (p.loss.input != (plan_.lossReadsMembrane ? last.membrane : last.output) || p.loss.spikes != last.output)
      refuse("the loss does not read the last layer.");
  }

  void readBackward() {
    for (const BackwardOp &op : plan_.program.backward) {
      const auto stage = std::find_if(plan_.stages.begin(), plan_.stages.end(),
                                      [&](const Stage &s) { return s.layer == op.layer; });
      if (stage == plan_.stages.end()) refuse("there is no layer \"" + op.layer + "\".");
      if (stage->kind != StageKind::Linear && stage->kind != StageKind::Neuron) {
        MapStage &map = stage->map;
        if (op.op == "convolutionWeightGradient") map.learnsWeight = true, map.learnsBias = op.biasGradient && map.bias >= 0;
        else if (op.op == "convolutionInputGradient" || op.op == "poolBackward") map.passesBack = true;
        else if (op.op == "batchNormBackward") {
          map.learnsWeight = op.weightGradient && map.weight >= 0;
          map.learnsBias = op.biasGradient && map.bias >= 0;
          map.passesBack = op.inputGradient;
        } else refuse("the way back does not fit \"" + op.layer + "\".");
        continue;
      }
      if (stage->isLinear != (op.op != "neuronBackward")) refuse("the way back does not fit \"" + op.layer + "\".");
      LinearStage &linear = stage->linear;
      NeuronStage &neuron = stage->neuron;
      if (op.op == "linearWeightGradient") {
        linear.learnsWeight = true;
        linear.learnsBias = op.biasGradient && linear.bias >= 0;
      } else if (op.op == "linearInputGradient") {
        linear.passesBack = true;
      } else {
        neuron.passesBack = op.inputGradient;
        stage->takesSpikesGradient = op.spikesGradient;
        stage->takesMembraneGradient = op.membraneGradient;
        for (const std::string &name : op.parameterGradients) {
          for (NeuronParameter &p : neuron.parameters) p.learns = p.learns || p.name == name;
          if (neuron.own && name == "V") neuron.own->learns = true;
          if (neuron.coupled() && name == "recurrent.weight") neuron.learnsRecurrent = true;
        }
      }
    }
    // From the first stage that learns on, every stage must hand its gradient on.
    bool before = plan_.wantsInputGradient = plan_.program.inputGradient;
    for (Stage &s : plan_.stages) {
      bool &passes = s.isLinear ? s.linear.passesBack : s.kind == StageKind::Neuron ? s.neuron.passesBack : s.map.passesBack;
      const bool learns = s.linear.learnsWeight || s.map.learnsWeight || (s.kind == StageKind::Neuron && s.neuron.learns());
      if (before != passes) {
        if (before) refuse("the layer \"" + s.layer + "\" passes no gradient to the layers before it.");
        passes = false;
      }
      before = before || learns;
      s.needsBackward = before;
    }
  }

  bool wholeSignals() const { return plan_.segments.size() > 1; }
  bool startsLaterSegment(size_t i) const {
    for (const Segment &s : plan_.segments)
      if (s.from == (int)i && s.from > 0) return true;
    return false;
  }

  Place samplesPlace(bool wholeBatch, size_t elements, size_t elementBytes) {
    Place place;
    place.wholeBatch = wholeBatch;
    place.stride = sampleStride(elements, elementBytes);
    const size_t samples = (size_t)(wholeBatch ? plan_.program.batchSize : plan_.tileSamples);
    if ((double)place.stride * (double)elementBytes * (double)samples > kMostBytes) refuseSize();
    place.offset = (wholeBatch ? arena_ : thread_).take<char>(place.stride * elementBytes * samples);
    return place;
  }

  void place() {
    const int steps = plan_.program.timeSteps;
    for (Tensor &t : plan_.tensors) {
      t.data = arena_.take<float>(t.paddedFloats());
      if (t.update < 0) continue;
      t.first = arena_.take<float>(t.paddedFloats());
      t.second = arena_.take<float>(t.paddedFloats());
    }
    for (size_t i = 0; i < plan_.signals.size(); i++) {
      Signal &s = plan_.signals[i];
      const bool learns = i < plan_.stages.size() && (plan_.stages[i].linear.learnsWeight || plan_.stages[i].map.learnsWeight);
      const bool kept = wholeSignals() || learns;
      s.place = samplesPlace(kept, (size_t)s.blocks * s.steps(steps) * (s.spikes ? 1 : kBlock), s.spikes ? 2 : 4);
    }
    const Signal &input = plan_.signals.front();
    if (plan_.wantsInputGradient)
      plan_.inputGradient = samplesPlace(true, (size_t)input.blocks * input.steps(steps) * kBlock, 4);
    for (size_t i = 0; i < plan_.stages.size(); i++) placeStage(i);
    placeScratch();
    plan_.arenaBytes = arena_.size();
    plan_.threadBytes = thread_.size();
  }

  /** A gradient that is read by the second half of a step, or by another segment than writes it, is kept whole. */
  bool keptGradient(size_t i) const {
    const Stage &s = plan_.stages[i];
    return s.linear.learnsWeight || (s.kind == StageKind::Convolution && s.map.learnsWeight) || s.kind == StageKind::Norm ||
           startsLaterSegment(i + 1) || startsLaterSegment(i);
  }

  void placeMap(size_t i) {
    const int steps = plan_.program.timeSteps;
    Stage &s = plan_.stages[i];
    MapStage &map = s.map;
    const Signal &in = plan_.signals[i], &out = plan_.signals[i + 1];
    if (s.needsBackward) s.outputGradient = samplesPlace(keptGradient(i), (size_t)out.blocks * out.steps(steps) * kBlock, 4);
    if (s.kind == StageKind::Convolution && map.passesBack)
      map.transposed = arena_.take<float>(plan_.tensors[(size_t)map.weight].paddedFloats());
    if (s.kind != StageKind::Norm) return;
    const size_t row = (size_t)blocksOf(in.channels) * kBlock, all = row * (size_t)map.rows;
    if (in.spikes) map.expanded = samplesPlace(true, (size_t)in.blocks * (size_t)steps * kBlock, 4);
    map.first = samplesPlace(true, all, 4);
    map.second = samplesPlace(true, all, 4);
    for (size_t *place : {&map.mean, &map.inverse, &map.scale, &map.gradientMean, &map.productMean})
      *place = arena_.take<float>(all);
    map.weightGradient = arena_.take<float>(row);
    map.biasGradient = arena_.take<float>(row);
  }

  void placeStage(size_t i) {
    const int steps = plan_.program.timeSteps;
    Stage &s = plan_.stages[i];
    const Signal &in = plan_.signals[i], &out = plan_.signals[i + 1];
    if (!s.isLinear && s.kind != StageKind::Neuron) return placeMap(i);
    if (s.isLinear) {
      if (s.linear.passesBack)
        s.linear.transposed = arena_.take<float>((size_t)in.blocks * out.blocks * kBlock * kBlock);
      if (s.needsBackward)
        s.outputGradient = samplesPlace(keptGradient(i), (size_t)out.blocks * out.steps(steps) * kBlock, 4);
      return;
    }
    NeuronStage &n = s.neuron;
    const bool last = i + 1 == plan_.stages.size();
    if (in.spikes) n.expanded = samplesPlace(false, (size_t)in.blocks * steps * kBlock, 4);
    n.membrane = samplesPlace(false, (size_t)out.blocks * steps * kBlock, 4);
    placeNeuron(n, out.blocks);
    if (s.needsBackward && (last || !plan_.stages[i + 1].isLinear || n.coupled())) {
      s.outputGradient = samplesPlace(keptGradient(i), (size_t)out.blocks * steps * kBlock, 4);
      if (last) s.membraneGradient = samplesPlace(false, (size_t)out.blocks * steps * kBlock, 4);
    }
  }

  void placeNeuron(NeuronStage &n, int blocks) {
    const size_t row = (size_t)blocks * kBlock, rows = row * (size_t)plan_.program.timeSteps;
    const auto placeParameter = [&](NeuronParameter &p) {
      p.row = arena_.take<float>(row);
      if (p.learns) p.gradient = samplesPlace(true, row, 4);
    };
    for (NeuronParameter &p : n.parameters) placeParameter(p);
    for (int i = 0; i < n.model->derived; i++) n.derived.push_back(arena_.take<float>(row));
    for (size_t i = 0; i < n.model->states.size(); i++) n.states.push_back(samplesPlace(false, rows, 4));
    if (n.own) placeParameter(*n.own);
    if (!n.coupled()) return;
    n.recurrentTransposed = arena_.take<float>(row * row);
    if (!n.learnsRecurrent) return;
    n.recurrentGradient = samplesPlace(true, rows, 4);
    n.spikesBefore = samplesPlace(true, rows / kBlock, 2);
  }

  void placeScratch() {
    const int steps = plan_.program.timeSteps;
    const Signal &input = plan_.signals.front();
    const size_t padded = (size_t)(input.features + 127) / 128 * 128;
    plan_.encodeScratch = thread_.take<uint16_t>(input.spikes ? 2 * padded + padded / 8 : 1);
    plan_.tableScratch = thread_.take<float>(std::max<size_t>((size_t)kernels_.spikeTableFloats, kGradientFloats));
    size_t neuronFloats = (size_t)3 * kernels_.streams * steps * kBlock;
    for (const Stage &s : plan_.stages) {
      const size_t blocks = s.neuron.coupled() ? (size_t)blocksOf(s.neuron.neuron.neurons) : (size_t)stepGroup(steps);
      if (!s.isLinear) neuronFloats = std::max(neuronFloats, stepScratchFloats((size_t)steps, blocks));
    }
    plan_.neuronScratch = thread_.take<float>(neuronFloats);
    plan_.counts = thread_.take<float>((size_t)blocksOf(plan_.outputs) * kBlock);
    plan_.lossScratch = thread_.take<float>((size_t)4 * blocksOf(plan_.outputs) * kBlock);
    int blocks = 1;
    for (const Signal &s : plan_.signals) blocks = std::max(blocks, s.blocks);
    plan_.parameterScratch = thread_.take<float>((size_t)blocks * kBlock);
    size_t window = 1, sums = 1;
    for (size_t i = 0; i < plan_.stages.size(); i++) {
      const Stage &s = plan_.stages[i];
      if (s.kind != StageKind::Convolution) continue;
      window = std::max({window, s.map.forward.blockFloats * (size_t)blocksOf(s.map.window.channels),
                         s.map.backward.blockFloats * (size_t)blocksOf(s.map.window.outputs)});
      sums = std::max(sums, (size_t)kWindowTaskBlocks * (size_t)plan_.tensors[(size_t)s.map.weight].places * kBlock * kBlock);
    }
    plan_.padded = thread_.take<float>(window);
    plan_.windowSums = thread_.take<float>(sums);
    plan_.encoded = thread_.take<float>(input.places > 1 ? std::max((size_t)blocksOf(input.features) * kBlock, (size_t)blocksOf(input.features) * steps) : 1);
    chooseBack(steps);
    plan_.spikesGradient = thread_.take<float>((size_t)plan_.backSamples * plan_.backBlocks * steps * kBlock);
  }

  /** As many streams as the neuron kernels like, as long as their gradients stay in the first-level cache. */
  void chooseBack(int steps) {
    const size_t row = (size_t)steps * kBlock * sizeof(float);
    plan_.backBlocks = 4;
    plan_.backSamples = std::max(1, kernels_.streams / plan_.backBlocks);
    while (plan_.backBlocks > 1 && plan_.backBlocks * plan_.backSamples * row > 32 * 1024) {
      if (plan_.backSamples > 1) plan_.backSamples /= 2;
      else plan_.backBlocks /= 2;
    }
    plan_.backSamples = std::min(std::max(plan_.backSamples, (8 + steps - 1) / steps), plan_.tileSamples);
  }
};

} // namespace

int Plan::tensor(const std::string &id) const {
  for (size_t i = 0; i < tensors.size(); i++)
    if (tensors[i].id == id) return (int)i;
  return -1;
}

Plan makePlan(Program program, const Kernels &kernels, int threads) {
  Plan plan;
  plan.program = std::move(program);
  Planner(plan, kernels, threads).run();
  return plan;
}

} // namespace spikedesk
