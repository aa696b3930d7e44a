// Steps in stretches, where all of them do not fit into memory. Samples go forward through one stretch after the other; of
// each only what its neurons leave is kept, and what the last layer hands on. From the loss they go through the stretches
// the other way round, each once more forward and then back, and the gradients of the weights are added up.
#include <algorithm>

#include "channel_groups.h"
#include "network.h"
#include "window_reading.h"

namespace spikedesk {

// ---- from stretch to stretch

void Network::setStretch(int index, bool again) {
  const int first = index * plan_.steps;
  stretch_ = {index, first, std::min(plan_.steps, plan_.program.timeSteps - first), again};
  if ((stretch_.steps < plan_.steps) != readsShort_) readOtherLength();
  dealWork();
  if (!again) return;
  for (size_t i = 0; i < plan_.tensors.size(); i++)
    if (plan_.tensors[i].update >= 0) updates_[i].kind = kAddGradient;
}

void Network::enterStretch(int index, bool again, int thread) {
  meet(thread);
  if (thread == 0) setStretch(index, again);
  meet(thread);
}

void Network::runStretches(int thread) {
  const int last = plan_.stretches() - 1;
  for (int k = 0; k <= last; k++) {
    if (k > 0) enterStretch(k, false, thread);
    runSegments(thread);
  }
  if (!learns() || !sumGradients(thread)) return;
  for (int k = last; k-- > 0;) {
    enterStretch(k, true, thread);
    runSegments(thread);
    if (!sumGradients(thread)) return;
  }
  if (updatesAfter()) applyUpdates(thread);
}

/** The pieces of the second half of a step, of the stretch that went back; false where the loss ends the step. */
bool Network::sumGradients(int thread) {
  meet(thread);
  if (isTraining() && !lossIsFinite()) return false;
  if (plan_.sharesGradients) return true;
  if (!ownsOutputs() && skipsDarkness(0)) {
    markLit(thread);
    findActive(0, activeWords(input_.samples), thread, thread);
    profile.lap(thread, profile.encodeRow(), Direction::Update);
  }
  runTasks(tasks_, thread);
  return true;
}

// ---- the last stretch may be shorter

void Network::makeOtherReadings() {
  const int rest = plan_.program.timeSteps - (plan_.stretches() - 1) * plan_.steps;
  if (rest == plan_.steps) return;
  for (size_t i = 0; i < plan_.stages.size(); i++) {
    const Stage &s = plan_.stages[i];
    OtherReading other = {s.map, s.neuron.recurrentMap};
    if (s.kind == StageKind::Convolution)
      readConvolution(plan_.tensors[(size_t)s.map.weight], other.map, plan_.input((int)i).steps(rest));
    if (other.recurrentMap) readWindow(*other.recurrentMap, rest);
    otherReadings_.push_back(other);
  }
}

void Network::readOtherLength() {
  readsShort_ = !readsShort_;
  for (size_t i = 0; i < otherReadings_.size(); i++) {
    std::swap(plan_.stages[i].map, otherReadings_[i].map);
    std::swap(plan_.stages[i].neuron.recurrentMap, otherReadings_[i].recurrentMap);
  }
}

// ---- what neurons hand on, and back

/** What the neurons of a stage leave at the end of a stretch; nothing after the last one and before the first. */
NeuronBorder Network::borderOf(int stage, int index, const Tile &tile) const {
  const NeuronStage &n = plan_.stages[(size_t)stage].neuron;
  NeuronBorder border = {};
  if (index < 0 || (size_t)index >= n.borders.size()) return border;
  const Border &places = n.borders[(size_t)index];
  border.states = at<float>(places.states, tile);
  border.statesStride = places.states.stride;
  border.rows = 1 + (int)n.model->states.size();
  if (!goesByStep(n.neuron)) return border;
  border.spikes = at<uint16_t>(places.spikes, tile);
  border.spikesStride = places.spikes.stride;
  return border;
}

/** The same from a sample and a block on. */
NeuronBorder Network::partOf(NeuronBorder border, int sample, int block) {
  if (border.states) border.states += (size_t)sample * border.statesStride + (size_t)(block * border.rows * kBlock);
  if (border.spikes) border.spikes += (size_t)sample * border.spikesStride + (size_t)block;
  return border;
}

NeuronCarry Network::carryOf(int stage, const Tile &tile) const {
  const NeuronStage &n = plan_.stages[(size_t)stage].neuron;
  if (plan_.stretches() == 1) return {};
  const int rows = goesByStep(n.neuron) ? carriedRows(1 + (int)n.model->states.size()) : 1;
  return {at<float>(n.carry, tile), n.carry.stride, rows, stretch_.again};
}

// ---- the turn at the loss

/** Samples that went forward turn round, where what they went through goes back. */
void Network::turnRound(const Tile &tile) {
  const bool stretched = plan_.stretches() > 1;
  if (stretched && !stretch_.again) keepOutputs(tile);
  if (mode_ == Mode::Backpropagate) {
    if (goesBack()) takeGiven(tile);
  } else {
    if (inLastStretch()) {
      lossOf(tile);
      fetchNext(tile);
    }
    if (stretched && goesBack()) takeGradient(tile);
  }
  profile.lap(tile.thread, profile.lossRow(), Direction::Forward);
}

/** Rows of `from` steps a block, the first `count` of them or some from `first` on, against rows of `to` steps. */
template <class T> static void copyRows(const T *from, size_t fromBlock, T *to, size_t toBlock, size_t count, int blocks) {
  for (int block = 0; block < blocks; block++, from += fromBlock, to += toBlock) std::copy(from, from + count, to);
}

/** What the last layer hands on in this stretch, to that of all steps. */
void Network::keepOutputs(const Tile &tile) {
  const int last = (int)plan_.stages.size() - 1, blocks = plan_.signals.back().blocks;
  const size_t steps = (size_t)stretch_.steps, all = (size_t)plan_.program.timeSteps, first = (size_t)stretch_.first;
  const Place &spikes = spikesOf(last), &membranes = plan_.stages.back().neuron.membrane;
  const Place &wholeSpikes = plan_.wholeSpikes, &wholeMembranes = plan_.wholeMembranes;
  for (int i = 0; i < tile.count; i++) {
    copyRows(at<uint16_t>(spikes, tile) + (size_t)i * spikes.stride, steps,
             at<uint16_t>(wholeSpikes, tile) + (size_t)i * wholeSpikes.stride + first, all, steps, blocks);
    if (plan_.lossReadsMembrane)
      copyRows(at<float>(membranes, tile) + (size_t)i * membranes.stride, steps * kBlock,
               at<float>(wholeMembranes, tile) + (size_t)i * wholeMembranes.stride + first * kBlock, all * kBlock,
               steps * kBlock, blocks);
  }
}

/** The membranes of a sample at all steps, out of the place where their gradient goes. */
const float *Network::wholeMembranesOf(int sample, const Tile &tile) const {
  const Place &whole = plan_.wholeMembranes;
  const float *from = at<float>(whole, tile) + (size_t)sample * whole.stride;
  float *room = scratch<float>(plan_.lossMembranes, tile.thread);
  std::copy_n(from, (size_t)plan_.signals.back().blocks * (size_t)plan_.program.timeSteps * kBlock, room);
  return room;
}

/** Of the loss's gradient at all steps that of this stretch. */
void Network::takeGradient(const Tile &tile) {
  const Stage &last = plan_.stages.back();
  if (!last.needsBackward) return;
  const bool same = plan_.lossSumsSpikes;
  const size_t steps = same ? 1 : (size_t)stretch_.steps, all = same ? 1 : (size_t)plan_.program.timeSteps;
  const size_t first = same ? 0 : (size_t)stretch_.first;
  const Place &whole = plan_.wholeGradient, &to = plan_.lossReadsMembrane ? last.membraneGradient : last.outputGradient;
  for (int i = 0; i < tile.count; i++)
    copyRows(at<float>(whole, tile) + (size_t)i * whole.stride + first * kBlock, all * kBlock,
             at<float>(to, tile) + (size_t)i * to.stride, steps * kBlock, steps * kBlock, plan_.signals.back().blocks);
}

/** The gradient at the input in this stretch, to that of all steps; the same input at every step gets their sum. */
void Network::keepInputGradient(const Tile &tile) {
  if (!plan_.wantsInputGradient || plan_.stretches() == 1) return;
  const Signal &input = plan_.signals.front();
  const size_t steps = (size_t)input.steps(stretch_.steps), all = (size_t)inputSteps(), first = firstStepOf(input);
  const Place &from = plan_.inputGradient, &whole = plan_.wholeInputGradient;
  for (int i = 0; i < tile.count; i++) {
    const float *gradient = at<float>(from, tile) + (size_t)i * from.stride;
    float *to = at<float>(whole, tile) + (size_t)i * whole.stride;
    if (input.isStatic && stretch_.again) kernels_.joins.addValues(gradient, (size_t)input.blocks * kBlock, to);
    else copyRows(gradient, steps * kBlock, to + first * kBlock, all * kBlock, steps * kBlock, input.blocks);
  }
}

} // namespace spikedesk
