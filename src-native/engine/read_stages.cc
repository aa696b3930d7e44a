// The way forward of a program as tensors and stages.
#include "read_stages.h"

#include <algorithm>
#include <map>
#include <set>

#include "channel_groups.h"
#include "losses.h"
#include "read_joins.h"
#include "refuse.h"
#include "surrogates.h"
#include "window_reading.h"

namespace spikedesk {

namespace {

/** The layer that a parameter is of: `<layer>.<parameter>`. */
std::string layerOf(const std::string &parameter) { return parameter.substr(0, parameter.find('.')); }

class StageReader {
public:
  explicit StageReader(Plan &plan) : plan_(plan) {}

  void run() {
    const Program &p = plan_.program;
    if (p.timeSteps < 1 || p.batchSize < 1) refuse("steps");
    readTensors();
    readStages();
    readLoss();
  }

private:
  Plan &plan_;
  /** What is read, for refusals: a layer, or the input. */
  std::string layer_ = plan_.program.encode.output;
  /** Signals by the ids of their values. */
  std::map<std::string, int> signals_;

  [[noreturn]] void refuse(const char *reason, const std::string &name = "") const { spikedesk::refuse(layer_, reason, name); }

  const Value &valueOf(const std::string &id) const {
    for (const Value &v : plan_.program.values)
      if (v.id == id) return v;
    refuse("input", id);
  }

  void readTensors() {
    const Program &p = plan_.program;
    for (const std::string &id : p.parameters) {
      layer_ = layerOf(id);
      const Value &v = valueOf(id);
      Tensor t;
      t.id = id;
      t.shape = v.shape;
      for (int size : v.shape)
        if (size < 1) refuse("empty", id);
      t.weight = v.shape.size() >= 2;
      t.outBlocks = v.shape.empty() ? 1 : blocksOf(v.shape[0]);
      for (size_t i = 2; i < v.shape.size(); i++) t.places *= v.shape[i];
      t.inBlocks = t.weight ? blocksOf(v.shape[1]) * t.places : 1;
      plan_.tensors.push_back(t);
    }
    for (size_t i = 0; i < p.update.size(); i++) {
      layer_ = layerOf(p.update[i].parameter);
      plan_.tensors[tensorOf(p.update[i].parameter)].update = (int)i;
    }
  }

  int tensorOf(const std::string &id) const {
    const int index = plan_.tensor(id);
    if (index < 0) refuse("parameter", id);
    return index;
  }

  int parameterOf(const ForwardOp &op, const char *name) const {
    const auto found = op.parameters.find(name);
    if (found == op.parameters.end()) refuse("parameter", name);
    return tensorOf(found->second);
  }

  void checkShape(int tensor, const std::vector<int> &wanted) const {
    if (plan_.tensors[tensor].shape != wanted) refuse("shape", plan_.tensors[tensor].id);
  }

  Signal signalOf(const std::string &id) const {
    const Value &v = valueOf(id);
    Signal s;
    if (v.count() < 1 || v.count() > (1u << 30)) refuse("size", id);
    s.features = s.channels = (int)v.count();
    s.blocks = blocksOf(s.features);
    s.isStatic = v.isStatic;
    s.spikes = v.spikes;
    return s;
  }

  int signalIndex(const ForwardOp &op, const std::string &id) const {
    const auto found = signals_.find(id);
    if (found == signals_.end()) refuse("input", id);
    return found->second;
  }

  /** Reads a value as maps: its first axis are channels, the others places. */
  void spread(Signal &s, const std::string &id) const {
    const std::vector<int> &shape = valueOf(id).shape;
    s.channels = shape.empty() ? 1 : shape[0];
    s.places = s.features / s.channels;
    s.blocks = blocksOf(s.channels) * s.places;
  }

  /** Neurons that hear each other by a convolution. */
  bool convolvesItself(const ForwardOp &op) const {
    const auto recurrent = op.parameters.find("recurrent.weight");
    return recurrent != op.parameters.end() && valueOf(recurrent->second).shape.size() == 4;
  }

