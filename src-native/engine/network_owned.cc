// A first layer shared out by its outputs: who computes them in every step and updates their weights finds these in its own
// cache.
#include "network.h"

namespace spikedesk {

namespace {

/** Pieces of `count` things: the first of piece k. */
int firstOf(int k, int pieces, int count) { return (int)((int64_t)count * k / pieces); }

} // namespace

/** Of all samples the thread's own outputs, and of its share of the samples those that are nobody's. Threads meet after it. */
void Network::forwardOwned(int thread) {
  const Tile all = {thread, 0, input_.samples};
  encode(all);
  const bool skips = skipsDarkness(0);
  if (skips) {
    const int words = activeWords(input_.samples);
    markLit(thread);
    findActive(firstOf(thread, threads(), words), firstOf(thread + 1, threads(), words), thread, 0);
  }
  profile.lap(thread, profile.encodeRow(), Direction::Forward);
  const Place &place = plan_.signals.front().place;
  const uint64_t *lit = scratch<uint64_t>(plan_.lit, thread);
  // The samples from `first` on, or those that `order` names.
  const auto multiply = [&](int first, int count, const BlockRange &outputs, const uint16_t *order) {
    const Tile tile = {thread, order ? 0 : first, count};
    const DenseProduct dense = denseProduct(0, at<float>(place, all) + (size_t)tile.first * place.stride, tile, outputs);
    if (!order) return kernels_.denseProduct(&dense);
    const LitProduct product = {dense, lit, (int)litWords(), order};
    kernels_.litProduct(&product);
  };
  const uint16_t *order = skips ? sortByLit(thread) : nullptr;
  const int begin = plan_.ownedBounds[(size_t)thread], end = plan_.ownedBounds[(size_t)thread + 1];
  for (int i = begin; i < end; i++) multiply(0, input_.samples, plan_.owned[(size_t)i], order);
  const int firstMine = firstOf(thread, threads(), input_.samples), mine = firstOf(thread + 1, threads(), input_.samples) - firstMine;
  const uint16_t *kept = skips ? keepOrdered({thread, firstMine, mine}) : nullptr;
  for (size_t i = (size_t)plan_.ownedBounds.back(); mine > 0 && i < plan_.owned.size(); i++)
    multiply(firstMine, mine, plan_.owned[i], kept);
  profile.lap(thread, 0, Direction::Forward);
  fetchWeights();
  meet(thread);
}

/** Weights of small layers that all threads read, and one of them has updated: while threads meet, they come. */
void Network::fetchWeights() const {
  constexpr size_t kMostBytes = 32 * 1024;
  for (const Stage &s : plan_.stages) {
    if (!s.linear.sumsInParts) continue;
    const Tensor &weight = plan_.tensors[(size_t)s.linear.weight];
    const size_t bytes = weight.paddedFloats() * sizeof(float);
    if (bytes > kMostBytes) continue;
    for (size_t line = 0; line < bytes; line += kCacheLine) {
      __builtin_prefetch(arena_.at<char>(weight.data) + line);
      __builtin_prefetch(arena_.at<char>(s.linear.transposed) + line);
    }
  }
  // As in fetchNext.
  __asm__ __volatile__("");
}

} // namespace spikedesk
