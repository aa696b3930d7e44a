#include "read_forward.h"

#include "../engine/refuse.h"
#include "arguments.h"

namespace spikedesk {

namespace {

Surrogate readSurrogate(const ObjectReader &r) { return {r.text("name"), r.namedNumbers()}; }

NeuronSemantics readNeuron(const ObjectReader &r) {
  NeuronSemantics n;
  n.model = r.text("model");
  n.reset = r.textOrNone("reset");
  n.surrogate = readSurrogate(r.object("surrogate"));
  n.figures = r.figures();
  return n;
}

/** Extent of a map, a kernel, a stride or a margin, whose products fit an int of 64 bits. */
constexpr int kMostExtent = 1 << 20;

MapWindow readWindow(const ObjectReader &op, const std::string &layer) {
  const ObjectReader r = op.object("window");
  const auto size = [&](const char *key, int low) {
    if (r.number(key) > kMostExtent) refuse(layer, "size", op.text("input"));
    return r.integer(key, low, kMostExtent);
  };
  MapWindow w;
  w.channels = size("channels", 1);
  w.height = size("height", 1);
  w.width = size("width", 1);
  w.outputs = size("outputs", 1);
  w.outputHeight = size("outputHeight", 1);
  w.outputWidth = size("outputWidth", 1);
  w.kernelHeight = size("kernelHeight", 1);
  w.kernelWidth = size("kernelWidth", 1);
  w.strideY = size("strideY", 1);
  w.strideX = size("strideX", 1);
  w.paddingY = size("paddingY", 0);
  w.paddingX = size("paddingX", 0);
  w.dilationY = size("dilationY", 1);
  w.dilationX = size("dilationX", 1);
  return w;
}

void readNeuronOp(const ObjectReader &r, ForwardOp &f) {
  f.neuron = readNeuron(r.object("neuron"));
  f.parameters = r.object("parameters").namedTexts();
  for (const auto &state : r.object("states").namedTexts()) f.states.push_back(state.first);
  f.output = r.text("spikes");
  f.membrane = r.text("membrane");
}

void readLinearOp(const ObjectReader &r, ForwardOp &f) {
  f.weight = r.text("weight");
  f.bias = r.textOrNull("bias");
}

void readGradedOp(const ObjectReader &r, ForwardOp &f) { f.weight = r.text("factor"); }

void readConvolutionOp(const ObjectReader &r, ForwardOp &f) {
  f.window = readWindow(r, f.layer);
  f.weight = r.textOrNull("weight");
  f.bias = r.textOrNull("bias");
  f.groups = r.integer("groups", 1, 1 << 20);
}

void readPoolOp(const ObjectReader &r, ForwardOp &f) {
  f.pool = r.text("pool");
  f.window = readWindow(r, f.layer);
}

void readNormOp(const ObjectReader &r, ForwardOp &f) {
  f.weight = r.textOrNull("weight");
  f.bias = r.textOrNull("bias");
  f.runningMean = r.text("runningMean");
  f.runningVariance = r.text("runningVariance");
  f.eachStep = r.text("statistics") == "step";
  f.epsilon = r.number("epsilon");
  f.momentum = r.number("momentum");
}

void readDropoutOp(const ObjectReader &r, ForwardOp &f) {
  f.probability = r.number("probability");
  f.eachStep = r.text("mask") == "step";
  f.stream = r.integer("stream", 0, 65535);
}

void readJoinOp(const ObjectReader &r, ForwardOp &f) {
  f.inputs = r.texts("inputs");
  if (f.inputs.empty()) refuse(f.layer, "inputs");
}

struct OpReader {
  const char *op;
  void (*read)(const ObjectReader &r, ForwardOp &f);
};

constexpr OpReader kReaders[] = {
    {"linear", readLinearOp},   {"neuron", readNeuronOp},     {"gradedSpikes", readGradedOp},
    {"pool", readPoolOp},       {"batchNorm", readNormOp},    {"convolution", readConvolutionOp},
    {"add", readJoinOp},        {"concat", readJoinOp},       {"dropout", readDropoutOp},
};

const OpReader *findReader(const std::string &op) {
  for (const OpReader &reader : kReaders)
    if (op == reader.op) return &reader;
  return nullptr;
}

ForwardOp readForwardOp(const ObjectReader &r, const OpReader &reader) {
  ForwardOp f;
  f.op = reader.op;
  f.layer = r.text("layer");
  reader.read(r, f);
  if (f.inputs.empty()) f.inputs = {r.text("input")};
  f.input = f.inputs.front();
  if (f.output.empty()) f.output = r.text("output");
  return f;
}

} // namespace

void readForwardOps(const ObjectReader &program, Program &p) {
  bool encoded = false;
  for (const ObjectReader &item : program.list("forward")) {
    const std::string op = item.text("op");
    const OpReader *reader = findReader(op);
    if (op == "encode" && !encoded && p.forward.empty()) {
      encoded = true;
      p.encode.encoding = item.text("encoding");
      p.encode.output = item.text("output");
    } else if (encoded && reader) {
      p.forward.push_back(readForwardOp(item, *reader));
    } else {
      refuse(item.textOrNone("layer"), "op", op);
    }
  }
  if (!encoded) refuseCall("program.forward must start with an encode op.");
}

} // namespace spikedesk
