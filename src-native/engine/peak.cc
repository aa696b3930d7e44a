#include "peak.h"

#include <algorithm>
#include <chrono>
#include <vector>

#include "dispatch.h"
#include "threads.h"

namespace spikedesk {

double peakGflops(int threads) {
  constexpr int kIterations = 200000;
  constexpr int kRepeats = 7;
  const Kernels &kernels = chooseKernels();
  ThreadTeam team(threads);
  std::vector<double> operations((size_t)threads);
  double best = 0;
  for (int repeat = 0; repeat < kRepeats; repeat++) {
    const auto start = std::chrono::steady_clock::now();
    team.run([&](int thread) {
      float sink;
      operations[(size_t)thread] = kernels.multiplyAddLoop(kIterations, &sink);
    });
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    double sum = 0;
    for (double o : operations) sum += o;
    best = std::max(best, sum / seconds.count() / 1e9);
  }
  return best;
}

} // namespace spikedesk
