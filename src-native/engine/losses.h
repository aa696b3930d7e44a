#pragma once
#include "plan.h"

namespace spikedesk {

/** Sets the loss of a plan and what it reads; false where its name is not known or its numbers do not fit. */
bool setLoss(const LossOp &op, int outputs, Plan &plan);

} // namespace spikedesk
