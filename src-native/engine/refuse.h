#pragma once
#include <stdexcept>
#include <string>

namespace spikedesk {

/** Says why there can be no plan. */
[[noreturn]] inline void refuse(const std::string &why) {
  throw std::runtime_error("The native engine cannot run this program: " + why);
}

} // namespace spikedesk
