#include "stage_reader.h"

#include "losses.h"
#include "read_joins.h"
#include "refuse.h"

namespace spikedesk {

namespace {

/** The layer that a parameter is of: `<layer>.<parameter>`. */
std::string layerOf(const std::string &parameter) { return parameter.substr(0, parameter.find('.')); }

StageKind kindOf(const std::string &op) {
  if (op == "linear") return StageKind::Linear;
  if (op == "convolution") return StageKind::Convolution;
  if (op == "pool") return StageKind::Pool;
  if (op == "add" || op == "concat") return StageKind::Join;
  if (op == "dropout") return StageKind::Dropout;
  return op == "batchNorm" ? StageKind::Norm : StageKind::Neuron;
}

} // namespace

void StageReader::run() {
  const Program &p = plan_.program;
  if (p.timeSteps < 1 || p.batchSize < 1) refuse("steps");
  readTensors();
  readInput();
  for (const ForwardOp &op : p.forward) {
    layer_ = op.layer;
    if (op.op == "gradedSpikes") readGraded(op);
    else readStage(op);
  }
  if (plan_.signals.back().places > 1) refuse("lastMaps");
  if (plan_.stages.back().kind != StageKind::Neuron) refuse("lastNeurons");
  readLoss();
}

void StageReader::refuse(const char *reason, const std::string &name) const { spikedesk::refuse(layer_, reason, name); }

const Value &StageReader::valueOf(const std::string &id) const {
  for (const Value &v : plan_.program.values)
    if (v.id == id) return v;
  refuse("input", id);
}

int StageReader::tensorOf(const std::string &id) const {
  const int index = plan_.tensor(id);
  if (index < 0) refuse("parameter", id);
  return index;
}

int StageReader::parameterOf(const ForwardOp &op, const char *name) const {
  const auto found = op.parameters.find(name);
  if (found == op.parameters.end()) refuse("parameter", name);
  return tensorOf(found->second);
}

void StageReader::checkShape(int tensor, const std::vector<int> &wanted) const {
  if (plan_.tensors[tensor].shape != wanted) refuse("shape", plan_.tensors[tensor].id);
}

Signal StageReader::signalOf(const std::string &id) const {
  const Value &v = valueOf(id);
  Signal s;
  if (v.count() < 1 || v.count() > (1u << 30)) refuse("size", id);
  s.features = s.channels = (int)v.count();
  s.blocks = blocksOf(s.features);
  s.isStatic = v.isStatic;
  s.spikes = v.spikes;
  return s;
}

int StageReader::signalIndex(const std::string &id) const {
  const auto found = signals_.find(id);
  if (found == signals_.end()) refuse("input", id);
  return found->second;
}

void StageReader::readTensors() {
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

void StageReader::readInput() {
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
}

void StageReader::readStage(const ForwardOp &op) {
  int from = signalIndex(op.input);
  if (wantsFeatures(op)) from = flat(op, from);
  const Signal in = plan_.signals[(size_t)from];
  Signal out = signalOf(op.output);
  Stage stage;
  stage.kind = kindOf(op.op);
  stage.isLinear = stage.kind == StageKind::Linear;
  stage.layer = op.layer;
  stage.inputs = {from};
  for (size_t k = 1; k < op.inputs.size(); k++) stage.inputs.push_back(signalIndex(op.inputs[k]));
  if (stage.kind == StageKind::Join) readJoin(plan_, op.op == "add", stage, out);
  else if (stage.kind == StageKind::Dropout) readDropout(op, in, stage.dropout, out);
  else if (stage.kind == StageKind::Linear) readLinear(op, in, out, stage.linear);
  else if (stage.kind == StageKind::Neuron) readNeurons(op, in, out, stage.neuron);
  else readMap(op, in, out, stage);
  append(stage, out);
  signals_[op.output] = (int)plan_.signals.size() - 1;
}

void StageReader::append(const Stage &stage, const Signal &out) {
  for (int signal : stage.inputs) plan_.signals[(size_t)signal].readers.push_back((int)plan_.stages.size());
  plan_.stages.push_back(stage);
  plan_.signals.push_back(out);
}

/** A signal as features in their order; maps through a stage that lays them out so. */
int StageReader::flat(const ForwardOp &op, int signal) {
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

/** Whether it is the last layer's neurons, which may have graded spikes. */
bool StageReader::isLast(const ForwardOp &op) const {
  const ForwardOp &last = plan_.program.forward.back();
  return op.op == "neuron" && (&op == &last || (last.op == "gradedSpikes" && last.input == op.output));
}

/** Statistics of features, neurons that all hear each other, and the loss read features; maps are laid out anew. */
bool StageReader::wantsFeatures(const ForwardOp &op) const {
  const bool hearsAll = op.parameters.count("recurrent.weight") > 0;
  return ((isLast(op) || hearsAll) && !convolvesItself(op)) || (op.op == "batchNorm" && !isMapOp(op));
}

void StageReader::readLinear(const ForwardOp &op, const Signal &in, Signal &out, LinearStage &linear) {
  linear.weight = tensorOf(op.weight);
  Tensor &weight = plan_.tensors[(size_t)linear.weight];
  weight.places = in.places;
  weight.inBlocks = in.blocks;
  checkShape(linear.weight, {out.features, in.features});
  if (!op.bias.empty()) {
    linear.bias = tensorOf(op.bias);
    checkShape(linear.bias, {out.features});
  }
  out.spikes = false;
  out.isStatic = in.isStatic;
}

void StageReader::readLoss() {
  const Program &p = plan_.program;
  const ForwardOp &last = p.forward.back();
  if (!setLoss(p.loss, plan_.signals.back().features, plan_)) refuse("loss", p.loss.loss);
  const bool graded = last.op == "gradedSpikes" && p.forward.size() > 1;
  const std::string &membrane = graded ? p.forward[p.forward.size() - 2].membrane : last.membrane;
  if (p.loss.input != (plan_.lossReadsMembrane ? membrane : last.output) || p.loss.spikes != last.output)
    refuse("lossInput");
}

} // namespace spikedesk
