#pragma once
#include "plan.h"

namespace spikedesk {

/** Marks in the stages what learns and what passes gradients on. */
void readBackward(Plan &plan);

} // namespace spikedesk
