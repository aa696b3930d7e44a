// Inputs added or side by side, forward and back. Whole blocks of 16 channels go at once; features that lie otherwise
// in the output than in the input go one by one.
#include "entry.h"
#include "vector.h"

namespace {

int blocksOf(const JoinPart &p) { return (p.channels + kLanes - 1) / kLanes; }
size_t firstRow(const JoinPart &p) { return (size_t)(p.firstFeature / kLanes) * (size_t)p.steps; }

/** Where feature (channel, place) lies, counted in lanes. */
size_t slotOf(int feature, int places) {
  const int channel = feature / places, place = feature % places;
  return ((size_t)(channel / kLanes) * (size_t)places + (size_t)place) * kLanes + (size_t)(channel % kLanes);
}

void joinBlocks(const JoinPart &p) {
  const size_t rows = (size_t)blocksOf(p) * (size_t)p.places, steps = (size_t)p.steps;
  if (p.outputSpikes) {
    for (size_t i = 0; i < rows * steps; i++) p.outputSpikes[firstRow(p) + i] = p.spikes[i];
    return;
  }
  const Floats one = broadcast(1.0f);
  float *to = p.output + firstRow(p) * kLanes;
  for (size_t row = 0; row < rows; row++) {
    for (size_t t = 0; t < steps; t++, to += kLanes) {
      const size_t from = p.staticInput ? row : row * steps + t;
      const Floats value = p.spikes ? choose(conditionsOf(p.spikes[from]), one, zeros()) : load(p.values + from * kLanes);
      store(to, p.adds ? load(to) + value : value);
    }
  }
}

void joinFeatures(const JoinPart &p) {
  const size_t steps = (size_t)p.steps;
  for (int f = 0; f < p.channels * p.places; f++) {
    const size_t in = slotOf(f, p.places), out = slotOf(p.firstFeature + f, p.outputPlaces);
    const size_t inLane = in % kLanes, outLane = out % kLanes;
    for (size_t t = 0; t < steps; t++) {
      const size_t from = p.staticInput ? in / kLanes : in / kLanes * steps + t, to = out / kLanes * steps + t;
      const uint32_t spike = p.spikes ? (uint32_t)p.spikes[from] >> inLane & 1 : 0;
      if (p.outputSpikes) p.outputSpikes[to] = (uint16_t)(p.outputSpikes[to] | spike << outLane);
      else p.output[to * kLanes + outLane] += p.spikes ? (float)spike : p.values[from * kLanes + inLane];
    }
  }
}

void splitBlocks(const JoinPart &p) {
  const size_t steps = (size_t)p.steps;
  const float *from = p.gradient + firstRow(p) * kLanes;
  float *to = p.inputGradient;
  for (int b = 0; b < blocksOf(p); b++) {
    const int lanes = p.channels - b * kLanes;
    const Conditions own = conditionsOf(lanes < kLanes ? (1u << lanes) - 1 : 0xffff);
    for (int place = 0; place < p.places; place++) {
      Floats sum = zeros();
      for (size_t t = 0; t < steps; t++, from += kLanes) {
        sum = p.staticInput ? sum + load(from) : load(from);
        if (p.staticInput && t + 1 < steps) continue;
        const Floats mine = choose(own, sum, zeros());
        store(to, p.adds ? load(to) + mine : mine);
        to += kLanes;
      }
    }
  }
}

void splitFeatures(const JoinPart &p) {
  const size_t steps = (size_t)p.steps, inputSteps = p.staticInput ? 1 : steps;
  if (!p.adds)
    for (size_t i = 0; i < (size_t)blocksOf(p) * (size_t)p.places * inputSteps; i++) store(p.inputGradient + i * kLanes, zeros());
  for (int f = 0; f < p.channels * p.places; f++) {
    const size_t in = slotOf(f, p.places), out = slotOf(p.firstFeature + f, p.outputPlaces);
    for (size_t t = 0; t < steps; t++)
      p.inputGradient[(in / kLanes * inputSteps + (p.staticInput ? 0 : t)) * kLanes + in % kLanes] +=
          p.gradient[(out / kLanes * steps + t) * kLanes + out % kLanes];
  }
}

} // namespace

extern "C" void KERNEL(joinForward)(const JoinPart *part) {
  if (joinsBlocks(part->places, part->outputPlaces, part->firstFeature)) joinBlocks(*part);
  else joinFeatures(*part);
}

extern "C" void KERNEL(joinBackward)(const JoinPart *part) {
  if (joinsBlocks(part->places, part->outputPlaces, part->firstFeature)) splitBlocks(*part);
  else splitFeatures(*part);
}
