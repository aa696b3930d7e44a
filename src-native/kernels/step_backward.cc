// Back through time for the neurons of step_models.h. The states are computed again, then the surrogate at each
// step, then the recursion from the last step to the first; recurrent connections carry the gradient at the inputs
// of a step to the spikes of the step before.
#include "entry.h"
#include "recurrence.h"
#include "step_models.h"
#include "philox.h"
#include "winner.h"

namespace {

/** Where the rows of a group of blocks lie in the scratch. */
template <class Model> struct Rows {
  float *states, *above, *sigma, *carried, *atInput, *fedBack, *winners;
  uint16_t *row;
  size_t steps;

  Rows(float *scratch, int steps, int blocks) : steps((size_t)steps) {
    const size_t rows = (size_t)blocks * kLanes;
    states = scratch;
    above = states + rows * this->steps * Model::states;
    sigma = above + rows * this->steps;
    carried = sigma + rows * this->steps;
    atInput = carried + rows * sumRows;
    fedBack = atInput + rows;
    winners = fedBack + rows;
    row = (uint16_t *)(winners + this->steps);
  }

  /** States, spike before, own weight, sum of inputs, parameters. */
  static constexpr int sumRows = Model::states + 3 + Model::parameters;

  float *statesAt(int block, size_t t) const { return states + (((size_t)block * steps + t) * Model::states) * kLanes; }
  float *aboveAt(int block, size_t t) const { return above + ((size_t)block * steps + t) * kLanes; }
  float *sigmaAt(int block, size_t t) const { return sigma + ((size_t)block * steps + t) * kLanes; }
  float *carriedAt(int block, int row) const { return carried + ((size_t)block * sumRows + (size_t)row) * kLanes; }
};

/** A surrogate that is drawn, of a block of one sample: a where it spiked, else (u - 1/2 + b)·c; u is word 0 of counter
 * (neuron, stream · 2¹⁶ + t, sample, step). */
APART void drawSurrogate(const NeuronBackward &b, int sample, int block, const float *above, float *sigma) {
  const NeuronForward &f = b.forward;
  const Neuron &n = *f.neuron;
  const int channels = block / n.places * kLanes, place = block % n.places;
  const float *numbers = n.surrogateNumbers;
  for (int t = 0; t < f.steps; t++, above += kLanes, sigma += kLanes) {
    float drawn[kLanes];
    for (int k = 0; k < kLanes; k++) {
      const uint32_t neuron = (uint32_t)((channels + k) * n.places + place);
      const uint32_t word =
          philoxWord(b.draws.seed, kPurposeSurrogate, neuron, (n.stream << 16) + (uint32_t)(f.firstStep + t),
                     b.draws.firstSample + (uint32_t)sample, b.draws.step, 0);
      drawn[k] = ((float)(word >> 8) * 0x1p-24f - 0.5f + numbers[1]) * numbers[2];
    }
    store(sigma, choose(firesAt(n, load(above)), broadcast(numbers[0]), load(drawn)));
  }
}

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
  INLINE Conditions mayFireAt(int i, size_t t) const {
    return n.inhibition ? winnerIn(i, rows.winners[t]) : conditionsOf(0xffff);
  }
  INLINE Conditions firedAt(int i, size_t t) const {
    return both(both(firesAt(n, load(rows.aboveAt(i, t))), valid(i)), mayFireAt(i, t));
  }
  INLINE void parameters(int i, Floats *p) const {
    for (int k = 0; k < Model::rows; k++) p[k] = load(n.parameters[k] + (size_t)(f.firstBlock + first + i) * kLanes);
  }
  INLINE Floats inputAt(int i, size_t t) const {
    const float *current = f.current + (size_t)sample * f.currentStride;
    const size_t block = (size_t)(first + i);
    return load(current + (f.staticCurrent ? block : block * rows.steps + t) * kLanes);
  }
  /** The states of a block, and the spikes of all, that the step before the first one left. */
  INLINE const float *rowsBefore(int i) const {
    return f.from.states + (size_t)sample * f.from.statesStride + (size_t)(first + i) * Model::states * kLanes;
  }
  INLINE const uint16_t *spikesBefore() const { return f.from.spikes + (size_t)sample * f.from.spikesStride + first; }
  INLINE void statesBefore(int i, size_t t, Floats *before) const {
    if (t == 0 && !f.from.states) return Model::start(n, before);
    const float *from = t > 0 ? rows.statesAt(i, t - 1) : rowsBefore(i);
    for (int k = 0; k < Model::states; k++) before[k] = load(from + k * kLanes);
  }
  INLINE Conditions firedBefore(int i, size_t t) const {
    if (t > 0) return firedAt(i, t - 1);
    return f.from.states ? conditionsOf(spikesBefore()[i]) : noCondition();
  }
  /** A gradient row `[steps][16]` of a block, or `[16]` where it is the same at every step. */
  static INLINE Floats rowOf(const float *gradient, size_t stride, int sample, size_t block, size_t steps, size_t t,
                             bool same) {
    if (!gradient) return zeros();
    return load(gradient + (size_t)sample * stride + (same ? block : block * steps + t) * kLanes);
  }

