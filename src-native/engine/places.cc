// Where everything of a plan lies in memory.
#include "places.h"

#include <algorithm>

namespace spikedesk {

namespace {

/** Elements from one sample to the next: whole cache lines, an odd number of them so that samples spread over the
 * sets of a cache. */
size_t sampleStride(size_t elements, size_t elementBytes) {
  const size_t lines = (elements * elementBytes + kCacheLine - 1) / kCacheLine;
  return (lines | 1) * kCacheLine / elementBytes;
}

class Placer {
public:
  Placer(Plan &plan, const Kernels &kernels) : plan_(plan), kernels_(kernels) {}

  void run() {
    const int steps = plan_.steps;
    for (Tensor &t : plan_.tensors) {
      t.data = arena_.take<float>(t.paddedFloats(), Holds::Weights);
      if (t.update < 0) continue;
      const UpdateOp &update = plan_.program.update[(size_t)t.update];
      for (size_t i = 0; i < t.states.size(); i++)
        if (!update.states[i].empty()) t.states[i] = arena_.take<float>(t.paddedFloats(), Holds::Optimizer);
      if (plan_.storesGradients) t.sum = arena_.take<float>(t.paddedFloats(), Holds::Optimizer);
    }
    for (Stage &stage : plan_.stages)
      if (stage.neuron.factor) {
        const Signal &out = plan_.output((int)(&stage - plan_.stages.data()));
        tileOf((int)(&stage - plan_.stages.data()));
        stage.neuron.spikes = bitsPlace(wholeSignals(), (size_t)out.blocks * out.steps(steps));
      }
    const std::vector<int> tiles = chooseRemade();
    for (size_t i = 0; i < plan_.signals.size(); i++) {
      Signal &s = plan_.signals[i];
      tile_ = tiles[i];
      const bool isOwned = !plan_.owned.empty();
      // Each thread has an input of its own; what comes of it goes from those who own outputs to those who have samples.
      if (isOwned && i == 0) tile_ = plan_.program.batchSize;
      const bool kept = (wholeSignals() && !s.remade) || (isOwned && i < 2 ? i == 1 : keptForWeights(s));
      const size_t rows = (size_t)s.blocks * s.steps(steps);
      s.place = s.spikes ? bitsPlace(kept, rows) : floatsPlace(kept, rows * kBlock, Holds::Activations);
    }
    const Signal &input = plan_.signals.front();
    if (plan_.wantsInputGradient)
      plan_.inputGradient = floatsPlace(true, (size_t)input.blocks * input.steps(steps) * kBlock, Holds::Gradients);
    for (size_t i = 0; i < plan_.stages.size(); i++) {
      tileOf((int)i);
      placeStage(i);
    }
    if (plan_.stretches() > 1) placeStretches();
    placeShared();
    for (size_t i = 0; i < plan_.stages.size(); i++)
      if (const int norm = normAfter(i); norm >= 0) plan_.stages[i].outputGradient = plan_.stages[(size_t)norm].outputGradient;
    tile_ = plan_.tileSamples;
    size_t added = 0;
    for (const Stage &stage : plan_.stages)
      for (size_t k = 0; k < stage.inputs.size(); k++)
        if (const Signal &in = plan_.signals[(size_t)stage.inputs[k]]; stage.adds[k] && in.needsGradient)
          added = std::max(added, (size_t)in.blocks * in.steps(steps) * kBlock);
    if (added > 0) plan_.addedGradient = floatsPlace(false, added, Holds::Gradients);
    if (!plan_.eventBlocks.empty()) placeEventBlocks();
    placeScratch();
    plan_.arena = arena_;
    plan_.thread = thread_;
    plan_.trace = trace_;
  }

private:
  Plan &plan_;
  const Kernels &kernels_;
  Layout arena_, thread_, trace_;

  bool wholeSignals() const { return plan_.segments.size() > 1; }
  bool startsLaterSegment(size_t i) const {
    for (const Segment &s : plan_.segments)
      if (s.from == (int)i && s.from > 0) return true;
    return false;
  }

  /** Whether the gradient of weights reads a signal, of the whole batch. */
  bool keptForWeights(const Signal &s) const {
    return std::any_of(s.readers.begin(), s.readers.end(), [&](int reader) {
      const Stage &stage = plan_.stages[(size_t)reader];
      return (stage.linear.learnsWeight && !stage.linear.sumsInParts) || (stage.kind == StageKind::Convolution && stage.map.learnsWeight && !plan_.streams);
    });
  }

