#pragma once
// Neurons that go step by step through memory: one struct a model, with its step and the way back over it. A step
// multiplies and adds in the order of src-main/engine/backends/reference/neurons, so that its states are the same
// bits. `p` are rows of parameters and `c` the constants, both in the order of engine/neuron_models.cc.
#include "step_flag.h"
#include "step_reset.h"

namespace {

/** Calls `call` with the struct of a neuron's model. */
template <class Call> void withStepModel(const Neuron &n, Call call) {
  switch (n.model) {
  case kLeakyStep: return call(LeakyStep());
  case kLapicque: return call(LapicqueStep());
  case kSynaptic: return call(SynapticStep());
  case kRLeaky: return call(RLeakyStep());
  case kAlpha: return call(AlphaStep());
  case kAlif: return call(AlifStep());
  case kLeakyParallel: return call(LeakyParallelStep());
  case kPlif: return call(PlifStep());
  case kQif: return call(QifStep());
  case kEif: return call(EifStep());
  case kIzhikevich: return call(IzhikevichStep());
  case kKlif: return call(KlifStep());
  default: return call(CubaLifStep());
  }
}

/** Whether a neuron fires, by how far it is above its threshold. */
INLINE Conditions firesAt(const Neuron &n, Floats above) {
  return n.model >= kFirstAtThreshold ? greaterEqual(above, zeros()) : greater(above, zeros());
}

} // namespace
