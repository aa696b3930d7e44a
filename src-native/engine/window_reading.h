#pragma once
#include "plan.h"

namespace spikedesk {

/** How a convolution reads its input: chunks in the order (channel block, place of the kernel). */
WindowReading readForward(const MapWindow &window, int steps);

/** How the gradient at its input reads the gradient at its output: chunks in the order (place, channel block). */
WindowReading readBackward(const MapWindow &window, int steps);

/**
 * The same for `map.inPhases`, without zeros between the gradients of a convolution with a stride: sets `backward`, its
 * places of the kernel phase by phase, and `phases` and `tapOrder`.
 */
void readBackwardPhases(MapStage &map, int steps);

/** Sets how a convolution is read, of so many steps: forward, and for the gradient of its weights. */
void readWindow(MapStage &map, int steps);

/** Padding for such a reading of `blocks` of maps of so many steps; where they lie and where they go is still to be set. */
PadMaps padFor(const WindowReading &reading, int blocks, int height, int width, int steps);

} // namespace spikedesk
