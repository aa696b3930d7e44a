#pragma once
// The batches of one network as JavaScript hands them over.
#include <napi.h>

#include "../engine/network.h"

namespace spikedesk {

/** Checks batches and points to what is in them; keeps the arrays that are bound, and the labels of the last batch. */
class BatchReader {
public:
  /** The network must outlive it. */
  explicit BatchReader(const Network &network);

  /** Images of a split, "train" or "test", that batches of samples name by their indices. */
  void bind(const Napi::Value &split, const Napi::Value &images, const Napi::Value &labels);
  /**
   * A batch of samples, images, values or frames. What it points to holds until the call from JavaScript ends, the labels until
   * the next batch; they are checked where a loss reads them.
   */
  BatchInput read(const Napi::Value &batch, bool labelled = true);

private:
  struct BoundSource {
    Napi::ObjectReference images, labels;
  };

  const Network &network_;
  BoundSource sources_[2];
  std::vector<uint8_t> labels_;

  void checkLabels() const;
  void checkBatchSize(size_t samples) const;
  BatchInput readSamples(const Napi::Object &batch);
  BatchInput readImages(const Napi::Object &batch);
  BatchInput readValues(const Napi::Object &batch);
  BatchInput readFrames(const Napi::Object &batch);
};

} // namespace spikedesk
