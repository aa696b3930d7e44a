#include "json.h"

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>

JsonPointer makeEmpty(Json::Kind kind) {
  auto value = std::make_shared<Json>();
  value->kind = kind;
  return value;
}

JsonPointer makeText(const std::string &text) {
  JsonPointer value = makeEmpty(Json::Text);
  value->text = text;
  return value;
}

JsonPointer makeNumber(double number) {
  JsonPointer value = makeEmpty(Json::Number);
  value->number = number;
  return value;
}

JsonPointer makeBoolean(bool truth) {
  JsonPointer value = makeEmpty(Json::Boolean);
  value->truth = truth;
  return value;
}

JsonPointer Json::field(const std::string &name) const {
  for (size_t i = 0; i < names.size(); i++)
    if (names[i] == name) return list[i];
  return makeEmpty(Undefined);
}

void Json::set(const std::string &name, JsonPointer value) {
  for (size_t i = 0; i < names.size(); i++)
    if (names[i] == name) {
      list[i] = std::move(value);
      return;
    }
  names.push_back(name);
  list.push_back(std::move(value));
}

namespace {

int digitOf(char c) { return c <= '9' ? c - '0' : c - 'a' + 10; }

class Parser {
public:
  explicit Parser(const std::string &text) : text_(text) {}

  JsonPointer value() {
    switch (peek()) {
    case '{': return fields();
    case '[': return list();
    case '"': return makeText(string());
    case 't': return word("true", makeBoolean(true));
    case 'f': return word("false", makeBoolean(false));
    case 'n': return word("null", makeEmpty(Json::Null));
    default: return number();
    }
  }

private:
  const std::string &text_;
  size_t at_ = 0;

  [[noreturn]] void refuse() const { throw std::runtime_error("no JSON at character " + std::to_string(at_)); }
  char peek() const {
    if (at_ == text_.size()) refuse();
    return text_[at_];
  }
  void take(char wanted) {
    if (peek() != wanted) refuse();
    at_++;
  }
  bool takeIf(char wanted) {
    if (peek() != wanted) return false;
    at_++;
    return true;
  }
  JsonPointer word(const std::string &word, JsonPointer value) {
    if (text_.compare(at_, word.size(), word) != 0) refuse();
    at_ += word.size();
    return value;
  }
  /** Names of programs have no escapes but those of quotes and backslashes. */
  std::string string() {
    take('"');
    std::string s;
    for (; peek() != '"'; at_++) {
      if (text_[at_] == '\\') at_++;
      s += peek();
    }
    take('"');
    return s;
  }
  JsonPointer number() {
    char *end;
    const double number = std::strtod(text_.c_str() + at_, &end);
    const size_t after = (size_t)(end - text_.c_str());
    if (after == at_) refuse();
    at_ = after;
    return makeNumber(number);
  }
  JsonPointer list() {
    JsonPointer value = makeEmpty(Json::List);
    take('[');
    if (takeIf(']')) return value;
    do value->list.push_back(this->value());
    while (takeIf(','));
    take(']');
    return value;
  }
  JsonPointer fields() {
    JsonPointer value = makeEmpty(Json::Fields);
    take('{');
    if (takeIf('}')) return value;
    do {
      const std::string name = string();
      take(':');
      value->set(name, this->value());
    } while (takeIf(','));
    take('}');
    const JsonPointer kind = value->field("typed");
    return kind->kind == Json::Text ? typed(kind->text, value->field("bytes")->text) : value;
  }
  static JsonPointer typed(const std::string &kind, const std::string &digits) {
    JsonPointer value = makeEmpty(Json::Typed);
    value->text = kind;
    for (size_t i = 0; i + 1 < digits.size(); i += 2)
      value->bytes.push_back((uint8_t)(digitOf(digits[i]) * 16 + digitOf(digits[i + 1])));
    return value;
  }
};

void print(const Json &value, std::string &to);

void printText(const std::string &text, std::string &to) {
  to += '"';
  for (char c : text) {
    if (c == '"' || c == '\\') to += '\\';
    to += c;
  }
  to += '"';
}

void printNumber(double number, std::string &to) {
  char digits[32];
  std::snprintf(digits, sizeof digits, "%.17g", number);
  if (std::isfinite(number)) to += digits;
  else printText(std::isnan(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity", to);
}

void printItems(const Json &value, std::string &to) {
  const bool named = value.kind == Json::Fields;
  to += named ? '{' : '[';
  for (size_t i = 0; i < value.list.size(); i++) {
    if (i > 0) to += ',';
    if (named) {
      printText(value.names[i], to);
      to += ':';
    }
    print(*value.list[i], to);
  }
  to += named ? '}' : ']';
}

void printTyped(const Json &value, std::string &to) {
  to += "{\"typed\":";
  printText(value.text, to);
  to += ",\"bytes\":\"";
  for (uint8_t byte : value.bytes) {
    to += "0123456789abcdef"[byte >> 4];
    to += "0123456789abcdef"[byte & 15];
  }
  to += "\"}";
}

void print(const Json &value, std::string &to) {
  switch (value.kind) {
  case Json::Boolean: to += value.truth ? "true" : "false"; break;
  case Json::Number: printNumber(value.number, to); break;
  case Json::Text: printText(value.text, to); break;
  case Json::Typed: printTyped(value, to); break;
  case Json::List:
  case Json::Fields: printItems(value, to); break;
  default: to += "null";
  }
}

} // namespace

JsonPointer parseJson(const std::string &text) { return Parser(text).value(); }

std::string printJson(const Json &value) {
  std::string to;
  print(value, to);
  return to;
}
