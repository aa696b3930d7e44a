#include "threads.h"

#include <string>
#include <system_error>

#include "refuse.h"

#if defined(__x86_64__) || defined(_M_X64)
#include <immintrin.h>
#endif

namespace spikedesk {

namespace {

/** About 50 µs: longer than the way of a step through JavaScript, short for a battery. */
constexpr int kSpins = 4000;

void pause() {
#if defined(__x86_64__) || defined(_M_X64)
  _mm_pause();
#elif defined(__aarch64__)
  __asm__ __volatile__("isb");
#endif
}

void waitForChange(const std::atomic<uint32_t> &round, uint32_t seen) {
  for (int i = 0; i < kSpins; i++) {
    if (round.load(std::memory_order_acquire) != seen) return;
    pause();
  }
  while (round.load(std::memory_order_acquire) == seen) round.wait(seen, std::memory_order_acquire);
}

} // namespace

void Meeting::wait() {
  if (members_ == 1) return;
  const uint32_t round = round_.load(std::memory_order_acquire);
  if (arrived_.fetch_add(1, std::memory_order_acq_rel) + 1 == members_) {
    arrived_.store(0, std::memory_order_relaxed);
    round_.store(round + 1, std::memory_order_release);
    round_.notify_all();
  } else {
    waitForChange(round_, round);
  }
}

ThreadTeam::ThreadTeam(int count) : count_(count), meeting_(count), finished_(count) {
  try {
    for (int i = 1; i < count; i++) workers_.emplace_back([this, i] { work(i); });
  } catch (const std::system_error &) {
    dismiss();
    throw Shortage("threads", "The system does not allow " + std::to_string(count) + " threads; ask for fewer.");
  }
}

ThreadTeam::~ThreadTeam() { dismiss(); }

void ThreadTeam::dismiss() {
  job_ = nullptr;
  round_.fetch_add(1, std::memory_order_release);
  round_.notify_all();
  for (std::thread &worker : workers_) worker.join();
}

void ThreadTeam::run(const std::function<void(int)> &job) {
  job_ = &job;
  if (count_ > 1) {
    round_.fetch_add(1, std::memory_order_release);
    round_.notify_all();
  }
  job(0);
  finished_.wait();
}

void ThreadTeam::work(int thread) {
  for (uint32_t seen = 0;; seen++) {
    waitForChange(round_, seen);
    if (!job_) return;
    (*job_)(thread);
    finished_.wait();
  }
}

#if defined(__x86_64__) || defined(_M_X64)
DenormalsAreZero::DenormalsAreZero() : before_(_mm_getcsr()) { _mm_setcsr((uint32_t)before_ | 0x8040); }
DenormalsAreZero::~DenormalsAreZero() { _mm_setcsr((uint32_t)before_); }
#elif defined(__aarch64__)
DenormalsAreZero::DenormalsAreZero() {
  __asm__ __volatile__("mrs %0, fpcr" : "=r"(before_));
  __asm__ __volatile__("msr fpcr, %0" : : "r"(before_ | (1u << 24)));
}
DenormalsAreZero::~DenormalsAreZero() { __asm__ __volatile__("msr fpcr, %0" : : "r"(before_)); }
#else
DenormalsAreZero::DenormalsAreZero() : before_(0) {}
DenormalsAreZero::~DenormalsAreZero() {}
#endif

} // namespace spikedesk
