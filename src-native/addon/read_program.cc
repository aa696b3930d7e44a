#include "read_program.h"

#include <cmath>
#include <stdexcept>

#include "../engine/refuse.h"

namespace spikedesk {

namespace {

/** An object of the program with the way to it, for messages. */
class Reader {
public:
  Reader(const Napi::Value &value, std::string path) : path_(std::move(path)) {
    if (!value.IsObject()) refuse(path_, "an object");
    object_ = value.As<Napi::Object>();
  }

  Reader object(const char *key) const { return Reader(field(key), path_ + "." + key); }
  std::vector<Reader> list(const char *key) const {
    const Napi::Value value = field(key);
    if (!value.IsArray()) refuse(path_ + "." + key, "an array");
    const Napi::Array array = value.As<Napi::Array>();
    std::vector<Reader> readers;
    for (uint32_t i = 0; i < array.Length(); i++)
      readers.emplace_back(array.Get(i), path_ + "." + key + "[" + std::to_string(i) + "]");
    return readers;
  }
  std::string text(const char *key) const {
    const Napi::Value value = field(key);
    if (!value.IsString()) refuse(path_ + "." + key, "a string");
    return value.As<Napi::String>().Utf8Value();
  }
  /** Empty where there is no such field. */
  std::string textOrNone(const char *key) const { return field(key).IsUndefined() ? "" : text(key); }
  bool isNull(const char *key) const { return field(key).IsNull(); }
  /** Empty where the field is null. */
  std::string textOrNull(const char *key) const { return field(key).IsNull() ? "" : text(key); }
  double number(const char *key) const {
    const Napi::Value value = field(key);
    if (!value.IsNumber()) refuse(path_ + "." + key, "a number");
    const double number = value.As<Napi::Number>().DoubleValue();
    if (!std::isfinite(number)) refuse(path_ + "." + key, "a finite number");
    return number;
  }
  int integer(const char *key, double low, double high) const {
    return (int)checkedInteger(number(key), key, low, high);
  }
  uint32_t word(const char *key) const { return (uint32_t)checkedInteger(number(key), key, 0, 4294967295.0); }
  bool flag(const char *key) const {
    const Napi::Value value = field(key);
    if (!value.IsBoolean()) refuse(path_ + "." + key, "true or false");
    return value.As<Napi::Boolean>().Value();
  }
  std::vector<int> shape(const char *key) const {
    const Napi::Value value = field(key);
    if (!value.IsArray()) refuse(path_ + "." + key, "an array");
    const Napi::Array array = value.As<Napi::Array>();
    std::vector<int> shape;
    double count = 1;
    for (uint32_t i = 0; i < array.Length(); i++) {
      const Napi::Value size = array.Get(i);
      if (!size.IsNumber()) refuse(path_ + "." + key, "an array of numbers");
      const double number = size.As<Napi::Number>().DoubleValue();
      shape.push_back((int)checkedInteger(number, key, 0, 1 << 30));
      count *= number;
    }
    if (count > (double)(1 << 30)) refuse(path_ + "." + key, "a shape of at most 2^30 elements");
    return shape;
  }
  /** The numbers of an object and its switches, as 0 and 1, by their keys. */
  std::map<std::string, double> figures() const {
    std::map<std::string, double> figures;
    const Napi::Array keys = object_.GetPropertyNames();
    for (uint32_t i = 0; i < keys.Length(); i++) {
      const std::string key = keys.Get(i).ToString().Utf8Value();
      const Napi::Value value = object_.Get(key);
      if (value.IsNumber()) figures[key] = number(key.c_str());
      if (value.IsBoolean()) figures[key] = flag(key.c_str()) ? 1.0 : 0.0;
    }
    return figures;
  }
  /** The texts of an object, by their keys. */
  std::map<std::string, std::string> texts() const {
    std::map<std::string, std::string> texts;
    const Napi::Array keys = object_.GetPropertyNames();
    for (uint32_t i = 0; i < keys.Length(); i++) {
      const std::string key = keys.Get(i).ToString().Utf8Value();
      texts[key] = text(key.c_str());
    }
    return texts;
  }
  std::vector<std::string> textList(const char *key) const {
    const Napi::Value value = field(key);
    if (!value.IsArray()) refuse(path_ + "." + key, "an array");
    const Napi::Array array = value.As<Napi::Array>();
    std::vector<std::string> texts;
    for (uint32_t i = 0; i < array.Length(); i++) {
      const Napi::Value item = array.Get(i);
      if (!item.IsString()) refuse(path_ + "." + key, "an array of strings");
      texts.push_back(item.As<Napi::String>().Utf8Value());
    }
    return texts;
  }
  /** A list of finite numbers. */
  std::vector<double> finiteNumbers(const char *key) const {
    const Napi::Value value = field(key);
    if (!value.IsArray()) refuse(path_ + "." + key, "an array");
    const Napi::Array array = value.As<Napi::Array>();
    std::vector<double> numbers;
    for (uint32_t i = 0; i < array.Length(); i++) {
      const Napi::Value item = array.Get(i);
      if (!item.IsNumber() || !std::isfinite(item.As<Napi::Number>().DoubleValue()))
        refuse(path_ + "." + key, "an array of finite numbers");
      numbers.push_back(item.As<Napi::Number>().DoubleValue());
    }
    return numbers;
  }
  /** Every finite number among the fields, by its name. */
  std::map<std::string, double> numbers() const {
    std::map<std::string, double> numbers;
    const Napi::Array keys = object_.GetPropertyNames();
    for (uint32_t i = 0; i < keys.Length(); i++) {
      const std::string key = keys.Get(i).ToString().Utf8Value();
      const Napi::Value value = object_.Get(key);
      if (value.IsNumber()) numbers[key] = number(key.c_str());
    }
    return numbers;
  }

private:
  Napi::Object object_;
  std::string path_;

