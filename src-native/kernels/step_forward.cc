// Charge, fire and reset over all steps of the neurons of step_models.h. Neurons that hear each other go through a
// step together, the others block by block.
#include "entry.h"
#include "recurrence.h"
#include "step_models.h"

namespace {

template <class Model> struct BlockState {
  Floats states[Model::states];
  Conditions fired;
};

template <class Model>
void run(const NeuronForward &f, int sample, int firstBlock, int blocks, BlockState<Model> *states) {
  const Neuron &n = *f.neuron;
  const size_t steps = (size_t)f.steps;
  uint16_t *spikes = f.spikes + (size_t)sample * f.spikesStride;
  for (int i = 0; i < blocks; i++) {
    Model::start(n, states[i].states);
    states[i].fired = noCondition();
  }
  float *heard = f.scratch + (size_t)blocks * (kMostStates + 2) * kLanes;
  for (size_t t = 0; t < steps; t++) {
    if (n.recurrentWeight) hear(n, blocks, t > 0 ? spikes + t - 1 : nullptr, steps, heard);
    for (int i = 0; i < blocks; i++) {
      const int block = firstBlock + i, neurons = f.firstBlock + block;
      Floats p[kMostRows];
      for (int k = 0; k < Model::rows; k++) p[k] = load(n.parameters[k] + (size_t)neurons * kLanes);
      const float *current = f.current + (size_t)sample * f.currentStride;
      current += f.staticCurrent ? (size_t)block * kLanes : ((size_t)block * steps + t) * kLanes;
      const Floats feedback = feedbackOf(n, neurons, heard + i * kLanes, states[i].fired);
      const StepInput in = {n, p, load(current), feedback, states[i].fired};
      Floats after[Model::states];
      const Floats above = Model::step(in, states[i].states, after);
      for (int k = 0; k < Model::states; k++) states[i].states[k] = after[k];
      states[i].fired = both(firesAt(n, above), conditionsOf(validLanes(n.neurons, neurons / n.places)));
      const size_t row = (size_t)block * steps + t;
      spikes[row] = (uint16_t)bitsOf(states[i].fired);
      const size_t at = (size_t)sample * f.membraneStride + row * kLanes;
      if (f.membrane) store(f.membrane + at, after[0]);
      for (int k = 1; k < Model::states; k++)
        if (f.states[k - 1]) store(f.states[k - 1] + at, after[k]);
    }
  }
}

} // namespace

extern "C" void KERNEL(stepForward)(const NeuronForward *forward) {
  const NeuronForward &f = *forward;
  withStepModel(*f.neuron, [&](auto model) {
    typedef decltype(model) Model;
    static_assert(sizeof(BlockState<Model>) <= (kMostStates + 2) * kLanes * sizeof(float), "scratch is too small");
    BlockState<Model> *states = (BlockState<Model> *)f.scratch;
    const int group = f.neuron->recurrentWeight ? f.blocks : stepGroup(f.steps);
    for (int sample = 0; sample < f.samples; sample++)
      for (int block = 0; block < f.blocks; block += group)
        run<Model>(f, sample, block, group < f.blocks - block ? group : f.blocks - block, states);
  });
}
