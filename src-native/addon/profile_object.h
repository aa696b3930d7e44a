#pragma once
// The times of a network's layers as JavaScript sees them.
#include <napi.h>

#include "../engine/network.h"

namespace spikedesk {

/**
 * `{ steps, seconds, rows: { op, layer, forward, backward, update }[] }`: how long the steps took, and of it each layer
 * in seconds of all threads together. `op` is empty for a layer; the rows of the rest have no layer.
 */
Napi::Object profileObject(Napi::Env env, const Network &network);

} // namespace spikedesk
