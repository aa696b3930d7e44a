#pragma once
// A team of threads that lives as long as its owner. Between jobs a worker spins for some microseconds, in case the
// next step follows at once, and then sleeps.
#include <atomic>
#include <cstdint>
#include <functional>
#include <thread>
#include <vector>

namespace spikedesk {

/** Lets a fixed number of threads meet; spins first, then sleeps. */
class Meeting {
public:
  explicit Meeting(int members) : members_(members) {}
  void wait();

private:
  const int members_;
  alignas(64) std::atomic<int> arrived_{0};
  alignas(64) std::atomic<uint32_t> round_{0};
};

class ThreadTeam {
public:
  /** `count` includes the caller; at least 1. */
  explicit ThreadTeam(int count);
  ~ThreadTeam();
  ThreadTeam(const ThreadTeam &) = delete;
  ThreadTeam &operator=(const ThreadTeam &) = delete;

  int count() const { return count_; }
  /** Calls `job(thread)` on every thread, the caller being thread 0; returns when all are done. */
  void run(const std::function<void(int)> &job);
  /** All threads of a running job meet here. */
  void meet() { meeting_.wait(); }

private:
  void work(int thread);
  void dismiss();

  const int count_;
  Meeting meeting_, finished_;
  const std::function<void(int)> *job_ = nullptr;
  alignas(64) std::atomic<uint32_t> round_{0};
  std::vector<std::thread> workers_;
};

/** Denormal numbers count as zero while this lives: they are slow on some machines and mean nothing here. */
class DenormalsAreZero {
public:
  DenormalsAreZero();
  ~DenormalsAreZero();
  DenormalsAreZero(const DenormalsAreZero &) = delete;
  DenormalsAreZero &operator=(const DenormalsAreZero &) = delete;

private:
  uint64_t before_;
};

} // namespace spikedesk