  INLINE void makeStep(int i, size_t t, Conditions mayFire) const {
    Floats p[kMostRows], before[Model::states], after[Model::states];
    parameters(i, p);
    statesBefore(i, t, before);
    const Conditions fired = firedBefore(i, t);
    const Floats feedback = feedbackOf(n, f.firstBlock + first + i, rows.fedBack + i * kLanes, fired);
    const StepInput in = {n, p, inputAt(i, t), feedback, fired, mayFire};
    store(rows.aboveAt(i, t), Model::step(in, before, after));
    for (int k = 0; k < Model::states; k++) store(rows.statesAt(i, t) + k * kLanes, after[k]);
  }

  /** What all blocks hear at a step goes to `fedBack`. */
  INLINE void hearStep(size_t t) const {
    const uint16_t *spikes = f.spikes + (size_t)sample * f.spikesStride;
    if (t == 0 && !f.from.states) return hear(n, blocks, {nullptr, 1, nullptr, rows.row, f.padded}, rows.fedBack);
    if (n.model == kLeakyParallel)
      for (int i = 0; i < blocks; i++) store(rows.atInput + i * kLanes, load(t > 0 ? rows.statesAt(i, t - 1) : rowsBefore(i)));
    if (t > 0) hear(n, blocks, {spikes + t - 1, rows.steps, rows.atInput, rows.row, f.padded}, rows.fedBack);
    else hear(n, blocks, {spikesBefore(), 1, rows.atInput, rows.row, f.padded}, rows.fedBack);
  }

  INLINE void recompute() const {
    for (size_t t = 0; t < rows.steps; t++) {
      if (n.recurrentWeight) hearStep(t);
      for (int i = 0; i < blocks; i++) makeStep(i, t, conditionsOf(0xffff));
      if (!n.inhibition) continue;
      Winner winner;
      for (int i = 0; i < blocks; i++) winner.meet(i, load(rows.aboveAt(i, t)), valid(i));
      rows.winners[t] = winner.packed();
      for (int i = 0; i < blocks; i++) makeStep(i, t, winner.mayFire(i));
    }
    Neuron above = n;
    above.threshold = 0.0f;
    for (int i = 0; i < blocks; i++) {
      const float *charged = rows.aboveAt(i, 0);
      float *sigma = rows.sigmaAt(i, 0);
      if (n.surrogate == kDrawnLevels) drawSurrogate(b, sample, f.firstBlock + first + i, charged, sigma);
      else KERNEL(surrogateRows)(&above, f.steps, charged, nullptr, 0, sigma);
      for (size_t t = 0; n.inhibition && t < rows.steps; t++)
        store(rows.sigmaAt(i, t), choose(mayFireAt(i, t), load(rows.sigmaAt(i, t)), zeros()));
    }
  }

