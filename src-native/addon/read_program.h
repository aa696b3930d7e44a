#pragma once
#include <napi.h>

#include "../engine/program.h"

namespace spikedesk {

/**
 * Reads the object that src-main/engine/program.ts describes, and the table of what images are encoded by where it
 * encodes any, else null; throws a sentence naming the first field that is missing or of the wrong kind, and a refusal
 * where a value has more elements than kernels count to.
 */
Program readProgram(const Napi::Value &program, const Napi::Value &levels);

} // namespace spikedesk
