#pragma once
// One step of each neuron model. `charged` is the membrane that the threshold is compared with, `membrane` what is
// kept for the next step (and recorded). Sources: snnTorch 0.9.4 Leaky, spikingjelly IFNode and LIFNode.
#include "kernels.h"
#include "vector.h"

namespace {

struct NeuronConstants {
  Floats threshold, rate, resetValue;
};

INLINE NeuronConstants neuronConstants(const Neuron &n) {
  // spikingjelly's soft reset knows no reset value: it leaks towards 0 and starts there.
  const float resetValue = n.model != kLeaky && n.reset == kResetZero ? n.resetValue : 0.0f;
  return {broadcast(n.threshold), broadcast(n.rate), broadcast(resetValue)};
}

/** Lanes that hold no neuron go along: what they come to is left out of the spikes and of every gradient. */
struct NeuronState {
  Floats membrane;
  /** Leaky, reset delayed: what the next step takes off, or all that it lets leak. A vector, for there are fewer registers for
   * conditions than streams. */
  Floats takenOff, left;
  /** Leaky, reset immediate: whether the kept membrane is above its threshold. */
  Conditions above;
};

/** snnTorch: the reset of a step is decided by the membrane that the step before kept. */
template <int Reset, bool Immediate> struct LeakyModel {
  static constexpr int model = kLeaky, reset = Reset;
  static constexpr bool immediate = Immediate, inclusive = false;

  static INLINE NeuronState start(const NeuronConstants &) { return {zeros(), zeros(), zeros(), noCondition()}; }
  static INLINE NeuronState resume(const NeuronConstants &c, Floats membrane) {
    NeuronState s = {membrane, zeros(), zeros(), noCondition()};
    keep(c, s, greater(membrane, c.threshold));
    return s;
  }

  static INLINE Floats step(const NeuronConstants &c, NeuronState &s, Floats decay, Floats current, Conditions &spiked) {
    Floats charged;
    if constexpr (Immediate) {
      charged = fma(decay, Reset == kResetZero ? choose(s.above, zeros(), s.membrane) : s.membrane, current);
      if constexpr (Reset == kResetSubtract) charged = subtractWhere(s.above, charged, c.threshold);
    } else {
      charged = fma(decay, Reset == kResetZero ? s.left : s.membrane, current);
      if constexpr (Reset == kResetSubtract) charged = charged - s.takenOff;
    }
    spiked = greater(charged, c.threshold);
    s.membrane = charged;
    if constexpr (Immediate && Reset != kResetNone) {
      const Floats amount = Reset == kResetZero ? charged : c.threshold;
      const Floats change = choose(spiked, broadcast(1.0f), zeros()) - choose(s.above, broadcast(1.0f), zeros());
      s.membrane = fnma(change, amount, charged);
      keep(c, s, greater(s.membrane, c.threshold));
    } else {
      keep(c, s, spiked);
    }
    return charged;
  }

private:
  static INLINE void keep(const NeuronConstants &c, NeuronState &s, Conditions above) {
    if constexpr (Immediate) s.above = above;
    else if constexpr (Reset == kResetSubtract) s.takenOff = choose(above, c.threshold, zeros());
    else if constexpr (Reset == kResetZero) s.left = choose(above, zeros(), s.membrane);
  }
};

/** spikingjelly: charge, fire at or above the threshold, reset, all in one step. */
template <int Model, int Reset> struct IntegrateFireModel {
  static constexpr int model = Model, reset = Reset;
  static constexpr bool immediate = false, inclusive = true;

  static INLINE NeuronState start(const NeuronConstants &c) { return resume(c, c.resetValue); }
  static INLINE NeuronState resume(const NeuronConstants &, Floats membrane) {
    return {membrane, zeros(), zeros(), noCondition()};
  }

  static INLINE Floats step(const NeuronConstants &c, NeuronState &s, Floats, Floats current, Conditions &spiked) {
    const Floats v = s.membrane;
    Floats charged;
    if constexpr (Model == kLifDecayInput) charged = fma(current - (v - c.resetValue), c.rate, v);
    else if constexpr (Model == kLif) charged = fnma(v - c.resetValue, c.rate, v) + current;
    else charged = v + current;
    spiked = greaterEqual(charged, c.threshold);
    if constexpr (Reset == kResetZero) s.membrane = choose(spiked, c.resetValue, charged);
    else s.membrane = subtractWhere(spiked, charged, c.threshold);
    return charged;
  }
};

/** Calls `call` with the model type that a neuron asks for. */
template <class Call> INLINE void withModel(const Neuron &n, Call call) {
  if (n.model == kLeaky) {
    if (n.immediate) {
      if (n.reset == kResetSubtract) return call(LeakyModel<kResetSubtract, true>());
      if (n.reset == kResetZero) return call(LeakyModel<kResetZero, true>());
    }
    if (n.reset == kResetSubtract) return call(LeakyModel<kResetSubtract, false>());
    if (n.reset == kResetZero) return call(LeakyModel<kResetZero, false>());
    return call(LeakyModel<kResetNone, false>());
  }
  const bool hard = n.reset == kResetZero;
  if (n.model == kLifDecayInput)
    return hard ? call(IntegrateFireModel<kLifDecayInput, kResetZero>())
                : call(IntegrateFireModel<kLifDecayInput, kResetSubtract>());
  if (n.model == kLif)
    return hard ? call(IntegrateFireModel<kLif, kResetZero>()) : call(IntegrateFireModel<kLif, kResetSubtract>());
  return hard ? call(IntegrateFireModel<kIntegrateFire, kResetZero>())
              : call(IntegrateFireModel<kIntegrateFire, kResetSubtract>());
}

/** The streams (sample, block) of a call, one after the other; stream s is block s % blocks of sample s / blocks. */
struct Stream {
  const float *current, *decay;
  /** The membrane that the step before the first one kept; null where there is none. */
  const float *before;
  uint32_t validBits;
  Conditions valid() const { return conditionsOf(validBits); }
};

/** How many samples before their use rows are fetched that another core may have: a dozen streams or more. None of maps,
 * whose places come one after the other. */
INLINE size_t samplesAhead(const NeuronForward &f) { return f.neuron->places > 1 ? 0 : (size_t)(1 + 12 / f.blocks); }

/** Takes lines that will be written soon from another core that has read them. */
INLINE void fetchToWrite(const void *row, size_t bytes) {
  for (size_t at = 0; at < bytes; at += 64) __builtin_prefetch((const char *)row + at, 1);
}

/** Goes from stream to stream without dividing, which takes longer than a few steps of a stream do. */
class StreamWalk {
public:
  StreamWalk(const NeuronForward &f, int from)
      : sample(from / f.blocks), block(from % f.blocks), f_(f), firstChannels_(f.firstBlock / f.neuron->places),
        firstPlace_(f.firstBlock % f.neuron->places), channels_((f.firstBlock + block) / f.neuron->places),
        place_((f.firstBlock + block) % f.neuron->places) {}

