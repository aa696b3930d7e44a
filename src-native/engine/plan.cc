#include "plan.h"

#include <algorithm>
#include <cmath>

#include "channel_groups.h"
#include "event_blocks.h"
#include "owned_layer.h"
#include "places.h"
#include "read_backward.h"
#include "refuse.h"
#include "segments.h"
#include "stage_reader.h"
#include "update_tasks.h"
#include "weight_parts.h"

namespace spikedesk {

int Plan::tensor(const std::string &id) const {
  for (size_t i = 0; i < tensors.size(); i++)
    if (tensors[i].id == id) return (int)i;
  return -1;
}

bool Plan::readsDarkness(int stage) const {
  const std::optional<InputLevels> &levels = program.encode.levels;
  const Signal &input = signals.front();
  return stages[(size_t)stage].inputs.front() == 0 && levels && levels->kind == InputLevels::Current && levels->currents.empty() &&
         levels->offset == 0 && std::isfinite(levels->gain) && input.isStatic && input.places == 1;
}

int Plan::linearAfter(int stage) const {
  const std::vector<int> &readers = output(stage).readers;
  if (stages[(size_t)stage].kind != StageKind::Neuron || readers.size() != 1) return -1;
  return stages[(size_t)readers.front()].isLinear ? readers.front() : -1;
}

const EventBlock *Plan::eventBlockFrom(int stage) const {
  for (const EventBlock &block : eventBlocks)
    if (block.convolution == stage) return &block;
  return nullptr;
}

int Plan::poolAfter(int stage) const {
  const std::vector<int> &readers = output(stage).readers;
  const Stage &s = stages[(size_t)stage];
  if (streams || s.kind != StageKind::Neuron || s.neuron.goesBackWhole() || readers.size() != 1) return -1;
  const Stage &next = stages[(size_t)readers.front()];
  return next.kind == StageKind::Pool && next.map.passesBack && segmentOf(stage) == segmentOf(readers.front())
             ? readers.front()
             : -1;
}

bool Plan::recomputed(int signal) const {
  const int from = producer(signal);
  const std::vector<int> &readers = signals[(size_t)signal].readers;
  if (from < 0 || stages[(size_t)from].kind != StageKind::Norm || readers.size() != 1) return false;
  return stages[(size_t)readers.front()].kind == StageKind::Neuron && segmentOf(from) == segmentOf(readers.front());
}

size_t Plan::endsWith(int stage) const {
  const size_t own = segmentOf(stage);
  const int before = producer(stages[(size_t)stage].inputs.front());
  if (own == 0) return own;
  if (stages[(size_t)stage].kind == StageKind::Norm) return own - 1;
  return before >= 0 && linearAfter(before) == stage ? std::min(own, segmentOf(before)) : own;
}

size_t PlanBytes::whole() const {
  size_t sum = 0;
  for (size_t bytes : of) sum += bytes;
  return sum;
}

PlanBytes bytesOf(const Plan &plan, int threads) {
  PlanBytes bytes;
  for (size_t i = 0; i < kHolds; i++)
    bytes.of[i] = plan.arena.bytes((Holds)i) + (size_t)threads * plan.thread.bytes((Holds)i);
  return bytes;
}

/** Statistics over all steps are not there before the last one. */
static void checkStretches(const Plan &plan) {
  if (plan.stretches() == 1) return;
  for (size_t i = 0; i < plan.stages.size(); i++) {
    const Stage &s = plan.stages[i];
    if (s.kind == StageKind::Norm && !s.map.eachStep && !plan.input((int)i).isStatic) refuse(s.layer, "stretches");
  }
}

/** Gradients go back through convolutions with a stride phase by phase, but those that event blocks send their own way. */
static void findPhases(Plan &plan) {
  for (size_t i = 0; i < plan.stages.size(); i++) {
    Stage &s = plan.stages[i];
    const MapWindow &w = s.map.window;
    if (s.kind != StageKind::Convolution || !s.map.passesBack || (w.strideY == 1 && w.strideX == 1)) continue;
    if (plan.eventBlockFrom((int)i)) continue;
    s.map.inPhases = true;
    readConvolution(plan.tensors[(size_t)s.map.weight], s.map, plan.input((int)i).steps(plan.steps));
  }
}

Plan makePlan(Program program, const Kernels &kernels, int threads) {
  Plan plan;
  plan.program = std::move(program);
  const int steps = plan.program.timeSteps, stretch = plan.program.stretch;
  plan.steps = stretch > 0 && stretch < steps ? stretch : steps;
  plan.storesGradients = plan.program.mostNorm > 0 || plan.program.accumulation > 1 || plan.stretches() > 1;
  StageReader(plan).run();
  checkStretches(plan);
  readBackward(plan);
  findEventBlocks(plan);
  findPhases(plan);
  findWeightParts(plan);
  makeSegments(plan, threads);
  findOwnedLayer(plan, kernels, threads);
  plan.sharesGradients = plan.program.recompute && plan.segments.size() > 1;
  placeAll(plan, kernels);
  makeTasks(plan, kernels);
  dealOwnedTasks(plan, threads);
  return plan;
}

} // namespace spikedesk
