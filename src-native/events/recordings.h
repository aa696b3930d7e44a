#pragma once
// Recordings from files to columns: of packed files at random, of folders of 5-byte events many at once.
#include <string>
#include <vector>

#include "decode.h"
#include "input_file.h"

namespace spikedesk {

/** Reads packed events that begin at a byte of the file; false where it ends before. Throws std::system_error. */
bool readPacked(const InputFile &file, uint64_t at, size_t events, const EventColumns &to);

/** A file of 5-byte events, and where its events go. */
struct AtisFile {
  std::string path;
  size_t events = 0;
  EventColumns to;
  /** Events kept; -1 where the file cannot be read or has another length. */
  int64_t kept = -1;
};

/** Reads and decodes files on so many threads. */
void readAtisFiles(std::vector<AtisFile> &files, bool markers, int threads);

} // namespace spikedesk
