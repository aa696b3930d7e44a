#pragma once
#include "columns.h"

namespace spikedesk {

/** Bytes of an event in the files of ATIS cameras, and in our packed files. */
constexpr size_t kAtisEventBytes = 5, kPackedEventBytes = 8;

/**
 * Events of 5 bytes (Orchard and others 2015): x, y, then polarity and 23 bits of time, big-endian. Where `markers`,
 * one in row 240 is left out and adds 2^13 µs to the times after it. Returns how many are kept.
 */
size_t decodeAtis(const uint8_t *bytes, size_t events, bool markers, const EventColumns &to);

/** Packed events: two little-endian words each, the time, then x in 16 bits, y in 15, polarity in 1. */
void unpackEvents(const uint8_t *bytes, size_t events, const EventColumns &to);

} // namespace spikedesk
