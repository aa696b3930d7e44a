#pragma once
// Models in snnTorch's timing: a flag decided by the membrane that the step before kept.
#include "step.h"

namespace {

INLINE Floats resetByFlag(const Neuron &n, Floats u, Conditions flag, Floats threshold) {
  if (n.reset == kResetSubtract) return subtractWhere(flag, u, threshold);
  return n.reset == kResetZero ? choose(flag, zeros(), u) : u;
}

/** What is kept of the membrane `u` that the spike is decided on. */
INLINE Floats keep(const StepInput &in, Floats u, Floats above, Conditions flag, Floats threshold) {
  const Neuron &n = in.n;
  if (!n.immediate || n.reset == kResetNone) return u;
  const Floats due = oneWhere(both(greater(above, zeros()), in.mayFire)) - oneWhere(flag);
  return u - due * (n.reset == kResetSubtract ? threshold : u);
}

struct AtFlag {
  Floats u, threshold;
};

/** Back over `keep` and the firing. */
INLINE AtFlag keepBack(const StepInput &in, const StepBack &b, Floats above, Conditions flag, Floats threshold) {
  const Neuron &n = in.n;
  const Floats one = broadcast(1.0f);
  Floats atSpike = b.atSpike, u = b.states[0], atThreshold = zeros();
  if (n.immediate && n.reset != kResetNone) {
    const Floats due = oneWhere(both(greater(above, zeros()), in.mayFire)) - oneWhere(flag);
    if (n.reset == kResetSubtract) {
      atSpike = fnma(threshold, u, atSpike);
      atThreshold = negative(due * u);
    } else {
      atSpike = fnma(above + threshold, u, atSpike);
      u = (one - due) * u;
    }
  }
  const Floats throughSpike = atSpike * b.sigma;
  return {u + throughSpike, atThreshold - throughSpike};
}

INLINE AtFlag resetByFlagBack(const Neuron &n, AtFlag at, Conditions flag) {
  if (n.reset == kResetSubtract) return {at.u, subtractWhere(flag, at.threshold, at.u)};
  if (n.reset == kResetZero) return {choose(flag, zeros(), at.u), at.threshold};
  return at;
}

/** Leaky with a threshold of each neuron: p β, θ. */
struct LeakyStep {
  static constexpr int states = 1, parameters = 2, rows = 2;
  static INLINE void start(const Neuron &, Floats *s) { s[0] = zeros(); }
  static INLINE Floats step(const StepInput &in, const Floats *before, Floats *after) {
    const Conditions flag = greater(before[0], in.p[1]);
    const bool zero = in.n.reset == kResetZero;
    Floats u = in.p[0] * (zero ? choose(flag, zeros(), before[0]) : before[0]) + in.input;
    if (!zero) u = resetByFlag(in.n, u, flag, in.p[1]);
    const Floats above = u - in.p[1];
    after[0] = keep(in, u, above, flag, in.p[1]);
    return above;
  }
  static INLINE Floats back(const StepInput &in, const Floats *before, const Floats *, Floats above, StepBack &b) {
    const Conditions flag = greater(before[0], in.p[1]);
    AtFlag at = keepBack(in, b, above, flag, in.p[1]);
    const Floats input = at.u;
    Floats passed = at.u;
    if (in.n.reset == kResetZero) passed = choose(flag, zeros(), passed);
    else at = resetByFlagBack(in.n, at, flag);
    b.parameters[0] = fma(passed, before[0], b.parameters[0]);
    b.parameters[1] = b.parameters[1] + at.threshold;
    b.states[0] = in.p[0] * passed;
    return input;
  }
};

/** p θ; c R, C, Δt. */
struct LapicqueStep {
  static constexpr int states = 1, parameters = 1, rows = 1;
  static INLINE Floats leak(const Neuron &n) {
    return broadcast(1.0f - n.constants[2] / (n.constants[0] * n.constants[1]));
  }
  static INLINE void start(const Neuron &, Floats *s) { s[0] = zeros(); }
  static INLINE Floats step(const StepInput &in, const Floats *before, Floats *after) {
    const float *c = in.n.constants;
    const Conditions flag = greater(before[0], in.p[0]);
    const Floats driven = in.input * broadcast(c[0]) * broadcast(1.0f / (c[0] * c[1])) * broadcast(c[2]);
    const Floats u = resetByFlag(in.n, driven + leak(in.n) * before[0], flag, in.p[0]);
    after[0] = u;
    return u - in.p[0];
  }
  static INLINE Floats back(const StepInput &in, const Floats *before, const Floats *, Floats above, StepBack &b) {
    const float *c = in.n.constants;
    const Conditions flag = greater(before[0], in.p[0]);
    const AtFlag at = resetByFlagBack(in.n, keepBack(in, b, above, flag, in.p[0]), flag);
    b.parameters[0] = b.parameters[0] + at.threshold;
    b.states[0] = leak(in.n) * at.u;
    return at.u * broadcast(c[2] / c[1]);
  }
};

/** Synaptic and RSynaptic; states mem, syn; p α, β, θ. */
struct SynapticStep {
  static constexpr int states = 2, parameters = 3, rows = 3;
  static INLINE void start(const Neuron &, Floats *s) { s[0] = s[1] = zeros(); }
  static INLINE Floats step(const StepInput &in, const Floats *before, Floats *after) {
    const Conditions flag = greater(before[0], in.p[2]);
    const Floats current = in.p[0] * before[1] + in.input + in.feedback;
    const Floats u = resetByFlag(in.n, in.p[1] * before[0] + current, flag, in.p[2]);
    const Floats above = u - in.p[2];
    after[0] = keep(in, u, above, flag, in.p[2]);
    after[1] = current;
    return above;
  }
  static INLINE Floats back(const StepInput &in, const Floats *before, const Floats *, Floats above, StepBack &b) {
    const Conditions flag = greater(before[0], in.p[2]);
    const AtFlag at = resetByFlagBack(in.n, keepBack(in, b, above, flag, in.p[2]), flag);
    const Floats current = b.states[1] + at.u;
    b.parameters[0] = fma(current, before[1], b.parameters[0]);
    b.parameters[1] = fma(at.u, before[0], b.parameters[1]);
    b.parameters[2] = b.parameters[2] + at.threshold;
    b.states[0] = in.p[1] * at.u;
    b.states[1] = in.p[0] * current;
    return current;
  }
};

/** p β, θ. */
struct RLeakyStep {
  static constexpr int states = 1, parameters = 2, rows = 2;
  static INLINE void start(const Neuron &, Floats *s) { s[0] = zeros(); }
  static INLINE Floats step(const StepInput &in, const Floats *before, Floats *after) {
    const Conditions flag = greater(before[0], in.p[1]);
    const Floats u = resetByFlag(in.n, in.p[0] * before[0] + in.input + in.feedback, flag, in.p[1]);
    const Floats above = u - in.p[1];
    after[0] = keep(in, u, above, flag, in.p[1]);
    return above;
  }
  static INLINE Floats back(const StepInput &in, const Floats *before, const Floats *, Floats above, StepBack &b) {
    const Conditions flag = greater(before[0], in.p[1]);
    const AtFlag at = resetByFlagBack(in.n, keepBack(in, b, above, flag, in.p[1]), flag);
    b.parameters[0] = fma(at.u, before[0], b.parameters[0]);
    b.parameters[1] = b.parameters[1] + at.threshold;
    b.states[0] = in.p[0] * at.u;
    return at.u;
  }
};

/** States mem, syn_exc, syn_inh; p α, β, θ, and made of them k and dk/dβ. */
struct AlphaStep {
  static constexpr int states = 3, parameters = 3, rows = 5;
  static INLINE void start(const Neuron &, Floats *s) { s[0] = s[1] = s[2] = zeros(); }
  static INLINE Floats step(const StepInput &in, const Floats *before, Floats *after) {
    const Conditions flag = greater(before[0], in.p[2]);
    Floats e = in.p[0] * before[1] + in.input, n = in.p[1] * before[2] - in.input;
    Floats u = in.p[3] * (e + n);
    if (in.n.reset == kResetZero) {
      e = choose(flag, zeros(), e);
      u = choose(flag, zeros(), u);
    } else if (in.n.reset == kResetSubtract) {
      e = subtractWhere(flag, e, in.p[2]);
      u = addWhere(flag, u, before[2]);
    }
    if (in.n.reset != kResetNone) n = choose(flag, zeros(), n);
    after[0] = u;
    after[1] = e;
    after[2] = n;
    return u - in.p[2];
  }
  static INLINE Floats back(const StepInput &in, const Floats *before, const Floats *, Floats, StepBack &b) {
    const Conditions flag = greater(before[0], in.p[2]);
    const bool zero = in.n.reset == kResetZero, subtract = in.n.reset == kResetSubtract;
    const Floats throughSpike = b.atSpike * b.sigma, u = b.states[0] + throughSpike;
    const Floats atSum = zero ? choose(flag, zeros(), u) : u;
    const Floats excitatory = fma(in.p[3], atSum, zero ? choose(flag, zeros(), b.states[1]) : b.states[1]);
    const Floats inhibitory =
        fma(in.p[3], atSum, in.n.reset == kResetNone ? b.states[2] : choose(flag, zeros(), b.states[2]));
    const Floats sum = fma(in.p[0], before[1], in.p[1] * before[2]);
    b.parameters[1] = fma(in.p[4] * sum, atSum, fma(inhibitory, before[2], b.parameters[1]));
    b.parameters[2] = b.parameters[2] - throughSpike;
    if (subtract) b.parameters[2] = subtractWhere(flag, b.parameters[2], b.states[1]);
    b.states[0] = zeros();
    b.states[1] = in.p[0] * excitatory;
    b.states[2] = in.p[1] * inhibitory;
    if (subtract) b.states[2] = addWhere(flag, b.states[2], u);
    return excitatory - inhibitory;
  }
};

/** States mem, adaptation, adaptiveThreshold; p β, α, β_a, θ; c normalise, detachAdaptation. */
struct AlifStep {
  static constexpr int states = 3, parameters = 4, rows = 4;
  static INLINE void start(const Neuron &, Floats *s) { s[0] = s[1] = s[2] = zeros(); }
  static INLINE Floats jump(const StepInput &in) {
    return in.n.constants[0] != 0.0f ? broadcast(1.0f) - in.p[1] : broadcast(1.0f);
  }
  static INLINE Floats step(const StepInput &in, const Floats *before, Floats *after) {
    const bool zero = in.n.reset == kResetZero;
    const Floats kept = zero ? choose(in.firedBefore, zeros(), before[0]) : before[0];
    Floats u = in.p[0] * kept + in.input;
    if (in.n.reset == kResetSubtract) u = subtractWhere(in.firedBefore, u, before[2]);
    after[0] = u;
    after[1] = addWhere(in.firedBefore, in.p[1] * before[1], jump(in));
    after[2] = in.p[3] + in.p[2] * after[1];
    return u - after[2];
  }
  static INLINE Floats back(const StepInput &in, const Floats *before, const Floats *after, Floats, StepBack &b) {
    const bool normalise = in.n.constants[0] != 0.0f;
    const Conditions flag = in.firedBefore;
    const Floats throughSpike = b.atSpike * b.sigma;
    const Floats u = b.states[0] + throughSpike, a = b.states[2] - throughSpike;
    const Floats adaptation = fma(in.p[2], a, b.states[1]);
    const Floats passed = in.n.reset == kResetZero ? choose(flag, zeros(), u) : u;
    const Floats decayed = normalise ? before[1] - oneWhere(flag) : before[1];
    b.parameters[0] = fma(passed, before[0], b.parameters[0]);
    b.parameters[1] = fma(adaptation, decayed, b.parameters[1]);
    b.parameters[2] = fma(a, after[1], b.parameters[2]);
    b.parameters[3] = b.parameters[3] + a;
    b.states[0] = in.p[0] * passed;
    b.states[1] = in.p[1] * adaptation;
    b.states[2] = in.n.reset == kResetSubtract ? negative(choose(flag, u, zeros())) : zeros();
    b.spikeBefore = in.n.constants[1] != 0.0f ? zeros() : adaptation * jump(in);
    return u;
  }
};

/** A ReLU instead of a reset; p θ, and of each neuron to itself what is left of the membrane, and its bias. */
struct LeakyParallelStep {
  static constexpr int states = 1, parameters = 3, rows = 3;
  static INLINE void start(const Neuron &, Floats *s) { s[0] = zeros(); }
  static INLINE Floats step(const StepInput &in, const Floats *before, Floats *after) {
    const Floats feedback = in.n.recurrentWeight ? in.feedback : in.p[1] * before[0] + in.p[2];
    after[0] = larger(zeros(), in.input + feedback);
    return after[0] - in.p[0];
  }
  static INLINE Floats back(const StepInput &in, const Floats *before, const Floats *after, Floats, StepBack &b) {
    const Floats throughSpike = b.atSpike * b.sigma;
    const Floats at = choose(greater(after[0], zeros()), b.states[0] + throughSpike, zeros());
    b.parameters[0] = b.parameters[0] - throughSpike;
    b.parameters[1] = fma(at, before[0], b.parameters[1]);
    b.parameters[2] = b.parameters[2] + at;
    b.states[0] = in.n.recurrentWeight ? zeros() : in.p[1] * at;
    return at;
  }
};

} // namespace
