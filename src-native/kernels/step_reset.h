#pragma once
// Models of spikingjelly: charge, fire at or above the threshold, reset, all in one step.
#include "exponential.h"
#include "step.h"

namespace {

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

} // namespace
