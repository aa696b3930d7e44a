// Back through time for the neurons of step_models.h. The states are computed again, then the surrogate at each
// step, then the recursion from the last step to the first; recurrent connections carry the gradient at the inputs
// of a step to the spikes of the step before.
#include "entry.h"
#include "recurrence.h"
#include "step_models.h"
#include "surrogate.h"

namespace {

/** Where the rows of a group of blocks lie in the scratch. */
template <class Model> struct Rows {
  float *states, *above, *sigma, *carried, *atInput, *fedBack;
  size_t steps;

  Rows(float *scratch, int steps, int blocks) : steps((size_t)steps) {
    const size_t rows = (size_t)blocks * kLanes;
    states = scratch;
    above = states + rows * this->steps * Model::states;
    sigma = above + rows * this->steps;
    carried = sigma + rows * this->steps;
    atInput = carried + rows * carriedRows;
    fedBack = atInput + rows;
  }

  /** States, spike before, own weight, sum of inputs, parameters. */
  static constexpr int carriedRows = Model::states + 3 + Model::parameters;

  float *statesAt(int block, size_t t) const { return states + (((size_t)block * steps + t) * Model::states) * kLanes; }
  float *aboveAt(int block, size_t t) const { return above + ((size_t)block * steps + t) * kLanes; }
  float *sigmaAt(int block, size_t t) const { return sigma + ((size_t)block * steps + t) * kLanes; }
  float *carriedAt(int block, int row) const { return carried + ((size_t)block * carriedRows + (size_t)row) * kLanes; }
};

/** One sample and some of its blocks. */
template <class Model> struct Group {
  const NeuronBackward &b;
  const NeuronForward &f;
  const Neuron &n;
  const Rows<Model> rows;
  const int sample, first, blocks;

  Group(const NeuronBackward &backward, int sample, int first, int blocks)
      : b(backward), f(backward.forward), n(*backward.forward.neuron),
        rows(backward.scratch, backward.forward.steps, blocks), sample(sample), first(first), blocks(blocks) {}

  INLINE Conditions valid(int i) const { return conditionsOf(validLanes(n.neurons, (f.firstBlock + first + i) / n.places)); }
  INLINE Conditions firedAt(int i, size_t t) const { return both(firesAt(n, load(rows.aboveAt(i, t))), valid(i)); }
  INLINE void parameters(int i, Floats *p) const {
    for (int k = 0; k < Model::rows; k++) p[k] = load(n.parameters[k] + (size_t)(f.firstBlock + first + i) * kLanes);
  }
  INLINE Floats inputAt(int i, size_t t) const {
    const float *current = f.current + (size_t)sample * f.currentStride;
    const size_t block = (size_t)(first + i);
    return load(current + (f.staticCurrent ? block : block * rows.steps + t) * kLanes);
  }
  INLINE void statesBefore(int i, size_t t, Floats *before) const {
    if (t == 0) return Model::start(n, before);
    for (int k = 0; k < Model::states; k++) before[k] = load(rows.statesAt(i, t - 1) + k * kLanes);
  }
  /** A gradient row `[steps][16]` of a block, or `[16]` where it is the same at every step. */
  static INLINE Floats rowOf(const float *gradient, size_t stride, int sample, size_t block, size_t steps, size_t t,
                             bool same) {
    if (!gradient) return zeros();
    return load(gradient + (size_t)sample * stride + (same ? block : block * steps + t) * kLanes);
  }

  void recompute() const {
    const uint16_t *spikes = f.spikes + (size_t)sample * f.spikesStride;
    for (size_t t = 0; t < rows.steps; t++) {
      if (n.recurrentWeight) hear(n, blocks, t > 0 ? spikes + t - 1 : nullptr, rows.steps, rows.fedBack);
      for (int i = 0; i < blocks; i++) {
        Floats p[kMostRows], before[Model::states], after[Model::states];
        parameters(i, p);
        statesBefore(i, t, before);
        const Conditions fired = t > 0 ? firedAt(i, t - 1) : noCondition();
        const Floats feedback = feedbackOf(n, f.firstBlock + first + i, rows.fedBack + i * kLanes, fired);
        const StepInput in = {n, p, inputAt(i, t), feedback, fired};
        store(rows.aboveAt(i, t), Model::step(in, before, after));
        for (int k = 0; k < Model::states; k++) store(rows.statesAt(i, t) + k * kLanes, after[k]);
      }
    }
    Neuron above = n;
    above.threshold = 0.0f;
    for (int i = 0; i < blocks; i++) surrogateOf(above, f.steps, rows.aboveAt(i, 0), nullptr, 0, rows.sigmaAt(i, 0));
  }

  /** Gradients at the spikes of a step, from those at the inputs of the step after. */
  void feedBack() const {
    if (n.recurrentWeight) return hearBack(n, blocks, rows.atInput, rows.fedBack);
    for (int i = 0; i < blocks; i++) {
      const Floats own = load(n.ownWeight + (size_t)(f.firstBlock + first + i) * kLanes);
      store(rows.fedBack + i * kLanes, own * load(rows.atInput + i * kLanes));
    }
  }

  void stepBack(int i, size_t t) const {
    constexpr int kSpike = Model::states, kOwn = kSpike + 1, kInput = kOwn + 1, kFirstParameter = kInput + 1;
    const size_t block = (size_t)(first + i);
    Floats p[kMostRows], before[Model::states], after[Model::states], states[Model::states], sums[kMostRows];
    parameters(i, p);
    statesBefore(i, t, before);
    for (int k = 0; k < Model::states; k++) {
      after[k] = load(rows.statesAt(i, t) + k * kLanes);
      states[k] = load(rows.carriedAt(i, k));
    }
    for (int k = 0; k < Model::parameters; k++) sums[k] = load(rows.carriedAt(i, kFirstParameter + k));
    states[0] = states[0] + rowOf(b.membraneGradient, b.membraneGradientStride, sample, block, rows.steps, t, false);
    const Floats given =
        rowOf(b.spikesGradient, b.spikesGradientStride, sample, block, rows.steps, t, b.staticSpikesGradient != 0);
    const Conditions fired = t > 0 ? firedAt(i, t - 1) : noCondition();
    const StepInput in = {n, p, inputAt(i, t), zeros(), fired};
    const Floats atSpike = given + load(rows.fedBack + i * kLanes) + load(rows.carriedAt(i, kSpike));
    StepBack back = {load(rows.sigmaAt(i, t)), atSpike, states, zeros(), sums};
    const Floats at = choose(valid(i), Model::back(in, before, after, load(rows.aboveAt(i, t)), back), zeros());
    for (int k = 0; k < Model::states; k++) store(rows.carriedAt(i, k), states[k]);
    for (int k = 0; k < Model::parameters; k++) store(rows.carriedAt(i, kFirstParameter + k), sums[k]);
    store(rows.carriedAt(i, kSpike), back.spikeBefore);
    store(rows.carriedAt(i, kOwn), addWhere(fired, load(rows.carriedAt(i, kOwn)), at));
    store(rows.carriedAt(i, kInput), load(rows.carriedAt(i, kInput)) + at);
    store(rows.atInput + i * kLanes, at);
    const size_t row = block * rows.steps + t;
    if (b.inputGradient && !f.staticCurrent)
      store(b.inputGradient + (size_t)sample * b.inputGradientStride + row * kLanes, at);
    if (b.recurrentGradient) store(b.recurrentGradient + (size_t)sample * b.recurrentGradientStride + row * kLanes, at);
    if (b.spikesBefore)
      b.spikesBefore[(size_t)sample * b.spikesBeforeStride + row] = (uint16_t)bitsOf(fired);
  }

  /** Nothing goes back further than this. */
  void cut() const {
    for (int i = 0; i < blocks; i++) {
      for (int k = 0; k <= Model::states; k++) store(rows.carriedAt(i, k), zeros());
      store(rows.atInput + i * kLanes, zeros());
    }
  }

  void run() const {
    recompute();
    for (float *p = rows.carried; p < rows.fedBack + blocks * kLanes; p += kLanes) store(p, zeros());
    for (size_t t = rows.steps; t-- > 0;) {
      if (n.truncation > 0 && (t + 1) % (size_t)n.truncation == 0) cut();
      if (n.recurrentWeight || n.ownWeight) feedBack();
      for (int i = 0; i < blocks; i++) stepBack(i, t);
    }
    for (int i = 0; i < blocks; i++) {
      const size_t block = (size_t)(first + i);
      const Conditions lanes = valid(i);
      if (b.inputGradient && f.staticCurrent)
        store(b.inputGradient + (size_t)sample * b.inputGradientStride + block * kLanes,
              load(rows.carriedAt(i, Model::states + 2)));
      const size_t at = (size_t)sample * b.parameterGradientStride + block * kLanes;
      for (int k = 0; k < Model::parameters; k++)
        if (b.parameterGradients[k])
          store(b.parameterGradients[k] + at, choose(lanes, load(rows.carriedAt(i, Model::states + 3 + k)), zeros()));
      if (b.ownGradient) store(b.ownGradient + at, choose(lanes, load(rows.carriedAt(i, Model::states + 1)), zeros()));
    }
  }
};

} // namespace

extern "C" void KERNEL(stepBackward)(const NeuronBackward *backward) {
  const NeuronForward &f = backward->forward;
  withStepModel(*f.neuron, [&](auto model) {
    const int group = f.neuron->recurrentWeight ? f.blocks : stepGroup(f.steps);
    for (int sample = 0; sample < f.samples; sample++)
      for (int block = 0; block < f.blocks; block += group)
        Group<decltype(model)>(*backward, sample, block, group < f.blocks - block ? group : f.blocks - block).run();
  });
}
