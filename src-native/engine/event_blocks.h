#pragma once
#include "plan.h"

namespace spikedesk {

/**
 * Decides whether samples go through the whole network one by one, and which convolutions read their input as a list.
 * Wants stages that know whether they learn, and comes before the segments.
 */
void findEventBlocks(Plan &plan);

} // namespace spikedesk
