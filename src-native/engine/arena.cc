#include "arena.h"

#if defined(_WIN32)
#include <windows.h>
#else
#include <unistd.h>
#endif

namespace spikedesk {

namespace {

/** Bytes of memory in the machine; 0 where it does not tell. */
double physicalMemory() {
#if defined(_WIN32)
  MEMORYSTATUSEX status;
  status.dwLength = sizeof status;
  return GlobalMemoryStatusEx(&status) ? (double)status.ullTotalPhys : 0.0;
#else
  const long pages = sysconf(_SC_PHYS_PAGES), size = sysconf(_SC_PAGESIZE);
  return pages > 0 && size > 0 ? (double)pages * (double)size : 0.0;
#endif
}

} // namespace

void checkMemory(size_t bytes) {
  const double memory = physicalMemory();
  if (memory > 0 && (double)bytes > memory)
    throw Shortage("memory", "The network needs " + std::to_string((bytes >> 20) + 1) + " MiB of memory; the machine has " +
                                 std::to_string((uint64_t)memory >> 20) +
                                 " MiB. A smaller batch or fewer steps need less.");
}

} // namespace spikedesk
