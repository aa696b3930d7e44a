#pragma once
#include <map>

#include "plan.h"

namespace spikedesk {

/** Reads the way forward of `plan.program` as tensors, signals and stages; refuses what is no chain of ops that it
 * knows. */
class StageReader {
public:
  explicit StageReader(Plan &plan) : plan_(plan) {}
  void run();

private:
  Plan &plan_;
  /** What is read, for refusals: a layer, or the input. */
  std::string layer_ = plan_.program.encode.output;
  /** Signals by the ids of their values. */
  std::map<std::string, int> signals_;

  [[noreturn]] void refuse(const char *reason, const std::string &name = "") const;
  const Value &valueOf(const std::string &id) const;
  int tensorOf(const std::string &id) const;
  int parameterOf(const ForwardOp &op, const char *name) const;
  void checkShape(int tensor, const std::vector<int> &wanted) const;
  Signal signalOf(const std::string &id) const;
  int signalIndex(const std::string &id) const;
  void spread(Signal &s, const std::string &id) const;

  void readTensors();
  void readInput();
  void readLoss();

  bool convolvesItself(const ForwardOp &op) const;
  bool isMapOp(const ForwardOp &op) const;
  bool takesMaps() const;
  bool isLast(const ForwardOp &op) const;
  bool wantsFeatures(const ForwardOp &op) const;
  int flat(const ForwardOp &op, int signal);
  void append(const Stage &stage, const Signal &out);
  void readStage(const ForwardOp &op);

  void readLinear(const ForwardOp &op, const Signal &in, Signal &out, LinearStage &linear);
  void readMap(const ForwardOp &op, const Signal &in, Signal &out, Stage &stage);
  void readMapWindow(const ForwardOp &op, const Signal &in, const Signal &out, MapStage &map) const;
  void readConvolution(const ForwardOp &op, const Signal &in, const Signal &out, MapStage &map);
  void readNorm(const ForwardOp &op, const Signal &in, MapStage &map) const;

  void readNeurons(const ForwardOp &op, const Signal &in, Signal &out, NeuronStage &stage);
  void readModel(const ForwardOp &op, int neurons, NeuronStage &stage) const;
  void readRecurrence(const ForwardOp &op, const Signal &in, NeuronStage &stage);
  void readGraded(const ForwardOp &op);
  bool hearsAll(const ForwardOp &op) const;
  NeuronParameter neuronParameter(const ForwardOp &op, const ModelParameter &parameter, int neurons) const;
};

} // namespace spikedesk
