// Neurons, their parameters, and their connections to each other.
#include "stage_reader.h"
#include "surrogates.h"
#include "window_reading.h"

namespace spikedesk {

void StageReader::readNeurons(const ForwardOp &op, const Signal &in, Signal &out, NeuronStage &stage) {
  if (out.features != in.features) refuse("count");
  readModel(op, out.features, stage);
  out.channels = in.channels;
  out.places = in.places;
  out.blocks = in.blocks;
  stage.neuron.neurons = in.channels;
  stage.neuron.places = in.places;
  if (stage.coupled()) readRecurrence(op, in, stage);
  if (in.places > 1 && stage.neuron.inhibition) refuse("inhibition");
  out.spikes = true;
  out.isStatic = false;
  plan_.neuronLayers++;
}

void StageReader::readModel(const ForwardOp &op, int neurons, NeuronStage &stage) const {
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

NeuronParameter StageReader::neuronParameter(const ForwardOp &op, const ModelParameter &parameter, int neurons) const {
  NeuronParameter p;
  p.name = parameter.name;
  p.transform = parameter.transform;
  const bool matrix = op.neuron.model == "leakyparallel" && hearsAll(op);
  if (parameter.optional && (matrix || !op.parameters.count(parameter.name))) return p;
  p.tensor = parameterOf(op, parameter.name);
  if (!plan_.tensors[(size_t)p.tensor].shape.empty()) checkShape(p.tensor, {neurons});
  return p;
}

/** LeakyParallel: whether every membrane acts on every other, or only on itself. */
bool StageReader::hearsAll(const ForwardOp &op) const {
  return plan_.tensors[(size_t)parameterOf(op, "rnn.weight_hh_l0")].shape.size() == 2;
}

/** Neurons that hear each other by a convolution. */
bool StageReader::convolvesItself(const ForwardOp &op) const {
  const auto recurrent = op.parameters.find("recurrent.weight");
  return recurrent != op.parameters.end() && valueOf(recurrent->second).shape.size() == 4;
}

/** Connections between the neurons of a layer: of a row of them, or by a convolution of maps. */
void StageReader::readRecurrence(const ForwardOp &op, const Signal &in, NeuronStage &stage) {
  Tensor &weight = plan_.tensors[(size_t)stage.recurrentWeight];
  const bool convolves = weight.shape.size() == 4;
  if (!convolves && in.places > 1) refuse("connections");
  if (stage.recurrentBias >= 0) checkShape(stage.recurrentBias, {in.channels});
  if (!convolves) return checkShape(stage.recurrentWeight, {in.channels, in.channels});
  const std::vector<int> &shape = valueOf(op.input).shape;
  const int kernel = weight.shape[2];
  if (shape.size() != 3 || kernel % 2 == 0) refuse("kernel");
  checkShape(stage.recurrentWeight, {in.channels, in.channels, kernel, kernel});
  MapStage map;
  map.window = {shape[0], shape[1], shape[2], shape[0], shape[1], shape[2], kernel, kernel, 1, 1, kernel / 2, kernel / 2, 1, 1};
  map.weight = stage.recurrentWeight;
  readWindow(map, plan_.steps);
  stage.stepForward = readForward(map.window, 1);
  stage.stepBackward = readBackward(map.window, 1);
  stage.recurrentMap = map;
}

/** Spikes times a factor: the neurons before hand on values. */
void StageReader::readGraded(const ForwardOp &op) {
  const int last = (int)plan_.signals.size() - 1;
  if (signalIndex(op.input) != last || last == 0 || plan_.stages.back().kind != StageKind::Neuron)
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

} // namespace spikedesk