  /** Whether a signal can be made again: what neurons make is kept, as bits. */
  bool canRemake(size_t i) const {
    const Signal &s = plan_.signals[i];
    if (!wholeSignals() || keptForWeights(s)) return false;
    if (plan_.recomputed((int)i)) return true;
    return plan_.program.recompute && i > 0 && !s.spikes && plan_.stages[i - 1].kind != StageKind::Neuron;
  }

  /** Says which signals are made again; returns of each the most samples that it is made for at once, by the stage that
   * it comes out of or for those that read it or what is made of it. */
  std::vector<int> chooseRemade() {
    std::vector<int> tiles(plan_.signals.size());
    for (size_t i = plan_.signals.size(); i-- > 0;) {
      Signal &s = plan_.signals[i];
      s.remade = canRemake(i);
      plan_.remakes = plan_.remakes || s.remade;
      tiles[i] = samplesAt(std::max(0, Plan::producer((int)i)));
      if (!s.remade) continue;
      for (int reader : s.readers) {
        const Signal &out = plan_.output(reader);
        tiles[i] = std::max({tiles[i], samplesAt(reader), out.remade ? tiles[(size_t)reader + 1] : 1});
        // On the way back a normalisation goes with the samples of the segment before it.
        if (const size_t segment = plan_.segmentOf(reader); segment > 0 && plan_.stages[(size_t)reader].kind == StageKind::Norm)
          tiles[i] = std::max(tiles[i], plan_.segments[segment - 1].tileSamples);
      }
    }
    return tiles;
  }

  /** A gradient of the batch that lies where others lay before it; `last` and `first` are the segments between whose ways
   * back it is of use. */
  struct Shared {
    Place *place;
    size_t bytes, first, last, offset = 0;
    bool meets(const Shared &other) const { return first <= other.last && other.first <= last; }
  };
  std::vector<Shared> shared_;

  /** The gradient at what a stage makes. */
  Place gradientPlace(size_t i, size_t floats) {
    if (!plan_.sharesGradients || !keptGradient(i)) return floatsPlace(keptGradient(i), floats, Holds::Gradients);
    Place place;
    place.kind = PlaceKind::Batch;
    place.stride = sampleStride(floats, sizeof(float));
    if ((double)place.stride * sizeof(float) * plan_.program.batchSize > kMostBytes) refuseSize();
    Shared shared = {&plan_.stages[i].outputGradient, place.stride * sizeof(float) * (size_t)plan_.program.batchSize,
                     plan_.endsWith((int)i), plan_.segmentOf((int)i)};
    for (int reader : plan_.output((int)i).readers) shared.last = std::max(shared.last, plan_.segmentOf(reader));
    const int before = Plan::producer(plan_.stages[i].inputs.front());
    if (before >= 0 && normAfter((size_t)before) == (int)i) shared.first = std::min(shared.first, plan_.endsWith(before));
    shared_.push_back(shared);
    return place;
  }

  /** The largest first, each at the lowest place that none takes that is of use at the same time. */
  void placeShared() {
    std::vector<Shared *> bySize;
    for (Shared &s : shared_) bySize.push_back(&s);
    std::stable_sort(bySize.begin(), bySize.end(), [](const Shared *a, const Shared *b) { return a->bytes > b->bytes; });
    size_t end = 0;
    for (size_t i = 0; i < bySize.size(); i++) {
      Shared &s = *bySize[i];
      bool moved = true;
      while (moved) {
        moved = false;
        for (size_t k = 0; k < i; k++) {
          const Shared &other = *bySize[k];
          if (!s.meets(other) || s.offset >= other.offset + other.bytes || other.offset >= s.offset + s.bytes) continue;
          s.offset = other.offset + other.bytes;
          moved = true;
        }
      }
      end = std::max(end, s.offset + s.bytes);
    }
    if (end == 0) return;
    const size_t base = arena_.take<char>(end, Holds::Gradients);
    for (const Shared &s : shared_) s.place->offset = base + s.offset;
  }

