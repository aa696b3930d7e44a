#pragma once
// As much of node-addon-api as src-native/addon asks for, over values of JSON: the addon's own network object runs where
// there is no Node.
#include <algorithm>
#include <map>
#include <stdexcept>
#include <type_traits>

#include "json.h"

using napi_env = const void *;
using napi_value = Json *;
enum napi_status { napi_ok, napi_invalid_arg };
enum napi_typedarray_type {
  napi_int8_array,
  napi_uint8_array,
  napi_uint8_clamped_array,
  napi_int16_array,
  napi_uint16_array,
  napi_int32_array,
  napi_uint32_array,
  napi_float32_array,
  napi_float64_array,
};

napi_status napi_get_typedarray_info(napi_env, napi_value value, napi_typedarray_type *type, size_t *length,
                                     void **data, napi_value *buffer, size_t *offset);

namespace Napi {

class Value;

class Env {
public:
  Value Undefined() const;
  operator napi_env() const { return nullptr; }
};

/** Copies share what they hold. */
class Value {
public:
  Value() : json_(makeEmpty(Json::Undefined)) {}
  explicit Value(JsonPointer json) : json_(std::move(json)) {}

  bool IsObject() const { return json_->kind == Json::Fields || IsArray() || IsTypedArray(); }
  bool IsArray() const { return json_->kind == Json::List; }
  bool IsTypedArray() const { return json_->kind == Json::Typed; }
  bool IsString() const { return json_->kind == Json::Text; }
  bool IsNumber() const { return json_->kind == Json::Number; }
  bool IsBoolean() const { return json_->kind == Json::Boolean; }
  bool IsNull() const { return json_->kind == Json::Null; }
  bool IsUndefined() const { return json_->kind == Json::Undefined; }
  template <class T> T As() const { return T(json_); }
  class Boolean ToBoolean() const;
  class String ToString() const;
  Napi::Env Env() const { return {}; }
  operator napi_value() const { return json_.get(); }
  const JsonPointer &json() const { return json_; }

protected:
  JsonPointer json_;
};

inline Value Env::Undefined() const { return Value(); }

class Number : public Value {
public:
  using Napi::Value::Value;
  static Number New(Napi::Env, double number) { return Number(makeNumber(number)); }
  double DoubleValue() const { return json_->number; }
};

class String : public Value {
public:
  using Napi::Value::Value;
  static String New(Napi::Env, const std::string &text) { return String(makeText(text)); }
  std::string Utf8Value() const { return json_->text; }
};

class Boolean : public Value {
public:
  using Napi::Value::Value;
  static Boolean New(Napi::Env, bool truth) { return Boolean(makeBoolean(truth)); }
  bool Value() const { return json_->truth; }
};

inline Boolean Value::ToBoolean() const { return Boolean(makeBoolean(json_->truth)); }
inline String Value::ToString() const { return String(json_); }

inline JsonPointer jsonOf(const std::string &text) { return makeText(text); }
inline JsonPointer jsonOf(const char *text) { return makeText(text); }
inline JsonPointer jsonOf(bool truth) { return makeBoolean(truth); }
inline JsonPointer jsonOf(const Value &value) { return value.json(); }
template <class T>
  requires std::is_arithmetic_v<T>
JsonPointer jsonOf(T number) {
  return makeNumber((double)number);
}

class Array;

class Object : public Value {
public:
  using Napi::Value::Value;
  static Object New(Napi::Env) { return Object(makeEmpty(Json::Fields)); }
  Napi::Value Get(const std::string &name) const { return Napi::Value(json_->field(name)); }
  template <class T> void Set(const std::string &name, const T &value) { json_->set(name, jsonOf(value)); }
  Array GetPropertyNames() const;
};

class Array : public Object {
public:
  using Object::Object;
  static Array New(Napi::Env) { return Array(makeEmpty(Json::List)); }
  uint32_t Length() const { return (uint32_t)json_->list.size(); }
  Napi::Value Get(uint32_t i) const { return i < Length() ? Napi::Value(json_->list[i]) : Napi::Value(); }
  template <class T> void Set(uint32_t i, const T &value) {
    json_->list.resize(std::max<size_t>(json_->list.size(), i + 1), makeEmpty(Json::Undefined));
    json_->list[i] = jsonOf(value);
  }
};

inline Array Object::GetPropertyNames() const {
  JsonPointer names = makeEmpty(Json::List);
  for (const std::string &name : json_->names) names->list.push_back(makeText(name));
  return Array(names);
}

/** Keeps an object from one call to the next. */
class ObjectReference {
public:
  ObjectReference() = default;
  explicit ObjectReference(Object object) : object_(std::move(object)), empty_(false) {}
  bool IsEmpty() const { return empty_; }
  Object Value() const { return object_; }

private:
  Object object_;
  bool empty_ = true;
};

inline ObjectReference Persistent(Object object) { return ObjectReference(std::move(object)); }

/** An exception of JavaScript, with its properties. */
class Error : public std::runtime_error {
public:
  static Error New(Napi::Env, const std::string &message) { return Error(message); }
  template <class T> void Set(const char *name, const T &value) { properties_->set(name, jsonOf(value)); }
  const JsonPointer &properties() const { return properties_; }

private:
  explicit Error(const std::string &message) : std::runtime_error(message), properties_(makeEmpty(Json::Fields)) {
    properties_->set("message", makeText(message));
  }
  JsonPointer properties_;
};

class CallbackInfo {
public:
  explicit CallbackInfo(JsonPointer arguments) : arguments_(std::move(arguments)) {}
  Value operator[](size_t i) const { return Array(arguments_).Get((uint32_t)i); }
  Napi::Env Env() const { return {}; }

private:
  JsonPointer arguments_;
};

/** The class itself stays in C++: {@link ObjectWrap::find} tells its methods by their names. */
class Function : public Value {};

template <class T> class ObjectWrap {
public:
  /** A method, or an accessor: what is read, and what is written where it may be. */
  struct PropertyDescriptor {
    std::string name;
    Value (T::*get)(const CallbackInfo &) = nullptr;
    void (T::*set)(const CallbackInfo &, const Value &) = nullptr;
  };

  explicit ObjectWrap(const CallbackInfo &) {}

  template <Value (T::*method)(const CallbackInfo &)> static PropertyDescriptor InstanceMethod(const char *name) {
    return {name, method, nullptr};
  }
  template <Value (T::*get)(const CallbackInfo &), void (T::*set)(const CallbackInfo &, const Value &) = nullptr>
  static PropertyDescriptor InstanceAccessor(const char *name) {
    return {name, get, set};
  }
  static Function DefineClass(Napi::Env, const char *, const std::vector<PropertyDescriptor> &properties) {
    for (const PropertyDescriptor &property : properties) properties_[property.name] = property;
    return {};
  }
  /** Throws std::out_of_range where there is none of this name. */
  static const PropertyDescriptor &find(const std::string &name) { return properties_.at(name); }

private:
  static inline std::map<std::string, PropertyDescriptor> properties_;
};

} // namespace Napi
