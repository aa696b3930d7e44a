#include "neuron_models.h"

#include <algorithm>
#include <cmath>

namespace spikedesk {

namespace {

const ModelParameter kAlphaShare = {"alpha", Transform::Share}, kBetaShare = {"beta", Transform::Share},
                     kThreshold = {"threshold", Transform::None};

const std::vector<NeuronModelRow> &table() {
  static const std::vector<NeuronModelRow> rows = {
      {"leaky", kLeaky, {kBetaShare, kThreshold}, {}, {}},
      {"lapicque", kLapicque, {kThreshold}, {"resistance", "capacitance", "timeStep"}, {}},
      {"synaptic", kSynaptic, {kAlphaShare, kBetaShare, kThreshold}, {}, {"syn"}},
      {"rsynaptic", kSynaptic, {kAlphaShare, kBetaShare, kThreshold}, {}, {"syn"}},
      {"rleaky", kRLeaky, {kBetaShare, kThreshold}, {}, {}},
      {"alpha", kAlpha, {kAlphaShare, kBetaShare, kThreshold}, {}, {"syn_exc", "syn_inh"}, 2},
      {"leakyparallel",
       kLeakyParallel,
       {kThreshold, {"rnn.weight_hh_l0", Transform::None, true}, {"rnn.bias_hh_l0", Transform::None, true}},
       {},
       {}},
      {"alif",
       kAlif,
       {kBetaShare, kAlphaShare, {"adapt", Transform::None}, kThreshold},
       {"normalise", "detachAdaptation"},
       {"adaptation", "adaptiveThreshold"}},
      {"lif", kLif, {}, {}, {}},
      {"if", kIntegrateFire, {}, {}, {}},
      {"plif", kPlif, {{"w", Transform::Logistic}}, {"decayInput"}, {}},
      {"qif", kQif, {}, {"tau", "critical", "gain", "rest"}, {}},
      {"eif", kEif, {}, {"tau", "sharpness", "rheobase", "rest"}, {}},
      {"izhikevich",
       kIzhikevich,
       {},
       {"tau", "critical", "gain", "rest", "recoveryRest", "recoveryTau", "coupling", "jump"},
       {"w"}},
      {"klif", kKlif, {{"k", Transform::None}}, {"tau", "decayInput", "scaleReset"}, {}},
      {"cubalif", kCubaLif, {}, {"currentDecay", "voltageDecay"}, {"c"}},
  };
  return rows;
}

/** Sets `number`; false where the program does not say it. */
bool find(const NeuronSemantics &semantics, const char *name, double &number) {
  const auto found = semantics.figures.find(name);
  if (found == semantics.figures.end()) return false;
  number = found->second;
  return true;
}

bool setReset(const std::string &reset, bool inStep, Neuron &neuron) {
  if (reset == (inStep ? "hard" : "zero")) neuron.reset = kResetZero;
  else if (reset == (inStep ? "soft" : "subtract")) neuron.reset = kResetSubtract;
  else if (reset == "none" && !inStep) neuron.reset = kResetNone;
  else return false;
  return true;
}

} // namespace

const NeuronModelRow *findNeuronModel(const std::string &name) {
  for (const NeuronModelRow &row : table())
    if (name == row.name) return &row;
  return nullptr;
}

ModelProblem setNeuronModel(const NeuronModelRow &row, const NeuronSemantics &s, Neuron &n) {
  const bool inStep = row.model >= kFirstAtThreshold;
  n.model = row.model;
  n.reset = kResetNone;
  if (row.model != kLeakyParallel && !setReset(s.reset, inStep, n)) return {"reset", s.reset};
  double number = 0;
  for (size_t i = 0; i < row.constants.size(); i++) {
    if (!find(s, row.constants[i], number)) return {"number", row.constants[i]};
    n.constants[i] = (float)number;
  }
  n.immediate = find(s, "delayed", number) && number == 0;
  n.inhibition = find(s, "inhibition", number) && number != 0;
  if (n.model == kLeaky && n.inhibition) n.model = kLeakyStep;
  if (!inStep) return {};
  double threshold = 0, resetValue = 0, detach = 0, tau = 1;
  if (!find(s, "threshold", threshold)) return {"number", "threshold"};
  if (!find(s, "resetValue", resetValue)) return {"number", "resetValue"};
  if (!find(s, "detachReset", detach)) return {"number", "detachReset"};
  n.threshold = (float)threshold;
  n.resetValue = (float)resetValue;
  n.detachReset = detach != 0;
  if (find(s, "tau", tau) && !(tau > 0)) return {"number", "tau"};
  if (row.model == kLif) {
    n.model = find(s, "decayInput", number) && number != 0 ? kLifDecayInput : kLif;
    n.rate = (float)(1.0 / tau);
  }
  return {};
}

float transformed(Transform transform, float value) {
  if (transform == Transform::Share) return std::min(1.0f, std::max(0.0f, value));
  return transform == Transform::Logistic ? (float)(1.0 / (1.0 + std::exp(-(double)value))) : value;
}

/** Alpha: k = ln α / (ln β - ln α) + 1 and dk/dβ. */
void fillDerived(const Neuron &neuron, float *const *rows, int count) {
  if (neuron.model != kAlpha) return;
  for (int i = 0; i < count; i++) {
    const float alpha = (float)std::log((double)rows[0][i]), beta = (float)std::log((double)rows[1][i]);
    const float difference = beta - alpha;
    rows[3][i] = alpha / difference + 1.0f;
    rows[4][i] = (float)(-(double)alpha / ((double)difference * difference * rows[1][i]));
  }
}

} // namespace spikedesk
