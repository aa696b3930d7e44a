#pragma once
#include <cstddef>
#include <cstdint>

namespace spikedesk {

/** Where the events of a recording go, or lie: times in µs, coordinates, polarities; one entry an event in each. */
struct EventColumns {
  uint32_t *t = nullptr;
  uint16_t *x = nullptr, *y = nullptr;
  uint8_t *p = nullptr;

  EventColumns from(size_t event) const { return {t + event, x + event, y + event, p + event}; }
};

} // namespace spikedesk
