// The losses by name: what each reads of the last layer, and its numbers.
#include "losses.h"

namespace spikedesk {

namespace {

enum Reads { kSpikeSums, kSpikes, kMembranes };

struct LossRow {
  const char *name;
  LossFunction function;
  Reads reads;
};

const LossRow lossRows[] = {
    {"ce_count", kCrossEntropyCount, kSpikeSums},
    {"ce_rate", kCrossEntropyRate, kSpikes},
    {"ce_membrane_sum", kCrossEntropyMembraneSum, kMembranes},
    {"ce_max_membrane", kCrossEntropyMaxMembrane, kMembranes},
    {"ce_temporal", kCrossEntropyTemporal, kSpikes},
    {"mse_count", kSquaredErrorCount, kSpikeSums},
    {"mse_rate", kSquaredErrorRate, kSpikeSums},
    {"mse_membrane", kSquaredErrorMembrane, kMembranes},
    {"mse_temporal", kSquaredErrorTemporal, kSpikes},
};

} // namespace

bool setLoss(const LossOp &op, int outputs, Plan &plan) {
  if (op.classes < 1 || outputs % op.classes != 0) return false;
  const bool grouped = op.loss == "ce_count" || op.loss == "mse_count";
  if (op.classes != outputs && !grouped) return false;
  if (!op.classWeights.empty() && op.classWeights.size() != (size_t)op.classes) return false;
  if (op.readout != "count" && op.readout != "first_spike") return false;
  if (op.inverse != "negate" && op.inverse != "reciprocal") return false;
  if (!(op.labelSmoothing >= 0 && op.labelSmoothing < 1)) return false;
  for (const LossRow &row : lossRows) {
    if (op.loss != row.name) continue;
    plan.outputs = outputs;
    plan.loss = {row.function,
                 outputs,
                 op.classes,
                 op.readout == "first_spike",
                 op.inverse == "reciprocal",
                 (float)op.labelSmoothing,
                 (float)op.onTarget,
                 (float)op.offTarget,
                 (float)op.tolerance};
    plan.lossReadsMembrane = row.reads == kMembranes;
    plan.lossSumsSpikes = row.reads == kSpikeSums;
    plan.classWeights.assign(op.classWeights.begin(), op.classWeights.end());
    return true;
  }
  return false;
}

} // namespace spikedesk
