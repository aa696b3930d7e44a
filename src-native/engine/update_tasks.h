#pragma once
#include "plan.h"

namespace spikedesk {

/** The pieces of the second half of a step: every parameter that learns, in parts. */
void makeTasks(Plan &plan, const Kernels &kernels);

} // namespace spikedesk
