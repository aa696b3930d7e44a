#include "profile_object.h"

namespace spikedesk {

Napi::Object profileObject(Napi::Env env, const Network &network) {
  const Profile &profile = network.profile;
  const std::vector<Stage> &stages = network.plan().stages;
  Napi::Array rows = Napi::Array::New(env);
  const auto add = [&](const char *op, const std::string &layer, const ProfileRow &spent) {
    Napi::Object row = Napi::Object::New(env);
    row.Set("op", op);
    row.Set("layer", layer);
    const char *names[] = {"forward", "backward", "update"};
    for (int d = 0; d < 3; d++) row.Set(names[d], (double)spent.spent[d] * 1e-9);
    rows.Set(rows.Length(), row);
  };
  add("encode", "", profile.row(profile.encodeRow()));
  for (size_t i = 0; i < stages.size(); i++) add("", stages[i].layer, profile.row(i));
  add("loss", "", profile.row(profile.lossRow()));
  add("prepare", "", profile.row(profile.prepareRow()));
  Napi::Object result = Napi::Object::New(env);
  result.Set("steps", (double)profile.steps());
  result.Set("seconds", (double)profile.wall() * 1e-9);
  result.Set("rows", rows);
  return result;
}

} // namespace spikedesk