  /** Gradients at the spikes of a step, from those at the inputs of the step after. */
  INLINE void feedBack() const {
    if (n.recurrentWeight) return hearBack(n, blocks, rows.atInput, f.padded, rows.fedBack);
    for (int i = 0; i < blocks; i++) {
      const Floats own = load(n.ownWeight + (size_t)(f.firstBlock + first + i) * kLanes);
      store(rows.fedBack + i * kLanes, own * load(rows.atInput + i * kLanes));
    }
  }

  INLINE void stepBack(int i, size_t t) const {
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
    const Conditions fired = firedBefore(i, t);
    const StepInput in = {n, p, inputAt(i, t), zeros(), fired, mayFireAt(i, t)};
    const Floats heard = load(rows.fedBack + i * kLanes);
    if (n.model == kLeakyParallel) states[0] = states[0] + heard;
    const Floats atSpike = given + (n.model == kLeakyParallel ? zeros() : heard) + load(rows.carriedAt(i, kSpike));
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
    if (b.membranesBefore)
      store(b.membranesBefore + (size_t)sample * b.membranesBeforeStride + row * kLanes, before[0]);
    if (b.spikesBefore)
      b.spikesBefore[(size_t)sample * b.spikesBeforeStride + row] = (uint16_t)bitsOf(fired);
  }

  /** What goes from the first step to the one before it: gradients at its states and spike, and at the inputs. */
  INLINE float *carryAt(int i, int row) const {
    return b.carry.data + (size_t)sample * b.carry.stride + ((size_t)(first + i) * carriedRows(Model::states) + (size_t)row) * kLanes;
  }

  INLINE void takeCarried() const {
    for (int i = 0; i < blocks; i++) {
      for (int k = 0; k <= Model::states; k++) store(rows.carriedAt(i, k), load(carryAt(i, k)));
      store(rows.atInput + i * kLanes, load(carryAt(i, Model::states + 1)));
    }
  }

  INLINE void leaveCarried() const {
    for (int i = 0; i < blocks; i++) {
      for (int k = 0; k <= Model::states; k++) store(carryAt(i, k), load(rows.carriedAt(i, k)));
      store(carryAt(i, Model::states + 1), load(rows.atInput + i * kLanes));
    }
  }

  /** Nothing goes back further than this. */
  INLINE void cut() const {
    for (int i = 0; i < blocks; i++) {
      for (int k = 0; k <= Model::states; k++) store(rows.carriedAt(i, k), zeros());
      store(rows.atInput + i * kLanes, zeros());
    }
  }

  INLINE void run() const {
    recompute();
    for (float *p = rows.carried; p < rows.fedBack + blocks * kLanes; p += kLanes) store(p, zeros());
    if (b.carry.arrives) takeCarried();
    for (size_t t = rows.steps; t-- > 0;) {
      if (isCut(&n, f.firstStep + (int)t + 1)) cut();
      if (n.recurrentWeight || n.ownWeight) feedBack();
      for (int i = 0; i < blocks; i++) stepBack(i, t);
    }
    if (b.carry.data) leaveCarried();
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

template <class Model> APART void runModel(const NeuronBackward &b) {
  const NeuronForward &f = b.forward;
  const int group = goesTogether(f.neuron) ? f.blocks : stepGroup(f.steps);
  for (int sample = 0; sample < f.samples; sample++)
    for (int block = 0; block < f.blocks; block += group)
      Group<Model>(b, sample, block, group < f.blocks - block ? group : f.blocks - block).run();
}

} // namespace

extern "C" void KERNEL(stepBackward)(const NeuronBackward *backward) {
  withStepModel(*backward->forward.neuron, [&](auto model) { runModel<decltype(model)>(*backward); });
}
