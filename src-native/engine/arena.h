#pragma once
// Memory planned once: places are taken first, then one block is allocated for all of them.
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <new>
#include <vector>

#include "refuse.h"

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#endif

namespace spikedesk {

constexpr size_t kCacheLine = 64;

/** More than any machine has; sizes below it cannot overflow when a few are added. */
constexpr double kMostBytes = 1e15;

[[noreturn]] inline void refuseSize() {
  throw Shortage("memory", "The network is too large for this machine; a smaller batch or fewer steps need less memory.");
}

/** What a place in memory holds: floats of the way forward, bits of spikes, gradients of samples, parameters with what
 * is derived from them, what the optimizer keeps, or what is of use within a call only. */
enum class Holds { Activations, Spikes, Gradients, Weights, Optimizer, Scratch };
constexpr size_t kHolds = 6;

class Layout {
public:
  /** Offset in bytes of a place for `count` elements, at the start of a cache line. */
  template <class T> size_t take(size_t count, Holds what) {
    const size_t at = size_;
    if ((double)count * (double)sizeof(T) > kMostBytes) refuseSize();
    size_ += (count * sizeof(T) + kCacheLine - 1) / kCacheLine * kCacheLine;
#if defined(__SANITIZE_ADDRESS__)
    guards_.push_back(size_ + kCacheLine);
    size_ += 2 * kCacheLine;
#endif
    if ((double)size_ > kMostBytes) refuseSize();
    bytes_[(size_t)what] += size_ - at;
    return at;
  }
  size_t size() const { return size_; }
  /** Bytes of all places of one kind. */
  size_t bytes(Holds what) const { return bytes_[(size_t)what]; }
  /** Offsets of cache lines that nobody may touch, each a line behind a place, since kernels may read that far; only
   * where the address sanitizer looks on. */
  const std::vector<size_t> &guards() const { return guards_; }

private:
  size_t size_ = 0;
  std::array<size_t, kHolds> bytes_ = {};
  std::vector<size_t> guards_;
};

/** Throws a sentence where the machine has not as much memory at all: systems promise more than they can give, and
 * end the process when it is used. */
void checkMemory(size_t bytes);

/** One zeroed block of memory, aligned to 64 bytes; a cache line beyond its end may be read. */
class Arena {
public:
  void allocate(const Layout &layout) {
    const size_t size = layout.size();
    void *block = ::operator new(size + kCacheLine, std::align_val_t(kCacheLine), std::nothrow);
    if (!block) refuseSize();
    memory_.reset((char *)block);
    std::memset(block, 0, size + kCacheLine);
#if defined(__SANITIZE_ADDRESS__)
    for (size_t guard : layout.guards()) ASAN_POISON_MEMORY_REGION(memory_.get() + guard, kCacheLine);
#endif
  }
  bool isAllocated() const { return memory_ != nullptr; }
  template <class T> T *at(size_t offset) const { return (T *)(memory_.get() + offset); }

private:
  struct Free {
    void operator()(char *p) const { ::operator delete(p, std::align_val_t(kCacheLine)); }
  };
  std::unique_ptr<char, Free> memory_;
};

} // namespace spikedesk
