#include "event_functions.h"

#include <limits>
#include <memory>

#include "../events/frames.h"
#include "../events/recordings.h"
#include "arguments.h"

namespace spikedesk {

namespace {

/** Columns `t, x, y, p` from the argument `first` on, all of one length. */
struct ColumnArguments {
  EventColumns columns;
  size_t length = 0;

  ColumnArguments(const Napi::CallbackInfo &info, size_t first) {
    const Span<uint32_t> t = spanOf<uint32_t>(info[first], "t");
    length = t.length;
    columns.t = t.data;
    columns.x = spanOf<uint16_t>(info[first + 1], "x", length).data;
    columns.y = spanOf<uint16_t>(info[first + 2], "y", length).data;
    columns.p = spanOf<uint8_t>(info[first + 3], "p", length).data;
  }
};

std::string textOf(const Napi::Value &value, const char *name) {
  if (!value.IsString()) refuseCall(std::string(name) + " must be a string.");
  std::string text = value.As<Napi::String>().Utf8Value();
  if (text.find('\0') != std::string::npos) refuseCall(std::string(name) + " must not hold a zero.");
  return text;
}

/** A packed file of events, open for reading. */
class EventFileObject : public Napi::ObjectWrap<EventFileObject> {
public:
  static Napi::Function define(Napi::Env env) {
    return DefineClass(env, "EventFile",
                       {
                           InstanceMethod<&EventFileObject::read>("read"),
                           InstanceMethod<&EventFileObject::close>("close"),
                       });
  }

  /** new EventFile(path) */
  explicit EventFileObject(const Napi::CallbackInfo &info) : Napi::ObjectWrap<EventFileObject>(info) {
    guarded(info, [&] {
      file_ = std::make_unique<InputFile>(textOf(info[0], "path"));
      return info.Env().Undefined();
    });
  }

private:
  std::unique_ptr<InputFile> file_;

  /** read(offset, t, x, y, p): fills the columns; false where the file ends before. */
  Napi::Value read(const Napi::CallbackInfo &info) {
    return guarded(info, [&]() -> Napi::Value {
      if (!file_) refuseCall("The file has been closed.");
      const uint64_t offset = wholeNumber(info[0], "offset", 9007199254740991.0);
      const ColumnArguments to(info, 1);
      return Napi::Boolean::New(info.Env(), readPacked(*file_, offset, to.length, to.columns));
    });
  }

