#pragma once
#include <napi.h>

#include "../engine/program.h"

namespace spikedesk {

/** Reads what images are encoded by, a `LevelTable`; throws a sentence where it is none. */
InputLevels readLevels(const Napi::Value &value, int timeSteps);

} // namespace spikedesk