  /** Whether an op reads its input as channels and places. */
  bool isMapOp(const ForwardOp &op) const {
    return op.op == "convolution" || op.op == "pool" || convolvesItself(op) ||
           (op.op == "batchNorm" && valueOf(op.output).shape.size() > 1);
  }

  /** Whether the input goes to a layer over maps, at most through layers that leave places as they are. */
  bool takesMaps() const {
    std::set<std::string> reached = {plan_.program.encode.output};
    for (const ForwardOp &op : plan_.program.forward) {
      const bool reads = std::any_of(op.inputs.begin(), op.inputs.end(), [&](const std::string &id) { return reached.count(id) > 0; });
      if (!reads || op.op == "linear") continue;
      if (isMapOp(op)) return true;
      reached.insert(op.output);
    }
    return false;
  }

  /** Whether it is the last layer's neurons, which may have graded spikes. */
  bool isLast(const ForwardOp &op) const {
    const ForwardOp &last = plan_.program.forward.back();
    return op.op == "neuron" && (&op == &last || (last.op == "gradedSpikes" && last.input == op.output));
  }

  static StageKind kindOf(const std::string &op) {
    if (op == "linear") return StageKind::Linear;
    if (op == "convolution") return StageKind::Convolution;
    if (op == "pool") return StageKind::Pool;
    if (op == "add" || op == "concat") return StageKind::Join;
    if (op == "dropout") return StageKind::Dropout;
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
      refuse("window");
  }

