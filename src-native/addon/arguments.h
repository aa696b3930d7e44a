#pragma once
// What every function of the addon does with its arguments: check them, and turn every error into an exception.
#include <napi.h>

#include <stdexcept>
#include <string>

#include "../engine/refuse.h"

namespace spikedesk {

[[noreturn]] inline void refuseCall(const std::string &why) { throw std::runtime_error(why); }

/** A word that is asked for; empty where it is no string. */
inline std::string wordOf(const Napi::Value &value) {
  return value.IsString() ? value.As<Napi::String>().Utf8Value() : std::string();
}

/** Threads asked for, 0 to 256; as many as there are cores where it is 0. */
int threadCount(const Napi::Value &value);

/** A whole number from 0 to `most`. */
uint64_t wholeNumber(const Napi::Value &value, const char *name, double most);

template <class T> constexpr napi_typedarray_type arrayType();
template <> constexpr napi_typedarray_type arrayType<uint8_t>() { return napi_uint8_array; }
template <> constexpr napi_typedarray_type arrayType<uint16_t>() { return napi_uint16_array; }
template <> constexpr napi_typedarray_type arrayType<int32_t>() { return napi_int32_array; }
template <> constexpr napi_typedarray_type arrayType<uint32_t>() { return napi_uint32_array; }
template <> constexpr napi_typedarray_type arrayType<float>() { return napi_float32_array; }
template <> constexpr napi_typedarray_type arrayType<double>() { return napi_float64_array; }

template <class T> struct Span {
  T *data = nullptr;
  size_t length = 0;
};

/** Works for arrays over a SharedArrayBuffer too, which node-addon-api's own accessors do not. */
template <class T> Span<T> spanOf(const Napi::Value &value, const char *name) {
  napi_typedarray_type type;
  Span<T> span;
  void *data = nullptr;
  const bool readable = value.IsTypedArray() &&
                        napi_get_typedarray_info(value.Env(), value, &type, &span.length, &data, nullptr, nullptr) ==
                            napi_ok &&
                        (type == arrayType<T>() || (type == napi_uint8_clamped_array && sizeof(T) == 1));
  if (!readable) refuseCall(std::string(name) + " must be a typed array of the right kind.");
  if (span.length > 0 && !data) refuseCall(std::string(name) + " has lost its memory.");
  span.data = (T *)data;
  return span;
}

template <class T> Span<T> spanOf(const Napi::Value &value, const char *name, size_t length) {
  const Span<T> span = spanOf<T>(value, name);
  if (span.length != length)
    refuseCall(std::string(name) + " must have " + std::to_string(length) + " elements, not " +
               std::to_string(span.length) + ".");
  return span;
}

inline Napi::Error shortageError(Napi::Env env, const std::string &of, const std::string &why) {
  Napi::Error error = Napi::Error::New(env, why);
  error.Set("lacks", of);
  return error;
}

/** Every method runs its body here, so that no C++ exception reaches the JavaScript engine. */
template <class Body> Napi::Value guarded(const Napi::CallbackInfo &info, Body body) {
  try {
    return body();
  } catch (const Napi::Error &) {
    throw;
  } catch (const Refusal &refusal) {
    Napi::Error error = Napi::Error::New(info.Env(), refusal.what());
    error.Set("layer", refusal.layer);
    error.Set("reason", refusal.reason);
    error.Set("named", refusal.name);
    throw error;
  } catch (const Shortage &shortage) {
    throw shortageError(info.Env(), shortage.of, shortage.what());
  } catch (const std::bad_alloc &) {
    throw shortageError(info.Env(), "memory", "There is not enough memory.");
  } catch (const std::exception &error) {
    throw Napi::Error::New(info.Env(), error.what());
  }
}

} // namespace spikedesk
