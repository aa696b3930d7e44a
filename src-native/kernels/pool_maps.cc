// Pooling, forward and back, 16 channels at a time.
#include "entry.h"
#include "vector.h"
#include "pool_regions.h"

namespace {

int blocksOf(const PoolMaps &p) { return (p.window->channels + kLanes - 1) / kLanes; }

Floats valueAt(const PoolMaps &p, size_t row) {
  return p.values ? load(p.values + row * kLanes) : choose(conditionsOf(p.spikes[row]), broadcast(1.0f), zeros());
}

/** output |= input over `count` words, four at a time. */
INLINE void join(const uint16_t *input, int count, uint16_t *output) {
  int i = 0;
  for (; i + 4 <= count; i += 4) {
    uint64_t a, b;
    __builtin_memcpy(&a, input + i, sizeof a);
    __builtin_memcpy(&b, output + i, sizeof b);
    a |= b;
    __builtin_memcpy(output + i, &a, sizeof a);
  }
  for (; i < count; i++) output[i] |= input[i];
}

/** Whether every input is under one window: then each is written once. */
bool covers(const MapWindow &w) {
  return w.strideY == w.kernelHeight && w.strideX == w.kernelWidth && w.paddingY == 0 && w.paddingX == 0 &&
         w.dilationY == 1 && w.dilationX == 1 && w.outputHeight * w.strideY == w.height && w.outputWidth * w.strideX == w.width;
}

/** The steps whose spikes of 16 channels lie in one Word. */
template <class Word> constexpr int kStepsOf = sizeof(Word) / sizeof(uint16_t);

/** Whether any place of a region spiked, at the next steps. */
template <class Word> INLINE void joinSteps(const MapWindow &w, const uint16_t *spikes, size_t steps, uint16_t *to) {
  Word any = 0;
  for (int i = 0; i < w.kernelHeight; i++) {
    for (int j = 0; j < w.kernelWidth; j++) {
      Word word;
      __builtin_memcpy(&word, spikes + ((size_t)i * w.width + j) * steps, sizeof word);
      any = (Word)(any | word);
    }
  }
  __builtin_memcpy(to, &any, sizeof any);
}

/** The largest of spikes under windows side by side. */
void largestSpikesSideBySide(const PoolMaps &p) {
  const MapWindow &w = *p.window;
  const size_t places = (size_t)w.height * w.width, steps = (size_t)p.steps;
  uint16_t *out = p.outputSpikes;
  for (int b = 0; b < blocksOf(p); b++) {
    for (int y = 0; y < w.outputHeight; y++) {
      const uint16_t *row = p.spikes + (b * places + (size_t)y * w.strideY * w.width) * steps;
      for (int x = 0; x < w.outputWidth; x++, row += (size_t)w.strideX * steps, out += steps) {
        size_t t = 0;
        for (; t + kStepsOf<uint64_t> <= steps; t += kStepsOf<uint64_t>) joinSteps<uint64_t>(w, row + t, steps, out + t);
        for (; t < steps; t++) joinSteps<uint16_t>(w, row + t, steps, out + t);
      }
    }
  }
}

void largestSpikes(const PoolMaps &p) {
  const MapWindow &w = *p.window;
  if (covers(w)) return largestSpikesSideBySide(p);
  const size_t places = (size_t)w.height * w.width, outputs = (size_t)w.outputHeight * w.outputWidth;
  for (int b = 0; b < blocksOf(p); b++) {
    eachRegion(p, [&](int place, const Span &rows, const Span &columns, float) {
      uint16_t *out = p.outputSpikes + (b * outputs + place) * p.steps;
      for (int t = 0; t < p.steps; t++) out[t] = 0;
      eachInput(w, rows, columns, [&](size_t input) { join(p.spikes + (b * places + input) * p.steps, p.steps, out); });
    });
  }
}

/** Routes the gradients of a region's next steps to the first of its places that spiked, or that did not where none did. */
template <class Word>
INLINE void routeSteps(const MapWindow &w, const uint16_t *spikes, size_t steps, const float *arriving, float *to) {
  const auto spikesAt = [&](int i, int j) {
    Word word;
    __builtin_memcpy(&word, spikes + ((size_t)i * w.width + j) * steps, sizeof word);
    return word;
  };
  Word spiked = 0, open = (Word)~(Word)0;
  for (int i = 0; i < w.kernelHeight; i++)
    for (int j = 0; j < w.kernelWidth; j++) spiked = (Word)(spiked | spikesAt(i, j));
  Floats gradients[kStepsOf<Word>];
  for (int t = 0; t < kStepsOf<Word>; t++) gradients[t] = load(arriving + t * kLanes);
  for (int i = 0; i < w.kernelHeight; i++) {
    for (int j = 0; j < w.kernelWidth; j++) {
      const Word takes = (Word)(open & (spikesAt(i, j) | (Word)~spiked));
      open = (Word)(open & ~takes);
      float *place = to + ((size_t)i * w.width + j) * steps * kLanes;
      for (int t = 0; t < kStepsOf<Word>; t++)
        store(place + t * kLanes, choose(conditionsOf((uint32_t)(takes >> 16 * t) & 0xffff), gradients[t], zeros()));
    }
  }
}

/** Back through the largest of spikes under windows side by side. */
void largestSpikesBackward(const PoolMaps &p) {
  const MapWindow &w = *p.window;
  const size_t places = (size_t)w.height * w.width, outputs = (size_t)w.outputHeight * w.outputWidth;
  const size_t steps = (size_t)p.steps;
  for (int b = 0; b < blocksOf(p); b++) {
    for (int y = 0; y < w.outputHeight; y++) {
      for (int x = 0; x < w.outputWidth; x++) {
        const size_t region = (b * outputs + (size_t)y * w.outputWidth + x) * steps;
        const size_t corner = (b * places + (size_t)y * w.strideY * w.width + (size_t)x * w.strideX) * steps;
        size_t t = 0;
        for (; t + kStepsOf<uint64_t> <= steps; t += kStepsOf<uint64_t>)
          routeSteps<uint64_t>(w, p.spikes + corner + t, steps, p.gradient + (region + t) * kLanes,
                               p.inputGradient + (corner + t) * kLanes);
        for (; t < steps; t++)
          routeSteps<uint16_t>(w, p.spikes + corner + t, steps, p.gradient + (region + t) * kLanes,
                               p.inputGradient + (corner + t) * kLanes);
      }
    }
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
  if (p.kind == kPoolMax && p.spikes && covers(w)) return largestSpikesBackward(p);
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
