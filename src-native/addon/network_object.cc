#include "network_object.h"

#include <cmath>

#include "arguments.h"
#include "profile_object.h"
#include "read_program.h"
#include "result_arguments.h"
#include "tensor_arguments.h"
#include "train_in_turn.h"

namespace spikedesk {

Napi::Function NetworkObject::define(Napi::Env env) {
  return DefineClass(env, "Network",
                     {
                         InstanceMethod<&NetworkObject::bind>("bind"),
                         InstanceMethod<&NetworkObject::run>("run"),
                         InstanceMethod<&NetworkObject::trainInTurn>("trainInTurn"),
                         InstanceMethod<&NetworkObject::trace>("trace"),
                         InstanceMethod<&NetworkObject::backpropagate>("backpropagate"),
                         InstanceMethod<&NetworkObject::readInputGradient>("readInputGradient"),
                         InstanceMethod<&NetworkObject::has>("has"),
                         InstanceMethod<&NetworkObject::read>("read"),
                         InstanceMethod<&NetworkObject::write>("write"),
                         InstanceMethod<&NetworkObject::profile>("profile"),
                         InstanceMethod<&NetworkObject::readProfile>("readProfile"),
                         InstanceMethod<&NetworkObject::dispose>("dispose"),
                         InstanceAccessor<&NetworkObject::threads>("threads"),
                         InstanceAccessor<&NetworkObject::step, &NetworkObject::setStep>("step"),
                     });
}

NetworkObject::NetworkObject(const Napi::CallbackInfo &info) : Napi::ObjectWrap<NetworkObject>(info) {
  guarded(info, [&] {
    const int threads = threadCount(info[1]);
    network_ = std::make_unique<Network>(readProgram(info[0], info[2]), threads);
    batches_ = std::make_unique<BatchReader>(*network_);
    return info.Env().Undefined();
  });
}

Network &NetworkObject::network() const {
  if (!network_) refuseCall("The network has been disposed of.");
  return *network_;
}

BatchReader &NetworkObject::batches() const {
  network();
  return *batches_;
}

/** bind(split, images, labels) */
Napi::Value NetworkObject::bind(const Napi::CallbackInfo &info) {
  return guarded(info, [&] {
    batches().bind(info[0], info[1], info[2]);
    return info.Env().Undefined();
  });
}

/** run(mode, batch, result, learningRate?): fills the arrays of `result` and sets its numbers. */
Napi::Value NetworkObject::run(const Napi::CallbackInfo &info) {
  return guarded(info, [&] {
    const Mode mode = modeOf(info[0]);
    BatchInput input = batches().read(info[1]);
    BatchOutput output = outputOf(network(), info[2], input.samples);
    if (info[3].IsNumber()) input.learningRate = info[3].As<Napi::Number>().DoubleValue();
    if (mode == Mode::Accumulate && network().waiting() + 1 >= network().plan().program.accumulation)
      refuseCall("No further batch may wait for the next step.");
    network().run(mode, input, output);
    if (mode != Mode::Evaluate) samplesOfGradient_ = input.samples;
    setResult(network(), output, info[2].As<Napi::Object>());
    return info.Env().Undefined();
  });
}

/** trainInTurn(batches, learningRates, result): how many steps were done; see train_in_turn.h. */
Napi::Value NetworkObject::trainInTurn(const Napi::CallbackInfo &info) {
  return guarded(info, [&]() -> Napi::Value {
    const StepsDone done = spikedesk::trainInTurn(network(), batches(), info[0], info[1], info[2]);
    samplesOfGradient_ = done.samples;
    return Napi::Number::New(info.Env(), (double)done.steps);
  });
}

/** trace(batch, result, layers): `layers` is a list of { spikes, membrane, states }, `[T,B,N]` each. */
Napi::Value NetworkObject::trace(const Napi::CallbackInfo &info) {
  return guarded(info, [&] {
    const BatchInput input = batches().read(info[0]);
    BatchOutput output = outputOf(network(), info[1], input.samples);
    network().run(Mode::Trace, input, output, recordsOf(network(), info[2], input.samples));
    return info.Env().Undefined();
  });
}

/** backpropagate(batch, spikesGradient, membraneGradient) */
Napi::Value NetworkObject::backpropagate(const Napi::CallbackInfo &info) {
  return guarded(info, [&] {
    BatchInput input = batches().read(info[0], false);
    input.spikesGradient = givenGradient(network(), info[1], input.samples);
    input.membraneGradient = givenGradient(network(), info[2], input.samples);
    BatchOutput output;
    network().run(Mode::Backpropagate, input, output);
    samplesOfGradient_ = input.samples;
    return info.Env().Undefined();
  });
}

/** readInputGradient(data): that of the batch before. */
Napi::Value NetworkObject::readInputGradient(const Napi::CallbackInfo &info) {
  return guarded(info, [&] {
    if (!network().plan().wantsInputGradient || samplesOfGradient_ == 0)
      refuseCall("There is no gradient at the input.");
    const size_t count = (size_t)samplesOfGradient_ * (size_t)network().inputs() * (size_t)network().inputSteps();
    network().readInputGradient(spanOf<float>(info[0], "data", count).data, samplesOfGradient_);
    return info.Env().Undefined();
  });
}

/** has(parameter, part): whether there is such a tensor. */
Napi::Value NetworkObject::has(const Napi::CallbackInfo &info) {
  return guarded(info, [&]() -> Napi::Value {
    const NamedPart of = partOf(network(), info[0], info[1]);
    return Napi::Boolean::New(info.Env(), network().hasPart(of.tensor, of.part));
  });
}

/** read(parameter, part, data) */
Napi::Value NetworkObject::read(const Napi::CallbackInfo &info) {
  return guarded(info, [&] {
    const NamedPart of = partOf(network(), info[0], info[1]);
    network().read(of.tensor, of.part, numbersOf(network(), of, info[2]).data);
    return info.Env().Undefined();
  });
}

/** write(parameter, part, data) */
Napi::Value NetworkObject::write(const Napi::CallbackInfo &info) {
  return guarded(info, [&] {
    const NamedPart of = partOf(network(), info[0], info[1]);
    network().write(of.tensor, of.part, numbersOf(network(), of, info[2]).data);
    return info.Env().Undefined();
  });
}

/** profile(on): forgets the times kept so far, and keeps them from now on or no more. */
Napi::Value NetworkObject::profile(const Napi::CallbackInfo &info) {
  return guarded(info, [&] {
    network().profile.turn(info[0].ToBoolean().Value());
    return info.Env().Undefined();
  });
}

/** readProfile(): see profile_object.h. */
Napi::Value NetworkObject::readProfile(const Napi::CallbackInfo &info) {
  return guarded(info, [&]() -> Napi::Value { return profileObject(info.Env(), network()); });
}

Napi::Value NetworkObject::threads(const Napi::CallbackInfo &info) {
  return guarded(info, [&]() -> Napi::Value { return Napi::Number::New(info.Env(), network().threads()); });
}

Napi::Value NetworkObject::step(const Napi::CallbackInfo &info) {
  return guarded(info, [&]() -> Napi::Value { return Napi::Number::New(info.Env(), (double)network().step()); });
}

void NetworkObject::setStep(const Napi::CallbackInfo &info, const Napi::Value &value) {
  guarded(info, [&] {
    const double number = value.IsNumber() ? value.As<Napi::Number>().DoubleValue() : -1;
    if (!(number >= 0 && number <= 9007199254740991.0 && number == std::floor(number)))
      refuseCall("The step must be a whole number from 0.");
    network().setStep((uint64_t)number);
    return info.Env().Undefined();
  });
}

/** Frees memory and threads; the object is of no use afterwards. */
Napi::Value NetworkObject::dispose(const Napi::CallbackInfo &info) {
  batches_.reset();
  network_.reset();
  return info.Env().Undefined();
}

} // namespace spikedesk
