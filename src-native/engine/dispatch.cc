#include "dispatch.h"

#include <cstdlib>
#include <cstring>
#include <stdexcept>
#include <string>

namespace spikedesk {

namespace {

#if defined(SPIKEDESK_X64)
bool hasAvx2() { return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi2"); }
bool hasAvx512() {
  return hasAvx2() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
         __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw");
}
#endif

[[noreturn]] void refuseKernels(const std::string &wanted) {
  throw std::runtime_error("SPIKEDESK_ISA asks for " + wanted + ", which this processor does not have.");
}

} // namespace

const Kernels &chooseKernels() {
  const char *variable = std::getenv("SPIKEDESK_ISA");
  const std::string wanted = variable ? variable : "";
  if (wanted != "" && wanted != "scalar" && wanted != "avx2" && wanted != "avx512")
    throw std::runtime_error("SPIKEDESK_ISA is \"" + wanted + "\"; it takes scalar, avx2 or avx512.");
  if (wanted == "scalar") return *spikedeskKernels_base();
#if defined(SPIKEDESK_X64)
  __builtin_cpu_init();
  if (wanted == "avx512" || (wanted == "" && hasAvx512())) {
    if (!hasAvx512()) refuseKernels("AVX-512");
    return *spikedeskKernels_avx512();
  }
  if (wanted == "avx2" || (wanted == "" && hasAvx2())) {
    if (!hasAvx2()) refuseKernels("AVX2");
    return *spikedeskKernels_avx2();
  }
#else
  if (wanted != "") refuseKernels(wanted);
#endif
  return *spikedeskKernels_base();
}

const char *instructionSetName(const Kernels &kernels) {
  if (std::strcmp(kernels.name, "avx512") == 0) return "AVX-512";
  if (std::strcmp(kernels.name, "avx2") == 0) return "AVX2";
#if defined(__aarch64__)
  return "NEON";
#elif defined(SPIKEDESK_X64)
  return "SSE2";
#else
  return "scalar";
#endif
}

} // namespace spikedesk
