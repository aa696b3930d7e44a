#include "decode.h"

#include <bit>
#include <cstring>

namespace spikedesk {

namespace {

constexpr uint8_t kMarkerRow = 240;
constexpr uint32_t kMarkerMicroseconds = 1 << 13;

uint32_t wordAt(const uint8_t *bytes) {
  if constexpr (std::endian::native == std::endian::little) {
    uint32_t word;
    std::memcpy(&word, bytes, sizeof word);
    return word;
  }
  return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

/** All events as they stand; whether any is a marker. Nothing else points into columns, so that events may be taken several
 * at once. */
bool decodePlain(const uint8_t *__restrict bytes, size_t events, const EventColumns &to) {
  uint32_t *__restrict t = to.t;
  uint16_t *__restrict x = to.x, *__restrict y = to.y;
  uint8_t *__restrict p = to.p;
  uint32_t found = 0;
  for (size_t i = 0; i < events; i++, bytes += kAtisEventBytes) {
    const uint32_t word = wordAt(bytes + 1);
    const uint8_t row = (uint8_t)word;
    x[i] = bytes[0];
    y[i] = row;
    p[i] = (uint8_t)(word >> 15 & 1);
    t[i] = (word & 0x7f00) << 8 | (word >> 8 & 0xff00) | word >> 24;
    found |= (uint32_t)(row == kMarkerRow);
  }
  return found != 0;
}

} // namespace

size_t decodeAtis(const uint8_t *bytes, size_t events, bool markers, const EventColumns &to) {
  if (!decodePlain(bytes, events, to) || !markers) return events;
  size_t kept = 0;
  uint32_t later = 0;
  for (size_t i = 0; i < events; i++) {
    if (to.y[i] == kMarkerRow) {
      later += kMarkerMicroseconds;
      continue;
    }
    to.t[kept] = to.t[i] + later;
    to.x[kept] = to.x[i];
    to.y[kept] = to.y[i];
    to.p[kept] = to.p[i];
    kept++;
  }
  return kept;
}

void unpackEvents(const uint8_t *__restrict bytes, size_t events, const EventColumns &to) {
  uint32_t *__restrict t = to.t;
  uint16_t *__restrict x = to.x, *__restrict y = to.y;
  uint8_t *__restrict p = to.p;
  for (size_t i = 0; i < events; i++) {
    const uint32_t address = wordAt(bytes + i * kPackedEventBytes + 4);
    t[i] = wordAt(bytes + i * kPackedEventBytes);
    x[i] = (uint16_t)address;
    y[i] = (uint16_t)(address >> 16 & 0x7fff);
    p[i] = (uint8_t)(address >> 31);
  }
}

} // namespace spikedesk
