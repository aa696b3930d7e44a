// The face of the engine towards JavaScript: checks every argument, keeps no pointer into a JavaScript buffer beyond
// a call, and turns every error into an exception. Only the files of this folder know N-API.
#include <napi.h>

#include "../engine/dispatch.h"
#include "../engine/peak.h"
#include "arguments.h"
#include "event_functions.h"
#include "network_object.h"
#include "order_functions.h"
#include "read_program.h"

namespace {

using namespace spikedesk;

Napi::Value instructionSet(const Napi::CallbackInfo &info) {
  return guarded(info, [&]() -> Napi::Value {
    return Napi::String::New(info.Env(), instructionSetName(chooseKernels()));
  });
}

Napi::Value peak(const Napi::CallbackInfo &info) {
  return guarded(info, [&]() -> Napi::Value {
    return Napi::Number::New(info.Env(), peakGflops(threadCount(info[0])));
  });
}

/** planBytes(program, threads, levels): what a network of this program would take, by what it holds; nothing is allocated. */
Napi::Value planBytes(const Napi::CallbackInfo &info) {
  return guarded(info, [&]() -> Napi::Value {
    const int threads = threadCount(info[1]);
    const PlanBytes bytes = bytesOf(makePlan(readProgram(info[0], info[2]), chooseKernels(), threads), threads);
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
  exportOrderFunctions(env, exports);
  exports.Set("planBytes", Napi::Function::New(env, planBytes));
  return exports;
}

} // namespace

NODE_API_MODULE(spikedesk, initialise)
