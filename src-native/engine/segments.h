#pragma once
#include "plan.h"

namespace spikedesk {

/** Cuts the stages of a plan into segments, and says how many samples go through each together. */
void makeSegments(Plan &plan, int threads);

} // namespace spikedesk