  int sample, block;

  Stream stream() const {
    Stream s;
    s.current =
        f_.current + (size_t)sample * f_.currentStride + (size_t)block * (f_.staticCurrent ? 1 : f_.steps) * kLanes;
    s.decay = f_.neuron->decay ? f_.neuron->decay + (size_t)(f_.firstBlock + block) * kLanes : f_.current;
    s.before = f_.from.states ? f_.from.states + (size_t)sample * f_.from.statesStride + (size_t)block * kLanes : nullptr;
    s.validBits = validLanes(f_.neuron->neurons, channels_);
    return s;
  }

  void next() {
    if (++place_ == f_.neuron->places) place_ = 0, channels_++;
    if (++block < f_.blocks) return;
    block = 0;
    sample++;
    channels_ = firstChannels_;
    place_ = firstPlace_;
  }

private:
  const NeuronForward &f_;
  /** Of the first stream of a sample and of this one: its block of channels, and its place in the map. */
  int firstChannels_, firstPlace_, channels_, place_;
};

template <class Model> INLINE NeuronState stateBefore(const NeuronConstants &c, const Stream &s) {
  return s.before ? Model::resume(c, load(s.before)) : Model::start(c);
}

template <int N> struct Count {
  static constexpr int value = N;
};

/** Calls `call` with a count of streams known to the compiler, for all of them: N, of what is left 4, then each. */
template <int N, class Call> INLINE void inGroups(int streams, int from, Call call) {
  for (; streams - from >= N; from += N) call(Count<N>(), from);
  if constexpr (N > 1) inGroups<(N > 4 ? 4 : 1)>(streams, from, call);
}

} // namespace
