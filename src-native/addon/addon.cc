// The face of the engine towards JavaScript: checks every argument, keeps no pointer into a JavaScript buffer beyond
// a call, and turns every error into an exception. Only the files of this folder know N-API.
#include <napi.h>

#include <cmath>
#include <memory>

#include "../engine/dispatch.h"
#include "../engine/network.h"
#include "../engine/peak.h"
#include "arguments.h"
#include "event_functions.h"
#include "profile_object.h"
#include "read_levels.h"
#include "read_program.h"

namespace {

using namespace spikedesk;

struct BoundSource {
  Napi::ObjectReference images, labels;
};

/** The program of a call's first argument, with the levels of its third where it encodes images. */
Program programOf(const Napi::CallbackInfo &info) {
  Program program = readProgram(info[0]);
  const bool encodes = program.encode.encoding != "given" && !info[2].IsNull();
  if (encodes) program.encode.levels = readLevels(info[2], program.timeSteps);
  return program;
}

class NetworkObject : public Napi::ObjectWrap<NetworkObject> {
public:
  static Napi::Function define(Napi::Env env) {
    return DefineClass(env, "Network",
                       {
                           InstanceMethod<&NetworkObject::bind>("bind"),
                           InstanceMethod<&NetworkObject::run>("run"),
                           InstanceMethod<&NetworkObject::trace>("trace"),
                           InstanceMethod<&NetworkObject::backpropagate>("backpropagate"),
                           InstanceMethod<&NetworkObject::readInputGradient>("readInputGradient"),
                           InstanceMethod<&NetworkObject::read>("read"),
                           InstanceMethod<&NetworkObject::write>("write"),
                           InstanceMethod<&NetworkObject::has>("has"),
                           InstanceMethod<&NetworkObject::profile>("profile"),
                           InstanceMethod<&NetworkObject::readProfile>("readProfile"),
                           InstanceMethod<&NetworkObject::dispose>("dispose"),
                           InstanceAccessor<&NetworkObject::threads>("threads"),
                           InstanceAccessor<&NetworkObject::step, &NetworkObject::setStep>("step"),
                       });
  }

  explicit NetworkObject(const Napi::CallbackInfo &info) : Napi::ObjectWrap<NetworkObject>(info) {
    guarded(info, [&] {
      Program program = programOf(info);
      const int threads = threadCount(info[1]);
      network_ = std::make_unique<Network>(std::move(program), threads);
      return info.Env().Undefined();
    });
  }

private:
  std::unique_ptr<Network> network_;
  BoundSource sources_[2];
  std::vector<uint8_t> labels_;
  /** Samples of the batch that gradients were last computed for. */
  int samplesOfGradient_ = 0;

  Network &network() const {
    if (!network_) refuseCall("The network has been disposed of.");
    return *network_;
  }

  static int splitOf(const Napi::Value &value) {
    const std::string split = value.IsString() ? value.As<Napi::String>().Utf8Value() : "";
    if (split != "train" && split != "test") refuseCall("The split must be \"train\" or \"test\".");
    return split == "test";
  }

  /** bind(split, images, labels) */
  Napi::Value bind(const Napi::CallbackInfo &info) {
    return guarded(info, [&] {
      const Span<uint8_t> images = spanOf<uint8_t>(info[1], "images");
      const Span<uint8_t> labels = spanOf<uint8_t>(info[2], "labels");
      const size_t inputs = (size_t)network().imageBytes();
      if (images.length != labels.length * inputs)
        refuseCall("The images have " + std::to_string(images.length) + " values; " + std::to_string(labels.length) +
               " labels at " + std::to_string(inputs) + " values an image need " +
               std::to_string(labels.length * inputs) + ".");
      BoundSource &source = sources_[splitOf(info[0])];
      source.images = Napi::Persistent(info[1].As<Napi::Object>());
      source.labels = Napi::Persistent(info[2].As<Napi::Object>());
      return info.Env().Undefined();
    });
  }

