#pragma once
#include <napi.h>

#include <map>
#include <string>
#include <vector>

namespace spikedesk {

/** An object of a program with the way to it. What is missing or of the wrong kind is refused in a sentence that tells
 * the way. */
class ObjectReader {
public:
  ObjectReader(const Napi::Value &value, std::string path);

  ObjectReader object(const char *key) const { return ObjectReader(field(key), pathTo(key)); }
  std::vector<ObjectReader> list(const char *key) const;
  std::string text(const char *key) const;
  /** Empty where there is no such field. */
  std::string textOrNone(const char *key) const { return field(key).IsUndefined() ? "" : text(key); }
  /** Empty where the field is null. */
  std::string textOrNull(const char *key) const { return isNull(key) ? "" : text(key); }
  bool isNull(const char *key) const { return field(key).IsNull(); }
  /** Whether there is a text; null is none. */
  bool names(const char *key) const { return !textOrNull(key).empty(); }
  bool flag(const char *key) const;
  /** Finite. */
  double number(const char *key) const;
  int integer(const char *key, double low, double high) const;
  uint32_t word(const char *key) const;

  std::vector<std::string> texts(const char *key) const;
  /** Finite. */
  std::vector<double> numbers(const char *key) const;
  /** Whole numbers from 0; they may be too large for an int. */
  std::vector<double> sizes(const char *key) const;

  /** The texts of the object, by their keys. */
  std::map<std::string, std::string> namedTexts() const;
  /** The finite numbers of the object, by their keys. */
  std::map<std::string, double> namedNumbers() const;
  /** These and its switches, as 0 and 1. */
  std::map<std::string, double> figures() const;

private:
  Napi::Object object_;
  std::string path_;

  [[noreturn]] void refuse(const char *key, const std::string &wanted) const;
  Napi::Value field(const char *key) const { return object_.Get(key); }
  std::string pathTo(const char *key) const { return path_ + "." + key; }
  Napi::Array array(const char *key) const;
  std::vector<std::string> keys() const;
};

} // namespace spikedesk
