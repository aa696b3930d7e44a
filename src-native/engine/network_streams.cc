// Samples that travel alone through the whole network, forward and back. A part of the batch is some samples in a row;
// one thread takes them in their order, so that no sum depends on the number of threads.
#include <algorithm>

#include "network.h"

namespace spikedesk {

int Network::partsOfBatch() const { return std::min(kMostParts, input_.samples); }

void Network::runParts(int thread) {
  const int parts = partsOfBatch();
  for (int part; (part = tiles_.front().take(thread)) >= 0;) {
    if (plan_.sumsInParts) {
      runPart(part, thread);
      continue;
    }
    if (goesBack()) clearParts(part);
    profile.lap(thread, profile.prepareRow(), Direction::Forward);
    const int first = (int)((int64_t)input_.samples * part / parts);
    const int end = (int)((int64_t)input_.samples * (part + 1) / parts);
    for (int sample = first; sample < end; sample++) {
      const Tile tile = {thread, sample, 1, part};
      encode(tile);
      profile.lap(thread, profile.encodeRow(), Direction::Forward);
      forwardAlone(tile);
      turnRound(tile);
      if (goesBack()) backwardAlone(tile);
    }
  }
}

void Network::clearParts(int part) {
  const auto clear = [&](size_t sums, int tensor) {
    const size_t count = plan_.tensors[(size_t)tensor].paddedFloats();
    float *from = arena_.at<float>(sums) + (size_t)part * count;
    std::fill(from, from + count, 0.0f);
  };
  for (const Stage &s : plan_.stages) {
    if (s.kind == StageKind::Convolution && s.map.learnsWeight) clear(s.map.partSums, s.map.weight);
    if (s.kind == StageKind::Convolution && s.map.learnsBias) clear(s.map.partBiasSums, s.map.bias);
  }
}

void Network::forwardAlone(const Tile &tile) {
  int layer = 0;
  for (int i = 0; i < (int)plan_.stages.size(); i++) {
    const EventBlock *block = joinsBlocks() ? plan_.eventBlockFrom(i) : nullptr;
    if (!block) {
      forwardStage(i, layer, tile);
      layer += plan_.stages[(size_t)i].kind == StageKind::Neuron;
      continue;
    }
    forwardEventBlock(*block, tile);
    countSpikes(block->neurons(), layer++, tile);
    i = block->pool();
    profile.lap(tile.thread, (size_t)i, Direction::Forward);
  }
}

void Network::backwardAlone(const Tile &tile) {
  for (int i = (int)plan_.stages.size(); i-- > 0;) {
    const EventBlock *block = i >= 2 ? plan_.eventBlockFrom(i - 2) : nullptr;
    if (!block) {
      backwardStage(i, tile);
      if (plan_.stages[(size_t)i].kind != StageKind::Convolution) continue;
      addConvolutionGradient(i, tile);
      profile.lap(tile.thread, (size_t)i, Direction::Update);
      continue;
    }
    i = block->convolution;
    if (plan_.stages[(size_t)i].needsBackward) backwardEventBlock(*block, tile);
  }
  keepInputGradient(tile);
}

/** Calls `visit` for all places of a convolution's output, some of a row at a time. */
template <class Visit> void Network::eachGroup(const MapWindow &w, Visit visit) {
  const int groups = (w.outputWidth + kPooledPlaces - 1) / kPooledPlaces;
  for (int row = 0; row < w.outputHeight; row++) {
    for (int i = 0; i < groups; i++) {
      const int from = w.outputWidth * i / groups;
      visit(RowPlaces{row, from, w.outputWidth * (i + 1) / groups - from});
    }
  }
}

/** Some places at a time go from the list to spikes. On the way to a gradient their membranes are kept in place
 * of their currents. */
void Network::forwardEventBlock(const EventBlock &block, const Tile &tile) {
  const int stage = block.convolution;
  const Signal &out = plan_.output(stage);
  const size_t length = (size_t)stretch_.steps * kBlock, blockFloats = (size_t)out.places * length;
  const int blocks = blocksOf(out.channels);
  const bool listed = listInputs(stage, tile), keeps = goesBack();
  profile.lap(tile.thread, (size_t)stage, Direction::Forward);
  if (!listed) forwardConvolution(stage, tile);
  NeuronForward whole = neuronForward(block.neurons(), tile);
  if (!stretch_.again) whole.to = borderOf(block.neurons(), stretch_.index, tile);
  float *kept = at<float>(out.place, tile);
  const auto fire = [&](const float *currents, size_t stride, int place, int places) {
    for (int b = 0; b < blocks; b++) {
      NeuronForward f = whole;
      f.current = currents + (size_t)b * stride;
      f.firstBlock = b * out.places + place;
      f.blocks = places;
      f.from = partOf(whole.from, 0, f.firstBlock);
      f.to = partOf(whole.to, 0, f.firstBlock);
      f.spikes = whole.spikes + (size_t)f.firstBlock * (size_t)stretch_.steps;
      if (keeps) f.membrane = kept + (size_t)f.firstBlock * length;
      kernels_.neuronForward(&f);
    }
    profile.lap(tile.thread, (size_t)block.neurons(), Direction::Forward);
  };
  const MapWindow &w = plan_.stages[(size_t)stage].map.window;
  const size_t stride = kBlockPlaces * length;
  float *rows = scratch<float>(plan_.blockRows, tile.thread) + kListMargin * length;
  if (!listed) fire(kept, blockFloats, 0, out.places);
  else
    eachGroup(w, [&](const RowPlaces &group) {
      listProduct(stage, tile, group, rows, stride, takesMargins(stage));
      profile.lap(tile.thread, (size_t)stage, Direction::Forward);
      fire(rows, stride, group.row * w.outputWidth + group.firstColumn, group.columns);
    });
  const PoolMaps p = pool(block.pool(), tile, 0);
  kernels_.maps.poolForward(&p);
}

void Network::backwardEventBlock(const EventBlock &block, const Tile &tile) {
  const int stage = block.convolution;
  const Stage &s = plan_.stages[(size_t)stage];
  const Signal &out = plan_.output(stage), &spikes = plan_.output(block.neurons()), &pooled = plan_.output(block.pool());
  const int steps = stretch_.steps, blocks = blocksOf(out.channels), width = s.map.window.outputWidth;
  const size_t length = (size_t)steps * kBlock, blockFloats = (size_t)out.places * length;
  const bool listed = isListed(stage, tile), passes = s.map.passesBack;
  size_t otherCount = 0;
  PooledLeakyBackward b = {};
  b.neuron = &plan_.stages[(size_t)block.neurons()].neuron.neuron;
  b.pool = &plan_.stages[(size_t)block.pool()].map.window;
  b.steps = steps;
  b.firstStep = stretch_.first;
  const NeuronCarry carry = carryOf(block.neurons(), tile);
  b.carry.arrives = carry.arrives;
  b.others = passes ? scratch<RoutedGradient>(plan_.others, tile.thread) : nullptr;
  b.otherCount = &otherCount;
  b.scratch = scratch<float>(plan_.enteringRows, tile.thread);
  b.takes = scratch<uint16_t>(plan_.takers, tile.thread);
  const float *charged = at<float>(out.place, tile);
  const float *arriving = at<float>(plan_.stages[(size_t)block.pool()].outputGradient, tile);
  const size_t stride = listed ? kBlockPlaces * length : blockFloats;
  const size_t pooledFloats = (size_t)pooled.places * length;
  eachGroup(s.map.window, [&](const RowPlaces &group) {
    b.row = group.row;
    b.firstColumn = group.firstColumn;
    b.columns = group.columns;
    float *rows = scratch<float>(plan_.blockRows, tile.thread) + kListMargin * length;
    if (!listed) rows = at<float>(s.outputGradient, tile) + (size_t)(group.row * width + group.firstColumn) * length;
    for (b.block = 0; b.block < blocks; b.block++) {
      b.charged = charged + (size_t)b.block * blockFloats;
      b.spikes = at<uint16_t>(spikes.place, tile) + (size_t)b.block * (size_t)out.places * (size_t)steps;
      b.pooledGradient = arriving + (size_t)b.block * pooledFloats;
      b.output = rows + (size_t)b.block * stride;
      const size_t place = (size_t)b.block * (size_t)out.places + (size_t)(group.row * width + group.firstColumn);
      b.carry.data = carry.data ? carry.data + place * kBlock : nullptr;
      b.firsts = passes ? scratch<float>(plan_.firsts, tile.thread) + (size_t)b.block * pooledFloats : nullptr;
      kernels_.sparse->pooledLeakyBackward(&b);
    }
    profile.lap(tile.thread, (size_t)block.neurons(), Direction::Backward);
    if (!s.map.learnsWeight) return;
    if (listed) {
      for (int k = 0; k < blocks; k++) {
        float *first = rows + (size_t)k * stride, *end = first + (size_t)b.columns * length;
        std::fill(first - kListMargin * length, first, 0.0f);
        std::fill(end, end + kListMargin * length, 0.0f);
      }
      listGradient(stage, tile, group, rows, stride, takesMargins(stage));
    }
    addBiasGradient(stage, tile, rows, stride, b.columns * steps);
    profile.lap(tile.thread, (size_t)stage, Direction::Update);
  });
  if (s.map.learnsWeight && !listed) windowGradient(stage, tile);
  profile.lap(tile.thread, (size_t)stage, Direction::Update);
  if (!passes) return;
  const GradientRoom to = gradientRoom(stage, 0, tile);
  const RoutedInputGradient g = {b.neuron, &s.map.window, scratch<float>(plan_.firsts, tile.thread), pooled.places,
                                 b.others, otherCount, block.taps.data(), block.tapStarts.data(),
                                 arena_.at<float>(s.map.transposed), blocksOf(plan_.input(stage).channels), blocks,
                                 steps, stretch_.first, to.data,
                                 {carry.data ? at<float>(block.carry, tile) : nullptr, carry.arrives}};
  kernels_.sparse->routedInputGradient(&g);
  addGradient(stage, 0, tile);
  profile.lap(tile.thread, (size_t)stage, Direction::Backward);
}

} // namespace spikedesk
