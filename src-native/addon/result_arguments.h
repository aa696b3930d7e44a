#pragma once
// The arrays of JavaScript that a network fills, and the gradients that it is given.
#include <napi.h>

#include "../engine/network.h"

namespace spikedesk {

/** "train", "accumulate", "evaluate" or "gradients". */
Mode modeOf(const Napi::Value &value);

/** Where `{ predictions, counts, layerSpikes }` of a batch of so many samples go. */
BatchOutput outputOf(const Network &network, const Napi::Value &value, int samples);

/** Sets the `loss`, `penalty`, `correct` and `notFinite` of a result. */
void setResult(const Network &network, const BatchOutput &output, Napi::Object result);

/** A list of `{ spikes, membrane, states }`, `[T,B,N]` each, one for each neuron layer. */
std::vector<LayerRecord> recordsOf(const Network &network, const Napi::Value &value, int samples);

/** A gradient `[T,B,C]` at the last layer, or null. */
const float *givenGradient(const Network &network, const Napi::Value &value, int samples);

} // namespace spikedesk
