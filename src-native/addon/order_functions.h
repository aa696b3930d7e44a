#pragma once
#include <napi.h>

namespace spikedesk {

/** Adds what draws the order of an epoch to the exports. */
void exportOrderFunctions(Napi::Env env, Napi::Object exports);

} // namespace spikedesk
