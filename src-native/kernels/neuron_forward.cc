// Charge, fire and reset over all steps, several streams at once: the recursion of one stream waits for its own
// result at every step, the others fill the gap.
#include "entry.h"
#include "neuron.h"

namespace {

constexpr uint32_t kAllLanes = (1u << kLanes) - 1;

template <class Model, int N, bool Membrane, bool Static> void run(const NeuronForward &f, int from) {
  const NeuronConstants constants = neuronConstants(*f.neuron);
  NeuronState state[N];
  const float *current[N];
  Floats decay[N], always[N];
  uint32_t valid[N];
  uint16_t *spikes[N];
  float *membrane[N];
  StreamWalk walk(f, from);
  for (int i = 0; i < N; i++, walk.next()) {
    const Stream s = walk.stream();
    current[i] = s.current;
    if constexpr (Static) always[i] = load(s.current);
    decay[i] = load(s.decay);
    valid[i] = s.validBits;
    state[i] = stateBefore<Model>(constants, s);
    spikes[i] = f.spikes + (size_t)walk.sample * f.spikesStride + (size_t)walk.block * f.steps;
    membrane[i] = Membrane ? f.membrane + (size_t)walk.sample * f.membraneStride + (size_t)walk.block * f.steps * kLanes
                           : nullptr;
  }
  const size_t ahead = samplesAhead(f);
  for (int i = 0; ahead > 0 && i < N; i++) {
    if constexpr (Static) __builtin_prefetch(current[i] + ahead * f.currentStride);
    fetchToWrite(spikes[i] + ahead * f.spikesStride, (size_t)f.steps * sizeof(uint16_t));
  }
  for (int t = 0; t < f.steps; t++) {
#pragma GCC unroll 8
    for (int i = 0; i < N; i++) {
      Conditions spiked;
      Model::step(constants, state[i], decay[i], Static ? always[i] : load(current[i] + (size_t)t * kLanes), spiked);
      spikes[i][t] = (uint16_t)bitsOf(spiked);
      if constexpr (Membrane) store(membrane[i] + (size_t)t * kLanes, state[i].membrane);
    }
  }
  for (int i = 0; i < N; i++)
    for (int t = 0; valid[i] != kAllLanes && t < f.steps; t++) spikes[i][t] &= (uint16_t)valid[i];
  for (int i = 0; f.to.states && i < N; i++) {
    const int sample = (from + i) / f.blocks, block = (from + i) % f.blocks;
    store(f.to.states + (size_t)sample * f.to.statesStride + (size_t)block * kLanes, state[i].membrane);
  }
}

template <class Model, bool Membrane, bool Static> void runAll(const NeuronForward &f) {
  inGroups<kStreams>(f.samples * f.blocks, 0, [&](auto count, int from) {
    run<Model, decltype(count)::value, Membrane, Static>(f, from);
  });
}

template <class Model, bool Membrane> void runAll(const NeuronForward &f) {
  if (f.staticCurrent) runAll<Model, Membrane, true>(f);
  else runAll<Model, Membrane, false>(f);
}

} // namespace

extern "C" void KERNEL(neuronForward)(const NeuronForward *forward) {
  const NeuronForward &f = *forward;
  withModel(*f.neuron, [&](auto model) {
    if (f.membrane) runAll<decltype(model), true>(f);
    else runAll<decltype(model), false>(f);
  });
}
