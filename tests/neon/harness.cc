// The native engine where there is no Node: each line asks for something of a network, and a line answers.
//
//   {"do": "new", "network": 1, "arguments": [...]}
//   {"do": "call" | "get" | "set", "network": 1, "name": "run", "arguments": [...]}
//   {"do": "forget", "network": 1}
//
// answered by {"value": ..., "arguments": [...]}, the arrays of the arguments as the call has left them, or by
// {"error": {...}}.
#include <cstdio>
#include <iostream>
#include <memory>

#include "../../src-native/addon/network_object.h"
#include "../../src-native/engine/dispatch.h"

using namespace spikedesk;

namespace {

std::map<int, std::unique_ptr<NetworkObject>> networks;

Napi::Value act(const Napi::Object &line) {
  const std::string what = line.Get("do").As<Napi::String>().Utf8Value();
  const std::string name = line.Get("name").As<Napi::String>().Utf8Value();
  const int id = (int)line.Get("network").As<Napi::Number>().DoubleValue();
  const Napi::CallbackInfo info(line.Get("arguments").json());
  if (what == "new") networks[id] = std::make_unique<NetworkObject>(info);
  else if (what == "forget") networks.erase(id);
  else if (what == "set") (networks.at(id).get()->*NetworkObject::find(name).set)(info, info[0]);
  else return (networks.at(id).get()->*NetworkObject::find(name).get)(info);
  return Napi::Value();
}

Json answer(const std::string &line) {
  Json answer;
  answer.kind = Json::Fields;
  try {
    const Napi::Object asked = Napi::Value(parseJson(line)).As<Napi::Object>();
    answer.set("value", act(asked).json());
    if (asked.Get("name").IsString()) answer.set("arguments", asked.Get("arguments").json());
  } catch (const Napi::Error &error) {
    answer.set("error", error.properties());
  }
  return answer;
}

} // namespace

int main() {
  NetworkObject::define(Napi::Env());
  std::fprintf(stderr, "%s\n", instructionSetName(chooseKernels()));
  try {
    for (std::string line; std::getline(std::cin, line);) std::cout << printJson(answer(line)) << std::endl;
  } catch (const std::exception &error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
  return 0;
}
