#pragma once
// What the steps of neurons take and give; the models are in step_flag.h and step_reset.h.
#include "kernels.h"
#include "vector.h"

namespace {

/** What a step takes besides its states; `firedBefore` is the spike of the step before, `mayFire` those that no other
 * neuron inhibits. */
struct StepInput {
  const Neuron &n;
  const Floats *p;
  Floats input, feedback;
  Conditions firedBefore, mayFire;
};

/** Gradients that arrive at a step, and what it adds to. */
struct StepBack {
  /** The surrogate at this step, and the gradient at its spike. */
  Floats sigma, atSpike;
  /** At the states of this step; becomes that at the states of the step before. */
  Floats *states;
  /** Out: at the spike of the step before, by other ways than feedback. */
  Floats spikeBefore;
  Floats *parameters;
};

INLINE Floats oneWhere(Conditions c) { return choose(c, broadcast(1.0f), zeros()); }
INLINE Floats negative(Floats a) { return zeros() - a; }

} // namespace
