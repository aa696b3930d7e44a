// Weight gradient of a convolution of spikes, for one sample, by tables of sums (gradient_tables.h). The tables of a
// run of places in a row of outputs stay in the first-level cache while all inputs of the window go by; sums run over
// places in ascending order.
#include "entry.h"
#include "gradient_tables.h"

namespace {

/** The entries of a block of inputs in the middle of zeros. */
void padEntries(const WindowSpikeWeightGradient &g, const StepGroups &groups) {
  const size_t place = (size_t)groups.count * kLanes;
  __builtin_memset(g.entries, 0, (size_t)g.rows * g.columns * place * sizeof *g.entries);
  for (int y = 0; y < g.height; y++) {
    const int row = g.top + y;
    if (row < 0 || row >= g.rows) continue;
    for (int x = 0; x < g.width; x++) {
      const int column = g.left + x;
      if (column < 0 || column >= g.columns) continue;
      entryBytes(groups, g.input + ((size_t)y * g.width + x) * g.steps,
                 g.entries + ((size_t)row * g.columns + column) * place);
    }
  }
}

template <int Blocks> void blocksOf(const WindowSpikeWeightGradient &g, const StepGroups &groups, int block) {
  const size_t floats = groups.floats(), place = (size_t)groups.count * kLanes;
  const size_t blockStride = (size_t)g.outputHeight * g.outputWidth * g.steps * kLanes;
  // Places whose inputs lie side by side are one run; with a stride each is its own.
  const bool whole = g.strideX == 1;
  const int fitting = (int)((size_t)kTableBlocks * kTableFloats / (Blocks * floats));
  const int most = fitting < 1 ? 1 : fitting;
  const int bands = (g.outputWidth + most - 1) / most;
  for (int y = 0; y < g.outputHeight; y++) {
    for (int band = 0; band < bands; band++) {
      const int from = g.outputWidth * band / bands, count = g.outputWidth * (band + 1) / bands - from;
      for (int b = 0; b < Blocks; b++) {
        const float *rows = g.gradient + (size_t)(g.firstBlock + block + b) * blockStride +
                            ((size_t)y * g.outputWidth + from) * g.steps * kLanes;
        for (int i = 0; i < count; i++)
          fillGroups(groups, rows + (size_t)i * g.steps * kLanes, g.tables + b * ((size_t)count * floats + kLanes) + i * floats);
      }
      const size_t tableBlockStride = (size_t)count * floats + kLanes;
      // The gradients of the places that follow come from memory while these go by all taps.
      for (int b = 0; b < Blocks; b++) fetchRows(g.gradient + (size_t)(g.firstBlock + block + b) * blockStride +
                                                 ((size_t)y * g.outputWidth + from + count) * g.steps * kLanes, count * g.steps);
      for (int tap = 0; tap < g.taps; tap++) {
        float *sums = g.sums + (size_t)block * g.sumsStride + (size_t)tap * kLanes * kLanes;
        const uint16_t *bytes =
            g.entries + (g.offsets[tap] + ((size_t)y * g.strideY * g.columns) + (size_t)from * g.strideX) * place;
        if (whole) {
          addBlock<Blocks>(bytes, count * groups.count, g.tables, (size_t)groups.entries * kLanes, tableBlockStride, sums,
                           g.sumsStride);
          continue;
        }
        for (int i = 0; i < count; i++)
          addBlock<Blocks>(bytes + (size_t)i * g.strideX * place, groups.count, g.tables + i * floats,
                           (size_t)groups.entries * kLanes, tableBlockStride, sums, g.sumsStride);
      }
    }
  }
}

} // namespace

extern "C" void KERNEL(windowSpikeWeightGradient)(const WindowSpikeWeightGradient *gradient) {
  const WindowSpikeWeightGradient &g = *gradient;
  const StepGroups groups(g.steps);
  padEntries(g, groups);
  int block = 0;
  for (; block + kEntryBlocks <= g.blocks; block += kEntryBlocks) blocksOf<kEntryBlocks>(g, groups, block);
  for (; block < g.blocks; block++) blocksOf<1>(g, groups, block);
}