  void checkLabels() const {
    for (size_t i = 0; i < labels_.size(); i++)
      if (labels_[i] >= network().plan().loss.classes)
        refuseCall("Sample " + std::to_string(i) + " of the batch is of class " + std::to_string(labels_[i]) +
               ", but the network tells only " + std::to_string(network().plan().loss.classes) + " classes apart.");
  }

  void checkBatchSize(size_t samples) const {
    const size_t most = (size_t)network().plan().program.batchSize;
    if (samples < 1 || samples > most)
      refuseCall("The batch has " + std::to_string(samples) + " samples; this network takes 1 to " + std::to_string(most) +
             ".");
  }

  BatchInput readSamples(const Napi::Object &batch) {
    BatchInput input;
    const int split = splitOf(batch.Get("split"));
    BoundSource &source = sources_[split];
    if (source.images.IsEmpty()) refuseCall("No images are bound to this split.");
    if (network().plan().program.encode.encoding == "given") refuseCall("This network takes values, not images.");
    const Span<uint8_t> images = spanOf<uint8_t>(source.images.Value(), "images");
    const Span<uint8_t> labels = spanOf<uint8_t>(source.labels.Value(), "labels");
    if (images.length != labels.length * (size_t)network().imageBytes()) refuseCall("The bound images have changed their size.");
    const Span<uint32_t> indices = spanOf<uint32_t>(batch.Get("indices"), "indices");
    checkBatchSize(indices.length);
    labels_.resize(indices.length);
    for (size_t i = 0; i < indices.length; i++) {
      if (indices.data[i] >= labels.length)
        refuseCall("Index " + std::to_string(indices.data[i]) + " is outside the " + std::to_string(labels.length) +
               " samples.");
      labels_[i] = labels.data[indices.data[i]];
    }
    const Napi::Value epoch = batch.Get("epoch");
    const double number = epoch.IsNumber() ? epoch.As<Napi::Number>().DoubleValue() : -1;
    if (!(number >= 0 && number <= 4294967295.0 && number == std::floor(number)))
      refuseCall("The epoch must be a whole number from 0 to 4294967295.");
    input.samples = (int)indices.length;
    input.images = images.data;
    input.indices = indices.data;
    input.epoch = (uint32_t)number;
    input.test = split == 1;
    return input;
  }

  BatchInput readValues(const Napi::Object &batch) {
    BatchInput input;
    const Span<uint8_t> labels = spanOf<uint8_t>(batch.Get("labels"), "labels");
    checkBatchSize(labels.length);
    const size_t wanted = labels.length * (size_t)network().inputs() * (size_t)network().inputSteps();
    const Span<float> values = spanOf<float>(batch.Get("values"), "values", wanted);
    if (network().takesSpikes())
      for (size_t i = 0; i < values.length; i++)
        if (values.data[i] != 0.0f && values.data[i] != 1.0f) refuseCall("This network takes spikes: values must be 0 or 1.");
    labels_.assign(labels.data, labels.data + labels.length);
    input.samples = (int)labels.length;
    input.values = values.data;
    return input;
  }

  /** Sparse frames; every index in them is checked where it is followed. */
  BatchInput readFrames(const Napi::Object &batch) {
    BatchInput input;
    const Span<uint8_t> labels = spanOf<uint8_t>(batch.Get("labels"), "labels");
    checkBatchSize(labels.length);
    if (network().plan().program.encode.encoding != "given") refuseCall("This network takes images, not frames.");
    const size_t frames = labels.length * (size_t)network().inputSteps();
    input.starts = spanOf<uint32_t>(batch.Get("starts"), "starts", frames + 1).data;
    const Span<uint32_t> places = spanOf<uint32_t>(batch.Get("places"), "places");
    input.places = places.data;
    input.entries = places.length;
    const Napi::Value values = batch.Get("values");
    if (!values.IsNull()) {
      if (network().takesSpikes()) refuseCall("This network takes spikes: frames must have no values.");
      input.frameValues = spanOf<float>(values, "values", places.length).data;
    }
    labels_.assign(labels.data, labels.data + labels.length);
    input.samples = (int)labels.length;
    return input;
  }

