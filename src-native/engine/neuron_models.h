#pragma once
// The models of neuron by name: their kernels, parameters, constants and states.
#include <string>
#include <vector>

#include "program.h"
#include "../kernels/kernels.h"

namespace spikedesk {

/** How a parameter's values become what the kernels read; `Share` is clamped to [0,1], with no gradient outside. */
enum class Transform { None, Share, Logistic };

struct ModelParameter {
  const char *name;
  Transform transform;
  /** Zero where a layer lacks it. */
  bool optional = false;
};

struct NeuronModelRow {
  const char *name;
  int model;
  /** In the order of the struct in step_models.h. */
  std::vector<ModelParameter> parameters;
  /** Names of its constants in the program, in that order too. */
  std::vector<const char *> constants;
  /** Names of its states beside the recorded membrane. */
  std::vector<const char *> states;
  /** Rows that `fillDerived` makes of the parameters. */
  int derived = 0;
};

/** Whether a neuron's kernels are those of step_models.h. */
inline bool goesByStep(const Neuron &n) {
  return n.model != kLeaky && n.model != kLifDecayInput && n.model != kLif && n.model != kIntegrateFire;
}

/** Null where the name is not known. */
const NeuronModelRow *findNeuronModel(const std::string &name);

/** What is wrong with a neuron's semantics, as `refuse` takes it; no reason where nothing is. */
struct ModelProblem {
  const char *reason = nullptr;
  std::string name = {};
};

/** Sets model, reset and constants of a neuron. */
ModelProblem setNeuronModel(const NeuronModelRow &row, const NeuronSemantics &semantics, Neuron &neuron);

float transformed(Transform transform, float value);

/** The rows that follow from the parameters' rows, for the first `count` neurons. */
void fillDerived(const Neuron &neuron, float *const *rows, int count);

} // namespace spikedesk
