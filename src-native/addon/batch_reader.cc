#include "batch_reader.h"

#include <algorithm>

#include "arguments.h"

namespace spikedesk {

namespace {

int splitOf(const Napi::Value &value) {
  const std::string split = wordOf(value);
  if (split != "train" && split != "test") refuseCall("The split must be \"train\" or \"test\".");
  return split == "test";
}

void checkPlaces(const Span<uint32_t> &places, size_t samples) {
  for (size_t i = 0; i < places.length; i++)
    if (places.data[i] >= samples)
      refuseCall("Index " + std::to_string(places.data[i]) + " is outside the " + std::to_string(samples) + " samples.");
}

} // namespace

BatchInput BatchesInTurn::at(size_t index) const {
  const size_t first = index * batchSize, left = samples - first;
  BatchInput batch = whole;
  batch.samples = (int)std::min(left, batchSize);
  batch.indices += first;
  batch.labels += first;
  if (left > batchSize) {
    batch.next = batch.indices + batchSize;
    batch.nextSamples = (int)std::min(left - batchSize, batchSize);
  }
  return batch;
}

BatchReader::BatchReader(const Network &network) : network_(network) {
  labels_.reserve((size_t)network.plan().program.batchSize);
}

void BatchReader::bind(const Napi::Value &split, const Napi::Value &images, const Napi::Value &labels) {
  const size_t bytes = spanOf<uint8_t>(images, "images").length, count = spanOf<uint8_t>(labels, "labels").length;
  const size_t inputs = (size_t)network_.imageBytes();
  if (bytes != count * inputs)
    refuseCall("The images have " + std::to_string(bytes) + " values; " + std::to_string(count) + " labels at " +
               std::to_string(inputs) + " values an image need " + std::to_string(count * inputs) + ".");
  BoundSource &source = sources_[splitOf(split)];
  source.images = Napi::Persistent(images.As<Napi::Object>());
  source.labels = Napi::Persistent(labels.As<Napi::Object>());
}

BatchInput BatchReader::read(const Napi::Value &value, bool labelled) {
  if (!value.IsObject()) refuseCall("The batch must be an object.");
  const Napi::Object batch = value.As<Napi::Object>();
  const std::string kind = wordOf(batch.Get("kind"));
  BatchInput input;
  if (kind == "samples") input = readSamples(batch);
  else if (kind == "images") input = readImages(batch);
  else if (kind == "values") input = readValues(batch);
  else if (kind == "frames") input = readFrames(batch);
  else refuseCall("The kind of a batch must be \"samples\", \"images\", \"values\" or \"frames\".");
  if (labelled) checkLabels();
  input.samples = (int)labels_.size();
  input.labels = labels_.data();
  return input;
}

BatchesInTurn BatchReader::readInTurn(const Napi::Value &value, size_t steps) {
  if (!value.IsObject()) refuseCall("The batches must be an object.");
  const Napi::Object batches = value.As<Napi::Object>();
  if (wordOf(batches.Get("kind")) != "samples") refuseCall("The kind of batches in turn must be \"samples\".");
  BatchesInTurn read;
  read.whole = readSamples(batches, steps);
  checkLabels();
  read.whole.labels = labels_.data();
  read.samples = labels_.size();
  read.batchSize = (size_t)network_.plan().program.batchSize;
  return read;
}

void BatchReader::checkLabels() const {
  const int classes = network_.plan().loss.classes;
  for (size_t i = 0; i < labels_.size(); i++)
    if (labels_[i] >= classes)
      refuseCall("Sample " + std::to_string(i) + " of the batch is of class " + std::to_string(labels_[i]) +
                 ", but the network tells only " + std::to_string(classes) + " classes apart.");
}

void BatchReader::checkBatchSize(size_t samples, size_t steps) const {
  if (steps == 0) refuseCall("There is no step to be done.");
  const size_t size = (size_t)network_.plan().program.batchSize, least = (steps - 1) * size + 1, most = steps * size;
  if (samples < least || samples > most)
    refuseCall("The batch has " + std::to_string(samples) + " samples; this network takes " + std::to_string(least) + " to " +
               std::to_string(most) + ".");
}

BatchInput BatchReader::readSamples(const Napi::Object &batch, size_t steps) {
  BatchInput input;
  const int split = splitOf(batch.Get("split"));
  const BoundSource &source = sources_[split];
  if (source.images.IsEmpty()) refuseCall("No images are bound to this split.");
  if (network_.plan().program.encode.encoding == "given") refuseCall("This network takes values, not images.");
  const Span<uint8_t> images = spanOf<uint8_t>(source.images.Value(), "images");
  const Span<uint8_t> labels = spanOf<uint8_t>(source.labels.Value(), "labels");
  if (images.length != labels.length * (size_t)network_.imageBytes())
    refuseCall("The bound images have changed their size.");
  const Span<uint32_t> indices = spanOf<uint32_t>(batch.Get("indices"), "indices");
  checkBatchSize(indices.length, steps);
  checkPlaces(indices, labels.length);
  labels_.resize(indices.length);
  for (size_t i = 0; i < indices.length; i++) labels_[i] = labels.data[indices.data[i]];
  if (const Napi::Value next = batch.Get("next"); !next.IsUndefined()) {
    const Span<uint32_t> places = spanOf<uint32_t>(next, "next");
    checkPlaces(places, labels.length);
    input.next = places.data;
    input.nextSamples = (int)std::min(places.length, (size_t)network_.plan().program.batchSize);
  }
  input.images = images.data;
  input.indices = indices.data;
  input.epoch = (uint32_t)wholeNumber(batch.Get("epoch"), "The epoch", 4294967295.0);
  input.test = split == 1;
  return input;
}

/** Images that come with the batch, which no split holds. */
BatchInput BatchReader::readImages(const Napi::Object &batch) {
  BatchInput input;
  if (network_.plan().program.encode.encoding == "given") refuseCall("This network takes values, not images.");
  const Span<uint8_t> labels = spanOf<uint8_t>(batch.Get("labels"), "labels");
  checkBatchSize(labels.length);
  input.images = spanOf<uint8_t>(batch.Get("pixels"), "pixels", labels.length * (size_t)network_.imageBytes()).data;
  input.indices = spanOf<uint32_t>(batch.Get("indices"), "indices", labels.length).data;
  input.handed = true;
  labels_.assign(labels.data, labels.data + labels.length);
  input.epoch = (uint32_t)wholeNumber(batch.Get("epoch"), "The epoch", 4294967295.0);
  input.test = splitOf(batch.Get("split")) == 1;
  return input;
}

BatchInput BatchReader::readValues(const Napi::Object &batch) {
  BatchInput input;
  const Span<uint8_t> labels = spanOf<uint8_t>(batch.Get("labels"), "labels");
  checkBatchSize(labels.length);
  const size_t wanted = labels.length * (size_t)network_.inputs() * (size_t)network_.inputSteps();
  const Span<float> values = spanOf<float>(batch.Get("values"), "values", wanted);
  if (network_.takesSpikes())
    for (size_t i = 0; i < values.length; i++)
      if (values.data[i] != 0.0f && values.data[i] != 1.0f)
        refuseCall("This network takes spikes: values must be 0 or 1.");
  labels_.assign(labels.data, labels.data + labels.length);
  input.values = values.data;
  return input;
}

/** Sparse frames; every index in them is checked where it is followed. */
BatchInput BatchReader::readFrames(const Napi::Object &batch) {
  BatchInput input;
  const Span<uint8_t> labels = spanOf<uint8_t>(batch.Get("labels"), "labels");
  checkBatchSize(labels.length);
  if (network_.plan().program.encode.encoding != "given") refuseCall("This network takes images, not frames.");
  const size_t frames = labels.length * (size_t)network_.inputSteps();
  input.starts = spanOf<uint32_t>(batch.Get("starts"), "starts", frames + 1).data;
  const Span<uint32_t> places = spanOf<uint32_t>(batch.Get("places"), "places");
  input.places = places.data;
  input.entries = places.length;
  const Napi::Value values = batch.Get("values");
  if (!values.IsNull()) {
    if (network_.takesSpikes()) refuseCall("This network takes spikes: frames must have no values.");
    input.frameValues = spanOf<float>(values, "values", places.length).data;
  }
  labels_.assign(labels.data, labels.data + labels.length);
  return input;
}

} // namespace spikedesk
