#pragma once
// Several steps of training in one call from JavaScript.
#include <napi.h>

#include "batch_reader.h"

namespace spikedesk {

/** How many steps were done, and the samples of the last of them. */
struct StepsDone {
  size_t steps = 0;
  int samples = 0;
};

/**
 * A step for each of the learning rates, on the batches of bound images that lie one after the other in `batches`; everything
 * is checked before the first. Ends after a step whose loss is not finite, or that leaves a tensor so.
 *
 * @param result `{ losses, penalties, correct }` `[steps]`, `predictions` and `counts` `[samples, ...]` and `layerSpikes`
 * `[steps, layers]`, which are filled and may be longer; `notFinite` is set to the name of the tensor
 */
StepsDone trainInTurn(Network &network, BatchReader &reader, const Napi::Value &batches, const Napi::Value &learningRates,
                      const Napi::Value &result);

} // namespace spikedesk