  /** What outlives a stretch of steps. */
  void placeStretches() {
    const size_t all = (size_t)plan_.program.timeSteps;
    const Signal &input = plan_.signals.front();
    const size_t outputs = (size_t)plan_.signals.back().blocks, outputFloats = outputs * kBlock;
    plan_.wholeSpikes = bitsPlace(true, outputs * all);
    plan_.wholeGradient = floatsPlace(true, outputFloats * (plan_.lossSumsSpikes ? 1 : all), Holds::Gradients);
    if (plan_.lossReadsMembrane) {
      plan_.wholeMembranes = plan_.wholeGradient;
      plan_.lossMembranes = thread_.take<float>(outputFloats * all, Holds::Scratch);
    }
    if (plan_.wantsInputGradient)
      plan_.wholeInputGradient = floatsPlace(true, (size_t)input.blocks * input.steps((int)all) * kBlock, Holds::Gradients);
    for (size_t i = 0; i < plan_.stages.size(); i++) {
      NeuronStage &n = plan_.stages[i].neuron;
      if (plan_.stages[i].kind != StageKind::Neuron) continue;
      const size_t blocks = (size_t)plan_.output((int)i).blocks, row = blocks * kBlock, states = 1 + n.model->states.size();
      for (int k = 1; k < plan_.stretches(); k++) {
        Border border;
        border.states = floatsPlace(true, row * states, Holds::Activations);
        if (goesByStep(n.neuron)) border.spikes = bitsPlace(true, blocks);
        n.borders.push_back(border);
      }
      const size_t rows = goesByStep(n.neuron) ? (size_t)carriedRows((int)states) : 1;
      if (plan_.stages[i].needsBackward) n.carry = floatsPlace(true, row * rows, Holds::Gradients);
      if (!n.penalties.empty()) n.spikeCounts = floatsPlace(true, row, Holds::Activations);
    }
    for (EventBlock &b : plan_.eventBlocks)
      if (plan_.stages[(size_t)b.convolution].map.passesBack)
        b.carry = floatsPlace(true, (size_t)plan_.input(b.convolution).blocks * kBlock, Holds::Gradients);
  }

  /** Samples that come together to a stage. */
  int tile_ = 1;
  int samplesAt(int stage) const { return plan_.segments[plan_.segmentOf(stage)].tileSamples; }
  void tileOf(int stage) { tile_ = samplesAt(stage); }

  /** The normalisation that alone reads what a convolution or linear stage makes: its gradient at the input takes the
   * place of that at its output. */
  int normAfter(size_t i) const {
    const std::vector<int> &readers = plan_.output((int)i).readers;
    const Stage &s = plan_.stages[i];
    if (!s.needsBackward || (s.kind != StageKind::Convolution && !s.isLinear) || readers.size() != 1) return -1;
    return plan_.stages[(size_t)readers.front()].kind == StageKind::Norm ? readers.front() : -1;
  }

  /** A gradient that is read by the second half of a step, or by another segment than writes it, is kept whole. */
  bool keptGradient(size_t i) const {
    const Stage &s = plan_.stages[i];
    for (int reader : plan_.output((int)i).readers)
      if (plan_.segmentOf(reader) != plan_.segmentOf((int)i)) return true;
    return (s.linear.learnsWeight && !s.linear.sumsInParts) || (s.kind == StageKind::Convolution && s.map.learnsWeight && !plan_.streams) || s.kind == StageKind::Norm ||
           startsLaterSegment(i + 1) || startsLaterSegment(i);
  }

  void placeMap(size_t i) {
    const int steps = plan_.steps;
    Stage &s = plan_.stages[i];
    MapStage &map = s.map;
    const Signal &in = plan_.input((int)i), &out = plan_.output((int)i);
    if (s.needsBackward && normAfter(i) < 0)
      s.outputGradient = gradientPlace(i, (size_t)out.blocks * out.steps(steps) * kBlock);
    if (s.kind == StageKind::Convolution && map.passesBack)
      map.transposed = arena_.take<float>((size_t)blocksOf(in.channels) * map.transposedRow, Holds::Weights);
    if (plan_.streams && s.kind == StageKind::Convolution) placeStreamed(s, in);
    if (s.kind == StageKind::Dropout)
      s.dropout.mask = bitsPlace(wholeSignals(), (size_t)out.blocks * (size_t)(s.dropout.eachStep ? steps : 1));
    if (s.kind != StageKind::Norm) return;
    const size_t row = (size_t)blocksOf(in.channels) * kBlock, all = row * (size_t)map.rows;
    if (in.spikes) map.expanded = floatsPlace(true, (size_t)in.blocks * (size_t)steps * kBlock, Holds::Activations);
    map.first = floatsPlace(true, all, Holds::Activations);
    map.second = floatsPlace(true, all, Holds::Activations);
    for (size_t *place : {&map.mean, &map.inverse, &map.scale, &map.gradientMean, &map.productMean})
      *place = arena_.take<float>(all, Holds::Scratch);
    map.weightGradient = arena_.take<float>(row, Holds::Gradients);
    map.biasGradient = arena_.take<float>(row, Holds::Gradients);
  }

