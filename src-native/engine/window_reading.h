#pragma once
#include "plan.h"

namespace spikedesk {

/** How a convolution reads its input: chunks in the order (channel block, place of the kernel). */
WindowReading readForward(const MapWindow &window, int steps);

/** How the gradient at its input reads the gradient at its output: chunks in the order (place, channel block). */
WindowReading readBackward(const MapWindow &window, int steps);

} // namespace spikedesk
