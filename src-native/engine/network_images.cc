// Images as a step reads them: where they lie, which of their pixels are black, and a copy that all threads read.
#include <algorithm>

#include "network.h"

namespace spikedesk {

namespace {

/** How far ahead images are fetched into the cache. */
constexpr int kSamplesAhead = 4;

/** The 64 rows of 64 bits as columns (Warren, Hacker's Delight, section 7-3). */
void transposeBits(uint64_t *rows) {
  uint64_t mask = 0xffffffff;
  for (int half = 32; half > 0; half /= 2, mask ^= mask << half)
    for (int k = 0; k < 64; k = ((k | half) + 1) & ~half) {
      const uint64_t changed = ((rows[k] >> half) ^ rows[k | half]) & mask;
      rows[k] ^= changed << half;
      rows[k | half] ^= changed;
    }
}

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

/** Of every few pixels the samples in which any of them is not black: the others give nothing to the gradients of their
 * weights. A word has 64 samples. */
void Network::findActive(int firstWord, int endWord, int thread) {
  if (!skipsDarkness(0)) return;
  const size_t pixels = (size_t)inputs(), words = (size_t)activeWords(input_.samples);
  const size_t groups = (size_t)plan_.signals.front().blocks * (kBlock / kActiveInputs);
  uint64_t *active = scratch<uint64_t>(plan_.active, thread);
  for (int word = firstWord; word < endWord; word++) {
    const int first = word * 64, count = std::min(64, input_.samples - first);
    for (size_t group = 0; group < groups; group += 64) {
      const size_t from = group * kActiveInputs, left = from < pixels ? pixels - from : 0;
      uint64_t rows[64] = {};
      for (int i = 0; i < count; i++)
        rows[i] = kernels_.encode.litGroups(imageOf(first + i) + from, (int)std::min(left, (size_t)64 * kActiveInputs));
      transposeBits(rows);
      for (size_t k = 0; k < std::min((size_t)64, groups - group); k++) active[(group + k) * words + (size_t)word] = rows[k];
    }
  }
}

} // namespace spikedesk
