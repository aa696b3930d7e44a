// Convolution of spikes by tables of sums (spike_tables.h): three additions for 16 inputs of an output place, however
// many of them spike. The tables of a few chunks stay in the first-level cache while the places of all samples go by.
// Every sum has the same order of additions whatever is computed beside it.
#include "entry.h"
#include "spike_tables.h"

namespace {

/** The words of some samples in the middle of zeros. */
void padWords(const WindowSpikeProduct &p) {
  const size_t row = (size_t)p.columns * p.steps, places = (size_t)p.height * p.width;
  for (int sample = 0; sample < p.samples; sample++) {
    for (int b = 0; b < p.blocks; b++) {
      uint16_t *out = p.padded + ((size_t)sample * p.blocks + b) * p.rows * row;
      __builtin_memset(out, 0, (size_t)p.rows * row * sizeof *out);
      const uint16_t *in = p.input + (size_t)sample * p.inputStride + b * places * p.steps;
      // Where the window never reaches the last rows or columns they are left out.
      const int from = p.left < 0 ? -p.left : 0, end = p.width < p.columns - p.left ? p.width : p.columns - p.left;
      for (int y = 0; y < p.height; y++) {
        const int to = p.top + y;
        if (to < 0 || to >= p.rows || end <= from) continue;
        __builtin_memcpy(out + to * row + (size_t)(p.left + from) * p.steps, in + ((size_t)y * p.width + from) * p.steps,
                         (size_t)(end - from) * p.steps * sizeof *out);
      }
    }
  }
}

/** One run of places that lie side by side; `start` is null where the sums go on from what earlier chunks gave. */
template <int Chunks, int Blocks>
void addRun(const uint16_t *const *words, int count, const float *table, const float *start, float *output,
            size_t outputBlockStride) {
  const uint16_t *word[Chunks];
  for (int j = 0; j < Chunks; j++) word[j] = words[j];
  for (int i = 0; i < count; i++, output += kLanes) {
    Floats sum[Blocks];
#pragma GCC unroll 2
    for (int b = 0; b < Blocks; b++) sum[b] = load(start ? start + b * kLanes : output + b * outputBlockStride);
    addRow<Chunks, Blocks>(word, (size_t)i, table, sum);
#pragma GCC unroll 2
    for (int b = 0; b < Blocks; b++) store(output + b * outputBlockStride, sum[b]);
  }
}

template <int Chunks, int Blocks>
void addChunks(const WindowSpikeProduct &p, int first, const float *start, float *output) {
  // A row of places whose inputs lie side by side is one run; with a stride every place is.
  const bool whole = p.pixelPitch == (size_t)p.steps;
  const int runs = whole ? 1 : p.outputWidth, length = (whole ? p.outputWidth : 1) * p.steps;
  const size_t sampleWords = (size_t)p.blocks * p.rows * p.columns * p.steps;
  const size_t outputBlockStride = (size_t)p.outputHeight * p.outputWidth * p.steps * kLanes;
  for (int sample = 0; sample < p.samples; sample++) {
    float *out = output + (size_t)sample * p.outputStride;
    for (int y = 0; y < p.outputHeight; y++) {
      for (int run = 0; run < runs; run++, out += (size_t)length * kLanes) {
        const uint16_t *words[Chunks];
        for (int j = 0; j < Chunks; j++)
          words[j] = p.padded + sample * sampleWords + p.offsets[first + j] / kLanes + y * p.rowPitch + run * p.pixelPitch;
        addRun<Chunks, Blocks>(words, length, p.tables, start, out, outputBlockStride);
      }
    }
  }
}

/** `Blocks` blocks of outputs over all chunks, `Chunks` of them at a time. */
template <int Chunks, int Blocks> void blocksOf(const WindowSpikeProduct &p, int block) {
  const float nothing[Blocks * kLanes] = {};
  float *output = p.output + (size_t)block * p.outputHeight * p.outputWidth * p.steps * kLanes;
  for (int first = 0; first < p.chunks; first += Chunks) {
    const int count = p.chunks - first < Chunks ? p.chunks - first : Chunks;
    for (int j = 0; j < count; j++)
      for (int b = 0; b < Blocks; b++)
        fillTable(p.weight + (size_t)(block + b) * p.weightStride + (size_t)(first + j) * kLanes * kLanes,
                  p.tables + (j * Blocks + b) * kTablePitch);
    const float *start = first > 0 ? nullptr : p.bias ? p.bias + block * kLanes : nothing;
    switch (count) {
    case 4: addChunks<Chunks < 4 ? 1 : 4, Blocks>(p, first, start, output); break;
    case 3: addChunks<Chunks < 3 ? 1 : 3, Blocks>(p, first, start, output); break;
    case 2: addChunks<2, Blocks>(p, first, start, output); break;
    default: addChunks<1, Blocks>(p, first, start, output);
    }
  }
}

} // namespace

extern "C" void KERNEL(windowSpikeProduct)(const WindowSpikeProduct *product) {
  const WindowSpikeProduct &p = *product;
  padWords(p);
  int block = 0;
  for (; block + kPairBlocks <= p.outputBlocks; block += kPairBlocks) blocksOf<kPairChunks, kPairBlocks>(p, block);
  for (; block < p.outputBlocks; block++) blocksOf<kTableBlocks, 1>(p, block);
}
