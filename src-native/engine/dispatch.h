#pragma once
#include "../kernels/kernels.h"

namespace spikedesk {

/**
 * The fastest kernels that this processor runs, or those that SPIKEDESK_ISA (scalar, avx2, avx512) asks for.
 * Throws where the processor lacks them or the name is unknown.
 */
const Kernels &chooseKernels();

/** What they are called: AVX-512, AVX2, NEON, SSE2 or scalar. */
const char *instructionSetName(const Kernels &kernels);

} // namespace spikedesk
