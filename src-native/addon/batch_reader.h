#pragma once
// The batches of one network as JavaScript hands them over.
#include <napi.h>

#include "../engine/network.h"

namespace spikedesk {

/** Batches of bound images, each as large as the network takes; the last one may be short. */
struct BatchesInTurn {
  /** From the first sample of the first batch on; what follows is that of the last. */
  BatchInput whole;
  size_t samples = 0, batchSize = 0;

  /** Batch `index`, and as what follows it the one after. */
  BatchInput at(size_t index) const;
};

/** Checks batches and points to what is in them; keeps the arrays that are bound, and the labels of the last call. */
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
  /** Batches of samples for so many steps, whose indices lie one after the other; all of them are checked. */
  BatchesInTurn readInTurn(const Napi::Value &batches, size_t steps);

private:
  struct BoundSource {
    Napi::ObjectReference images, labels;
  };

  const Network &network_;
  BoundSource sources_[2];
  std::vector<uint8_t> labels_;

  void checkLabels() const;
  void checkBatchSize(size_t samples, size_t steps = 1) const;
  BatchInput readSamples(const Napi::Object &batch, size_t steps = 1);
  BatchInput readImages(const Napi::Object &batch);
  BatchInput readValues(const Napi::Object &batch);
  BatchInput readFrames(const Napi::Object &batch);
};

} // namespace spikedesk
