#pragma once
#include <vector>

#include "../kernels/kernels.h"
#include "program.h"

namespace spikedesk {

/** Keys of the random streams, as `purposes` in src-shared/philox.ts. */
constexpr uint32_t kPurposeTrain = 3, kPurposeTest = 4, kPurposeTieTrain = 5, kPurposeTieTest = 6,
                   kPurposeDropout = 7;

/** The probability of a spike of every byte value, to 32 bits, of each field of drawn input; else none. */
std::vector<SpikeThresholds> thresholdsOf(const EncodeOp &encode);

} // namespace spikedesk
