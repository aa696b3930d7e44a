// What the engine knows of the black pixels of a batch: which inputs of a sample are lit, in which order samples stand so that
// neighbours are dark in the same places, and of every few inputs the samples in which any of them is lit.
#include <algorithm>

#include "../kernels/lit_bytes.h"
#include "network.h"

namespace spikedesk {

namespace {

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

/** What samples are sorted by, a number of two bytes: how far apart the first and the last lit input lie, and how many are
 * lit. Of eight samples of Fashion-MNIST that then follow each other 30 % of the inputs are dark in all, of any eight 13 %. */
uint16_t keyOf(const LitExtent &lit, int inputs, size_t words) {
  const uint64_t span = (uint64_t)lit.wordsBetween * 32 / (uint64_t)words, count = (uint64_t)lit.count * 256 / ((uint64_t)inputs + 1);
  return (uint16_t)(span << 8 | count);
}

/** Sorts samples by one byte of their keys; those with the same one keep their order. */
void sortByByte(const uint16_t *keys, int shift, const uint16_t *from, size_t count, uint16_t *to) {
  uint16_t place[257] = {};
  for (size_t i = 0; i < count; i++) place[(keys[i] >> shift & 255) + 1]++;
  for (size_t k = 0; k < 256; k++) place[k + 1] = (uint16_t)(place[k + 1] + place[k]);
  for (size_t i = 0; i < count; i++) to[place[keys[from[i]] >> shift & 255]++] = from[i];
}

} // namespace

/** Marks the lit inputs of all samples. */
void Network::markLit(int thread) {
  const size_t words = litWords();
  uint64_t *lit = scratch<uint64_t>(plan_.lit, thread);
  uint16_t *keys = scratch<uint16_t>(plan_.litKeys, thread);
  for (int i = 0; i < input_.samples; i++)
    keys[i] = keyOf(kernels_.encode.litInputs(imageOf(i), inputs(), lit + (size_t)i * words), inputs(), words);
}

/** All samples whose inputs are marked, so that those side by side are dark in the same places. */
const uint16_t *Network::sortByLit(int thread) {
  const size_t count = (size_t)input_.samples;
  const uint16_t *keys = scratch<uint16_t>(plan_.litKeys, thread);
  uint16_t *order = scratch<uint16_t>(plan_.litOrder, thread), *other = order + count;
  for (size_t i = 0; i < count; i++) order[i] = (uint16_t)i;
  sortByByte(keys, 0, order, count, other);
  sortByByte(keys, 8, other, count, order);
  return order;
}

/** Those of the sorted samples that are in a tile. */
const uint16_t *Network::keepOrdered(const Tile &tile) {
  const uint16_t *all = scratch<uint16_t>(plan_.litOrder, tile.thread);
  uint16_t *kept = scratch<uint16_t>(plan_.litOrder, tile.thread) + input_.samples;
  int count = 0;
  for (int i = 0; i < input_.samples; i++)
    if (all[i] >= tile.first && all[i] < tile.first + tile.count) kept[count++] = all[i];
  return kept;
}

/** Of every few pixels the samples in which any of them is not black: the others give nothing to the gradients of their
 * weights. A word has 64 samples; `to` is the thread in whose room they are marked. */
void Network::findActive(int firstWord, int endWord, int thread, int to) {
  const size_t samplesWords = (size_t)activeWords(input_.samples), words = litWords();
  const uint64_t *lit = scratch<uint64_t>(plan_.lit, thread);
  uint64_t *active = scratch<uint64_t>(plan_.active, to);
  static_assert(kActiveInputs == 8, "a group is a byte of lit inputs");
  constexpr size_t kGroups = 64 / kActiveInputs, kWordsAtOnce = kActiveInputs;
  for (int word = firstWord; word < endWord; word++) {
    const int first = word * 64, count = std::min(64, input_.samples - first);
    for (size_t from = 0; from < words; from += kWordsAtOnce) {
      const size_t end = std::min(words, from + kWordsAtOnce);
      uint64_t rows[64] = {};
      for (int i = 0; i < count; i++)
        for (size_t k = from; k < end; k++) rows[i] |= litBytes(lit[(size_t)(first + i) * words + k]) << (k - from) * kGroups;
      transposeBits(rows);
      for (size_t k = 0; k < (end - from) * kGroups; k++) active[(from * kGroups + k) * samplesWords + (size_t)word] = rows[k];
    }
  }
}

} // namespace spikedesk