  /** A list of a sample's inputs for each thread, and sums for each part of the batch. */
  void placeStreamed(Stage &s, const Signal &in) {
    MapStage &map = s.map;
    if (map.listable) {
      const size_t most = (size_t)in.features * (size_t)plan_.steps;
      map.entries = thread_.take<uint32_t>(most, Holds::Scratch);
      map.entryValues = thread_.take<float>(in.spikes ? 1 : most, Holds::Scratch);
      map.entryStarts = thread_.take<uint32_t>((size_t)in.places + 1, Holds::Scratch);
    }
    placeParts(map);
  }

  /** The sums of each part of the batch, of a convolution's or a linear stage's parameters. */
  template <class Layer> void placeParts(Layer &layer) {
    const auto sums = [&](int tensor) {
      return arena_.take<float>(kMostParts * plan_.tensors[(size_t)tensor].paddedFloats(), Holds::Gradients);
    };
    if (layer.learnsWeight) layer.partSums = sums(layer.weight);
    if (layer.learnsBias) layer.partBiasSums = sums(layer.bias);
  }

  void placeEventBlocks() {
    const size_t steps = (size_t)plan_.steps, row = steps * kBlock;
    size_t blocks = 1, firsts = 1, others = 1;
    for (const EventBlock &b : plan_.eventBlocks) {
      const Signal &pooled = plan_.output(b.pool());
      blocks = std::max(blocks, (size_t)blocksOf(pooled.channels));
      firsts = std::max(firsts, (size_t)pooled.blocks * row);
      others = std::max(others, (size_t)pooled.features * steps);
    }
    plan_.blockRows = thread_.take<float>(kBlockPlaces * blocks * row, Holds::Scratch);
    plan_.enteringRows = thread_.take<float>(kPooledPlaces * row, Holds::Scratch);
    plan_.takers = thread_.take<uint16_t>(steps, Holds::Scratch);
    plan_.firsts = thread_.take<float>(firsts, Holds::Scratch);
    plan_.others = thread_.take<RoutedGradient>(others, Holds::Scratch);
  }

  void placeStage(size_t i) {
    const int steps = plan_.steps;
    Stage &s = plan_.stages[i];
    const Signal &in = plan_.input((int)i), &out = plan_.output((int)i);
    if (!s.isLinear && s.kind != StageKind::Neuron) return placeMap(i);
    if (s.isLinear) {
      if (s.linear.passesBack)
        s.linear.transposed = arena_.take<float>((size_t)in.blocks * out.blocks * kBlock * kBlock, Holds::Weights);
      if (s.needsBackward && normAfter(i) < 0)
        s.outputGradient = gradientPlace(i, (size_t)out.blocks * out.steps(steps) * kBlock);
      if (s.linear.sumsInParts) placeParts(s.linear);
      return;
    }
    NeuronStage &n = s.neuron;
    const bool last = i + 1 == plan_.stages.size();
    if (in.spikes) n.expanded = floatsPlace(false, (size_t)in.blocks * steps * kBlock, Holds::Activations);
    if (last && plan_.lossReadsMembrane) n.membrane = floatsPlace(false, (size_t)out.blocks * steps * kBlock, Holds::Activations);
    else n.membrane = tracePlace((size_t)out.blocks * steps * kBlock);
    placeNeuron(n, out.blocks);
    if (s.needsBackward && (last || plan_.linearAfter((int)i) < 0 || n.goesBackWhole())) {
      if (plan_.poolAfter((int)i) >= 0) s.outputGradient = floatsPlace(false, (size_t)out.places * steps * kBlock, Holds::Gradients);
      else s.outputGradient = gradientPlace(i, (size_t)out.blocks * steps * kBlock);
      if (last) s.membraneGradient = floatsPlace(false, (size_t)out.blocks * steps * kBlock, Holds::Gradients);
    }
  }

