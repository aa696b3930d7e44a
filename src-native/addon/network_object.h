#pragma once
// A network as JavaScript holds it.
#include <napi.h>

#include <memory>

#include "../engine/network.h"
#include "batch_reader.h"

namespace spikedesk {

/** `new Network(program, threads, levels)`. */
class NetworkObject : public Napi::ObjectWrap<NetworkObject> {
public:
  static Napi::Function define(Napi::Env env);
  explicit NetworkObject(const Napi::CallbackInfo &info);

private:
  std::unique_ptr<Network> network_;
  std::unique_ptr<BatchReader> batches_;
  /** Samples of the batch that gradients were last computed for. */
  int samplesOfGradient_ = 0;

  Network &network() const;
  BatchReader &batches() const;

  Napi::Value bind(const Napi::CallbackInfo &info);
  Napi::Value run(const Napi::CallbackInfo &info);
  Napi::Value trainInTurn(const Napi::CallbackInfo &info);
  Napi::Value trace(const Napi::CallbackInfo &info);
  Napi::Value backpropagate(const Napi::CallbackInfo &info);
  Napi::Value readInputGradient(const Napi::CallbackInfo &info);
  Napi::Value has(const Napi::CallbackInfo &info);
  Napi::Value read(const Napi::CallbackInfo &info);
  Napi::Value write(const Napi::CallbackInfo &info);
  Napi::Value profile(const Napi::CallbackInfo &info);
  Napi::Value readProfile(const Napi::CallbackInfo &info);
  Napi::Value threads(const Napi::CallbackInfo &info);
  Napi::Value step(const Napi::CallbackInfo &info);
  void setStep(const Napi::CallbackInfo &info, const Napi::Value &value);
  Napi::Value dispose(const Napi::CallbackInfo &info);
};

} // namespace spikedesk
