// Charge, fire and reset over all steps of the neurons of step_models.h. Neurons that hear each other go through a
// step together, the others block by block.
#include "entry.h"
#include "recurrence.h"
#include "step_models.h"
#include "winner.h"

namespace {

template <class Model> struct BlockState {
  Floats states[Model::states];
  Conditions fired;
};

/** One sample and some of its blocks, which are all at the same step. */
template <class Model> struct Group {
  const NeuronForward &f;
  const Neuron &n;
  const int sample, first, blocks;
  BlockState<Model> *const states;
  float *const heard, *const membranes;
  uint16_t *const row;

  Group(const NeuronForward &forward, int sample, int first, int blocks)
      : f(forward), n(*forward.neuron), sample(sample), first(first), blocks(blocks),
        states((BlockState<Model> *)forward.scratch),
        heard(forward.scratch + (size_t)blocks * (kMostStates + 2) * kLanes),
        membranes(heard + (size_t)blocks * kLanes), row((uint16_t *)(membranes + (size_t)blocks * kLanes)) {}

  /** The step of a block; `after` gets its states. */
  INLINE Floats step(int i, size_t t, Conditions mayFire, Floats *after) const {
    const size_t block = (size_t)(first + i), neurons = (size_t)f.firstBlock + block;
    Floats p[kMostRows];
    for (int k = 0; k < Model::rows; k++) p[k] = load(n.parameters[k] + neurons * kLanes);
    const float *current = f.current + (size_t)sample * f.currentStride;
    current += (f.staticCurrent ? block : block * (size_t)f.steps + t) * kLanes;
    const Floats feedback = feedbackOf(n, (int)neurons, heard + i * kLanes, states[i].fired);
    const StepInput in = {n, p, load(current), feedback, states[i].fired, mayFire};
    return Model::step(in, states[i].states, after);
  }

  INLINE Conditions valid(int i) const {
    return conditionsOf(validLanes(n.neurons, (f.firstBlock + first + i) / n.places));
  }

  INLINE void keep(int i, size_t t, Conditions mayFire) const {
    Floats after[Model::states];
    const Floats above = step(i, t, mayFire, after);
    for (int k = 0; k < Model::states; k++) states[i].states[k] = after[k];
    states[i].fired = both(both(firesAt(n, above), mayFire), valid(i));
    const size_t at = (size_t)(first + i) * (size_t)f.steps + t;
    f.spikes[(size_t)sample * f.spikesStride + at] = (uint16_t)bitsOf(states[i].fired);
    if (n.model == kLeakyParallel && n.recurrentWeight) store(membranes + i * kLanes, after[0]);
    const size_t place = (size_t)sample * f.membraneStride + at * kLanes;
    if (f.membrane) store(f.membrane + place, after[0]);
    for (int k = 1; k < Model::states; k++)
      if (f.states[k - 1]) store(f.states[k - 1] + place, after[k]);
  }

  /** The states and spikes of a block in what one step leaves to the next. */
  INLINE float *rowsAt(const NeuronBorder &b, int i) const {
    return b.states + (size_t)sample * b.statesStride + (size_t)(first + i) * Model::states * kLanes;
  }
  INLINE uint16_t *spikesAt(const NeuronBorder &b) const { return b.spikes + (size_t)sample * b.spikesStride + first; }

  INLINE void begin() const {
    for (int i = 0; i < blocks; i++) {
      Model::start(n, states[i].states);
      states[i].fired = noCondition();
      if (!f.from.states) continue;
      for (int k = 0; k < Model::states; k++) states[i].states[k] = load(rowsAt(f.from, i) + k * kLanes);
      states[i].fired = conditionsOf(spikesAt(f.from)[i]);
      if (n.model == kLeakyParallel && n.recurrentWeight) store(membranes + i * kLanes, states[i].states[0]);
    }
  }

  INLINE void leave() const {
    for (int i = 0; i < blocks; i++) {
      for (int k = 0; k < Model::states; k++) store(rowsAt(f.to, i) + k * kLanes, states[i].states[k]);
      spikesAt(f.to)[i] = (uint16_t)bitsOf(states[i].fired);
    }
  }

  /** What all blocks hear at a step. */
  INLINE void hearStep(size_t t) const {
    const uint16_t *spikes = f.spikes + (size_t)sample * f.spikesStride;
    if (t > 0) hear(n, blocks, {spikes + t - 1, (size_t)f.steps, membranes, row, f.padded}, heard);
    else if (f.from.states) hear(n, blocks, {spikesAt(f.from), 1, membranes, row, f.padded}, heard);
    else hear(n, blocks, {nullptr, 1, nullptr, row, f.padded}, heard);
  }

  INLINE void run() const {
    begin();
    const Conditions all = conditionsOf(0xffff);
    for (size_t t = 0; t < (size_t)f.steps; t++) {
      if (n.recurrentWeight) hearStep(t);
      if (n.inhibition) {
        Winner winner;
        for (int i = 0; i < blocks; i++) {
          Floats after[Model::states];
          winner.meet(i, step(i, t, all, after), valid(i));
        }
        for (int i = 0; i < blocks; i++) keep(i, t, winner.mayFire(i));
      } else {
        for (int i = 0; i < blocks; i++) keep(i, t, all);
      }
    }
    if (f.to.states) leave();
  }
};

template <class Model> APART void runModel(const NeuronForward &f) {
  static_assert(sizeof(BlockState<Model>) <= (kMostStates + 2) * kLanes * sizeof(float), "scratch is too small");
  const int group = goesTogether(f.neuron) ? f.blocks : stepGroup(f.steps);
  for (int sample = 0; sample < f.samples; sample++)
    for (int block = 0; block < f.blocks; block += group)
      Group<Model>(f, sample, block, group < f.blocks - block ? group : f.blocks - block).run();
}

} // namespace

extern "C" void KERNEL(stepForward)(const NeuronForward *forward) {
  withStepModel(*forward->neuron, [&](auto model) { runModel<decltype(model)>(*forward); });
}
