#include "object_reader.h"

#include <cmath>

#include "arguments.h"

namespace spikedesk {

ObjectReader::ObjectReader(const Napi::Value &value, std::string path) : path_(std::move(path)) {
  if (!value.IsObject()) refuseCall(path_ + " must be an object.");
  object_ = value.As<Napi::Object>();
}

void ObjectReader::refuse(const char *key, const std::string &wanted) const {
  refuseCall(pathTo(key) + " must be " + wanted + ".");
}

Napi::Array ObjectReader::array(const char *key) const {
  const Napi::Value value = field(key);
  if (!value.IsArray()) refuse(key, "an array");
  return value.As<Napi::Array>();
}

std::vector<std::string> ObjectReader::keys() const {
  const Napi::Array names = object_.GetPropertyNames();
  std::vector<std::string> keys;
  for (uint32_t i = 0; i < names.Length(); i++) keys.push_back(names.Get(i).ToString().Utf8Value());
  return keys;
}

std::vector<ObjectReader> ObjectReader::list(const char *key) const {
  const Napi::Array items = array(key);
  std::vector<ObjectReader> readers;
  for (uint32_t i = 0; i < items.Length(); i++)
    readers.emplace_back(items.Get(i), pathTo(key) + "[" + std::to_string(i) + "]");
  return readers;
}

std::string ObjectReader::text(const char *key) const {
  const Napi::Value value = field(key);
  if (!value.IsString()) refuse(key, "a string");
  return value.As<Napi::String>().Utf8Value();
}

bool ObjectReader::flag(const char *key) const {
  const Napi::Value value = field(key);
  if (!value.IsBoolean()) refuse(key, "true or false");
  return value.As<Napi::Boolean>().Value();
}

double ObjectReader::number(const char *key) const {
  const Napi::Value value = field(key);
  if (!value.IsNumber()) refuse(key, "a number");
  const double number = value.As<Napi::Number>().DoubleValue();
  if (!std::isfinite(number)) refuse(key, "a finite number");
  return number;
}

int ObjectReader::integer(const char *key, double low, double high) const {
  const double found = number(key);
  if (found != std::floor(found) || found < low || found > high)
    refuse(key, "a whole number from " + std::to_string((long long)low) + " to " + std::to_string((long long)high));
  return (int)found;
}

uint32_t ObjectReader::word(const char *key) const {
  const double found = number(key);
  if (found != std::floor(found) || found < 0 || found > 4294967295.0) refuse(key, "a whole number of 32 bits");
  return (uint32_t)found;
}

std::vector<std::string> ObjectReader::texts(const char *key) const {
  const Napi::Array items = array(key);
  std::vector<std::string> texts;
  for (uint32_t i = 0; i < items.Length(); i++) {
    const Napi::Value item = items.Get(i);
    if (!item.IsString()) refuse(key, "an array of strings");
    texts.push_back(item.As<Napi::String>().Utf8Value());
  }
  return texts;
}

std::vector<double> ObjectReader::numbers(const char *key) const {
  const Napi::Array items = array(key);
  std::vector<double> numbers;
  for (uint32_t i = 0; i < items.Length(); i++) {
    const Napi::Value item = items.Get(i);
    if (!item.IsNumber() || !std::isfinite(item.As<Napi::Number>().DoubleValue()))
      refuse(key, "an array of finite numbers");
    numbers.push_back(item.As<Napi::Number>().DoubleValue());
  }
  return numbers;
}

std::vector<double> ObjectReader::sizes(const char *key) const {
  const std::vector<double> sizes = numbers(key);
  for (double size : sizes)
    if (size != std::floor(size) || size < 0) refuse(key, "an array of whole numbers from 0");
  return sizes;
}

std::map<std::string, std::string> ObjectReader::namedTexts() const {
  std::map<std::string, std::string> texts;
  for (const std::string &key : keys()) texts[key] = text(key.c_str());
  return texts;
}

std::map<std::string, double> ObjectReader::namedNumbers() const {
  std::map<std::string, double> numbers;
  for (const std::string &key : keys())
    if (field(key.c_str()).IsNumber()) numbers[key] = number(key.c_str());
  return numbers;
}

std::map<std::string, double> ObjectReader::figures() const {
  std::map<std::string, double> figures = namedNumbers();
  for (const std::string &key : keys())
    if (field(key.c_str()).IsBoolean()) figures[key] = flag(key.c_str()) ? 1.0 : 0.0;
  return figures;
}

} // namespace spikedesk
