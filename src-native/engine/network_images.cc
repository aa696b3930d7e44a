// Images as a step reads them: where they lie, and those that will be read next.
#include <algorithm>

#include "network.h"

namespace spikedesk {

namespace {

/** How far ahead images are fetched into the cache. */
constexpr int kSamplesAhead = 4;

} // namespace

Network::InputImage Network::imageAt(int sample) const {
  const bool goesOn = sample + kSamplesAhead < input_.samples;
  return {imageOf(sample), goesOn ? imageOf(sample + kSamplesAhead) : nullptr, input_.indices[sample]};
}

/** Constant currents of some pixels, up to a whole block of them. */
void Network::encodeCurrents(const uint8_t *bytes, int count, const uint8_t *ahead, float *output) const {
  const InputLevels &levels = *plan_.program.encode.levels;
  if (levels.currents.empty()) return kernels_.encode.constant(bytes, count, (float)levels.gain, (float)levels.offset, ahead, output);
  std::fill(std::transform(bytes, bytes + count, output, [&](uint8_t byte) { return levels.currents[byte]; }),
            output + (size_t)blocksOf(count) * kBlock, 0.0f);
}

/** Images of the next batch are asked for while there is something else to do: they lie scattered over the dataset. The
 * thread that has these samples now takes those in their places then, and where outputs are its own, all. One line of two is
 * asked for: second-level caches fetch them in pairs. */
void Network::fetchNext(const Tile &tile) const {
  const size_t bytes = (size_t)imageBytes();
  const int times = ownsOutputs() ? threads() : 1, share = ownsOutputs() ? input_.samples * tile.thread / threads() : 0;
  const int first = (tile.first - share) * times, end = std::min(first + tile.count * times, input_.nextSamples);
  for (int i = std::max(first, 0); i < end; i++) {
    const uint8_t *image = input_.images + (size_t)input_.next[i] * bytes;
    for (size_t line = 0; line < bytes + kCacheLine - 1; line += 2 * kCacheLine) __builtin_prefetch(image + line, 0, 2);
  }
  // Without it compilers take a function that only fetches for one without effect, and leave the call out.
  __asm__ __volatile__("");
}

} // namespace spikedesk
