#include "result_arguments.h"

#include "arguments.h"

namespace spikedesk {

Mode modeOf(const Napi::Value &value) {
  const std::string mode = wordOf(value);
  if (mode == "train") return Mode::Train;
  if (mode == "accumulate") return Mode::Accumulate;
  if (mode == "evaluate") return Mode::Evaluate;
  if (mode == "gradients") return Mode::Gradients;
  refuseCall("The mode must be \"train\", \"accumulate\", \"evaluate\" or \"gradients\".");
}

BatchOutput outputOf(const Network &network, const Napi::Value &value, int samples) {
  if (!value.IsObject()) refuseCall("The result must be an object.");
  const Napi::Object result = value.As<Napi::Object>();
  const Plan &plan = network.plan();
  BatchOutput output;
  output.predictions = spanOf<int32_t>(result.Get("predictions"), "predictions", (size_t)samples).data;
  output.counts = spanOf<float>(result.Get("counts"), "counts", (size_t)samples * (size_t)plan.outputs).data;
  output.layerSpikes = spanOf<double>(result.Get("layerSpikes"), "layerSpikes", (size_t)plan.neuronLayers).data;
  return output;
}

void setResult(const Network &network, const BatchOutput &output, Napi::Object result) {
  result.Set("loss", output.loss);
  result.Set("penalty", output.penalty);
  result.Set("correct", output.correct);
  if (output.notFinite >= 0) result.Set("notFinite", network.plan().tensors[(size_t)output.notFinite].id);
}

std::vector<LayerRecord> recordsOf(const Network &network, const Napi::Value &value, int samples) {
  const Plan &plan = network.plan();
  if (!value.IsArray() || value.As<Napi::Array>().Length() != (uint32_t)plan.neuronLayers)
    refuseCall("There must be one record for each neuron layer.");
  const Napi::Array layers = value.As<Napi::Array>();
  std::vector<LayerRecord> records;
  for (size_t i = 0; i < plan.stages.size(); i++) {
    if (plan.stages[i].kind != StageKind::Neuron) continue;
    const Napi::Value item = layers.Get((uint32_t)records.size());
    if (!item.IsObject()) refuseCall("A record must be an object.");
    const Napi::Object record = item.As<Napi::Object>();
    const size_t length = (size_t)plan.program.timeSteps * (size_t)samples * (size_t)plan.signals[i + 1].features;
    LayerRecord to = {spanOf<uint8_t>(record.Get("spikes"), "spikes", length).data,
                      spanOf<float>(record.Get("membrane"), "membrane", length).data, {}};
    const Napi::Value states = record.Get("states");
    for (const char *name : plan.stages[i].neuron.model->states) {
      if (!states.IsObject()) refuseCall("The states of a record must be an object.");
      to.states.push_back(spanOf<float>(states.As<Napi::Object>().Get(name), name, length).data);
    }
    records.push_back(to);
  }
  return records;
}

const float *givenGradient(const Network &network, const Napi::Value &value, int samples) {
  if (value.IsNull()) return nullptr;
  const Plan &plan = network.plan();
  const size_t count = (size_t)plan.program.timeSteps * (size_t)samples * (size_t)plan.outputs;
  return spanOf<float>(value, "gradient", count).data;
}

} // namespace spikedesk
