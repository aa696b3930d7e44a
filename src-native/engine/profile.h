#pragma once
// Where the time of a step goes: a clock for each thread, read after each piece of work. Off it costs one branch.
#include <chrono>
#include <cstdint>
#include <vector>

namespace spikedesk {

/** Forward, back to the input, and the second half of a step: gradients of parameters with their update. */
enum class Direction { Forward, Backward, Update };

/** Thread-nanoseconds of one row in each direction. */
struct ProfileRow {
  uint64_t spent[3] = {};
};

class Profile {
public:
  explicit Profile(int threads) : threads_((size_t)threads) {}
  /** There is a row for each stage, and three more. */
  void setStages(size_t count) { stages_ = count; }

  /** Forgets what was counted, and counts from now on or no more. */
  void turn(bool on) {
    on_ = on;
    steps_ = wall_ = 0;
    for (Thread &t : threads_) t.rows.assign(on ? stages_ + 3 : 0, {});
  }
  bool on() const { return on_; }

  size_t encodeRow() const { return stages_; }
  size_t lossRow() const { return stages_ + 1; }
  /** Constants of a step, transposed weights, results. */
  size_t prepareRow() const { return stages_ + 2; }

  /** From here on the thread works on what its next lap names. */
  void start(int thread) {
    if (on_) threads_[(size_t)thread].since = now();
  }
  /** What the thread did since its last lap or start was this. */
  void lap(int thread, size_t row, Direction direction) {
    if (!on_) return;
    Thread &t = threads_[(size_t)thread];
    const uint64_t time = now();
    t.rows[row].spent[(int)direction] += time - t.since;
    t.since = time;
  }

  void startStep() {
    if (on_) stepSince_ = now();
  }
  void endStep() {
    if (!on_) return;
    wall_ += now() - stepSince_;
    steps_++;
  }

  uint64_t steps() const { return steps_; }
  /** Nanoseconds that the steps took from call to return. */
  uint64_t wall() const { return wall_; }
  /** Summed over the threads. */
  ProfileRow row(size_t index) const {
    ProfileRow sum;
    for (const Thread &t : threads_)
      for (int d = 0; d < 3; d++)
        if (index < t.rows.size()) sum.spent[d] += t.rows[index].spent[d];
    return sum;
  }

private:
  struct alignas(64) Thread {
    uint64_t since = 0;
    std::vector<ProfileRow> rows;
  };

  static uint64_t now() {
    return (uint64_t)std::chrono::duration_cast<std::chrono::nanoseconds>(
               std::chrono::steady_clock::now().time_since_epoch())
        .count();
  }

  bool on_ = false;
  size_t stages_ = 0;
  std::vector<Thread> threads_;
  uint64_t steps_ = 0, wall_ = 0, stepSince_ = 0;
};

} // namespace spikedesk
