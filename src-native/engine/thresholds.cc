#include "thresholds.h"

#include <algorithm>
#include <cmath>

namespace spikedesk {

std::vector<SpikeThresholds> thresholdsOf(const EncodeOp &encode) {
  if (!encode.levels || encode.levels->kind != InputLevels::Drawn) return {};
  const InputLevels &levels = *encode.levels;
  std::vector<SpikeThresholds> fields((size_t)levels.fields);
  for (size_t i = 0; i < levels.probabilities.size(); i++) {
    SpikeThresholds &field = fields[i / 256];
    const double threshold = std::floor((double)levels.probabilities[i] * 4294967296.0);
    const double high = std::floor(threshold / 65536.0);
    field.always[i % 256] = high >= 65536.0;
    field.high[i % 256] = (uint16_t)std::min(high, 65535.0);
    field.low[i % 256] = (uint16_t)(threshold - high * 65536.0);
  }
  return fields;
}

} // namespace spikedesk