  BatchInput readBatch(const Napi::Value &value, bool labelled = true) {
    network();
    if (!value.IsObject()) refuseCall("The batch must be an object.");
    const Napi::Object batch = value.As<Napi::Object>();
    const Napi::Value kind = batch.Get("kind");
    const std::string name = kind.IsString() ? kind.As<Napi::String>().Utf8Value() : "";
    if (name != "samples" && name != "values" && name != "frames")
      refuseCall("The kind of a batch must be \"samples\", \"values\" or \"frames\".");
    BatchInput input = name == "samples" ? readSamples(batch) : name == "frames" ? readFrames(batch) : readValues(batch);
    if (labelled) checkLabels();
    input.labels = labels_.data();
    return input;
  }

  BatchOutput outputOf(const Napi::Value &value, int samples) const {
    if (!value.IsObject()) refuseCall("The result must be an object.");
    const Napi::Object result = value.As<Napi::Object>();
    const Plan &plan = network().plan();
    BatchOutput output;
    output.predictions = spanOf<int32_t>(result.Get("predictions"), "predictions", (size_t)samples).data;
    output.counts = spanOf<float>(result.Get("counts"), "counts", (size_t)samples * (size_t)plan.outputs).data;
    output.layerSpikes = spanOf<double>(result.Get("layerSpikes"), "layerSpikes", (size_t)plan.neuronLayers).data;
    return output;
  }

  static Mode modeOf(const Napi::Value &value) {
    const std::string mode = value.IsString() ? value.As<Napi::String>().Utf8Value() : "";
    if (mode == "train") return Mode::Train;
    if (mode == "accumulate") return Mode::Accumulate;
    if (mode == "evaluate") return Mode::Evaluate;
    if (mode == "gradients") return Mode::Gradients;
    refuseCall("The mode must be \"train\", \"accumulate\", \"evaluate\" or \"gradients\".");
  }

  /** run(mode, batch, result, learningRate?): fills the arrays of `result` and sets its `loss` and `correct`. */
  Napi::Value run(const Napi::CallbackInfo &info) {
    return guarded(info, [&] {
      const Mode mode = modeOf(info[0]);
      BatchInput input = readBatch(info[1]);
      BatchOutput output = outputOf(info[2], input.samples);
      if (info[3].IsNumber()) input.learningRate = info[3].As<Napi::Number>().DoubleValue();
      if (mode == Mode::Accumulate && network().waiting() + 1 >= network().plan().program.accumulation)
        refuseCall("No further batch may wait for the next step.");
      network().run(mode, input, output);
      if (mode != Mode::Evaluate) samplesOfGradient_ = input.samples;
      Napi::Object result = info[2].As<Napi::Object>();
      result.Set("loss", output.loss);
      result.Set("penalty", output.penalty);
      result.Set("correct", output.correct);
      if (output.notFinite >= 0) result.Set("notFinite", network().plan().tensors[(size_t)output.notFinite].id);
      return info.Env().Undefined();
    });
  }

  /** trace(batch, result, layers): `layers` is a list of { spikes, membrane }, `[T,B,N]` each. */
  Napi::Value trace(const Napi::CallbackInfo &info) {
    return guarded(info, [&] {
      const BatchInput input = readBatch(info[0]);
      BatchOutput output = outputOf(info[1], input.samples);
      const Plan &plan = network().plan();
      if (!info[2].IsArray() || info[2].As<Napi::Array>().Length() != (uint32_t)plan.neuronLayers)
        refuseCall("There must be one record for each neuron layer.");
      const Napi::Array layers = info[2].As<Napi::Array>();
      std::vector<LayerRecord> records;
      for (size_t i = 0; i < plan.stages.size(); i++) {
        if (plan.stages[i].kind != StageKind::Neuron) continue;
        const Napi::Value item = layers.Get((uint32_t)records.size());
        if (!item.IsObject()) refuseCall("A record must be an object.");
        const Napi::Object record = item.As<Napi::Object>();
        const size_t length =
            (size_t)plan.program.timeSteps * (size_t)input.samples * (size_t)plan.signals[i + 1].features;
        LayerRecord to = {spanOf<uint8_t>(record.Get("spikes"), "spikes", length).data,
                          spanOf<float>(record.Get("membrane"), "membrane", length).data, {}};
        const Napi::Value states = record.Get("states");
        for (const char *name : plan.stages[i].neuron.model->states) {
          if (!states.IsObject()) refuseCall("The states of a record must be an object.");
          to.states.push_back(spanOf<float>(states.As<Napi::Object>().Get(name), name, length).data);
        }
        records.push_back(to);
      }
      network().run(Mode::Trace, input, output, records);
      return info.Env().Undefined();
    });
  }

