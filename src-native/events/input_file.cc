#include "input_file.h"

#include <cerrno>
#include <filesystem>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#ifdef _WIN32
#include <io.h>
#else
#include <unistd.h>
#endif

namespace spikedesk {

namespace {

/** No call reads more: some systems count in 31 bits. */
constexpr size_t kMostAtOnce = size_t(1) << 30;

[[noreturn]] void fail() { throw std::system_error(errno, std::generic_category()); }

} // namespace

#ifdef _WIN32

InputFile::InputFile(const std::string &path)
    : file_(_wopen(std::filesystem::path(std::u8string(path.begin(), path.end())).c_str(),
                   _O_RDONLY | _O_BINARY | _O_NOINHERIT)) {
  if (file_ < 0) fail();
}

InputFile::~InputFile() { _close(file_); }

uint64_t InputFile::size() const {
  struct _stat64 facts;
  if (_fstat64(file_, &facts) != 0) fail();
  return (uint64_t)facts.st_size;
}

bool InputFile::read(uint64_t at, uint8_t *to, size_t bytes) const {
  if (_lseeki64(file_, (int64_t)at, SEEK_SET) < 0) fail();
  while (bytes > 0) {
    const int got = _read(file_, to, (unsigned)std::min(bytes, kMostAtOnce));
    if (got < 0) fail();
    if (got == 0) return false;
    to += got;
    bytes -= (size_t)got;
  }
  return true;
}

#else

InputFile::InputFile(const std::string &path) : file_(open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
  if (file_ < 0) fail();
}

InputFile::~InputFile() { close(file_); }

uint64_t InputFile::size() const {
  struct stat facts;
  if (fstat(file_, &facts) != 0) fail();
  return (uint64_t)facts.st_size;
}

bool InputFile::read(uint64_t at, uint8_t *to, size_t bytes) const {
  while (bytes > 0) {
    const ssize_t got = pread(file_, to, std::min(bytes, kMostAtOnce), (off_t)at);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail();
    if (got == 0) return false;
    to += got;
    at += (uint64_t)got;
    bytes -= (size_t)got;
  }
  return true;
}

#endif

} // namespace spikedesk
