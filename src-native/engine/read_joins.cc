#include "read_joins.h"

#include <cmath>

#include "refuse.h"

namespace spikedesk {

void readJoin(const Plan &plan, bool sums, Stage &stage, Signal &out) {
  bool samePlaces = true, spikes = true, isStatic = true;
  int features = 0;
  for (int index : stage.inputs) {
    const Signal &in = plan.signals[(size_t)index];
    samePlaces = samePlaces && in.places == plan.signals[(size_t)stage.inputs.front()].places;
    spikes = spikes && in.spikes;
    isStatic = isStatic && in.isStatic;
    stage.join.firstFeatures.push_back(sums ? 0 : features);
    features = sums ? in.features : features + in.features;
    if (sums && in.features != out.features) refuse(stage.layer, "inputs");
  }
  if (features != out.features) refuse(stage.layer, "inputs");
  if (samePlaces && !stage.join.flattens) out.places = plan.signals[(size_t)stage.inputs.front()].places;
  if (out.features % out.places != 0) refuse(stage.layer, "inputs");
  out.channels = out.features / out.places;
  out.blocks = blocksOf(out.channels) * out.places;
  out.spikes = spikes && !sums;
  out.isStatic = isStatic;
  stage.join.sums = sums;
  stage.join.wholeBlocks = true;
  for (size_t k = 0; k < stage.inputs.size(); k++)
    stage.join.wholeBlocks = stage.join.wholeBlocks && joinsBlocks(plan.signals[(size_t)stage.inputs[k]].places, out.places,
                                                                   stage.join.firstFeatures[k]);
}

void readDropout(const ForwardOp &op, const Signal &in, DropoutStage &stage, Signal &out) {
  if (!(op.probability >= 0 && op.probability < 1)) refuse(op.layer, "probability");
  if (out.features != in.features) refuse(op.layer, "count");
  stage.threshold = (uint32_t)std::ceil(op.probability * 4294967296.0);
  stage.scale = (float)(1.0 / (1.0 - op.probability));
  stage.stream = (uint32_t)op.stream;
  stage.eachStep = op.eachStep;
  out.channels = in.channels;
  out.places = in.places;
  out.blocks = in.blocks;
  out.spikes = false;
  out.isStatic = in.isStatic && !stage.eachStep;
}

} // namespace spikedesk
