#pragma once
#include "plan.h"

namespace spikedesk {

/** Gives every tensor, signal, gradient and scratch its place. */
void placeAll(Plan &plan, const Kernels &kernels);

} // namespace spikedesk
