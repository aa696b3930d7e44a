#pragma once
#include "../kernels/kernels.h"
#include "program.h"

namespace spikedesk {

/** Sets the surrogate of a neuron by its name and numbers; false where the name is not known or a number is missing. */
bool setSurrogate(const Surrogate &surrogate, Neuron &neuron);

} // namespace spikedesk
