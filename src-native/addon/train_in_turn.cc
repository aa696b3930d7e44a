#include "train_in_turn.h"

#include <cmath>

#include "arguments.h"

namespace spikedesk {

namespace {

template <class T> T *roomFor(size_t least, const Napi::Object &result, const char *name) {
  const Span<T> span = spanOf<T>(result.Get(name), name);
  if (span.length < least)
    refuseCall(std::string(name) + " must have " + std::to_string(least) + " elements or more, not " +
               std::to_string(span.length) + ".");
  return span.data;
}

/** What the steps give, one after the other. */
struct StepColumns {
  size_t batchSize, outputs, layers;
  double *losses, *penalties;
  int32_t *correct, *predictions;
  float *counts;
  double *layerSpikes;

  StepColumns(const Plan &plan, const Napi::Object &result, size_t steps, size_t samples)
      : batchSize((size_t)plan.program.batchSize), outputs((size_t)plan.outputs), layers((size_t)plan.neuronLayers),
        losses(roomFor<double>(steps, result, "losses")), penalties(roomFor<double>(steps, result, "penalties")),
        correct(roomFor<int32_t>(steps, result, "correct")),
        predictions(roomFor<int32_t>(samples, result, "predictions")),
        counts(roomFor<float>(samples * outputs, result, "counts")),
        layerSpikes(roomFor<double>(steps * layers, result, "layerSpikes")) {}

  BatchOutput at(size_t step) const {
    BatchOutput output;
    output.predictions = predictions + step * batchSize;
    output.counts = counts + step * batchSize * outputs;
    output.layerSpikes = layerSpikes + step * layers;
    return output;
  }
  void keep(size_t step, const BatchOutput &output) const {
    losses[step] = output.loss;
    penalties[step] = output.penalty;
    correct[step] = output.correct;
  }
};

} // namespace

StepsDone trainInTurn(Network &network, BatchReader &reader, const Napi::Value &batches, const Napi::Value &learningRates,
                      const Napi::Value &result) {
  const Plan &plan = network.plan();
  if (plan.program.accumulation != 1) refuseCall("The steps of this network average several batches.");
  if (!result.IsObject()) refuseCall("The result must be an object.");
  Napi::Object results = result.As<Napi::Object>();
  const Span<double> rates = spanOf<double>(learningRates, "learningRates");
  const BatchesInTurn inputs = reader.readInTurn(batches, rates.length);
  const StepColumns columns(plan, results, rates.length, inputs.samples);
  StepsDone done;
  for (bool goesOn = true; goesOn && done.steps < rates.length; done.steps++) {
    BatchInput input = inputs.at(done.steps);
    input.learningRate = rates.data[done.steps];
    BatchOutput output = columns.at(done.steps);
    network.run(Mode::Train, input, output);
    columns.keep(done.steps, output);
    done.samples = input.samples;
    if (output.notFinite >= 0) results.Set("notFinite", plan.tensors[(size_t)output.notFinite].id);
    goesOn = output.notFinite < 0 && std::isfinite(output.loss + output.penalty);
  }
  return done;
}

} // namespace spikedesk
