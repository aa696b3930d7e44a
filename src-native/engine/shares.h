#pragma once
// Pieces of work dealt out to threads: each begins with its own run of them, so that what a thread wrote in one step it
// finds in its own cache in the next, and goes on with what others have not begun.
#include <atomic>
#include <cstdint>
#include <memory>
#include <vector>

namespace spikedesk {

class Shares {
public:
  explicit Shares(int threads) : threads_(threads), runs_(new Run[(size_t)threads]) {}

  /** Of the pieces from `first` up to `end` each thread gets as many as the others, in their order. By one thread, while
   * no other takes any. */
  void deal(int first, int end) {
    const int64_t count = end - first;
    for (int i = 0; i < threads_; i++) {
      runs_[i].next.store(first + (int)(count * i / threads_), std::memory_order_relaxed);
      runs_[i].end = first + (int)(count * (i + 1) / threads_);
    }
  }

  /** Thread i gets those from `bounds[i]` up to `bounds[i + 1]`. */
  void deal(const std::vector<int> &bounds) {
    for (int i = 0; i < threads_; i++) {
      runs_[i].next.store(bounds[(size_t)i], std::memory_order_relaxed);
      runs_[i].end = bounds[(size_t)i + 1];
    }
  }

  /** A piece that nobody has taken; -1 where there is none left. */
  int take(int thread) {
    for (int k = 0; k < threads_; k++) {
      Run &run = runs_[(thread + k) % threads_];
      if (run.next.load(std::memory_order_relaxed) >= run.end) continue;
      const int piece = run.next.fetch_add(1, std::memory_order_relaxed);
      if (piece < run.end) return piece;
    }
    return -1;
  }

private:
  struct alignas(64) Run {
    std::atomic<int> next{0};
    int end = 0;
  };
  const int threads_;
  std::unique_ptr<Run[]> runs_;
};

} // namespace spikedesk
