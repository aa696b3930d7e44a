#pragma once
// Values that travel between JavaScript and the harness as lines of JSON.
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

struct Json;
using JsonPointer = std::shared_ptr<Json>;

/** A value of JavaScript. On the line a typed array is `{"typed": kind, "bytes": hexadecimal}`, so that it keeps its bits. */
struct Json {
  enum Kind { Undefined, Null, Boolean, Number, Text, List, Fields, Typed } kind = Undefined;
  bool truth = false;
  double number = 0;
  /** Of a text, or the name of a typed array's kind. */
  std::string text;
  std::vector<JsonPointer> list;
  /** Of fields, in the order of `list`. */
  std::vector<std::string> names;
  std::vector<uint8_t> bytes;

  /** Undefined where there is no such field. */
  JsonPointer field(const std::string &name) const;
  void set(const std::string &name, JsonPointer value);
};

JsonPointer makeText(const std::string &text);
JsonPointer makeNumber(double number);
JsonPointer makeBoolean(bool truth);
JsonPointer makeEmpty(Json::Kind kind);

/** Throws std::runtime_error where the text is no JSON. */
JsonPointer parseJson(const std::string &text);
std::string printJson(const Json &value);
