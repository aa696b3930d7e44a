// Values that follow from the grey levels of an image, step by step.
#include "entry.h"
#include "level_rows.h"

extern "C" void KERNEL(encodeSequences)(const SequenceEncoding *encoding, const uint8_t *bytes, float *output) {
  const SequenceEncoding &e = *encoding;
  const uint32_t *rows = rowsOf(e.levels, bytes, e.pixels);
  for (int first = 0; first < e.pixels; first += kLanes) {
    uint32_t places[kLanes];
    const int count = e.pixels - first < kLanes ? e.pixels - first : kLanes;
    for (int i = 0; i < count; i++) places[i] = rows[bytes[first + i]];
    const float *values = e.values + (size_t)e.from * (size_t)e.levels.rowCount;
    for (int t = 0; t < e.steps; t++, values += e.levels.rowCount, output += kLanes) {
      for (int i = 0; i < count; i++) output[i] = values[places[i]];
      for (int i = count; i < kLanes; i++) output[i] = 0;
    }
  }
}