  /** A gradient `[T,B,C]` or null. */
  const float *givenGradient(const Napi::Value &value, int samples) const {
    if (value.IsNull()) return nullptr;
    const Plan &plan = network().plan();
    return spanOf<float>(value, "gradient", (size_t)plan.program.timeSteps * (size_t)samples * (size_t)plan.outputs).data;
  }

  /** backpropagate(batch, spikesGradient, membraneGradient) */
  Napi::Value backpropagate(const Napi::CallbackInfo &info) {
    return guarded(info, [&] {
      BatchInput input = readBatch(info[0], false);
      input.spikesGradient = givenGradient(info[1], input.samples);
      input.membraneGradient = givenGradient(info[2], input.samples);
      BatchOutput output;
      network().run(Mode::Backpropagate, input, output);
      samplesOfGradient_ = input.samples;
      return info.Env().Undefined();
    });
  }

  /** readInputGradient(data): that of the batch before. */
  Napi::Value readInputGradient(const Napi::CallbackInfo &info) {
    return guarded(info, [&] {
      if (!network().plan().wantsInputGradient || samplesOfGradient_ == 0) refuseCall("There is no gradient at the input.");
      const size_t count = (size_t)samplesOfGradient_ * (size_t)network().inputs() * (size_t)network().inputSteps();
      network().readInputGradient(spanOf<float>(info[0], "data", count).data, samplesOfGradient_);
      return info.Env().Undefined();
    });
  }

  int tensorOf(const Napi::Value &value) const {
    const std::string name = value.IsString() ? value.As<Napi::String>().Utf8Value() : "";
    const int index = network().plan().tensor(name);
    if (index < 0) refuseCall("The network has no parameter \"" + name + "\".");
    return index;
  }

  /** What is meant by the last word of an optimizer's tensor, or by `value` and `gradient`. */
  TensorPart partOf(const Napi::Value &value, int tensor) const {
    const std::string part = value.IsString() ? value.As<Napi::String>().Utf8Value() : "";
    if (part == "value") return TensorPart::Value;
    if (part == "gradient") return TensorPart::Gradient;
    const Tensor &t = network().plan().tensors[(size_t)tensor];
    if (t.update >= 0) {
      const UpdateOp &op = network().plan().program.update[(size_t)t.update];
      for (size_t i = 0; i < op.states.size(); i++)
        if (op.states[i] == t.id + "." + part) return (TensorPart)((size_t)TensorPart::First + i);
    }
    refuseCall("The parameter has no \"" + part + "\".");
  }

  /** has(parameter, part): whether there is such a tensor. */
  Napi::Value has(const Napi::CallbackInfo &info) {
    return guarded(info, [&]() -> Napi::Value {
      const int tensor = tensorOf(info[0]);
      return Napi::Boolean::New(info.Env(), network().hasPart(tensor, partOf(info[1], tensor)));
    });
  }

  Span<float> tensorArgument(const Napi::CallbackInfo &info, int tensor, TensorPart part) const {
    if (!network().hasPart(tensor, part)) refuseCall("The parameter has no such tensor.");
    return spanOf<float>(info[2], "data", network().plan().tensors[(size_t)tensor].count());
  }

