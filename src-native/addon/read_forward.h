#pragma once
#include "../engine/program.h"
#include "object_reader.h"

namespace spikedesk {

/** Reads the ops of a program's way forward, the first of which encodes the input. */
void readForwardOps(const ObjectReader &program, Program &p);

} // namespace spikedesk
