#pragma once
// The tensors of a network by their names in JavaScript.
#include <napi.h>

#include "../engine/network.h"
#include "arguments.h"

namespace spikedesk {

/** A parameter, or what belongs to it: its gradient, or something that the optimizer keeps. */
struct NamedPart {
  int tensor;
  TensorPart part;
};

/** `part` is "value", "gradient" or the last word of an optimizer's tensor. The network need not have room for it. */
NamedPart partOf(const Network &network, const Napi::Value &parameter, const Napi::Value &part);

/** An array for the numbers of a tensor that the network has. */
Span<float> numbersOf(const Network &network, const NamedPart &of, const Napi::Value &data);

} // namespace spikedesk
