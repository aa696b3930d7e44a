#pragma once
#include <napi.h>

namespace spikedesk {

/** Adds what reads and counts event recordings to the exports. */
void exportEventFunctions(Napi::Env env, Napi::Object exports);

} // namespace spikedesk
