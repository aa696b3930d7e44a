// Networks whose samples travel alone: every activation of one sample stays in a core's cache, forward and back, and
// convolutions see only what is not zero.
#include "event_blocks.h"

#include <algorithm>

namespace spikedesk {

namespace {

/** Weights that a thread goes through for each sample; more would not stay in its cache. */
constexpr size_t kMostLinearFloats = 128 * 1024, kMostConvolutionFloats = 256 * 1024;
/** Rows of weights, and rows of values in a row of the map, have 16 bits each in a list. */
constexpr int kMostInList = 65535;

class EventPlanner {
public:
  explicit EventPlanner(Plan &plan) : plan_(plan) {}

  void run() {
    plan_.streams = travelsAlone();
    if (!plan_.streams) return;
    for (size_t i = 0; i < plan_.stages.size(); i++) {
      Stage &s = plan_.stages[i];
      if (s.kind != StageKind::Convolution) continue;
      s.map.listable = isListable((int)i);
      if (isEventBlock((int)i)) plan_.eventBlocks.push_back(blockFrom((int)i));
    }
  }

private:
  Plan &plan_;

  /** Statistics of a batch need all its samples at once, large weights several of them. */
  bool travelsAlone() const {
    size_t linear = 0, convolution = 0;
    for (const Stage &s : plan_.stages) {
      if (s.kind == StageKind::Norm) return false;
      if (s.kind == StageKind::Linear) linear += floatsOf(s.linear.weight);
      if (s.kind == StageKind::Convolution) convolution += floatsOf(s.map.weight);
    }
    return convolution > 0 && convolution <= kMostConvolutionFloats && linear <= kMostLinearFloats;
  }

  size_t floatsOf(int tensor) const { return plan_.tensors[(size_t)tensor].paddedFloats(); }

  /** Whether the input may come as a list: spikes, or what is given at every step. */
  bool isListable(int stage) const {
    const Signal &in = plan_.input(stage);
    const MapWindow &w = plan_.stages[(size_t)stage].map.window;
    const bool given = plan_.program.encode.encoding == "given" && plan_.stages[(size_t)stage].inputs.front() == 0;
    const int64_t weights = (int64_t)blocksOf(in.channels) * w.kernelHeight * w.kernelWidth * kBlock;
    const int64_t rows = (int64_t)w.width * plan_.steps;
    const bool whole = plan_.stages[(size_t)stage].map.forwardSections.size() == 1;
    return (in.spikes || given) && whole && !in.isStatic && w.dilationY == 1 && w.dilationX == 1 && weights <= kMostInList &&
           rows <= kMostInList;
  }

  /** Leaky neurons without memory of their reset's gradient, under one leak that nothing learns; regularisers
   * would have to see their spikes. */
  bool leaksAlike(const NeuronStage &n) const {
    const Neuron &neuron = n.neuron;
    return neuron.model == kLeaky && neuron.surrogate != kDrawnLevels && !neuron.immediate &&
           neuron.reset != kResetZero && !n.learns() && !n.own && !n.factor && !n.coupled() &&
           n.penalties.empty() && plan_.tensors[(size_t)n.parameters.front().tensor].shape.empty();
  }

  bool onlyReader(int stage, int reader) const {
    const std::vector<int> &readers = plan_.output(stage).readers;
    return readers.size() == 1 && readers.front() == reader;
  }

  bool isEventBlock(int stage) const {
    if ((size_t)stage + 2 >= plan_.stages.size() || !plan_.stages[(size_t)stage].map.listable) return false;
    const Stage &neurons = plan_.stages[(size_t)stage + 1], &pool = plan_.stages[(size_t)stage + 2];
    if (!onlyReader(stage, stage + 1) || neurons.kind != StageKind::Neuron || !leaksAlike(neurons.neuron)) return false;
    if (!plan_.output(stage + 1).spikes) return false;
    if (!onlyReader(stage + 1, stage + 2) || pool.kind != StageKind::Pool || pool.map.pool != kPoolMax) return false;
    const MapWindow &w = pool.map.window;
    return w.kernelHeight == w.strideY && w.kernelWidth == w.strideX && w.paddingY == 0 && w.paddingX == 0 &&
           w.dilationY == 1 && w.dilationX == 1 && plan_.output(stage).places > 1;
  }

  /** For each place of the input the first places of regions whose windows hold it. */
  EventBlock blockFrom(int stage) const {
    EventBlock block;
    block.convolution = stage;
    const MapWindow &w = plan_.stages[(size_t)stage].map.window, &pool = plan_.stages[(size_t)stage + 2].map.window;
    std::vector<std::vector<RegionTap>> heard((size_t)w.height * (size_t)w.width);
    for (int region = 0; region < pool.outputHeight * pool.outputWidth; region++) {
      const int top = region / pool.outputWidth * pool.strideY * w.strideY - w.paddingY;
      const int left = region % pool.outputWidth * pool.strideX * w.strideX - w.paddingX;
      for (int tap = 0; tap < w.kernelHeight * w.kernelWidth; tap++) {
        const int y = top + tap / w.kernelWidth, x = left + tap % w.kernelWidth;
        if (y >= 0 && y < w.height && x >= 0 && x < w.width) heard[(size_t)(y * w.width + x)].push_back({region, tap});
      }
    }
    for (const std::vector<RegionTap> &taps : heard) {
      block.tapStarts.push_back((int)block.taps.size());
      block.taps.insert(block.taps.end(), taps.begin(), taps.end());
    }
    block.tapStarts.push_back((int)block.taps.size());
    return block;
  }
};

} // namespace

void findEventBlocks(Plan &plan) { EventPlanner(plan).run(); }

} // namespace spikedesk
