#include "window_reading.h"

#include <algorithm>

namespace spikedesk {

namespace {

int lanesOf(int channels, int block) { return std::min(kBlock, channels - block * kBlock); }

void pitch(WindowReading &r, int strideY, int strideX, int steps) {
  r.pixelPitch = (size_t)strideX * (size_t)steps * kBlock;
  r.rowPitch = (size_t)strideY * (size_t)r.columns * (size_t)steps * kBlock;
  r.blockFloats = (size_t)r.rows * (size_t)r.columns * (size_t)steps * kBlock;
}

} // namespace

WindowReading readForward(const MapWindow &w, int steps) {
  WindowReading r;
  r.rows = (w.outputHeight - 1) * w.strideY + (w.kernelHeight - 1) * w.dilationY + 1;
  r.columns = (w.outputWidth - 1) * w.strideX + (w.kernelWidth - 1) * w.dilationX + 1;
  r.top = w.paddingY;
  r.left = w.paddingX;
  pitch(r, w.strideY, w.strideX, steps);
  for (int block = 0; block < blocksOf(w.channels); block++) {
    for (int y = 0; y < w.kernelHeight; y++) {
      for (int x = 0; x < w.kernelWidth; x++) {
        const size_t place = (size_t)(y * w.dilationY) * (size_t)r.columns + (size_t)(x * w.dilationX);
        r.offsets.push_back((size_t)block * r.blockFloats + place * (size_t)steps * kBlock);
        r.counts.push_back(lanesOf(w.channels, block));
      }
    }
  }
  return r;
}

WindowReading readBackward(const MapWindow &w, int steps) {
  WindowReading r;
  const int reachY = (w.kernelHeight - 1) * w.dilationY, reachX = (w.kernelWidth - 1) * w.dilationX;
  r.rows = w.height + reachY;
  r.columns = w.width + reachX;
  r.top = reachY - w.paddingY;
  r.left = reachX - w.paddingX;
  r.spreadY = w.strideY;
  r.spreadX = w.strideX;
  pitch(r, 1, 1, steps);
  for (int y = 0; y < w.kernelHeight; y++) {
    for (int x = 0; x < w.kernelWidth; x++) {
      const size_t place = (size_t)(reachY - y * w.dilationY) * (size_t)r.columns + (size_t)(reachX - x * w.dilationX);
      for (int block = 0; block < blocksOf(w.outputs); block++) {
        r.offsets.push_back((size_t)block * r.blockFloats + place * (size_t)steps * kBlock);
        r.counts.push_back(lanesOf(w.outputs, block));
      }
    }
  }
  return r;
}

namespace {

/** One axis of a window with a stride, seen from the gradient. */
struct Axis {
  int size, kernel, stride, padding, dilation;

  /** Of a place of the kernel: the first place of the input that it reaches, modulo the stride. */
  int phase(int tap) const { return (((tap * dilation - padding) % stride) + stride) % stride; }
  /** From the k-th place of that phase to the output that meets it there. */
  int shift(int tap) const { return (phase(tap) + padding - tap * dilation) / stride; }
  int places(int phase) const { return phase < size ? (size - phase + stride - 1) / stride : 0; }
  /** Padding before the first output, and with it the places up to the last that is read. */
  int before() const {
    int least = 0;
    for (int tap = 0; tap < kernel; tap++) least = std::min(least, shift(tap));
    return -least;
  }
  int whole() const {
    int most = 0;
    for (int tap = 0; tap < kernel; tap++) most = std::max(most, places(phase(tap)) - 1 + shift(tap));
    return before() + most + 1;
  }
};

} // namespace

void readBackwardPhases(MapStage &map, int steps) {
  const MapWindow &w = map.window;
  const Axis y = {w.height, w.kernelHeight, w.strideY, w.paddingY, w.dilationY};
  const Axis x = {w.width, w.kernelWidth, w.strideX, w.paddingX, w.dilationX};
  WindowReading &r = map.backward;
  r = {};
  r.rows = y.whole();
  r.columns = x.whole();
  r.top = y.before();
  r.left = x.before();
  pitch(r, 1, 1, steps);
  map.phases.clear();
  map.tapOrder.clear();
  for (int phase = 0; phase < y.stride * x.stride; phase++) {
    const int row = phase / x.stride, column = phase % x.stride;
    GradientPhase p = {row, column, y.places(row), x.places(column), (int)map.tapOrder.size(), 0};
    for (int tap = 0; tap < w.kernelHeight * w.kernelWidth; tap++) {
      const int tapY = tap / w.kernelWidth, tapX = tap % w.kernelWidth;
      if (y.phase(tapY) != row || x.phase(tapX) != column) continue;
      map.tapOrder.push_back(tap);
      p.taps++;
      const size_t place = (size_t)(r.top + y.shift(tapY)) * (size_t)r.columns + (size_t)(r.left + x.shift(tapX));
      for (int block = 0; block < blocksOf(w.outputs); block++) {
        r.offsets.push_back((size_t)block * r.blockFloats + place * (size_t)steps * kBlock);
        r.counts.push_back(lanesOf(w.outputs, block));
      }
    }
    if (p.height > 0 && p.width > 0) map.phases.push_back(p);
  }
}

namespace {

GradientReading readGradient(const WindowReading &forward, int taps, int lanes) {
  GradientReading reading;
  for (int tap = 0; tap < taps; tap++) {
    for (int lane = 0; lane < lanes; lane++) {
      reading.offsets.push_back(forward.offsets[(size_t)tap] + (size_t)lane);
      reading.slots.push_back(tap * kBlock + lane);
    }
  }
  return reading;
}

} // namespace

void readWindow(MapStage &map, int steps) {
  const MapWindow &w = map.window;
  const int taps = w.kernelHeight * w.kernelWidth;
  map.forward = readForward(w, steps);
  map.gradient = readGradient(map.forward, taps, lanesOf(w.channels, 0));
  map.lastGradient = readGradient(map.forward, taps, lanesOf(w.channels, blocksOf(w.channels) - 1));
  map.spikeOffsets.clear();
  for (int tap = 0; tap < taps; tap++) map.spikeOffsets.push_back(map.forward.offsets[(size_t)tap] / ((size_t)steps * kBlock));
}

PadMaps padFor(const WindowReading &reading, int blocks, int height, int width, int steps) {
  PadMaps pad = {};
  pad.blocks = blocks;
  pad.height = height;
  pad.width = width;
  pad.steps = steps;
  pad.rows = reading.rows;
  pad.columns = reading.columns;
  pad.top = reading.top;
  pad.left = reading.left;
  pad.spreadY = reading.spreadY;
  pad.spreadX = reading.spreadX;
  return pad;
}

} // namespace spikedesk
