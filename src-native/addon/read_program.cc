#include "read_program.h"

#include "../engine/refuse.h"
#include "arguments.h"
#include "object_reader.h"
#include "read_forward.h"
#include "read_levels.h"

namespace spikedesk {

namespace {

/** Elements that a value may have, which kernels count in an int. */
constexpr double kMostElements = 1 << 30;

/** The layer that a value is of: `<layer>.<name>`. */
std::string layerOf(const std::string &id) { return id.substr(0, id.find('.')); }

std::vector<int> readShape(const ObjectReader &r, const std::string &id) {
  std::vector<int> shape;
  double count = 1;
  for (double size : r.sizes("shape")) {
    count *= size;
    if (size > kMostElements || count > kMostElements) refuse(layerOf(id), "size", id);
    shape.push_back((int)size);
  }
  return shape;
}

Value readValue(const ObjectReader &r) {
  Value v;
  v.id = r.text("id");
  v.spikes = r.text("format") == "spikes";
  v.isStatic = r.text("time") == "static";
  v.shape = readShape(r, v.id);
  return v;
}

LossOp readLoss(const ObjectReader &r) {
  LossOp loss;
  loss.loss = r.text("loss");
  loss.input = r.text("input");
  loss.spikes = r.text("spikes");
  loss.inverse = r.text("inverse");
  loss.readout = r.text("readout");
  loss.classes = r.integer("classes", 1, 1 << 20);
  loss.classWeights = r.numbers("classWeights");
  loss.labelSmoothing = r.number("labelSmoothing");
  loss.onTarget = r.number("onTarget");
  loss.offTarget = r.number("offTarget");
  loss.tolerance = r.number("tolerance");
  return loss;
}

Penalty readPenalty(const ObjectReader &r) {
  Penalty penalty;
  penalty.layer = r.text("layer");
  for (const ObjectReader &term : r.list("terms"))
    penalty.terms.push_back(
        {term.text("kind"), term.number("strength"), term.number("target"), term.numbers("fanOut")});
  return penalty;
}

bool onlyHandsOn(const std::string &op) {
  for (const char *known : {"linearInputGradient", "convolutionInputGradient", "poolBackward", "addBackward",
                            "concatBackward", "dropoutBackward"})
    if (op == known) return true;
  return false;
}

BackwardOp readBackward(const ObjectReader &r) {
  BackwardOp b;
  b.op = r.text("op");
  b.layer = r.text("layer");
  if (b.op == "neuronBackward") {
    b.inputGradient = r.names("inputGradient");
    b.spikesGradient = r.names("spikesGradient");
    b.membraneGradient = r.names("membraneGradient");
    b.truncation = r.integer("truncation", 0, 1 << 20);
    b.stream = r.integer("stream", 0, (1 << 16) - 1);
    for (const auto &gradient : r.object("parameterGradients").namedTexts())
      b.parameterGradients.push_back(gradient.first);
  } else if (b.op == "batchNormBackward") {
    b.inputGradient = r.names("inputGradient");
    b.weightGradient = r.names("weightGradient");
    b.biasGradient = r.names("biasGradient");
  } else if (b.op == "gradedSpikesBackward") {
    b.weightGradient = r.names("factorGradient");
  } else if (b.op == "linearWeightGradient" || b.op == "convolutionWeightGradient") {
    b.biasGradient = r.names("biasGradient");
  } else if (!onlyHandsOn(b.op)) {
    refuse(b.layer, "op", b.op);
  }
  return b;
}

UpdateOp readUpdate(const ObjectReader &r) {
  UpdateOp u;
  u.op = r.text("op");
  u.parameter = r.text("parameter");
  u.learningRate = r.number("learningRate");
  u.weightDecay = r.number("weightDecay");
  if (u.op == "adam" || u.op == "adamax") {
    u.states = {r.text("firstMoment"), r.text(u.op == "adam" ? "secondMoment" : "infinityNorm"), ""};
    u.beta1 = r.number("beta1");
    u.beta2 = r.number("beta2");
    u.epsilon = r.number("epsilon");
    u.decoupledDecay = u.op == "adam" && r.flag("decoupledDecay");
  } else if (u.op == "rmsprop") {
    u.states = {r.text("squareAverage"), r.textOrNull("momentumBuffer"), r.textOrNull("gradientAverage")};
    u.beta2 = r.number("alpha");
    u.epsilon = r.number("epsilon");
    u.momentum = r.number("momentum");
  } else if (u.op == "sgd") {
    u.states = {r.textOrNull("momentumBuffer"), "", ""};
    u.momentum = r.number("momentum");
    u.dampening = r.number("dampening");
    u.nesterov = r.flag("nesterov");
  } else {
    refuse(layerOf(u.parameter), "op", u.op);
  }
  return u;
}

void readClipping(const ObjectReader &r, Program &p) {
  p.accumulation = r.integer("accumulation", 1, 1 << 20);
  if (r.isNull("clipping")) return;
  const ObjectReader clipping = r.object("clipping");
  const std::string by = clipping.text("by");
  if (by != "norm" && by != "value") refuseCall("program.clipping.by must be \"norm\" or \"value\".");
  (by == "norm" ? p.mostNorm : p.mostValue) = clipping.number("most");
}

} // namespace

Program readProgram(const Napi::Value &program, const Napi::Value &levels) {
  const ObjectReader r(program, "program");
  Program p;
  p.timeSteps = r.integer("timeSteps", 1, 1 << 20);
  p.recompute = r.flag("recompute");
  p.stretch = r.integer("stretch", 0, 1 << 20);
  p.batchSize = r.integer("batchSize", 1, 1 << 20);
  p.seed = r.word("seed");
  for (const ObjectReader &item : r.list("values")) p.values.push_back(readValue(item));
  for (const ObjectReader &item : r.list("parameters")) p.parameters.push_back(item.text("value"));
  readForwardOps(r, p);
  if (p.encode.encoding != "given" && !levels.IsNull()) p.encode.levels = readLevels(levels, p.timeSteps);
  for (const Value &v : p.values) p.inputGradient = p.inputGradient || v.id == p.encode.output + ".gradient";
  p.loss = readLoss(r.object("loss"));
  for (const ObjectReader &item : r.list("penalties")) p.penalties.push_back(readPenalty(item));
  // Gradients are added up where they are written.
  for (const ObjectReader &item : r.list("backward"))
    if (item.text("op") != "accumulate") p.backward.push_back(readBackward(item));
  for (const ObjectReader &item : r.list("update")) p.update.push_back(readUpdate(item));
  readClipping(r, p);
  return p;
}

} // namespace spikedesk
