#pragma once
#include "plan.h"

namespace spikedesk {

/**
 * Decides whether the gradients of linear layers are summed for parts of the batch while their samples are at hand.
 * Wants stages that know whether they learn, and comes after the event blocks and before the segments.
 */
void findWeightParts(Plan &plan);

/** Samples of a part that are taken at once; it does not depend on the number of threads, as these sums do. */
int partTile(const Plan &plan);

} // namespace spikedesk