  [[noreturn]] static void refuse(const std::string &path, const std::string &wanted) {
    throw std::runtime_error(path + " must be " + wanted + ".");
  }
  Napi::Value field(const char *key) const { return object_.Get(key); }
  double checkedInteger(double number, const char *key, double low, double high) const {
    if (number != std::floor(number) || number < low || number > high)
      refuse(path_ + "." + key, "a whole number from " + std::to_string((long long)low) + " to " +
                                    std::to_string((long long)high));
    return number;
  }
};

Value readValue(const Reader &r) {
  Value v;
  v.id = r.text("id");
  v.spikes = r.text("format") == "spikes";
  v.isStatic = r.text("time") == "static";
  v.shape = r.shape("shape");
  return v;
}

Surrogate readSurrogate(const Reader &r) { return {r.text("name"), r.numbers()}; }

NeuronSemantics readNeuron(const Reader &r) {
  NeuronSemantics n;
  n.model = r.text("model");
  n.reset = r.textOrNone("reset");
  n.surrogate = readSurrogate(r.object("surrogate"));
  n.figures = r.figures();
  return n;
}

MapWindow readWindow(const Reader &r) {
  const auto size = [&](const char *key, int low) { return r.integer(key, low, 1 << 20); };
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

void readMapOp(const Reader &r, ForwardOp &f) {
  f.output = r.text("output");
  if (f.op == "pool") f.pool = r.text("pool");
  if (f.op != "batchNorm") f.window = readWindow(r.object("window"));
  if (f.op == "pool") return;
  f.weight = r.textOrNull("weight");
  f.bias = r.textOrNull("bias");
  if (f.op == "convolution") {
    f.groups = r.integer("groups", 1, 1 << 20);
    return;
  }
  f.runningMean = r.text("runningMean");
  f.runningVariance = r.text("runningVariance");
  f.eachStep = r.text("statistics") == "step";
  f.epsilon = r.number("epsilon");
  f.momentum = r.number("momentum");
}

ForwardOp readForward(const Reader &r, const std::string &op) {
  ForwardOp f;
  f.op = op;
  f.layer = r.text("layer");
  if (op == "add" || op == "concat") {
    f.inputs = r.textList("inputs");
    if (f.inputs.empty()) refuse(f.layer, "inputs");
    f.input = f.inputs.front();
    f.output = r.text("output");
    return f;
  }
  f.input = r.text("input");
  f.inputs = {f.input};
  if (op == "dropout") {
    f.output = r.text("output");
    f.probability = r.number("probability");
    f.eachStep = r.text("mask") == "step";
    f.stream = r.integer("stream", 0, 65535);
    return f;
  }
  if (op == "convolution" || op == "pool" || op == "batchNorm") {
    readMapOp(r, f);
    return f;
  }
  if (op == "gradedSpikes") {
    f.weight = r.text("factor");
    f.output = r.text("output");
    return f;
  }
  if (op == "linear") {
    f.weight = r.text("weight");
    f.bias = r.textOrNull("bias");
    f.output = r.text("output");
    return f;
  }
  f.neuron = readNeuron(r.object("neuron"));
  f.parameters = r.object("parameters").texts();
  for (const auto &state : r.object("states").texts()) f.states.push_back(state.first);
  f.output = r.text("spikes");
  f.membrane = r.text("membrane");
  return f;
}

bool knowsForward(const std::string &op) {
  for (const char *known : {"linear", "neuron", "gradedSpikes", "convolution", "pool", "batchNorm", "add", "concat", "dropout"})
    if (op == known) return true;
  return false;
}

bool knowsBackward(const std::string &op) {
  for (const char *known : {"linearInputGradient", "convolutionInputGradient", "poolBackward", "addBackward",
                            "concatBackward", "dropoutBackward"})
    if (op == known) return true;
  return false;
}

void readForwardOps(const Reader &r, Program &p) {
  bool encoded = false;
  for (const Reader &item : r.list("forward")) {
    const std::string op = item.text("op");
    if (op == "encode" && !encoded && p.forward.empty()) {
      encoded = true;
      p.encode.encoding = item.text("encoding");
      p.encode.output = item.text("output");
    } else if (encoded && knowsForward(op)) {
      p.forward.push_back(readForward(item, op));
    } else {
      refuse(item.textOrNone("layer"), "op", op);
    }
  }
  if (!encoded) throw std::runtime_error("program.forward must start with an encode op.");
}

BackwardOp readBackward(const Reader &r) {
  BackwardOp b;
  b.op = r.text("op");
  b.layer = r.text("layer");
  if (b.op == "neuronBackward") {
    b.inputGradient = !r.textOrNull("inputGradient").empty();
    b.spikesGradient = !r.textOrNull("spikesGradient").empty();
    b.membraneGradient = !r.textOrNull("membraneGradient").empty();
    b.truncation = r.integer("truncation", 0, 1 << 20);
    b.stream = r.integer("stream", 0, (1 << 16) - 1);
    for (const auto &gradient : r.object("parameterGradients").texts()) b.parameterGradients.push_back(gradient.first);
  } else if (b.op == "batchNormBackward") {
    b.inputGradient = !r.textOrNull("inputGradient").empty();
    b.weightGradient = !r.textOrNull("weightGradient").empty();
    b.biasGradient = !r.textOrNull("biasGradient").empty();
  } else if (b.op == "gradedSpikesBackward") {
    b.weightGradient = !r.textOrNull("factorGradient").empty();
  } else if (b.op == "linearWeightGradient" || b.op == "convolutionWeightGradient") {
    b.biasGradient = !r.textOrNull("biasGradient").empty();
  } else if (!knowsBackward(b.op)) {
    refuse(b.layer, "op", b.op);
  }
  return b;
}

Penalty readPenalty(const Reader &r) {
  Penalty penalty;
  penalty.layer = r.text("layer");
  for (const Reader &term : r.list("terms"))
    penalty.terms.push_back({term.text("kind"), term.number("strength"), term.number("target"),
                             term.finiteNumbers("fanOut")});
  return penalty;
}

UpdateOp readUpdate(const Reader &r) {
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
    refuse(u.parameter.substr(0, u.parameter.find('.')), "op", u.op);
  }
  return u;
}

void readClipping(const Reader &r, Program &p) {
  p.accumulation = r.integer("accumulation", 1, 1 << 20);
  if (r.isNull("clipping")) return;
  const Reader clipping = r.object("clipping");
  const std::string by = clipping.text("by");
  if (by != "norm" && by != "value") throw std::runtime_error("The native engine does not clip by \"" + by + "\".");
  (by == "norm" ? p.mostNorm : p.mostValue) = clipping.number("most");
}

} // namespace

Program readProgram(const Napi::Value &value) {
  const Reader r(value, "program");
  Program p;
  p.timeSteps = r.integer("timeSteps", 1, 1 << 20);
  p.recompute = r.flag("recompute");
  p.batchSize = r.integer("batchSize", 1, 1 << 20);
  p.seed = r.word("seed");
  for (const Reader &item : r.list("values")) p.values.push_back(readValue(item));
  for (const Reader &item : r.list("parameters")) p.parameters.push_back(item.text("value"));
  readForwardOps(r, p);
  for (const Value &v : p.values) p.inputGradient = p.inputGradient || v.id == p.encode.output + ".gradient";
  const Reader loss = r.object("loss");
  p.loss.loss = loss.text("loss");
  p.loss.input = loss.text("input");
  p.loss.spikes = loss.text("spikes");
  p.loss.inverse = loss.text("inverse");
  p.loss.readout = loss.text("readout");
  p.loss.classes = loss.integer("classes", 1, 1 << 20);
  p.loss.classWeights = loss.finiteNumbers("classWeights");
  p.loss.labelSmoothing = loss.number("labelSmoothing");
  p.loss.onTarget = loss.number("onTarget");
  p.loss.offTarget = loss.number("offTarget");
  p.loss.tolerance = loss.number("tolerance");
  for (const Reader &item : r.list("penalties")) p.penalties.push_back(readPenalty(item));
  // Gradients are added up where they are written.
  for (const Reader &item : r.list("backward"))
    if (item.text("op") != "accumulate") p.backward.push_back(readBackward(item));
  for (const Reader &item : r.list("update")) p.update.push_back(readUpdate(item));
  readClipping(r, p);
  return p;
}

} // namespace spikedesk
