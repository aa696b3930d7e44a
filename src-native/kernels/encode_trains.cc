// Spikes that follow from the grey levels of an image: the trains of 16 inputs, 32 steps of each as a word, are turned
// into a word of 16 inputs for each step.
#include "entry.h"
#include "level_rows.h"

extern "C" void KERNEL(encodeTrains)(const TrainEncoding *encoding, const uint8_t *bytes, uint16_t *output) {
  const TrainEncoding &e = *encoding;
  const uint32_t *rows = rowsOf(e.levels, bytes, e.pixels);
  const int inputs = e.pixels * e.fields;
  int pixel = 0, field = 0;
  for (int first = 0; first < inputs; first += kLanes, output += e.steps) {
    uint32_t places[kLanes];
    const int count = inputs - first < kLanes ? inputs - first : kLanes;
    for (int i = 0; i < count; i++) {
      places[i] = (uint32_t)(field * e.levels.rowCount) + rows[bytes[pixel]];
      if (++pixel == e.pixels) pixel = 0, field++;
    }
    const size_t wordRows = (size_t)e.fields * (size_t)e.levels.rowCount;
    const uint32_t *trains = e.trains + (size_t)(e.from / 32) * wordRows;
    for (int step = -(e.from % 32); step < e.steps; step += 32, trains += wordRows) {
      uint32_t picked[kLanes] = {};
      for (int i = 0; i < count; i++) picked[i] = trains[places[i]];
      const Words words = wordsFrom(picked);
      const int steps = e.steps - step < 32 ? e.steps - step : 32;
      for (int t = step < 0 ? -step : 0; t < steps; t++) output[step + t] = (uint16_t)bitsAt(words, t);
    }
  }
}
