#pragma once
// Neurons that go step by step through memory: one struct a model, with its step and the way back over it. A step
// multiplies and adds in the order of src-main/engine/backends/reference/neurons, so that its states are the same
// bits. `p` are rows of parameters and `c` the constants, both in the order of engine/neuron_models.cc.
#include "exponential.h"
#include "kernels.h"
#include "vector.h"

namespace {

/** What a step takes besides its states; `firedBefore` is the spike of the step before. */
struct StepInput {
  const Neuron &n;
  const Floats *p;
  Floats input, feedback;
  Conditions firedBefore;
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

// ---- snnTorch: a flag decided by the membrane that the step before kept ---------------------------------------

INLINE Floats resetByFlag(const Neuron &n, Floats u, Conditions flag, Floats threshold) {
  if (n.reset == kResetSubtract) return subtractWhere(flag, u, threshold);
  return n.reset == kResetZero ? choose(flag, zeros(), u) : u;
}

/** What is kept of the membrane `u` that the spike is decided on. */
INLINE Floats keep(const Neuron &n, Floats u, Floats above, Conditions flag, Floats threshold) {
  if (!n.immediate || n.reset == kResetNone) return u;
  const Floats due = oneWhere(greater(above, zeros())) - oneWhere(flag);
  return u - due * (n.reset == kResetSubtract ? threshold : u);
}

struct AtFlag {
  Floats u, threshold;
};

/** Back over `keep` and the firing. */
INLINE AtFlag keepBack(const Neuron &n, const StepBack &b, Floats above, Conditions flag, Floats threshold) {
  const Floats one = broadcast(1.0f);
  Floats atSpike = b.atSpike, u = b.states[0], atThreshold = zeros();
  if (n.immediate && n.reset != kResetNone) {
    const Floats due = oneWhere(greater(above, zeros())) - oneWhere(flag);
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
    after[0] = keep(in.n, u, above, flag, in.p[1]);
    return above;
  }
  static INLINE Floats back(const StepInput &in, const Floats *before, const Floats *, Floats above, StepBack &b) {
    const Conditions flag = greater(before[0], in.p[1]);
    AtFlag at = keepBack(in.n, b, above, flag, in.p[1]);
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
    const AtFlag at = resetByFlagBack(in.n, keepBack(in.n, b, above, flag, in.p[0]), flag);
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
    after[0] = keep(in.n, u, above, flag, in.p[2]);
    after[1] = current;
    return above;
  }
  static INLINE Floats back(const StepInput &in, const Floats *before, const Floats *, Floats above, StepBack &b) {
    const Conditions flag = greater(before[0], in.p[2]);
    const AtFlag at = resetByFlagBack(in.n, keepBack(in.n, b, above, flag, in.p[2]), flag);
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
    after[0] = keep(in.n, u, above, flag, in.p[1]);
    return above;
  }
  static INLINE Floats back(const StepInput &in, const Floats *before, const Floats *, Floats above, StepBack &b) {
    const Conditions flag = greater(before[0], in.p[1]);
    const AtFlag at = resetByFlagBack(in.n, keepBack(in.n, b, above, flag, in.p[1]), flag);
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

// ---- spikingjelly: charge, fire at or above the threshold, reset, all in one step -----------------------------

INLINE Floats restOf(const Neuron &n) { return broadcast(n.reset == kResetZero ? n.resetValue : 0.0f); }

INLINE Floats resetInStep(const Neuron &n, Floats charged, Floats above) {
  const Conditions fired = greaterEqual(above, zeros());
  if (n.reset == kResetZero) return choose(fired, broadcast(n.resetValue), charged);
  return subtractWhere(fired, charged, broadcast(n.threshold));
}

/** The gradient at the charged membrane. */
INLINE Floats resetInStepBack(const Neuron &n, const StepBack &b, Floats charged, Floats above) {
  const Floats at = b.states[0];
  Floats atSpike = b.atSpike;
  if (n.reset == kResetZero) {
    if (!n.detachReset) atSpike = fma(broadcast(n.resetValue) - charged, at, atSpike);
    return fma(atSpike, b.sigma, choose(greaterEqual(above, zeros()), zeros(), at));
  }
  if (!n.detachReset) atSpike = fnma(broadcast(n.threshold), at, atSpike);
  return fma(atSpike, b.sigma, at);
}

/** LIF's charge by a rate that multiplies or a time constant that divides. */
template <bool Divides> INLINE Floats leakyCharge(bool decayInput, Floats rest, Floats rate, Floats v, Floats x) {
  const Floats above = v - rest, drive = decayInput ? x - above : above;
  Floats change;
  if constexpr (Divides) change = drive / rate;
  else change = drive * rate;
  return decayInput ? v + change : v - change + x;
}

/** p σ(w); c decayInput. */
struct PlifStep {
  static constexpr int states = 1, parameters = 1, rows = 1;
  static INLINE void start(const Neuron &n, Floats *s) { s[0] = restOf(n); }
  static INLINE Floats step(const StepInput &in, const Floats *before, Floats *after) {
    const Floats h = leakyCharge<false>(in.n.constants[0] != 0.0f, restOf(in.n), in.p[0], before[0], in.input);
    const Floats above = h - broadcast(in.n.threshold);
    after[0] = resetInStep(in.n, h, above);
    return above;
  }
  static INLINE Floats back(const StepInput &in, const Floats *before, const Floats *, Floats above, StepBack &b) {
    const bool decayInput = in.n.constants[0] != 0.0f;
    const Floats h = leakyCharge<false>(decayInput, restOf(in.n), in.p[0], before[0], in.input);
    const Floats at = resetInStepBack(in.n, b, h, above), open = broadcast(1.0f) - in.p[0];
    const Floats drive = (decayInput ? in.input : zeros()) - (before[0] - restOf(in.n));
    b.parameters[0] = fma(at * drive, in.p[0] * open, b.parameters[0]);
    b.states[0] = at * open;
    return decayInput ? at * in.p[0] : at;
  }
};

/** The quadratic growth a₀(V - V_rest)(V - V_c) and its slope; c τ, V_c, a₀, V_rest. */
INLINE Floats grown(const float *c, Floats v) {
  return broadcast(c[2]) * (v - broadcast(c[3])) * (v - broadcast(c[1]));
}
INLINE Floats grownSlope(const float *c, Floats v) {
  return broadcast(c[2]) * ((v - broadcast(c[3])) + (v - broadcast(c[1])));
}

/** c τ, V_c, a₀, V_rest. */
struct QifStep {
  static constexpr int states = 1, parameters = 0, rows = 0;
  static INLINE void start(const Neuron &n, Floats *s) { s[0] = restOf(n); }
  static INLINE Floats charge(const StepInput &in, Floats v) {
    return v + (in.input + grown(in.n.constants, v)) / broadcast(in.n.constants[0]);
  }
  static INLINE Floats step(const StepInput &in, const Floats *before, Floats *after) {
    const Floats h = charge(in, before[0]), above = h - broadcast(in.n.threshold);
    after[0] = resetInStep(in.n, h, above);
    return above;
  }
  static INLINE Floats back(const StepInput &in, const Floats *before, const Floats *, Floats above, StepBack &b) {
    const Floats at = resetInStepBack(in.n, b, charge(in, before[0]), above);
    const Floats rate = broadcast(1.0f / in.n.constants[0]);
    b.states[0] = at * fma(grownSlope(in.n.constants, before[0]), rate, broadcast(1.0f));
    return at * rate;
  }
};

/** c τ, Δ, θ_rh, V_rest. */
struct EifStep {
  static constexpr int states = 1, parameters = 0, rows = 0;
  static INLINE void start(const Neuron &n, Floats *s) { s[0] = restOf(n); }
  static INLINE Floats growth(const float *c, Floats v) {
    return exponential(smaller((v - broadcast(c[2])) / broadcast(c[1]), broadcast(88.0f)));
  }
  static INLINE Floats charge(const StepInput &in, Floats v) {
    const float *c = in.n.constants;
    const Floats drive = in.input + broadcast(c[3]) - v + broadcast(c[1]) * growth(c, v);
    return v + drive / broadcast(c[0]);
  }
  static INLINE Floats step(const StepInput &in, const Floats *before, Floats *after) {
    const Floats h = charge(in, before[0]), above = h - broadcast(in.n.threshold);
    after[0] = resetInStep(in.n, h, above);
    return above;
  }
  static INLINE Floats back(const StepInput &in, const Floats *before, const Floats *, Floats above, StepBack &b) {
    const float *c = in.n.constants;
    const Floats at = resetInStepBack(in.n, b, charge(in, before[0]), above);
    const Floats rate = broadcast(1.0f / c[0]), one = broadcast(1.0f);
    b.states[0] = at * fma(growth(c, before[0]) - one, rate, one);
    return at * rate;
  }
};

/** States v, w; c τ, V_c, a₀, V_rest, w₀, τ_w, a, b. */
struct IzhikevichStep {
  static constexpr int states = 2, parameters = 0, rows = 0;
  static INLINE void start(const Neuron &n, Floats *s) {
    s[0] = restOf(n);
    s[1] = broadcast(n.constants[4]);
  }
  static INLINE Floats charge(const StepInput &in, const Floats *before) {
    const float *c = in.n.constants;
    return before[0] + (in.input + grown(c, before[0]) - before[1]) / broadcast(c[0]);
  }
  static INLINE Floats step(const StepInput &in, const Floats *before, Floats *after) {
    const float *c = in.n.constants;
    const Floats h = charge(in, before), above = h - broadcast(in.n.threshold);
    const Floats pull = broadcast(c[6]) * (h - broadcast(c[3])) - before[1];
    after[0] = resetInStep(in.n, h, above);
    after[1] = addWhere(greaterEqual(above, zeros()), before[1] + pull / broadcast(c[5]), broadcast(c[7]));
    return above;
  }
  static INLINE Floats back(const StepInput &in, const Floats *before, const Floats *, Floats above, StepBack &b) {
    const Neuron &n = in.n;
    const float *c = n.constants;
    const Floats h = charge(in, before), one = broadcast(1.0f), rate = broadcast(1.0f / c[0]);
    const Floats recovery = b.states[1];
    StepBack at = b;
    at.atSpike = fma(broadcast(c[7]), recovery, b.atSpike);
    // Detached or not, the reset value is reached through the spike.
    if (n.reset == kResetZero && n.detachReset) at.atSpike = fma(broadcast(n.resetValue), b.states[0], at.atSpike);
    const Floats charged = fma(broadcast(c[6] / c[5]), recovery, resetInStepBack(n, at, h, above));
    b.states[0] = charged * fma(grownSlope(c, before[0]), rate, one);
    b.states[1] = fnma(charged, rate, recovery * (one - broadcast(1.0f / c[5])));
    return charged * rate;
  }
};

/** p k; c τ, decayInput, scaleReset. */
struct KlifStep {
  static constexpr int states = 1, parameters = 1, rows = 1;
  static INLINE void start(const Neuron &n, Floats *s) { s[0] = restOf(n); }
  static INLINE Floats charge(const StepInput &in, Floats v) {
    const float *c = in.n.constants;
    return leakyCharge<true>(c[1] != 0.0f, restOf(in.n), broadcast(c[0]), v, in.input);
  }
  static INLINE Floats step(const StepInput &in, const Floats *before, Floats *after) {
    const bool scales = in.n.constants[2] != 0.0f;
    const Floats threshold = broadcast(in.n.threshold);
    const Floats h = larger(zeros(), in.p[0] * charge(in, before[0])), above = h - threshold;
    const Conditions fired = greaterEqual(above, zeros());
    const Floats voltage = scales ? h / in.p[0] : h;
    after[0] = in.n.reset == kResetZero ? choose(fired, broadcast(in.n.resetValue), voltage)
                                        : subtractWhere(fired, voltage, scales ? threshold / in.p[0] : threshold);
    return above;
  }
  static INLINE Floats back(const StepInput &in, const Floats *before, const Floats *, Floats above, StepBack &b) {
    const Neuron &n = in.n;
    const float *c = n.constants;
    const Floats k = in.p[0], one = broadcast(1.0f), threshold = broadcast(n.threshold);
    const Floats charged = charge(in, before[0]), h = larger(zeros(), k * charged), at = b.states[0];
    const Conditions fired = greaterEqual(above, zeros());
    const bool hard = n.reset == kResetZero, scales = c[2] != 0.0f;
    const Floats scale = scales ? one / k : one;
    Floats atSpike = b.atSpike;
    if (!n.detachReset)
      atSpike = hard ? fma(fnma(h, scale, broadcast(n.resetValue)), at, atSpike) : fnma(threshold * scale, at, atSpike);
    const Floats voltage = hard ? choose(fired, zeros(), at) : at;
    const Floats scaled = choose(greater(k * charged, zeros()), fma(voltage, scale, atSpike * b.sigma), zeros());
    b.parameters[0] = fma(scaled, charged, b.parameters[0]);
    if (scales) {
      const Floats left = hard ? voltage * h : at * subtractWhere(fired, h, threshold);
      b.parameters[0] = fnma(left, scale * scale, b.parameters[0]);
    }
    const Floats charge = scaled * k;
    b.states[0] = charge * broadcast(1.0f - 1.0f / c[0]);
    return c[1] != 0.0f ? charge * broadcast(1.0f / c[0]) : charge;
  }
};

/** States v, c; c currentDecay, voltageDecay. */
struct CubaLifStep {
  static constexpr int states = 2, parameters = 0, rows = 0;
  static INLINE void start(const Neuron &n, Floats *s) {
    s[0] = restOf(n);
    s[1] = zeros();
  }
  static INLINE Floats step(const StepInput &in, const Floats *before, Floats *after) {
    after[1] = before[1] * broadcast(in.n.constants[0]) + in.input;
    const Floats h = before[0] * broadcast(in.n.constants[1]) + after[1], above = h - broadcast(in.n.threshold);
    after[0] = resetInStep(in.n, h, above);
    return above;
  }
  static INLINE Floats back(const StepInput &in, const Floats *before, const Floats *after, Floats above, StepBack &b) {
    const Floats voltageDecay = broadcast(in.n.constants[1]);
    const Floats at = resetInStepBack(in.n, b, before[0] * voltageDecay + after[1], above);
    const Floats current = b.states[1] + at;
    b.states[0] = at * voltageDecay;
    b.states[1] = current * broadcast(in.n.constants[0]);
    return current;
  }
};

/** Calls `call` with the struct of a neuron's model. */
template <class Call> void withStepModel(const Neuron &n, Call call) {
  switch (n.model) {
  case kLeakyStep: return call(LeakyStep());
  case kLapicque: return call(LapicqueStep());
  case kSynaptic: return call(SynapticStep());
  case kRLeaky: return call(RLeakyStep());
  case kAlpha: return call(AlphaStep());
  case kAlif: return call(AlifStep());
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

/** V·S of the step before: `spikes` are its bits, a word a block with `stride` words between blocks. */
INLINE Floats feedbackOf(const Neuron &n, int block, int blocks, const uint16_t *spikes, size_t stride,
                         Conditions firedBefore) {
  if (n.ownWeight) return choose(firedBefore, load(n.ownWeight + (size_t)block * kLanes), zeros());
  if (!n.recurrentWeight) return zeros();
  Floats sum = zeros();
  const float *weights = n.recurrentWeight + (size_t)block * (size_t)blocks * kLanes * kLanes;
  if (spikes)
    for (int in = 0; in < blocks; in++, weights += kLanes * kLanes)
      for (uint32_t bits = spikes[(size_t)in * stride]; bits; bits &= bits - 1)
        sum = sum + load(weights + (size_t)__builtin_ctz(bits) * kLanes);
  return sum + load(n.recurrentBias + (size_t)block * kLanes);
}

} // namespace
