#pragma once
// Memory planned once: places are taken first, then one block is allocated for all of them.
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <new>
#include <stdexcept>
#include <string>

namespace spikedesk {

constexpr size_t kCacheLine = 64;

class Layout {
public:
  /** Offset in bytes of a place for `count` elements, at the start of a cache line. */
  template <class T> size_t take(size_t count) {
    const size_t at = size_;
    if (count > (SIZE_MAX / 4) / sizeof(T)) throw std::runtime_error("The network is too large for this machine.");
    size_ += (count * sizeof(T) + kCacheLine - 1) / kCacheLine * kCacheLine;
    if (size_ > SIZE_MAX / 4) throw std::runtime_error("The network is too large for this machine.");
    return at;
  }
  size_t size() const { return size_; }

private:
  size_t size_ = 0;
};

/** One zeroed block of memory, aligned to 64 bytes; a cache line beyond its end may be read. */
class Arena {
public:
  void allocate(size_t size) {
    void *block = ::operator new(size + kCacheLine, std::align_val_t(kCacheLine), std::nothrow);
    if (!block)
      throw std::runtime_error("The network needs " + std::to_string((size >> 20) + 1) +
                               " MiB of memory, more than there is; a smaller batch or fewer steps need less.");
    memory_.reset((char *)block);
    std::memset(block, 0, size + kCacheLine);
  }
  template <class T> T *at(size_t offset) const { return (T *)(memory_.get() + offset); }

private:
  struct Free {
    void operator()(char *p) const { ::operator delete(p, std::align_val_t(kCacheLine)); }
  };
  std::unique_ptr<char, Free> memory_;
};

} // namespace spikedesk
