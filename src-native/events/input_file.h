#pragma once
// A file that is read at random, by its UTF-8 path.
#include <cstddef>
#include <cstdint>
#include <string>

namespace spikedesk {

class InputFile {
public:
  /** Throws std::system_error where the system refuses. */
  explicit InputFile(const std::string &path);
  ~InputFile();
  InputFile(const InputFile &) = delete;
  InputFile &operator=(const InputFile &) = delete;

  uint64_t size() const;
  /** Whether all of the bytes from `at` on were there; throws std::system_error where reading fails. */
  bool read(uint64_t at, uint8_t *to, size_t bytes) const;

private:
  int file_;
};

} // namespace spikedesk
