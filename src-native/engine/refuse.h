#pragma once
#include <stdexcept>
#include <string>

namespace spikedesk {

/** Why there can be no plan: the layer, the reason as the phrase `refusal.<reason>` of src-shared, and what it names. */
class Refusal : public std::runtime_error {
public:
  Refusal(const std::string &layer, const std::string &reason, const std::string &name)
      : std::runtime_error("The native engine cannot run layer \"" + layer + "\": " + reason +
                           (name.empty() ? "." : " \"" + name + "\".")),
        layer(layer), reason(reason), name(name) {}
  const std::string layer, reason, name;
};

/** The system does not give what a network needs: "memory" or "threads". */
class Shortage : public std::runtime_error {
public:
  Shortage(const std::string &of, const std::string &why) : std::runtime_error(why), of(of) {}
  const std::string of;
};

[[noreturn]] inline void refuse(const std::string &layer, const std::string &reason, const std::string &name = "") {
  throw Refusal(layer, reason, name);
}

} // namespace spikedesk
