#pragma once
#include "plan.h"

namespace spikedesk {

/** Reads tensors, signals, stages and the loss of `plan.program`; throws a sentence where it is no chain of ops that
 * it knows. */
void readStages(Plan &plan);

} // namespace spikedesk
