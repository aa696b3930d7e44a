#include "tensor_arguments.h"

namespace spikedesk {

namespace {

/** What an optimizer keeps, by the last word of its name. */
TensorPart statePartOf(const Network &network, const Tensor &tensor, const std::string &part) {
  if (tensor.update >= 0) {
    const UpdateOp &op = network.plan().program.update[(size_t)tensor.update];
    for (size_t i = 0; i < op.states.size(); i++)
      if (op.states[i] == tensor.id + "." + part) return (TensorPart)((size_t)TensorPart::First + i);
  }
  refuseCall("The parameter has no \"" + part + "\".");
}

} // namespace

NamedPart partOf(const Network &network, const Napi::Value &parameter, const Napi::Value &part) {
  const std::string name = wordOf(parameter), wanted = wordOf(part);
  const int index = network.plan().tensor(name);
  if (index < 0) refuseCall("The network has no parameter \"" + name + "\".");
  if (wanted == "value") return {index, TensorPart::Value};
  if (wanted == "gradient") return {index, TensorPart::Gradient};
  return {index, statePartOf(network, network.plan().tensors[(size_t)index], wanted)};
}

Span<float> numbersOf(const Network &network, const NamedPart &of, const Napi::Value &data) {
  if (!network.hasPart(of.tensor, of.part)) refuseCall("The parameter has no such tensor.");
  return spanOf<float>(data, "data", network.plan().tensors[(size_t)of.tensor].count());
}

} // namespace spikedesk
