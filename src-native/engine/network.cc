#include "network.h"

#include <algorithm>
#include <cmath>

namespace spikedesk {

Network::Network(Program program, int threads)
    : profile(threads), kernels_(chooseKernels()), plan_(makePlan(std::move(program), kernels_, threads)), team_(threads),
      threadArenas_((size_t)threads), traceArenas_((size_t)threads), updates_(plan_.tensors.size()),
      squares_(plan_.pieces.size()), notFinite_(plan_.tensors.size()),
      losses_((size_t)plan_.program.batchSize),
      predictions_((size_t)plan_.program.batchSize),
      spikeCounts_((size_t)plan_.neuronLayers * (size_t)plan_.program.batchSize),
      penalties_(plan_.stages.size()),
      penaltySums_(plan_.program.penalties.empty() ? 0 : (size_t)plan_.neuronLayers * (size_t)plan_.program.batchSize),
      tasks_(threads) {
  for (size_t i = 0; i < 2 * plan_.segments.size(); i++) tiles_.emplace_back(threads);
  for (size_t i = 0; i < plan_.segments.size(); i++) segmentTasks_.emplace_back(threads);
  for (int i = 0; i < 3; i++) passes_.emplace_back(threads);
  profile.setStages(plan_.stages.size());
  checkMemory(bytesOf(plan_, threads).whole());
  arena_.allocate(plan_.arena);
  for (Arena &a : threadArenas_) a.allocate(plan_.thread);
  fresh_.assign((size_t)threads, std::vector<char>(plan_.signals.size()));
  listed_.assign((size_t)threads, std::vector<char>(plan_.stages.size()));
  thresholds_ = thresholdsOf(plan_.program.encode);
  makeOtherReadings();
}

void Network::run(Mode mode, const BatchInput &input, BatchOutput &output, const std::vector<LayerRecord> &records) {
  mode_ = mode;
  input_ = input;
  output_ = &output;
  records_ = &records;
  profile.startStep();
  profile.start(0);
  setStretch(0, false);
  prepare();
  for (std::atomic<char> &flag : notFinite_) flag = 0;
  stopped_ = false;
  profile.lap(0, profile.prepareRow(), Direction::Forward);
  team_.run([&](int thread) {
    const DenormalsAreZero guard;
    profile.start(thread);
    runStretches(thread);
  });
  if (isTraining() && !stopped_ && lossIsFinite()) {
    if (mode == Mode::Accumulate) waiting_++;
    else setStep(step_ + 1);
  }
  profile.start(0);
  if (mode != Mode::Backpropagate) finish();
  profile.lap(0, profile.prepareRow(), Direction::Update);
  profile.endStep();
}

/** Whatever threads share out in a pass over all samples. */
void Network::dealWork() {
  const size_t segments = plan_.segments.size();
  for (size_t k = 0; k < segments; k++) {
    const int tiles = goesInParts() ? partsOfBatch() : tilesOf(plan_.segments[k].tileSamples);
    tiles_[k].deal(0, tiles);
    tiles_[segments + k].deal(0, tiles);
    segmentTasks_[k].deal(plan_.segments[k].firstTask, plan_.segments[k].endTask);
  }
  const int pieces = (int)plan_.pieces.size(), tasks = (int)plan_.tasks.size();
  if (plan_.owned.empty()) tasks_.deal(0, tasks);
  else tasks_.deal(plan_.taskBounds);
  passes_[0].deal(0, pieces);
  passes_[1].deal(0, pieces);
  passes_[2].deal(0, tasks);
}

void Network::runTasks(Shares &tasks, int thread) {
  for (int i; (i = tasks.take(thread)) >= 0;) {
    runTask(plan_.tasks[(size_t)i], thread);
    if (updatesAtOnce()) checkUpdated(plan_.tasks[(size_t)i]);
    profile.lap(thread, (size_t)plan_.tasks[(size_t)i].stage, Direction::Update);
  }
}

/** The updates that follow the way back through a segment, before its gradients give way to others. */
void Network::updateSegment(size_t segment, int thread) {
  if (!plan_.sharesGradients) return;
  meet(thread);
  if (isTraining() && !lossIsFinite()) return;
  runTasks(segmentTasks_[segment], thread);
}

void Network::meet(int thread) {
  team_.meet();
  profile.start(thread);
}

void Network::placeTraces() {
  if (plan_.trace.size() == 0 || traceArenas_.front().isAllocated()) return;
  checkMemory(bytesOf(plan_, threads()).whole() + (size_t)threads() * plan_.trace.size());
  for (Arena &a : traceArenas_) a.allocate(plan_.trace);
}

void Network::prepare() {
  if (mode_ == Mode::Trace) placeTraces();
  prepareNeurons();
  prepareNorms();
  if (!plan_.program.penalties.empty()) preparePenalties();
  if (learns()) {
    if (!isTraining()) placeGradients();
    prepareUpdates();
    if (transposedStale_)
      for (size_t i = 0; i < plan_.stages.size(); i++) {
        transposeWeights((int)i);
        transposeRecurrent((int)i);
      }
    transposedStale_ = false;
  }
}

void Network::prepareNeurons() {
  for (Stage &s : plan_.stages) {
    if (s.kind != StageKind::Neuron) continue;
    NeuronStage &n = s.neuron;
    // What is written again is taken from the caches of the other threads.
    if (!rowsStale_ && !n.learns() && !n.recurrentMap) continue;
    Neuron &neuron = n.neuron;
    const int lanes = blocksOf(neuron.neurons) * neuron.places * kBlock;
    float *rows[kMostRows] = {};
    const auto fill = [&](const NeuronParameter &p) {
      float *const none = arena_.at<float>(p.row);
      if (p.tensor < 0) {
        std::fill(none, none + lanes, 0.0f);
        return none;
      }
      const Tensor &tensor = plan_.tensors[(size_t)p.tensor];
      const float *values = arena_.at<float>(tensor.data);
      float *row = arena_.at<float>(p.row);
      // Lanes of maps that hold no channel take the first neuron's, so that nothing is divided by their zeros.
      if (neuron.places > 1) std::fill(row, row + lanes, transformed(p.transform, values[0]));
      for (int i = 0; i < neuron.neurons * neuron.places; i++)
        row[slotOf(i, neuron.places)] = transformed(p.transform, values[tensor.shape.empty() ? 0 : i]);
      return row;
    };
    size_t count = 0;
    for (const NeuronParameter &p : n.parameters) rows[count++] = fill(p);
    for (size_t derived : n.derived) rows[count++] = arena_.at<float>(derived);
    fillDerived(neuron, rows, neuron.places > 1 ? lanes : neuron.neurons);
    std::copy(rows, rows + kMostRows, neuron.parameters);
    if (neuron.model == kLeaky) {
      neuron.decay = rows[0];
      neuron.threshold = rows[1][0];
    }
    if (n.own) neuron.ownWeight = fill(*n.own);
    if (n.factor) fill(*n.factor);
    if (!n.coupled()) continue;
    neuron.recurrentWeight = arena_.at<float>(plan_.tensors[(size_t)n.recurrentWeight].data);
    neuron.recurrentBias = n.recurrentBias >= 0 ? arena_.at<float>(plan_.tensors[(size_t)n.recurrentBias].data) : nullptr;
    neuron.recurrentTransposed = arena_.at<float>(n.recurrentTransposed);
    if (n.recurrentMap) prepareRecurrentWindow(n);
  }
  rowsStale_ = false;
}

void Network::finish() {
  BatchOutput &out = *output_;
  out.loss = 0;
  out.penalty = penaltyOfBatch();
  out.correct = 0;
  if (isTraining() && lossIsFinite()) checkStatistics();
  out.notFinite = lastNotFinite();
  for (int i = 0; i < input_.samples; i++) {
    out.loss += losses_[(size_t)i];
    out.predictions[i] = predictions_[(size_t)i];
    out.correct += predictions_[(size_t)i] == input_.labels[i];
  }
  const size_t batch = (size_t)plan_.program.batchSize;
  for (int layer = 0; layer < plan_.neuronLayers; layer++) {
    uint64_t spikes = 0;
    for (int i = 0; i < input_.samples; i++) spikes += spikeCounts_[(size_t)layer * batch + (size_t)i];
    out.layerSpikes[layer] = (double)spikes;
  }
}

template <class Job> void Network::eachTile(int pass, int tileSamples, int thread, Job job) {
  const int tiles = tilesOf(tileSamples);
  for (int i; (i = tiles_[(size_t)pass].take(thread)) >= 0;) {
    const int first = (int)((int64_t)input_.samples * i / tiles);
    if (plan_.remakes) std::fill(fresh_[(size_t)thread].begin(), fresh_[(size_t)thread].end(), (char)false);
    job(Tile{thread, first, (int)((int64_t)input_.samples * (i + 1) / tiles) - first});
  }
}

bool Network::startsWithNorm(size_t segment) const {
  if (!learns() || segment >= plan_.segments.size()) return false;
  const Segment &s = plan_.segments[segment];
  return s.to > s.from && plan_.stages[(size_t)s.from].kind == StageKind::Norm;
}

/** Forward segment by segment; the last one turns round at the loss. Threads meet between, and where the statistics
 * of a batch are needed one of them puts these together. */
void Network::runSegments(int thread) {
  if (ownsOutputs()) forwardOwned(thread);
  if (goesInParts()) return runParts(thread);
  const size_t count = plan_.segments.size();
  for (size_t k = 0; k < count; k++) {
    const Segment &segment = plan_.segments[k];
    eachTile((int)k, segment.tileSamples, thread, [&](const Tile &tile) {
      if (k == 0 && !ownsOutputs()) encode(tile);
      profile.lap(thread, profile.encodeRow(), Direction::Forward);
      forwardSegment(segment, tile);
      if (startsWithNorm(k + 1)) {
        remakeInputs(plan_.segments[k + 1].from, tile);
        measureNorm(plan_.segments[k + 1].from, tile);
        profile.lap(thread, (size_t)plan_.segments[k + 1].from, Direction::Forward);
      }
      if (k + 1 < count) return;
      turnRound(tile);
      if (goesBack()) backwardSegment(segment, tile);
    });
    if (k + 1 == count) break;
    meet(thread);
    if (!startsWithNorm(k + 1)) continue;
    const int norm = plan_.segments[k + 1].from;
    if (thread == 0) combineMeasures(norm);
    profile.lap(thread, (size_t)norm, Direction::Forward);
    meet(thread);
  }
  if (!goesBack()) return;
  for (size_t k = count - 1; k-- > 0;) {
    const int next = plan_.segments[k + 1].from;
    updateSegment(k + 1, thread);
    if (plan_.firstBackward > next) return;
    meet(thread);
    if (startsWithNorm(k + 1)) {
      if (thread == 0 && plan_.stages[(size_t)next].needsBackward) combineGradients(next);
      profile.lap(thread, (size_t)next, Direction::Backward);
      meet(thread);
    }
    eachTile((int)(count + k), plan_.segments[k].tileSamples, thread, [&](const Tile &tile) {
      if (startsWithNorm(k + 1) && plan_.stages[(size_t)next].needsBackward) {
        remakeInputs(next, tile);
        backwardMap(next, tile);
      }
      profile.lap(thread, (size_t)next, Direction::Backward);
      backwardSegment(plan_.segments[k], tile);
    });
  }
  updateSegment(0, thread);
}

int Network::neuronLayerOf(int stage) const {
  int layer = 0;
  for (int i = 0; i < stage; i++) layer += plan_.stages[(size_t)i].kind == StageKind::Neuron;
  return layer;
}

void Network::forwardSegment(const Segment &segment, const Tile &tile) {
  int layer = neuronLayerOf(segment.from);
  for (int i = std::max(segment.from, ownsOutputs() ? 1 : 0); i < segment.to; i++) {
    forwardStage(i, layer, tile);
    layer += plan_.stages[(size_t)i].kind == StageKind::Neuron;
  }
}

/** `layer` counts the neuron layers before the stage. */
void Network::forwardStage(int stage, int layer, const Tile &tile) {
  remakeInputs(stage, tile);
  if (plan_.stages[(size_t)stage].kind != StageKind::Neuron) makeSignal(stage, tile);
  else {
    forwardNeuron(stage, tile);
    countSpikes(stage, layer, tile);
    sumPenalties(stage, layer, tile);
    if (mode_ == Mode::Trace) record(stage, layer, tile);
  }
  profile.lap(tile.thread, (size_t)stage, Direction::Forward);
}

/** What a stage that is no neurons hands on. */
void Network::makeSignal(int stage, const Tile &tile) {
  const StageKind kind = plan_.stages[(size_t)stage].kind;
  if (kind == StageKind::Linear) forwardLinear(stage, tile);
  else if (kind == StageKind::Join) forwardJoin(stage, tile);
  else if (kind == StageKind::Dropout) forwardDropout(stage, tile);
  else forwardMap(stage, tile);
  fresh_[(size_t)tile.thread][(size_t)stage + 1] = true;
}

/** Makes again what a stage reads and nobody has kept of these samples, beginning with what was kept. */
void Network::remakeInputs(int stage, const Tile &tile) {
  if (!plan_.remakes) return;
  for (int signal : plan_.stages[(size_t)stage].inputs) {
    if (!plan_.signals[(size_t)signal].remade || fresh_[(size_t)tile.thread][(size_t)signal]) continue;
    const int from = Plan::producer(signal);
    remakeInputs(from, tile);
    makeSignal(from, tile);
    profile.lap(tile.thread, (size_t)from, Direction::Forward);
  }
}

/** Whether a stage goes back with the neurons before it. */
bool Network::goesWithNeurons(int stage) const {
  const int before = Plan::producer(plan_.stages[(size_t)stage].inputs.front());
  return before >= 0 && plan_.stages[(size_t)before].needsBackward && plan_.poolAfter(before) == stage;
}

/** Back through a segment; of a normalisation at its start only the sums, the rest follows after the meeting. */
void Network::backwardSegment(const Segment &segment, const Tile &tile) {
  for (int i = segment.to; i-- > segment.from;) backwardStage(i, tile);
  if (&segment == &plan_.segments.front()) keepInputGradient(tile);
}

void Network::backwardStage(int stage, const Tile &tile) {
  if (!plan_.stages[(size_t)stage].needsBackward) return;
  const StageKind kind = plan_.stages[(size_t)stage].kind;
  if (kind == StageKind::Neuron || kind == StageKind::Norm || kind == StageKind::Pool) remakeInputs(stage, tile);
  if (kind == StageKind::Linear) backwardLinear(stage, tile);
  else if (kind == StageKind::Neuron) backwardNeuron(stage, tile);
  else if (kind == StageKind::Join) backwardJoin(stage, tile);
  else if (kind == StageKind::Dropout) backwardDropout(stage, tile);
  else if (kind == StageKind::Norm) sumNormGradients(stage, tile);
  else if (!goesWithNeurons(stage)) backwardMap(stage, tile);
  profile.lap(tile.thread, (size_t)stage, Direction::Backward);
}

} // namespace spikedesk