  void placeNeuron(NeuronStage &n, int blocks) {
    const size_t row = (size_t)blocks * kBlock, rows = row * (size_t)plan_.steps;
    const auto placeParameter = [&](NeuronParameter &p) {
      p.row = arena_.take<float>(row, Holds::Weights);
      if (p.learns) p.gradient = floatsPlace(true, row, Holds::Gradients);
    };
    for (NeuronParameter &p : n.parameters) placeParameter(p);
    for (int i = 0; i < n.model->derived; i++) n.derived.push_back(arena_.take<float>(row, Holds::Weights));
    for (size_t i = 0; i < n.model->states.size(); i++) n.states.push_back(tracePlace(rows));
    if (n.own) placeParameter(*n.own);
    if (n.factor) placeParameter(*n.factor);
    if (!n.coupled()) return;
    n.recurrentTransposed = arena_.take<float>(plan_.tensors[(size_t)n.recurrentWeight].paddedFloats(), Holds::Weights);
    if (!n.learnsRecurrent()) return;
    n.recurrentGradient = floatsPlace(true, rows, Holds::Gradients);
    if (!n.learnsRecurrentWeight) return;
    if (n.hearsMembranes()) n.membranesBefore = floatsPlace(true, rows, Holds::Activations);
    else n.spikesBefore = bitsPlace(true, rows / kBlock);
  }

  Place samplesPlace(PlaceKind kind, size_t elements, size_t elementBytes, Holds what) {
    Place place;
    place.kind = kind;
    place.stride = sampleStride(elements, elementBytes);
    const size_t samples = (size_t)(kind == PlaceKind::Batch ? plan_.program.batchSize : tile_);
    if ((double)place.stride * (double)elementBytes * (double)samples > kMostBytes) refuseSize();
    Layout &layout = kind == PlaceKind::Batch ? arena_ : kind == PlaceKind::Tile ? thread_ : trace_;
    place.offset = layout.take<char>(place.stride * elementBytes * samples, what);
    return place;
  }

  static PlaceKind kindOf(bool wholeBatch) { return wholeBatch ? PlaceKind::Batch : PlaceKind::Tile; }
  Place floatsPlace(bool wholeBatch, size_t floats, Holds what) {
    return samplesPlace(kindOf(wholeBatch), floats, sizeof(float), what);
  }
  Place bitsPlace(bool wholeBatch, size_t words) {
    return samplesPlace(kindOf(wholeBatch), words, sizeof(uint16_t), Holds::Spikes);
  }
  /** Floats that nobody needs but who looks on. */
  Place tracePlace(size_t floats) { return samplesPlace(PlaceKind::Trace, floats, sizeof(float), Holds::Activations); }

