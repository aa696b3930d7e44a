// Back through time. The membranes are computed again from the currents (cheaper than keeping them), then the
// surrogate at each of them, then the recursion from the last step to the first. Gradients:
//   leaky, reset delayed: the reset is detached; θ still gets -R from it and -σ from the threshold
//   leaky, reset immediate: the part d = S - R that acts in the same step lets gradient through its spike
//   lif, if: the reset lets gradient through its spike unless it is detached
#include "entry.h"
#include "neuron.h"

namespace {

const float kNothing[kLanes] = {};

/** What the recursion reads of one stream, a row of 16 a step; a stride of 0 repeats the same row. */
struct Rows {
  const float *charged, *kept, *surrogate, *spikesGradient, *membraneGradient;
  size_t spikesStride, membraneStride;
  float *output, *carry;
};

template <class Model, int N, bool Kept, bool Static>
void recompute(const NeuronForward &f, const Stream *streams, float *charged, float *kept) {
  const NeuronConstants constants = neuronConstants(*f.neuron);
  NeuronState state[N];
  const float *current[N];
  Floats decay[N], always[N];
  for (int i = 0; i < N; i++) {
    current[i] = streams[i].current;
    if constexpr (Static) always[i] = load(current[i]);
    decay[i] = load(streams[i].decay);
    state[i] = stateBefore<Model>(constants, streams[i]);
  }
  const size_t length = (size_t)f.steps * kLanes;
  for (int t = 0; t < f.steps; t++) {
#pragma GCC unroll 8
    for (int i = 0; i < N; i++) {
      Conditions spiked;
      store(charged + i * length + (size_t)t * kLanes,
            Model::step(constants, state[i], decay[i], Static ? always[i] : load(current[i] + (size_t)t * kLanes), spiked));
      if constexpr (Kept) store(kept + i * length + (size_t)t * kLanes, state[i].membrane);
    }
  }
}

/** What the step after the last one hands back to a stream. */
INLINE Floats arrivingAt(const NeuronBackward &b, const Rows &r) {
  const NeuronForward &f = b.forward;
  return b.carry.arrives && !isCut(f.neuron, f.firstStep + f.steps) ? load(r.carry) : zeros();
}

/** What a step passes back to the membrane before it (β, 1 - 1/τ or 1) and to its input (1 or 1/τ). */
INLINE Floats carryFactor(const Neuron &n, const float *decay) {
  if (n.model == kLeaky) return load(decay);
  return broadcast(n.model == kIntegrateFire ? 1.0f : 1.0f - n.rate);
}
INLINE Floats inputFactor(const Neuron &n) { return broadcast(n.model == kLifDecayInput ? n.rate : 1.0f); }

/** Where the reset passes no gradient, only the leak does: g[t] = carry · g[t+1] + spikes' part + membrane's part. */
template <int N, bool Spikes, bool Membrane, bool Summed>
void recurseLinear(const NeuronBackward &b, const Stream *streams, const Rows *rows) {
  const Neuron &n = *b.forward.neuron;
  const int steps = b.forward.steps, firstStep = b.forward.firstStep;
  Floats g[N], sum[N], carry[N];
  const float *spikes[N], *membrane[N];
  float *output[N];
  for (int i = 0; i < N; i++) {
    sum[i] = zeros();
    g[i] = arrivingAt(b, rows[i]);
    carry[i] = carryFactor(n, streams[i].decay);
    spikes[i] = rows[i].surrogate;
    membrane[i] = rows[i].membraneGradient;
    output[i] = rows[i].output;
  }
  const Floats scale = inputFactor(n);
  for (int end = steps; end > 0; end = uncutFrom(&n, firstStep, end)) {
    const size_t first = (size_t)uncutFrom(&n, firstStep, end) * kLanes;
    for (int i = 0; end < steps && i < N; i++) g[i] = zeros();
    for (size_t at = (size_t)end * kLanes; at > first;) {
      at -= kLanes;
#pragma GCC unroll 8
      for (int i = 0; i < N; i++) {
        Floats arriving = Spikes ? load(spikes[i] + at) : zeros();
        if constexpr (Membrane) arriving = arriving + load(membrane[i] + at);
        g[i] = fma(carry[i], g[i], arriving);
        if constexpr (Summed) sum[i] = sum[i] + g[i];
        else store(output[i] + at, choose(streams[i].valid(), g[i] * scale, zeros()));
      }
    }
  }
  for (int i = 0; b.carry.data && i < N; i++) store(rows[i].carry, g[i]);
  if constexpr (Summed)
    for (int i = 0; i < N; i++) store(output[i], choose(streams[i].valid(), sum[i] * scale, zeros()));
}

/** The gradients at the spikes times the surrogate, in place of what was charged: all streams in one call where their
 * gradients lie one after the other. */
template <int N> void passSpikes(const Neuron &n, int steps, Rows *rows, float *charged) {
  const size_t length = (size_t)steps * kLanes;
  bool together = rows[0].spikesStride == kLanes;
  for (int i = 1; i < N; i++) together = together && rows[i].spikesGradient == rows[0].spikesGradient + i * length;
  if (together) KERNEL(surrogateRows)(&n, N * steps, charged, rows[0].spikesGradient, kLanes, charged);
  for (int i = 0; i < N; i++) {
    if (!together)
      KERNEL(surrogateRows)(&n, steps, rows[i].charged, rows[i].spikesGradient, rows[i].spikesStride, charged + i * length);
    rows[i].surrogate = rows[i].charged;
  }
}

template <int N>
void recurseLinear(const NeuronBackward &b, const Stream *streams, const Rows *rows) {
  const bool summed = b.forward.staticCurrent;
  if (b.spikesGradient && b.membraneGradient)
    return summed ? recurseLinear<N, true, true, true>(b, streams, rows) : recurseLinear<N, true, true, false>(b, streams, rows);
  if (b.spikesGradient)
    return summed ? recurseLinear<N, true, false, true>(b, streams, rows) : recurseLinear<N, true, false, false>(b, streams, rows);
  return summed ? recurseLinear<N, false, true, true>(b, streams, rows) : recurseLinear<N, false, true, false>(b, streams, rows);
}

struct ParameterSums {
  Floats decay, threshold;
};

/** Gradient at the charged membrane of neurons that fire and reset in one step. */
template <class Model>
INLINE Floats firedBack(const NeuronConstants &c, bool detach, Floats charged, Floats sigma, Floats atSpikes, Floats atMembrane) {
  Floats throughSpike = atSpikes;
  if constexpr (Model::reset == kResetZero) {
    if (!detach) throughSpike = fma(c.resetValue - charged, atMembrane, throughSpike);
    return fma(throughSpike, sigma, choose(greaterEqual(charged, c.threshold), zeros(), atMembrane));
  } else {
    if (!detach) throughSpike = fnma(c.threshold, atMembrane, throughSpike);
    return fma(throughSpike, sigma, atMembrane);
  }
}

/** Gradient at the charged membrane of one step; `carried` goes in from the step after and out to the one before. */
template <class Model>
INLINE Floats stepBack(const NeuronConstants &c, bool detach, Floats decay, const Stream &s, const Rows &r, int t,
                       Floats &carried, ParameterSums &sums) {
  const Floats one = broadcast(1.0f);
  const Floats charged = load(r.charged + (size_t)t * kLanes);
  const Floats sigma = load(r.surrogate + (size_t)t * kLanes);
  const Floats atSpikes = load(r.spikesGradient + (size_t)t * r.spikesStride);
  const Floats atMembrane = load(r.membraneGradient + (size_t)t * r.membraneStride) + carried;
  if constexpr (Model::model == kLeaky) {
    const float *keptRows = Model::immediate ? r.kept : r.charged;
    const float *row = t > 0 ? keptRows + (size_t)(t - 1) * kLanes : s.before;
    const Floats before = row ? load(row) : zeros();
    const Conditions reset = row ? greater(before, c.threshold) : noCondition();
    Floats throughSpike, atCharged;
    if constexpr (Model::immediate) {
      const Floats change =
          choose(greater(charged, c.threshold), one, zeros()) - choose(reset, one, zeros());
      if constexpr (Model::reset == kResetSubtract) {
        throughSpike = fnma(c.threshold, atMembrane, atSpikes) * sigma;
        atCharged = atMembrane + throughSpike;
        sums.threshold = fnma(change, atMembrane, sums.threshold);
      } else {
        throughSpike = fnma(charged, atMembrane, atSpikes) * sigma;
        atCharged = fma(atMembrane, one - change, throughSpike);
      }
    } else {
      throughSpike = atSpikes * sigma;
      atCharged = atMembrane + throughSpike;
    }
    sums.threshold = sums.threshold - throughSpike;
    if constexpr (Model::reset == kResetSubtract)
      sums.threshold = subtractWhere(reset, sums.threshold, atCharged);
    const Floats passed = Model::reset == kResetZero ? choose(reset, zeros(), atCharged) : atCharged;
    sums.decay = fma(passed, before, sums.decay);
    carried = decay * passed;
    return atCharged;
  } else {
    const Floats atCharged = firedBack<Model>(c, detach, charged, sigma, atSpikes, atMembrane);
    carried = decay * atCharged;
    return atCharged;
  }
}

template <class Model, int N>
void recurse(const NeuronBackward &b, bool summed, const Stream *streams, const Rows *rows, ParameterSums *sums) {
  const Neuron &n = *b.forward.neuron;
  const NeuronConstants constants = neuronConstants(n);
  Floats carried[N], sum[N], decay[N];
#pragma GCC unroll 8
  for (int i = 0; i < N; i++) {
    carried[i] = arrivingAt(b, rows[i]);
    sum[i] = zeros();
    decay[i] = carryFactor(n, streams[i].decay);
    sums[i] = {zeros(), zeros()};
  }
  const Floats scale = inputFactor(n);
  const bool output = b.inputGradient != nullptr;
  const int firstStep = b.forward.firstStep;
  for (int t = b.forward.steps - 1, first = uncutFrom(&n, firstStep, t + 1); t >= 0; t--) {
    if (t < first) {
      first = uncutFrom(&n, firstStep, t + 1);
      for (int i = 0; i < N; i++) carried[i] = zeros();
    }
#pragma GCC unroll 8
    for (int i = 0; i < N; i++) {
      const Floats g = stepBack<Model>(constants, n.detachReset != 0, decay[i], streams[i], rows[i], t, carried[i], sums[i]) * scale;
      if (summed) sum[i] = sum[i] + g;
      else if (output) store(rows[i].output + (size_t)t * kLanes, choose(streams[i].valid(), g, zeros()));
    }
  }
  for (int i = 0; b.carry.data && i < N; i++) store(rows[i].carry, carried[i]);
  if (summed && output)
    for (int i = 0; i < N; i++) store(rows[i].output, choose(streams[i].valid(), sum[i], zeros()));
}

template <class Model, int N> void run(const NeuronBackward &b, int from) {
  const NeuronForward &f = b.forward;
  const Neuron &n = *f.neuron;
  const int steps = f.steps;
  const size_t length = (size_t)steps * kLanes;
  const bool learns = b.decayGradient || b.thresholdGradient;
  const bool resetPasses = Model::model == kLeaky ? Model::immediate || Model::reset == kResetZero
                                                  : Model::reset == kResetZero || !n.detachReset;
  const bool linear = !learns && !resetPasses;
  const bool summed = f.staticCurrent != 0;
  float *charged = b.scratch, *kept = charged + kStreams * length, *derivatives = kept + kStreams * length;

  Stream streams[N];
  Rows rows[N];
  size_t parametersAt[N];
  const size_t ahead = samplesAhead(f);
  StreamWalk walk(f, from);
  for (int i = 0; i < N; i++, walk.next()) {
    const size_t sample = (size_t)walk.sample, block = (size_t)walk.block;
    streams[i] = walk.stream();
    parametersAt[i] = sample * b.parameterGradientStride + block * kLanes;
    Rows &r = rows[i];
    r.charged = charged + i * length;
    r.kept = kept + i * length;
    r.surrogate = derivatives + i * length;
    r.spikesGradient = kNothing;
    r.membraneGradient = kNothing;
    r.spikesStride = r.membraneStride = 0;
    if (b.spikesGradient) {
      r.spikesStride = b.staticSpikesGradient ? 0 : kLanes;
      r.spikesGradient =
          b.spikesGradient + sample * b.spikesGradientStride + block * (b.staticSpikesGradient ? kLanes : length);
    }
    if (b.membraneGradient) {
      r.membraneStride = kLanes;
      r.membraneGradient = b.membraneGradient + sample * b.membraneGradientStride + block * length;
    }
    r.output = b.inputGradient ? b.inputGradient + sample * b.inputGradientStride + block * (summed ? kLanes : length)
                               : nullptr;
    if (r.output && ahead > (summed ? 0u : 1u))
      fetchToWrite(r.output + ahead * b.inputGradientStride, (summed ? kLanes : length) * sizeof(float));
    r.carry = b.carry.data ? b.carry.data + (size_t)sample * b.carry.stride + (size_t)block * kLanes : nullptr;
  }

  if (linear && !b.spikesGradient && b.membraneGradient) return recurseLinear<N>(b, streams, rows);
  if (f.staticCurrent) recompute<Model, N, Model::immediate, true>(f, streams, charged, kept);
  else recompute<Model, N, Model::immediate, false>(f, streams, charged, kept);
  if (linear && b.spikesGradient) {
    passSpikes<N>(n, steps, rows, charged);
    return recurseLinear<N>(b, streams, rows);
  }
  KERNEL(surrogateRows)(&n, N * steps, charged, nullptr, 0, derivatives);
  ParameterSums sums[N];
  recurse<Model, N>(b, summed, streams, rows, sums);
  for (int i = 0; i < N; i++) {
    const size_t at = parametersAt[i];
    if (b.decayGradient) store(b.decayGradient + at, choose(streams[i].valid(), sums[i].decay, zeros()));
    if (b.thresholdGradient) store(b.thresholdGradient + at, choose(streams[i].valid(), sums[i].threshold, zeros()));
  }
}

/** Whether few steps of whole blocks of a map go back from their spikes alone: telling streams apart would take longer than
 * their steps. */
bool isBrief(const NeuronBackward &b) {
  const NeuronForward &f = b.forward;
  const Neuron &n = *f.neuron;
  return f.steps <= kFewSteps && n.places > 1 && n.neurons % kLanes == 0 && n.model != kLeaky && b.inputGradient &&
         b.spikesGradient && !b.staticSpikesGradient && !b.membraneGradient && !b.carry.data && !f.from.states &&
         uncutFrom(&n, f.firstStep, f.steps) == 0;
}

/** `N` streams side by side; what is computed again lies `[step][stream][16]`. */
template <class Model, int N>
void runBrief(const NeuronBackward &b, const float *current, const float *spikesGradient, float *output) {
  const NeuronForward &f = b.forward;
  const Neuron &n = *f.neuron;
  const NeuronConstants constants = neuronConstants(n);
  const size_t length = (size_t)f.steps * kLanes, currentPitch = f.staticCurrent ? kLanes : length, step = f.staticCurrent ? 0 : kLanes;
  float *charged = b.scratch, *derivatives = charged + (size_t)N * length;
  NeuronState state[N];
#pragma GCC unroll 8
  for (int i = 0; i < N; i++) state[i] = Model::start(constants);
  for (int t = 0; t < f.steps; t++) {
#pragma GCC unroll 8
    for (int i = 0; i < N; i++) {
      Conditions spiked;
      store(charged + (size_t)(t * N + i) * kLanes,
            Model::step(constants, state[i], zeros(), load(current + i * currentPitch + t * step), spiked));
    }
  }
  KERNEL(surrogateRows)(&n, N * f.steps, charged, nullptr, 0, derivatives);
  const Floats carry = carryFactor(n, nullptr), scale = inputFactor(n);
  Floats carried[N], sum[N];
#pragma GCC unroll 8
  for (int i = 0; i < N; i++) carried[i] = sum[i] = zeros();
  for (int t = f.steps - 1; t >= 0; t--) {
#pragma GCC unroll 8
    for (int i = 0; i < N; i++) {
      const size_t at = (size_t)(t * N + i) * kLanes, own = i * length + (size_t)t * kLanes;
      const Floats g = firedBack<Model>(constants, n.detachReset != 0, load(charged + at), load(derivatives + at),
                                        load(spikesGradient + own), carried[i]);
      carried[i] = carry * g;
      if (f.staticCurrent) sum[i] = sum[i] + g * scale;
      else store(output + own, g * scale);
    }
  }
  if (!f.staticCurrent) return;
#pragma GCC unroll 8
  for (int i = 0; i < N; i++) store(output + i * kLanes, sum[i]);
}

template <class Model> void runBrief(const NeuronBackward &b) {
  const NeuronForward &f = b.forward;
  const size_t length = (size_t)f.steps * kLanes, row = f.staticCurrent ? kLanes : length;
  for (int sample = 0; sample < f.samples; sample++)
    inGroups<kStreams>(f.blocks, 0, [&](auto count, int block) {
      runBrief<Model, decltype(count)::value>(b, f.current + (size_t)sample * f.currentStride + (size_t)block * row,
                                              b.spikesGradient + (size_t)sample * b.spikesGradientStride + (size_t)block * length,
                                              b.inputGradient + (size_t)sample * b.inputGradientStride + (size_t)block * row);
    });
}

} // namespace

extern "C" void KERNEL(neuronBackward)(const NeuronBackward *backward) {
  const NeuronBackward &b = *backward;
  if (!b.inputGradient && !b.decayGradient && !b.thresholdGradient) return;
  withModel(*b.forward.neuron, [&](auto model) {
    if constexpr (decltype(model)::model != kLeaky)
      if (isBrief(b)) return runBrief<decltype(model)>(b);
    inGroups<kStreams>(b.forward.samples * b.forward.blocks, 0, [&](auto count, int from) {
      run<decltype(model), decltype(count)::value>(b, from);
    });
  });
}
