#pragma once
#include "plan.h"

namespace spikedesk {

/**
 * Decides whether the threads share out the first layer by its outputs instead of by samples, and which are whose.
 * Wants the segments.
 */
void findOwnedLayer(Plan &plan, const Kernels &kernels, int threads);

/** Deals the tasks out so that who computes outputs also updates their weights. */
void dealOwnedTasks(Plan &plan, int threads);

} // namespace spikedesk