  void readConvolution(const ForwardOp &op, const Signal &in, const Signal &out, MapStage &map) {
    readWindow(op, in, out, map);
    map.weight = tensorOf(op.weight);
    Tensor &weight = plan_.tensors[(size_t)map.weight];
    const int taps = map.window.kernelHeight * map.window.kernelWidth;
    if (weight.shape.size() < 3 || weight.shape[0] != out.channels || weight.shape[1] * op.groups != in.channels ||
        weight.places != taps || out.channels % op.groups != 0)
      refuse("shape", weight.id);
    weight.groups = op.groups;
    weight.inBlocks = keptInputBlocks(weight) * taps;
    if (!op.bias.empty()) {
      map.bias = tensorOf(op.bias);
      checkShape(map.bias, {out.channels});
    }
    const int steps = in.steps(plan_.program.timeSteps);
    spikedesk::readWindow(map, steps);
    map.backward = spikedesk::readBackward(map.window, steps);
    makeSections(weight, map);
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

  void append(const Stage &stage, const Signal &out) {
    for (int signal : stage.inputs) plan_.signals[(size_t)signal].readers.push_back((int)plan_.stages.size());
    plan_.stages.push_back(stage);
    plan_.signals.push_back(out);
  }

  /** A signal as features in their order; maps through a stage that lays them out so. */
  int flat(const ForwardOp &op, int signal) {
    const Signal in = plan_.signals[(size_t)signal];
    if (in.places == 1) return signal;
    Stage stage;
    stage.kind = StageKind::Join;
    stage.layer = op.layer + ".flatten";
    stage.inputs = {signal};
    stage.join.flattens = true;
    Signal out;
    out.features = in.features;
    readJoin(plan_, false, stage, out);
    append(stage, out);
    return (int)plan_.signals.size() - 1;
  }

  void readStages() {
    const Program &p = plan_.program;
    layer_ = p.encode.output;
    Signal input = signalOf(p.encode.output);
    const std::optional<InputLevels> &levels = p.encode.levels;
    if (!levels && p.encode.encoding != "given") refuse("encoding", p.encode.encoding);
    const bool current = levels && levels->kind == InputLevels::Current;
    if (current && !input.isStatic) refuse("constantStep");
    if (levels && !current && input.isStatic) refuse("encodedStatic");
    if (levels && input.features % levels->fields != 0) refuse("shape", p.encode.output);
    if (levels) input.spikes = levels->kind == InputLevels::Drawn || levels->kind == InputLevels::Trains;
    else input.spikes = input.spikes && !input.isStatic;
    if (takesMaps()) spread(input, p.encode.output);
    plan_.signals.push_back(input);
    signals_[p.encode.output] = 0;
    if (p.forward.empty()) refuse("noLayers");
    for (const ForwardOp &op : p.forward) {
      layer_ = op.layer;
      if (op.op == "gradedSpikes") {
        readGraded(op);
        continue;
      }
      const StageKind kind = kindOf(op.op);
      int from = signalIndex(op, op.input);
      // Statistics of features, neurons that all hear each other, and the loss read features; maps are laid out anew.
      const bool hearsAll = op.parameters.count("recurrent.weight") > 0;
      if (((isLast(op) || hearsAll) && !convolvesItself(op)) || (kind == StageKind::Norm && !isMapOp(op))) from = flat(op, from);
      const Signal in = plan_.signals[(size_t)from];
      Signal out = signalOf(op.output);
      Stage stage;
      stage.kind = kind;
      stage.isLinear = stage.kind == StageKind::Linear;
      stage.layer = op.layer;
      stage.inputs = {from};
      for (size_t k = 1; k < op.inputs.size(); k++) stage.inputs.push_back(signalIndex(op, op.inputs[k]));
      if (kind == StageKind::Join || kind == StageKind::Dropout) {
        if (kind == StageKind::Dropout) readDropout(plan_, op, in, stage.dropout, out);
        else readJoin(plan_, op.op == "add", stage, out);
        append(stage, out);
        signals_[op.output] = (int)plan_.signals.size() - 1;
        continue;
      }
      if (stage.kind == StageKind::Norm && !valueOf(op.output).shape.empty() &&
          valueOf(op.output).shape.size() == 1) {
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
        if (out.features != in.features) refuse("count");
        readNeuron(op, out.features, stage.neuron);
        out.channels = in.channels;
        out.places = in.places;
        out.blocks = in.blocks;
        stage.neuron.neuron.neurons = in.channels;
        stage.neuron.neuron.places = in.places;
        if (stage.neuron.coupled()) readRecurrence(op, in, stage.neuron);
        if (in.places > 1 && stage.neuron.neuron.inhibition)
          refuse("inhibition");
        out.spikes = true;
        out.isStatic = false;
        plan_.neuronLayers++;
      }
      append(stage, out);
      signals_[op.output] = (int)plan_.signals.size() - 1;
    }
    if (plan_.signals.back().places > 1) refuse("lastMaps");
    if (plan_.stages.back().kind != StageKind::Neuron) refuse("lastNeurons");
  }

  /** Spikes times a factor: the neurons before hand on values. */
  void readGraded(const ForwardOp &op) {
    const int last = (int)plan_.signals.size() - 1;
    if (signalIndex(op, op.input) != last || last == 0 || plan_.stages.back().kind != StageKind::Neuron)
      refuse("graded");
    NeuronParameter factor;
    factor.name = "graded_spikes_factor";
    factor.tensor = tensorOf(op.weight);
    if (!plan_.tensors[(size_t)factor.tensor].shape.empty())
      checkShape(factor.tensor, {plan_.signals.back().features});
    plan_.stages.back().neuron.factor = factor;
    plan_.signals.back().spikes = false;
    signals_.erase(op.input);
    signals_[op.output] = last;
  }

  /** Connections between the neurons of a layer: of a row of them, or by a convolution of maps. */
  void readRecurrence(const ForwardOp &op, const Signal &in, NeuronStage &stage) {
    Tensor &weight = plan_.tensors[(size_t)stage.recurrentWeight];
    const bool convolves = weight.shape.size() == 4;
    if (!convolves && in.places > 1)
      refuse("connections");
    if (stage.recurrentBias >= 0) checkShape(stage.recurrentBias, {in.channels});
    if (!convolves) return checkShape(stage.recurrentWeight, {in.channels, in.channels});
    const std::vector<int> &shape = valueOf(op.input).shape;
    const int kernel = weight.shape[2];
    if (shape.size() != 3 || kernel % 2 == 0) refuse("kernel");
    checkShape(stage.recurrentWeight, {in.channels, in.channels, kernel, kernel});
    MapStage map;
    map.window = {shape[0], shape[1], shape[2], shape[0], shape[1], shape[2], kernel, kernel, 1, 1, kernel / 2, kernel / 2, 1, 1};
    map.weight = stage.recurrentWeight;
    spikedesk::readWindow(map, plan_.program.timeSteps);
    stage.stepForward = readForward(map.window, 1);
    stage.stepBackward = spikedesk::readBackward(map.window, 1);
    stage.recurrentMap = map;
  }

  /** LeakyParallel: whether every membrane acts on every other, or only on itself. */
  bool hearsAll(const ForwardOp &op) const {
    return plan_.tensors[(size_t)parameterOf(op, "rnn.weight_hh_l0")].shape.size() == 2;
  }

  NeuronParameter neuronParameter(const ForwardOp &op, const ModelParameter &parameter, int neurons) const {
    NeuronParameter p;
    p.name = parameter.name;
    p.transform = parameter.transform;
    const bool matrix = op.neuron.model == "leakyparallel" && hearsAll(op);
    if (parameter.optional && (matrix || !op.parameters.count(parameter.name))) return p;
    p.tensor = parameterOf(op, parameter.name);
    if (!plan_.tensors[(size_t)p.tensor].shape.empty()) checkShape(p.tensor, {neurons});
    return p;
  }

  void readNeuron(const ForwardOp &op, int neurons, NeuronStage &stage) const {
    Neuron &n = stage.neuron;
    stage.model = findNeuronModel(op.neuron.model);
    if (!stage.model) refuse("neuron", op.neuron.model);
    n.neurons = neurons;
    n.places = 1;
    if (const ModelProblem problem = setNeuronModel(*stage.model, op.neuron, n); problem.reason) refuse(problem.reason, problem.name);
    for (const ModelParameter &p : stage.model->parameters) stage.parameters.push_back(neuronParameter(op, p, neurons));
    // The kernels of Leaky take one threshold for all neurons.
    if (n.model == kLeaky && !plan_.tensors[(size_t)stage.parameters[1].tensor].shape.empty()) n.model = kLeakyStep;
    if (op.parameters.count("V")) stage.own = neuronParameter(op, {"V", Transform::None}, neurons);
    if (op.parameters.count("recurrent.weight")) {
      stage.recurrentWeight = parameterOf(op, "recurrent.weight");
      stage.recurrentBias = parameterOf(op, "recurrent.bias");
    }
    if (n.model == kLeakyParallel && hearsAll(op)) {
      stage.recurrentWeight = parameterOf(op, "rnn.weight_hh_l0");
      if (op.parameters.count("rnn.bias_hh_l0")) stage.recurrentBias = parameterOf(op, "rnn.bias_hh_l0");
    }
    const Surrogate &surrogate = op.neuron.surrogate;
    // The kernels of Leaky draw nothing.
    if (surrogate.name == "SSO" && n.model == kLeaky) n.model = kLeakyStep;
    if (!setSurrogate(surrogate, n)) refuse("surrogate", surrogate.name);
  }

  void readLoss() {
    const Program &p = plan_.program;
    const ForwardOp &last = p.forward.back();
    if (!setLoss(p.loss, plan_.signals.back().features, plan_)) refuse("loss", p.loss.loss);
    const bool graded = last.op == "gradedSpikes" && p.forward.size() > 1;
    const std::string &membrane = graded ? p.forward[p.forward.size() - 2].membrane : last.membrane;
    if (p.loss.input != (plan_.lossReadsMembrane ? membrane : last.output) || p.loss.spikes != last.output)
      refuse("lossInput");
  }
};

} // namespace

void readStages(Plan &plan) { StageReader(plan).run(); }

} // namespace spikedesk
