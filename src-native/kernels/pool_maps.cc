// Pooling, forward and back, 16 channels at a time.
#include "entry.h"
#include "vector.h"
#include "pool_regions.h"

namespace {

int blocksOf(const PoolMaps &p) { return (p.window->channels + kLanes - 1) / kLanes; }

Floats valueAt(const PoolMaps &p, size_t row) {
  return p.values ? load(p.values + row * kLanes) : choose(conditionsOf(p.spikes[row]), broadcast(1.0f), zeros());
}

void largestSpikes(const PoolMaps &p) {
  const MapWindow &w = *p.window;
  const size_t places = (size_t)w.height * w.width, outputs = (size_t)w.outputHeight * w.outputWidth;
  for (int b = 0; b < blocksOf(p); b++) {
    eachRegion(p, [&](int place, const Span &rows, const Span &columns, float) {
      uint16_t *out = p.outputSpikes + (b * outputs + place) * p.steps;
      for (int t = 0; t < p.steps; t++) out[t] = 0;
      eachInput(w, rows, columns, [&](size_t input) {
        const uint16_t *in = p.spikes + (b * places + input) * p.steps;
        for (int t = 0; t < p.steps; t++) out[t] |= in[t];
      });
    });
  }
}

} // namespace

extern "C" void KERNEL(poolForward)(const PoolMaps *pool) {
  const PoolMaps &p = *pool;
  const MapWindow &w = *p.window;
  if (p.outputSpikes) return largestSpikes(p);
  const size_t places = (size_t)w.height * w.width, outputs = (size_t)w.outputHeight * w.outputWidth;
  for (int b = 0; b < blocksOf(p); b++) {
    eachRegion(p, [&](int place, const Span &rows, const Span &columns, float divisor) {
      for (int t = 0; t < p.steps; t++) {
        Floats result = zeros();
        bool first = true;
        eachInput(w, rows, columns, [&](size_t input) {
          const Floats value = valueAt(p, (b * places + input) * p.steps + t);
          if (p.kind != kPoolMax) result = result + value;
          else result = first ? value : larger(value, result);
          first = false;
        });
        if (p.kind != kPoolMax) result = result / broadcast(divisor);
        store(p.output + ((b * outputs + place) * p.steps + t) * kLanes, result);
      }
    });
  }
}

extern "C" void KERNEL(poolBackward)(const PoolMaps *pool) {
  const PoolMaps &p = *pool;
  const MapWindow &w = *p.window;
  const size_t places = (size_t)w.height * w.width, outputs = (size_t)w.outputHeight * w.outputWidth;
  for (int b = 0; b < blocksOf(p); b++) {
    for (size_t i = 0; i < places * p.steps; i++)
      store(p.inputGradient + (b * places * p.steps + i) * kLanes, zeros());
    eachRegion(p, [&](int place, const Span &rows, const Span &columns, float divisor) {
      for (int t = 0; t < p.steps; t++) {
        const Floats arriving = load(p.gradient + ((b * outputs + place) * p.steps + t) * kLanes);
        const auto add = [&](size_t input, Floats share) {
          float *to = p.inputGradient + ((b * places + input) * p.steps + t) * kLanes;
          store(to, load(to) + share);
        };
        if (p.kind != kPoolMax) {
          const Floats share = arriving / broadcast(divisor);
          eachInput(w, rows, columns, [&](size_t input) { add(input, share); });
          continue;
        }
        // The first of the largest takes all.
        Floats most = zeros();
        uint32_t spiked = 0, open = 0xffff;
        bool first = true;
        eachInput(w, rows, columns, [&](size_t input) {
          const size_t row = (b * places + input) * p.steps + t;
          if (p.spikes) {
            spiked |= p.spikes[row];
          } else {
            const Floats value = load(p.values + row * kLanes);
            most = first ? value : larger(value, most);
          }
          first = false;
        });
        eachInput(w, rows, columns, [&](size_t input) {
          const size_t row = (b * places + input) * p.steps + t;
          const uint32_t takes =
              open & (p.spikes ? ~(p.spikes[row] ^ spiked) & 0xffff : bitsOf(greaterEqual(load(p.values + row * kLanes), most)));
          open &= ~takes;
          if (takes) add(input, choose(conditionsOf(takes), arriving, zeros()));
        });
      }
    });
  }
}
