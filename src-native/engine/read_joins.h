#pragma once
#include "plan.h"

namespace spikedesk {

/** Where the inputs of a join lie in its output, and the layout of that; its inputs are known. */
void readJoin(const Plan &plan, bool sums, Stage &stage, Signal &out);
void readDropout(const ForwardOp &op, const Signal &in, DropoutStage &stage, Signal &out);

} // namespace spikedesk