  void placeScratch() {
    const int steps = plan_.steps;
    const Signal &input = plan_.signals.front();
    const size_t padded = (size_t)(input.features + 127) / 128 * 128;
    plan_.encodeScratch = thread_.take<uint16_t>(input.spikes ? 2 * padded + padded / 8 : 1, Holds::Scratch);
    // One place of a convolution needs a table for every group of steps at least.
    const size_t placeTables = kGradientOutputs * (size_t)((steps + 4) / 5) * 32 * kBlock + kBlock;
    plan_.tableScratch = thread_.take<float>(std::max({(size_t)kernels_.spikeTableFloats, (size_t)kGradientFloats, placeTables}), Holds::Scratch);
    size_t neuronFloats = (size_t)3 * kernels_.streams * steps * kBlock;
    for (const Stage &s : plan_.stages) {
      const bool whole = s.neuron.coupled() || s.neuron.neuron.inhibition;
      const size_t blocks = whole ? (size_t)(blocksOf(s.neuron.neuron.neurons) * s.neuron.neuron.places) : (size_t)stepGroup(steps);
      if (!s.isLinear) neuronFloats = std::max(neuronFloats, stepScratchFloats((size_t)steps, blocks));
    }
    plan_.neuronScratch = thread_.take<float>(neuronFloats, Holds::Scratch);
    plan_.counts = thread_.take<float>((size_t)blocksOf(plan_.outputs) * kBlock, Holds::Scratch);
    plan_.lossScratch = thread_.take<float>((size_t)4 * blocksOf(plan_.outputs) * kBlock, Holds::Scratch);
    int blocks = 1;
    for (const Signal &s : plan_.signals) blocks = std::max(blocks, s.blocks);
    plan_.parameterScratch = thread_.take<float>((size_t)blocks * kBlock, Holds::Scratch);
    size_t window = 1, sums = 1, recurrent = 1;
    for (size_t i = 0; i < plan_.stages.size(); i++) {
      const Stage &s = plan_.stages[i];
      if (s.neuron.recurrentMap) {
        const MapStage &map = *s.neuron.recurrentMap;
        const size_t channels = (size_t)blocksOf(map.window.channels);
        window = std::max({window, map.forward.blockFloats * channels});
        recurrent = std::max({recurrent, s.neuron.stepForward.blockFloats * channels, s.neuron.stepBackward.blockFloats * channels});
        sums = std::max(sums, (size_t)kWindowTaskBlocks * (size_t)plan_.tensors[(size_t)map.weight].places * kBlock * kBlock);
      }
      if (s.kind != StageKind::Convolution) continue;
      window = std::max({window, s.map.forward.blockFloats * (size_t)blocksOf(s.map.window.channels),
                         s.map.backward.blockFloats * (size_t)blocksOf(s.map.window.outputs) + phaseFloats(i)});
      sums = std::max(sums, (size_t)kWindowTaskBlocks * (size_t)plan_.tensors[(size_t)s.map.weight].places * kBlock * kBlock);
    }
    plan_.padded = thread_.take<float>(window, Holds::Scratch);
    plan_.recurrentPadded = thread_.take<float>(recurrent, Holds::Scratch);
    plan_.windowSums = thread_.take<float>(sums, Holds::Scratch);
    plan_.encoded = thread_.take<float>(input.places > 1 ? (size_t)blocksOf(input.features) * (size_t)(input.steps(steps) * (input.spikes ? 1 : kBlock)) : 1, Holds::Scratch);
    const size_t words = plan_.readsDarkness(0) ? ((size_t)input.features + 63) / 64 : 0;
    plan_.active = thread_.take<uint64_t>(words * (64 / kActiveInputs) * (size_t)activeWords(plan_.program.batchSize), Holds::Scratch);
    plan_.lit = thread_.take<uint64_t>((size_t)plan_.program.batchSize * words, Holds::Scratch);
    plan_.litKeys = thread_.take<uint16_t>(words == 0 ? 0 : (size_t)plan_.program.batchSize, Holds::Scratch);
    plan_.litOrder = thread_.take<uint16_t>(plan_.owned.empty() ? 0 : 2 * (size_t)plan_.program.batchSize, Holds::Scratch);
    chooseBack(steps);
    plan_.spikesGradient = thread_.take<float>((size_t)plan_.backSamples * plan_.backBlocks * steps * kBlock, Holds::Scratch);
  }

  /** Room for what is made of one phase of a convolution's gradient, before it goes to its places. */
  size_t phaseFloats(size_t i) const {
    const MapStage &map = plan_.stages[i].map;
    size_t places = 0, blocks = 0;
    if (!map.inPhases) return 0;
    for (const GradientPhase &p : map.phases) places = std::max(places, (size_t)p.height * (size_t)p.width);
    for (const GroupSection &s : map.backwardSections) blocks = std::max(blocks, (size_t)s.to.count);
    return places * blocks * (size_t)plan_.input((int)i).steps(plan_.steps) * kBlock;
  }

  /** As many streams as the neuron kernels like, as long as their gradients stay in the first-level cache. */
  void chooseBack(int steps) {
    const size_t row = (size_t)steps * kBlock * sizeof(float);
    plan_.backBlocks = 4;
    plan_.backSamples = std::max(1, 2 * kernels_.streams / plan_.backBlocks);
    while (plan_.backBlocks > 1 && plan_.backBlocks * plan_.backSamples * row > 32 * 1024) {
      if (plan_.backSamples > 1) plan_.backSamples /= 2;
      else plan_.backBlocks /= 2;
    }
    plan_.backSamples = std::min(std::max(plan_.backSamples, (8 + steps - 1) / steps), plan_.tileSamples);
  }
};

} // namespace

void placeAll(Plan &plan, const Kernels &kernels) { Placer(plan, kernels).run(); }

} // namespace spikedesk