  Napi::Value close(const Napi::CallbackInfo &info) {
    file_.reset();
    return info.Env().Undefined();
  }
};

/** decodeAtis(bytes, markers, t, x, y, p): the number of events kept. */
Napi::Value decodeAtisBytes(const Napi::CallbackInfo &info) {
  return guarded(info, [&]() -> Napi::Value {
    const ColumnArguments to(info, 2);
    const Span<uint8_t> bytes = spanOf<uint8_t>(info[0], "bytes", to.length * kAtisEventBytes);
    const size_t kept = decodeAtis(bytes.data, to.length, info[1].ToBoolean().Value(), to.columns);
    return Napi::Number::New(info.Env(), (double)kept);
  });
}

/**
 * readAtisFiles(paths, events, markers, threads, t, x, y, p, kept): the events of each file lie one after another;
 * `kept` says how many of each count, -1 where a file cannot be read or has another length.
 */
Napi::Value readFiles(const Napi::CallbackInfo &info) {
  return guarded(info, [&] {
    if (!info[0].IsArray()) refuseCall("paths must be an array.");
    const Napi::Array paths = info[0].As<Napi::Array>();
    const Span<uint32_t> events = spanOf<uint32_t>(info[1], "events", paths.Length());
    const int threads = threadCount(info[3]);
    const ColumnArguments to(info, 4);
    const Span<int32_t> kept = spanOf<int32_t>(info[8], "kept", paths.Length());
    std::vector<AtisFile> files(paths.Length());
    size_t used = 0;
    for (uint32_t i = 0; i < paths.Length(); i++) {
      files[i].path = textOf(paths.Get(i), "path");
      files[i].events = events.data[i];
      files[i].to = to.columns.from(used);
      used += events.data[i];
      if (events.data[i] > (uint32_t)std::numeric_limits<int32_t>::max() || used > to.length)
        refuseCall("The columns have no room for these files.");
    }
    readAtisFiles(files, info[2].ToBoolean().Value(), threads);
    for (size_t i = 0; i < files.size(); i++) kept.data[i] = (int32_t)files[i].kept;
    return info.Env().Undefined();
  });
}

uint32_t numberOf(const Napi::Object &object, const char *name, uint32_t most) {
  return (uint32_t)wholeNumber(object.Get(name), name, most);
}

/** Slices whose events lie among `events`; returns how many entries they can make. */
size_t checkSlices(const Slices &slices, size_t events) {
  size_t most = 0;
  for (size_t i = 0; i < slices.count; i++) {
    const uint32_t from = slices.from[i], to = slices.to[i];
    if (to > events) refuseCall("A slice ends behind the events.");
    if (from < to) most += to - from;
  }
  return most;
}

/**
 * countFrames({ x, y, p }, from, to, { width, height, plane, off, binary }, { starts, places, values }, steps, length,
 * counted): appends a step for each slice to sparse frames of so many steps and entries; `counted` takes the new
 * length, the events shown and those outside. `values` may be null.
 */
Napi::Value count(const Napi::CallbackInfo &info) {
  return guarded(info, [&] {
    for (size_t i : {0, 3, 4})
      if (!info[i].IsObject()) refuseCall("events, counting and frames must be objects.");
    const Napi::Object columns = info[0].As<Napi::Object>(), how = info[3].As<Napi::Object>(),
                       frames = info[4].As<Napi::Object>();
    EventColumns events;
    const Span<uint16_t> x = spanOf<uint16_t>(columns.Get("x"), "x");
    events.x = x.data;
    events.y = spanOf<uint16_t>(columns.Get("y"), "y", x.length).data;
    events.p = spanOf<uint8_t>(columns.Get("p"), "p", x.length).data;
    const Span<uint32_t> from = spanOf<uint32_t>(info[1], "from");
    const Slices slices = {from.data, spanOf<uint32_t>(info[2], "to", from.length).data, from.length};
    FrameCounting counting;
    counting.width = numberOf(how, "width", 65536);
    counting.height = numberOf(how, "height", 32768);
    const bool apart = how.Get("apart").ToBoolean().Value();
    counting.plane = apart ? counting.width * counting.height : 0;
    counting.off = how.Get("signed").ToBoolean().Value() ? -1 : 1;
    if (counting.width == 0 || counting.height == 0 || (uint64_t)counting.width * counting.height > 1 << 28)
      refuseCall("The sensor must have 1 to 268435456 pixels.");
    const Span<uint32_t> starts = spanOf<uint32_t>(frames.Get("starts"), "starts");
    const Span<uint32_t> places = spanOf<uint32_t>(frames.Get("places"), "places");
    const uint64_t steps = wholeNumber(info[5], "steps", 4294967295.0);
    const uint64_t length = wholeNumber(info[6], "length", 4294967295.0);
    if (steps + slices.count >= starts.length || length + checkSlices(slices, x.length) > places.length)
      refuseCall("The frames have no room for these events.");
    SparseOutput out;
    out.places = places.data;
    const Napi::Value values = frames.Get("values");
    if (!values.IsNull()) out.values = spanOf<float>(values, "values", places.length).data;
    out.length = (uint32_t)length;
    const Span<uint32_t> counted = spanOf<uint32_t>(info[7], "counted", 3);
    // Kept from one recording to the next; threads have one each.
    static thread_local FrameRoom room;
    const bool binary = how.Get("binary").ToBoolean().Value();
    const CountedEvents found = countFrames(events, slices, counting, binary, room, out, starts.data + steps + 1);
    counted.data[0] = out.length;
    counted.data[1] = (uint32_t)found.shown;
    counted.data[2] = (uint32_t)found.outside;
    return info.Env().Undefined();
  });
}

} // namespace

void exportEventFunctions(Napi::Env env, Napi::Object exports) {
  exports.Set("EventFile", EventFileObject::define(env));
  exports.Set("decodeAtis", Napi::Function::New(env, decodeAtisBytes));
  exports.Set("readAtisFiles", Napi::Function::New(env, readFiles));
  exports.Set("countFrames", Napi::Function::New(env, count));
}

} // namespace spikedesk
