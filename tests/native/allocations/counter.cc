// Counts what the native engine takes from the heap. Loaded before Node (LD_PRELOAD) it stands before malloc and its
// kin; loaded by Node as an addon it tells the count. Counted is what C++ of the engine asks for, itself or through the
// standard library; what V8 takes for a call is not.
#include <dlfcn.h>
#include <execinfo.h>
#include <node_api.h>

#include <atomic>
#include <cstdlib>
#include <cstring>

namespace {

std::atomic<bool> counting{false};
std::atomic<uint32_t> counted{0};
thread_local bool inside = false;

template <class Function> Function *next(const char *name) { return (Function *)dlsym(RTLD_NEXT, name); }

bool endsWith(const char *text, const char *end) {
  const size_t length = std::strlen(text), wanted = std::strlen(end);
  return length >= wanted && std::strcmp(text + length - wanted, end) == 0;
}

/** Whether the first caller beyond this file and the standard library is the engine. */
bool isOurs() {
  void *frames[24];
  const int count = backtrace(frames, 24);
  Dl_info own, caller;
  dladdr((void *)&isOurs, &own);
  for (int i = 0; i < count; i++) {
    if (!dladdr(frames[i], &caller) || !caller.dli_fname) return false;
    if (caller.dli_fbase == own.dli_fbase || std::strstr(caller.dli_fname, "libstdc++")) continue;
    return endsWith(caller.dli_fname, "spikedesk.node");
  }
  return false;
}

void note() {
  if (!counting.load(std::memory_order_relaxed) || inside) return;
  inside = true;
  if (isOurs()) counted++;
  inside = false;
}

napi_value start(napi_env, napi_callback_info) {
  void *warm[2];
  backtrace(warm, 2);
  counted = 0;
  counting = true;
  return nullptr;
}

napi_value stop(napi_env env, napi_callback_info) {
  counting = false;
  napi_value result;
  napi_create_uint32(env, counted, &result);
  return result;
}

} // namespace

extern "C" {

void *malloc(size_t size) {
  static auto *const real = next<void *(size_t)>("malloc");
  note();
  return real(size);
}

void *realloc(void *block, size_t size) {
  static auto *const real = next<void *(void *, size_t)>("realloc");
  note();
  return real(block, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
  static auto *const real = next<void *(size_t, size_t)>("aligned_alloc");
  note();
  return real(alignment, size);
}

int posix_memalign(void **block, size_t alignment, size_t size) {
  static auto *const real = next<int(void **, size_t, size_t)>("posix_memalign");
  note();
  return real(block, alignment, size);
}

napi_value napi_register_module_v1(napi_env env, napi_value exports) {
  napi_value function;
  napi_create_function(env, "start", NAPI_AUTO_LENGTH, start, nullptr, &function);
  napi_set_named_property(env, exports, "start", function);
  napi_create_function(env, "stop", NAPI_AUTO_LENGTH, stop, nullptr, &function);
  napi_set_named_property(env, exports, "stop", function);
  return exports;
}

} // extern "C"
