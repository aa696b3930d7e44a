// The surrogates by name: which kind of derivative each is, and how its numbers become those of the kind.
#include "surrogates.h"

#include <cmath>

namespace spikedesk {

namespace {

struct Numbers {
  double a = 0, b = 0, c = 0;
};

struct Row {
  const char *name;
  /** Names of its numbers; null where it has fewer. */
  const char *first, *second;
  SurrogateKind kind;
  Numbers (*numbers)(double first, double second);
};

constexpr double kRootOfPi = 1.7724538509055160;

const Row rows[] = {
    {"atan", "alpha", nullptr, kArctangent, [](double a, double) { return Numbers{a}; }},
    {"fast_sigmoid", "slope", nullptr, kFastSigmoid, [](double k, double) { return Numbers{k}; }},
    {"heaviside", nullptr, nullptr, kSpikeLevels, [](double, double) { return Numbers{1, 0}; }},
    {"sigmoid", "slope", nullptr, kLogistic, [](double k, double) { return Numbers{k}; }},
    {"straight_through_estimator", nullptr, nullptr, kConstant, [](double, double) { return Numbers{1}; }},
    {"triangular", "threshold", nullptr, kSignLevels, [](double h, double) { return Numbers{-h, h}; }},
    {"triangle", "alpha", nullptr, kTriangle, [](double a, double) { return Numbers{a, a * a}; }},
    {"spike_rate_escape", "slope", "beta", kExponentialDecay, [](double k, double b) { return Numbers{k, b, 1}; }},
    {"SSO", "mean", "variance", kDrawnLevels, [](double m, double v) { return Numbers{1, m, v}; }},
    {"disabled", nullptr, nullptr, kConstant, [](double, double) { return Numbers{0}; }},
    {"LSO", "slope", nullptr, kSpikeLevels, [](double k, double) { return Numbers{1, k}; }},
    {"SFS", "slope", "B", kSparseFastSigmoid, [](double k, double b) { return Numbers{k, b}; }},
    {"ATan", "alpha", nullptr, kArctangent, [](double a, double) { return Numbers{a}; }},
    {"Sigmoid", "alpha", nullptr, kLogistic, [](double a, double) { return Numbers{a}; }},
    {"PiecewiseQuadratic", "alpha", nullptr, kTriangle, [](double a, double) { return Numbers{a, a * a}; }},
    {"PiecewiseExp", "alpha", nullptr, kExponentialDecay, [](double a, double) { return Numbers{a / 2, a, 0}; }},
    {"SoftSign", "alpha", nullptr, kInverseSquare, [](double a, double) { return Numbers{a / 2, a}; }},
    {"SuperSpike", "alpha", nullptr, kInverseSquare, [](double a, double) { return Numbers{a, 1}; }},
    {"NonzeroSignLogAbs", "alpha", nullptr, kInverse, [](double a, double) { return Numbers{a, a}; }},
    {"Erf", "alpha", nullptr, kGaussian, [](double a, double) { return Numbers{a / kRootOfPi, a}; }},
    {"PiecewiseLeakyReLU", "w", "c", kWindowLevels, [](double w, double c) { return Numbers{1 / (2 * w), c, w}; }},
    {"SquarewaveFourierSeries", "n", "T_period", kSquareWave, [](double n, double t) { return Numbers{n, t}; }},
    {"S2NN", "alpha", "beta", kLogisticThenInverse, [](double a, double b) { return Numbers{a, b}; }},
    {"QPseudoSpike", "alpha", nullptr, kPower, [](double a, double) { return Numbers{2 / (a - 1), a}; }},
    {"LeakyKReLU", "k", "leak", kSignLevels, [](double k, double leak) { return Numbers{k, leak}; }},
    {"FakeNumericalGradient", "alpha", nullptr, kClampedInverse, [](double a, double) { return Numbers{a, a}; }},
    {"LogTailedReLU", "alpha", nullptr, kLogTail, [](double a, double) { return Numbers{a}; }},
    {"Rect", "alpha", nullptr, kWindowLevels, [](double a, double) { return Numbers{a, 0, 0.5 / a}; }},
    {"DeterministicPass", nullptr, nullptr, kConstant, [](double, double) { return Numbers{1}; }},
};

bool find(const Surrogate &surrogate, const char *key, double &number) {
  if (!key) return true;
  const auto found = surrogate.numbers.find(key);
  if (found == surrogate.numbers.end()) return false;
  number = found->second;
  return true;
}

} // namespace

bool setSurrogate(const Surrogate &surrogate, Neuron &neuron) {
  for (const Row &row : rows) {
    if (surrogate.name != row.name) continue;
    double first = 0, second = 0;
    if (!find(surrogate, row.first, first) || !find(surrogate, row.second, second)) return false;
    const Numbers numbers = row.numbers(first, second);
    neuron.surrogate = row.kind;
    neuron.surrogateNumbers[0] = (float)numbers.a;
    neuron.surrogateNumbers[1] = (float)numbers.b;
    neuron.surrogateNumbers[2] = (float)numbers.c;
    return true;
  }
  return false;
}

} // namespace spikedesk
