// Maps in the middle of zeros. Input values and spikes come out alike.
#include "entry.h"
#include "vector.h"

namespace {

template <class Read> void pad(const PadMaps &p, Read read) {
  const size_t row = (size_t)p.columns * p.steps * kLanes, block = (size_t)p.rows * row;
  const size_t places = (size_t)p.height * p.width;
  for (int b = 0; b < p.blocks; b++) {
    float *out = p.output + b * block;
    for (size_t i = 0; i < block; i += kLanes) store(out + i, zeros());
    for (int y = 0; y < p.height; y++) {
      const int to = p.top + y * p.spreadY;
      if (to < 0 || to >= p.rows) continue;
      for (int x = 0; x < p.width; x++) {
        const int column = p.left + x * p.spreadX;
        if (column < 0 || column >= p.columns) continue;
        float *at = out + to * row + (size_t)column * p.steps * kLanes;
        const size_t from = (b * places + (size_t)y * p.width + x) * p.steps;
        for (int t = 0; t < p.steps; t++) store(at + (size_t)t * kLanes, read(from + t));
      }
    }
  }
}

} // namespace

extern "C" void KERNEL(padMaps)(const PadMaps *maps) {
  const PadMaps &p = *maps;
  if (p.values) return pad(p, [&](size_t i) { return load(p.values + i * kLanes); });
  const Floats one = broadcast(1.0f);
  pad(p, [&](size_t i) { return choose(conditionsOf(p.spikes[i]), one, zeros()); });
}
