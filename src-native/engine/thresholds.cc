#include "thresholds.h"

#include <algorithm>
#include <cmath>

namespace spikedesk {

void fillThresholds(const EncodeOp &encode, SpikeThresholds &thresholds) {
  const float gain = (float)encode.gain, offset = (float)encode.offset;
  for (int byte = 0; byte < 256; byte++) {
    float p = (float)byte / 255.0f;
    if (encode.encoding == "rate") {
      const float scaled = gain * p;
      p = std::min(1.0f, std::max(0.0f, scaled + offset));
    }
    const double threshold = std::floor((double)p * 4294967296.0);
    const double high = std::floor(threshold / 65536.0);
    thresholds.always[byte] = high >= 65536.0;
    thresholds.high[byte] = (uint16_t)std::min(high, 65535.0);
    thresholds.low[byte] = (uint16_t)(threshold - high * 65536.0);
  }
}

} // namespace spikedesk
