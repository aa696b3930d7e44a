#include "napi.h"

namespace {

struct ArrayKind {
  const char *name;
  napi_typedarray_type type;
  size_t bytes;
};

constexpr ArrayKind kKinds[] = {
    {"Uint8Array", napi_uint8_array, 1},     {"Uint16Array", napi_uint16_array, 2},
    {"Int32Array", napi_int32_array, 4},     {"Uint32Array", napi_uint32_array, 4},
    {"Float32Array", napi_float32_array, 4}, {"Float64Array", napi_float64_array, 8},
};

} // namespace

napi_status napi_get_typedarray_info(napi_env, napi_value value, napi_typedarray_type *type, size_t *length,
                                     void **data, napi_value *, size_t *) {
  for (const ArrayKind &kind : kKinds) {
    if (value->text != kind.name) continue;
    *type = kind.type;
    *length = value->bytes.size() / kind.bytes;
    *data = value->bytes.data();
    return napi_ok;
  }
  return napi_invalid_arg;
}
