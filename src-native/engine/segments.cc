// Where threads meet, and how many samples they take along.
#include "segments.h"

#include <algorithm>

#include "weight_parts.h"

namespace spikedesk {

namespace {

class Segmenter {
public:
  Segmenter(Plan &plan, int threads) : plan_(plan), threads_(threads) {}

  void run() {
    const int count = (int)plan_.stages.size();
    if (plan_.streams) {
      plan_.segments.push_back({0, count, 1});
      plan_.tileSamples = 1;
      return;
    }
    if (plan_.sumsInParts) {
      plan_.tileSamples = partTile(plan_);
      plan_.segments.push_back({0, count, plan_.tileSamples});
      return;
    }
    std::vector<int> edges = {0};
    for (int i = 0; i < count; i++)
      if (startsSegment((size_t)i)) edges.push_back(i);
    edges.push_back(count);
    plan_.tileSamples = 1;
    for (size_t k = 0; k + 1 < edges.size(); k++) {
      const int from = edges[k], to = edges[k + 1];
      bool maps = false;
      for (int i = from; i < to; i++) maps = maps || (!plan_.stages[(size_t)i].isLinear && overMaps((size_t)i));
      // Linear layers read all their weights for every tile: the fewer of these the better.
      const int each = std::min((plan_.program.batchSize + threads_ - 1) / threads_, 64);
      const int samples = maps ? 1 : edges.size() == 2 ? tileOf(0, count) : std::max(tileOf(from, to), each);
      plan_.segments.push_back({from, to, std::min(samples, plan_.program.batchSize)});
      plan_.tileSamples = std::max(plan_.tileSamples, plan_.segments.back().tileSamples);
    }
  }

private:
  Plan &plan_;
  const int threads_;

  /** Threads meet before batch statistics, and where maps are flattened: there more samples go together. */
  bool startsSegment(size_t i) const {
    if (plan_.stages[i].kind == StageKind::Norm) return true;
    const int before = Plan::producer(plan_.stages[i].inputs.front());
    return before >= 0 && plan_.stages[i].isLinear && !plan_.stages[(size_t)before].isLinear && overMaps((size_t)before);
  }

  /** Whether stage `i` works on maps: one sample of them fills a cache. */
  bool overMaps(size_t i) const {
    const StageKind kind = plan_.stages[i].kind;
    return kind == StageKind::Convolution || kind == StageKind::Pool || plan_.input((int)i).places > 1;
  }

  int shareOfBatch() const { return (plan_.program.batchSize + 2 * threads_ - 1) / (2 * threads_); }

  int threadFloatsPerSample(int from, int to) const {
    const int steps = plan_.steps;
    size_t blocks = 0;
    for (int i = from; i <= to; i++) blocks += (size_t)plan_.signals[(size_t)i].blocks * (size_t)plan_.signals[(size_t)i].steps(steps);
    return (int)std::min<size_t>(blocks * kBlock, 1u << 28);
  }

  /** Few enough samples that every thread has some and their activations stay in the second-level cache, enough that
   * a tile of weights is used several times. Results do not depend on it. */
  int tileOf(int from, int to) const {
    const int batch = plan_.program.batchSize;
    const int share = shareOfBatch();
    const int fitting = std::max(8, (int)((512 * 1024) / (sizeof(float) * (size_t)threadFloatsPerSample(from, to) + 1)));
    return std::min({batch, std::max(8, (std::min(share, fitting) + 7) / 8 * 8), 64});
  }
};

} // namespace

void makeSegments(Plan &plan, int threads) { Segmenter(plan, threads).run(); }

} // namespace spikedesk