  /** read(parameter, part, data) */
  Napi::Value read(const Napi::CallbackInfo &info) {
    return guarded(info, [&] {
      const int tensor = tensorOf(info[0]);
      const TensorPart part = partOf(info[1], tensor);
      network().read(tensor, part, tensorArgument(info, tensor, part).data);
      return info.Env().Undefined();
    });
  }

  /** write(parameter, part, data) */
  Napi::Value write(const Napi::CallbackInfo &info) {
    return guarded(info, [&] {
      const int tensor = tensorOf(info[0]);
      const TensorPart part = partOf(info[1], tensor);
      network().write(tensor, part, tensorArgument(info, tensor, part).data);
      return info.Env().Undefined();
    });
  }

  /** profile(on): forgets the times kept so far, and keeps them from now on or no more. */
  Napi::Value profile(const Napi::CallbackInfo &info) {
    return guarded(info, [&] {
      network().profile.turn(info[0].ToBoolean().Value());
      return info.Env().Undefined();
    });
  }

  /** readProfile(): see profile_object.h. */
  Napi::Value readProfile(const Napi::CallbackInfo &info) {
    return guarded(info, [&]() -> Napi::Value {
      return profileObject(info.Env(), network());
    });
  }

  Napi::Value threads(const Napi::CallbackInfo &info) {
    return guarded(info, [&]() -> Napi::Value { return Napi::Number::New(info.Env(), network().threads()); });
  }
  Napi::Value step(const Napi::CallbackInfo &info) {
    return guarded(info, [&]() -> Napi::Value { return Napi::Number::New(info.Env(), (double)network().step()); });
  }
  void setStep(const Napi::CallbackInfo &info, const Napi::Value &value) {
    guarded(info, [&] {
      const double number = value.IsNumber() ? value.As<Napi::Number>().DoubleValue() : -1;
      if (!(number >= 0 && number <= 9007199254740991.0 && number == std::floor(number)))
        refuseCall("The step must be a whole number from 0.");
      network().setStep((uint64_t)number);
      return info.Env().Undefined();
    });
  }

  /** Frees memory and threads; the object is of no use afterwards. */
  Napi::Value dispose(const Napi::CallbackInfo &info) {
    network_.reset();
    for (BoundSource &source : sources_) source = BoundSource();
    return info.Env().Undefined();
  }
};

Napi::Value instructionSet(const Napi::CallbackInfo &info) {
  return guarded(info, [&]() -> Napi::Value { return Napi::String::New(info.Env(), instructionSetName(chooseKernels())); });
}

Napi::Value peak(const Napi::CallbackInfo &info) {
  return guarded(info, [&]() -> Napi::Value { return Napi::Number::New(info.Env(), peakGflops(threadCount(info[0]))); });
}

/** planBytes(program, threads, levels): what a network of this program would take, by what it holds; nothing is allocated. */
Napi::Value planBytes(const Napi::CallbackInfo &info) {
  return guarded(info, [&]() -> Napi::Value {
    const int threads = threadCount(info[1]);
    const PlanBytes bytes = bytesOf(makePlan(programOf(info), chooseKernels(), threads), threads);
    const char *names[kHolds] = {"activations", "spikes", "gradients", "weights", "optimizer", "scratch"};
    Napi::Object result = Napi::Object::New(info.Env());
    for (size_t i = 0; i < kHolds; i++) result.Set(names[i], (double)bytes.of[i]);
    return result;
  });
}

Napi::Object initialise(Napi::Env env, Napi::Object exports) {
  exports.Set("Network", NetworkObject::define(env));
  exports.Set("instructionSet", Napi::Function::New(env, instructionSet));
  exports.Set("peakGflops", Napi::Function::New(env, peak));
  exportEventFunctions(env, exports);
  exports.Set("planBytes", Napi::Function::New(env, planBytes));
  return exports;
}

} // namespace

NODE_API_MODULE(spikedesk, initialise)
