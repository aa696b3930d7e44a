#include "recordings.h"

#include <algorithm>
#include <atomic>
#include <system_error>
#include <thread>

namespace spikedesk {

namespace {

/** Events that are read at once: their bytes are still in the nearest cache when they are unpacked. */
constexpr size_t kEventsAtOnce = 4096;

void readAtisFile(AtisFile &file, bool markers, std::vector<uint8_t> &room) {
  try {
    const InputFile input(file.path);
    const size_t bytes = file.events * kAtisEventBytes;
    if (input.size() != bytes) return;
    if (room.size() < bytes) room.resize(bytes);
    if (!input.read(0, room.data(), bytes)) return;
    file.kept = (int64_t)decodeAtis(room.data(), file.events, markers, file.to);
  } catch (const std::system_error &) {
    file.kept = -1;
  }
}

} // namespace

bool readPacked(const InputFile &file, uint64_t at, size_t events, const EventColumns &to) {
  uint8_t room[kEventsAtOnce * kPackedEventBytes];
  for (size_t done = 0; done < events; done += kEventsAtOnce) {
    const size_t count = std::min(kEventsAtOnce, events - done);
    if (!file.read(at + done * kPackedEventBytes, room, count * kPackedEventBytes)) return false;
    unpackEvents(room, count, to.from(done));
  }
  return true;
}

void readAtisFiles(std::vector<AtisFile> &files, bool markers, int threads) {
  std::atomic<size_t> next{0};
  const auto work = [&] {
    std::vector<uint8_t> room;
    for (size_t i = next++; i < files.size(); i = next++) readAtisFile(files[i], markers, room);
  };
  std::vector<std::thread> team;
  for (int i = 1; i < std::min(threads, (int)files.size()); i++) team.emplace_back(work);
  work();
  for (std::thread &member : team) member.join();
}

} // namespace spikedesk
