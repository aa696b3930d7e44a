#pragma once
#include <napi.h>

#include "../engine/program.h"

namespace spikedesk {

/** Reads the object that src-main/engine/program.ts describes; throws a sentence naming the first field that is
 * missing or of the wrong kind. */
Program readProgram(const Napi::Value &value);

} // namespace spikedesk
