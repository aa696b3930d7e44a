// What regularisers add to the loss, and their gradient at the spikes. Of a neuron with c spikes in a sample it is the
// same at each of its spikes: a number of its place, and another times c.
#include <algorithm>

#include "network.h"

namespace spikedesk {

namespace {

/** Lanes of a block of maps that hold something. */
int lanesOf(const Signal &s, int block) { return std::min(kBlock, s.channels - block / s.places * kBlock); }

double reachedFrom(const PenaltyTerm &term, int place) { return term.fanOut[term.fanOut.size() == 1 ? 0 : (size_t)place]; }

double costOf(const PenaltyTerm &term, double count, int place, double steps, double batch) {
  if (term.kind == "l1_rate") return term.strength * count;
  if (term.kind == "synaptic_operations") return term.strength * reachedFrom(term, place) * count / batch;
  const double apart = count / steps - term.target;
  return term.strength * apart * apart / batch;
}

} // namespace

void Network::preparePenalties() {
  const double steps = plan_.program.timeSteps, batch = input_.samples;
  for (size_t i = 0; i < plan_.stages.size(); i++) {
    const std::vector<PenaltyTerm> &terms = plan_.stages[i].neuron.penalties;
    PenaltyGradient &g = penalties_[i];
    g.each.assign(terms.empty() ? 0 : (size_t)plan_.output((int)i).places, 0.0f);
    double perSpike = 0;
    for (size_t place = 0; place < g.each.size(); place++) {
      double each = 0;
      perSpike = 0;
      for (const PenaltyTerm &term : terms) {
        if (term.kind == "l1_rate") each += term.strength;
        else if (term.kind == "synaptic_operations") each += term.strength * reachedFrom(term, (int)place) / batch;
        else {
          each -= 2 * term.strength * term.target / (batch * steps);
          perSpike += 2 * term.strength / (batch * steps * steps);
        }
      }
      g.each[place] = (float)each;
    }
    g.perSpike = (float)perSpike;
  }
}

/** Spikes of a block of a sample over all steps, once it has gone through them. */
Network::LaneCounts Network::laneCounts(int stage, const Tile &tile, int sample, int block) const {
  if (plan_.stretches() > 1) {
    const Place &counts = plan_.stages[(size_t)stage].neuron.spikeCounts;
    return LaneCounts(at<float>(counts, tile) + (size_t)sample * counts.stride + (size_t)block * kBlock);
  }
  const Place &spikes = spikesOf(stage);
  const uint16_t *bits = at<uint16_t>(spikes, tile) + (size_t)sample * spikes.stride;
  return LaneCounts(bits + (size_t)block * (size_t)stretch_.steps, stretch_.steps);
}

/** Adds the spikes of a stretch to those before it. */
void Network::sumSpikeCounts(int stage, const Tile &tile) {
  const Place &spikes = spikesOf(stage), &counts = plan_.stages[(size_t)stage].neuron.spikeCounts;
  const int steps = stretch_.steps;
  for (int i = 0; i < tile.count; i++) {
    const uint16_t *bits = at<uint16_t>(spikes, tile) + (size_t)i * spikes.stride;
    float *sums = at<float>(counts, tile) + (size_t)i * counts.stride;
    for (int block = 0; block < plan_.output(stage).blocks; block++, bits += steps, sums += kBlock) {
      const LaneCounts added(bits, steps);
      for (int lane = 0; lane < kBlock; lane++) sums[lane] = (stretch_.index > 0 ? sums[lane] : 0.0f) + (float)added.of[lane];
    }
  }
}

void Network::sumPenalties(int stage, int layer, const Tile &tile) {
  const std::vector<PenaltyTerm> &terms = plan_.stages[(size_t)stage].neuron.penalties;
  if (terms.empty() || stretch_.again) return;
  if (plan_.stretches() > 1) sumSpikeCounts(stage, tile);
  if (!inLastStretch()) return;
  const Signal &out = plan_.output(stage);
  const int steps = plan_.program.timeSteps;
  for (int i = 0; i < tile.count; i++) {
    double sum = 0;
    for (int block = 0; block < out.blocks; block++) {
      const LaneCounts counts = laneCounts(stage, tile, i, block);
      for (int lane = 0; lane < lanesOf(out, block); lane++)
        for (const PenaltyTerm &term : terms)
          sum += costOf(term, counts.of[lane], block % out.places, steps, input_.samples);
    }
    penaltySums_[(size_t)layer * (size_t)plan_.program.batchSize + (size_t)(tile.first + i)] = sum;
  }
}

double Network::penaltyOfBatch() const {
  double all = 0;
  if (plan_.program.penalties.empty()) return all;
  for (int layer = 0; layer < plan_.neuronLayers; layer++)
    for (int i = 0; i < input_.samples; i++)
      all += penaltySums_[(size_t)layer * (size_t)plan_.program.batchSize + (size_t)i];
  return all;
}

bool Network::isPenalised(int stage) const {
  return mode_ != Mode::Backpropagate && !plan_.stages[(size_t)stage].neuron.penalties.empty();
}

/** Adds to the gradient at the spikes of some samples and blocks, which has `rows` rows for each block. */
void Network::addPenalties(int stage, const Tile &tile, const SpikeBlocks &of, float *gradient, size_t stride, int rows) {
  const Signal &out = plan_.output(stage);
  const PenaltyGradient &g = penalties_[(size_t)stage];
  for (int i = 0; i < of.samples; i++) {
    for (int k = 0; k < of.blocks; k++) {
      const int block = of.firstBlock + k;
      const LaneCounts counts = laneCounts(stage, tile, of.firstSample + i, block);
      float added[kBlock] = {};
      for (int lane = 0; lane < lanesOf(out, block); lane++)
        added[lane] = g.each[(size_t)(block % out.places)] + g.perSpike * (float)counts.of[lane];
      float *row = gradient + (size_t)i * stride + (size_t)k * (size_t)rows * kBlock;
      for (int t = 0; t < rows; t++, row += kBlock)
        for (int lane = 0; lane < kBlock; lane++) row[lane] += added[lane];
    }
  }
}

} // namespace spikedesk
