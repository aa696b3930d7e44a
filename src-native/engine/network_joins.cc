// Stages where branches meet, and dropout.
#include <algorithm>

#include "network.h"

namespace spikedesk {

/** One input of a join, as far as it is the same for every sample. */
JoinPart Network::joinPart(int stage, size_t input) const {
  const Stage &s = plan_.stages[(size_t)stage];
  const Signal &in = plan_.signals[(size_t)s.inputs[input]], &out = plan_.output(stage);
  JoinPart p = {};
  p.staticInput = in.isStatic && !out.isStatic;
  p.channels = in.channels;
  p.places = in.places;
  p.steps = out.steps(stretch_.steps);
  p.outputPlaces = out.places;
  p.firstFeature = s.join.firstFeatures[input];
  return p;
}

void Network::forwardJoin(int stage, const Tile &tile) {
  const Stage &s = plan_.stages[(size_t)stage];
  const Signal &out = plan_.output(stage);
  const size_t rows = (size_t)out.blocks * (size_t)out.steps(stretch_.steps);
  for (int i = 0; i < tile.count; i++) {
    uint16_t *spikes = out.spikes ? at<uint16_t>(out.place, tile) + (size_t)i * out.place.stride : nullptr;
    float *values = out.spikes ? nullptr : at<float>(out.place, tile) + (size_t)i * out.place.stride;
    if (!s.join.wholeBlocks) {
      if (spikes) std::fill(spikes, spikes + rows, (uint16_t)0);
      else std::fill(values, values + rows * kBlock, 0.0f);
    }
    for (size_t k = 0; k < s.inputs.size(); k++) {
      const Signal &in = plan_.signals[(size_t)s.inputs[k]];
      JoinPart p = joinPart(stage, k);
      if (in.spikes) p.spikes = at<uint16_t>(in.place, tile) + (size_t)i * in.place.stride;
      else p.values = at<float>(in.place, tile) + (size_t)i * in.place.stride;
      p.adds = s.join.sums && (k > 0 || !s.join.wholeBlocks);
      p.output = values;
      p.outputSpikes = spikes;
      kernels_.joins.joinForward(&p);
    }
  }
}

void Network::backwardJoin(int stage, const Tile &tile) {
  const Stage &s = plan_.stages[(size_t)stage];
  for (size_t k = 0; k < s.inputs.size(); k++) {
    if (!plan_.signals[(size_t)s.inputs[k]].needsGradient) continue;
    const Place &to = plan_.gradientAt(s.inputs[k]);
    JoinPart p = joinPart(stage, k);
    p.adds = s.adds[k];
    for (int i = 0; i < tile.count; i++) {
      p.gradient = at<float>(s.outputGradient, tile) + (size_t)i * s.outputGradient.stride;
      p.inputGradient = at<float>(to, tile) + (size_t)i * to.stride;
      kernels_.joins.joinBackward(&p);
    }
  }
}

/** Rows of a stage that drops, for one sample; outside training nothing is dropped. */
DropoutRows Network::dropoutRows(int stage, const Tile &tile, int sample) const {
  const DropoutStage &dropout = plan_.stages[(size_t)stage].dropout;
  const Signal &in = plan_.input(stage), &out = plan_.output(stage);
  DropoutRows d = {};
  d.mask = learns() ? at<uint16_t>(dropout.mask, tile) + (size_t)sample * dropout.mask.stride : nullptr;
  d.rows = out.blocks;
  d.inputSteps = in.steps(stretch_.steps);
  d.maskSteps = dropout.eachStep ? stretch_.steps : 1;
  d.steps = out.steps(stretch_.steps);
  d.scale = dropout.scale;
  return d;
}

void Network::forwardDropout(int stage, const Tile &tile) {
  const DropoutStage &dropout = plan_.stages[(size_t)stage].dropout;
  const Signal &in = plan_.input(stage), &out = plan_.output(stage);
  for (int i = 0; i < tile.count; i++) {
    if (learns()) {
      const DropoutMask mask = {plan_.program.seed, kPurposeDropout, dropout.stream, (uint32_t)(tile.first + i),
                                (uint32_t)drawStep(), dropout.threshold, in.features, in.places, dropout.eachStep ? stretch_.first : 0,
                                dropout.eachStep ? stretch_.steps : 1,
                                at<uint16_t>(dropout.mask, tile) + (size_t)i * dropout.mask.stride};
      kernels_.joins.dropoutMask(&mask);
    }
    DropoutRows d = dropoutRows(stage, tile, i);
    if (in.spikes) d.spikes = at<uint16_t>(in.place, tile) + (size_t)i * in.place.stride;
    else d.values = at<float>(in.place, tile) + (size_t)i * in.place.stride;
    d.output = at<float>(out.place, tile) + (size_t)i * out.place.stride;
    kernels_.joins.dropoutForward(&d);
  }
}

void Network::backwardDropout(int stage, const Tile &tile) {
  const Stage &s = plan_.stages[(size_t)stage];
  const GradientRoom to = gradientRoom(stage, 0, tile);
  for (int i = 0; i < tile.count; i++) {
    DropoutRows d = dropoutRows(stage, tile, i);
    d.gradient = at<float>(s.outputGradient, tile) + (size_t)i * s.outputGradient.stride;
    d.inputGradient = to.data + (size_t)i * to.stride;
    kernels_.joins.dropoutBackward(&d);
  }
  addGradient(stage, 0, tile);
}

} // namespace spikedesk
