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

void decodePlain(const uint8_t *bytes, size_t events, const EventColumns &to) {
  for (size_t i = 0; i < events; i++, bytes += kAtisEventBytes) {
    to.x[i] = bytes[0];
    to.y[i] = bytes[1];
    to.p[i] = bytes[2] >> 7;
    to.t[i] = (uint32_t)(bytes[2] & 0x7f) << 16 | (uint32_t)bytes[3] << 8 | bytes[4];
  }
}

bool holdsMarker(const uint16_t *y, size_t events) {
  bool found = false;
  for (size_t i = 0; i < events; i++) found |= y[i] == kMarkerRow;
  return found;
}

} // namespace

size_t decodeAtis(const uint8_t *bytes, size_t events, bool markers, const EventColumns &to) {
  decodePlain(bytes, events, to);
  if (!markers || !holdsMarker(to.y, events)) return events;
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

void unpackEvents(const uint8_t *bytes, size_t events, const EventColumns &to) {
  for (size_t i = 0; i < events; i++) {
    const uint32_t address = wordAt(bytes + i * kPackedEventBytes + 4);
    to.t[i] = wordAt(bytes + i * kPackedEventBytes);
    to.x[i] = (uint16_t)address;
    to.y[i] = (uint16_t)(address >> 16 & 0x7fff);
    to.p[i] = (uint8_t)(address >> 31);
  }
}

} // namespace spikedesk
