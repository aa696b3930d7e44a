// From gradient to step: the constants of an update, and updates whose gradients have to lie in memory first, because
// they are averaged over batches or clipped by the norm of all of them.
#include <cmath>

#include "network.h"

namespace spikedesk {

void Network::placeGradients() {
  if (hasGradients_) return;
  Layout layout;
  for (Tensor &t : plan_.tensors)
    if (t.update >= 0) t.gradient = layout.take<float>(t.paddedFloats(), Holds::Gradients);
  gradients_.allocate(layout);
  hasGradients_ = true;
}

UpdateKind Network::updateKind(const std::string &op) const {
  if (op == "adam") return kAdam;
  if (op == "adamax") return kAdamax;
  return op == "rmsprop" ? kRmsprop : kSgd;
}

/** The numbers of an optimizer in this step; corrections of moments are computed in double. */
void Network::setUpdate(Update &u, const UpdateOp &op) const {
  const double n = (double)(step_ + 1);
  const double rate = input_.learningRate.value_or(op.learningRate);
  u.kind = updateKind(op.op);
  u.weightDecay = op.decoupledDecay ? 0.0f : (float)op.weightDecay;
  u.kept = op.decoupledDecay ? (float)(1.0 - rate * op.weightDecay) : 1.0f;
  u.stepSize = (float)(rate / (1.0 - std::pow(op.beta1, n)));
  u.beta1 = (float)op.beta1;
  u.beta2 = (float)op.beta2;
  u.beta1Rest = (float)(1.0 - op.beta1);
  u.beta2Rest = (float)(1.0 - op.beta2);
  u.rootCorrection = (float)(1.0 / std::sqrt(1.0 - std::pow(op.beta2, n)));
  u.epsilon = (float)op.epsilon;
  u.learningRate = (float)rate;
  u.momentum = (float)op.momentum;
  u.momentumRest = (float)(1.0 - op.dampening);
  u.nesterov = op.nesterov;
  u.start = step_ == 0;
  u.limit = (float)plan_.program.mostValue;
  u.factor = 1.0f;
  u.adjusts = u.limit > 0.0f;
}

void Network::prepareUpdates() {
  for (size_t i = 0; i < plan_.tensors.size(); i++) {
    const Tensor &t = plan_.tensors[i];
    if (t.update < 0) continue;
    const UpdateOp &op = plan_.program.update[(size_t)t.update];
    Update &u = updates_[i];
    u = {};
    setUpdate(u, op);
    if (!isTraining() || plan_.storesGradients) u.kind = isTraining() && waiting_ > 0 ? kAddGradient : kStoreGradient;
    u.parameter = arena_.at<float>(t.data);
    float **states[] = {&u.first, &u.second, &u.third};
    for (size_t k = 0; k < t.states.size(); k++)
      if (!op.states[k].empty()) *states[k] = arena_.at<float>(t.states[k]);
    if (isTraining() && plan_.storesGradients) u.gradient = arena_.at<float>(t.sum);
    else if (hasGradients_) u.gradient = gradients_.at<float>(t.gradient);
  }
}

/** All threads: squares of the gradients piece by piece, then the updates, then what is derived from the weights. The
 * squares are added in the order of the pieces. */
void Network::applyUpdates(int thread) {
  const auto eachOf = [&](size_t pass, auto job) {
    for (int i; (i = passes_[pass].take(thread)) >= 0;) job((size_t)i);
    profile.lap(thread, profile.prepareRow(), Direction::Update);
  };
  meet(thread);
  if (plan_.program.mostNorm > 0)
    eachOf(0, [&](size_t i) {
      const TensorPiece &p = plan_.pieces[i];
      squares_[i] = kernels_.squareSum(updates_[(size_t)p.tensor].gradient + p.first, p.blocks);
    });
  meet(thread);
  if (thread == 0) adjustUpdates();
  meet(thread);
  if (stopped_) return;
  eachOf(1, [&](size_t i) {
    const TensorPiece &p = plan_.pieces[i];
    const Update &u = updates_[(size_t)p.tensor];
    kernels_.update(&u, u.gradient + p.first, p.first, p.blocks);
    checkValues(p.tensor, p.first, p.blocks);
  });
  meet(thread);
  eachOf(2, [&](size_t i) { transposeAfter(plan_.tasks[i]); });
}

/** Averages, and clips as torch.nn.utils.clip_grad_norm_ does: most / (norm + 1e-6), at most 1. */
void Network::adjustUpdates() {
  const double averaged = 1.0 / (waiting_ + 1), most = plan_.program.mostNorm;
  double factor = averaged;
  if (most > 0) {
    double squares = 0;
    for (const double sum : squares_) squares += sum;
    if (std::isnan(squares)) return stopAtGradient();
    const double coefficient = most / (averaged * std::sqrt(squares) + 1e-6);
    if (!(coefficient >= 1.0)) factor *= coefficient;
  }
  for (size_t i = 0; i < plan_.tensors.size(); i++) {
    const Tensor &t = plan_.tensors[i];
    if (t.update < 0) continue;
    Update &u = updates_[i];
    setUpdate(u, plan_.program.update[(size_t)t.update]);
    u.factor = (float)factor;
    u.adjusts = u.adjusts || factor != 1.0;
  }
}

/** What a piece of the second half does after an update at once. */
void Network::transposeAfter(const UpdateTask &task) {
  switch (task.kind) {
  case UpdateTask::DenseWeight:
  case UpdateTask::SpikeWeight:
    return transposeWeights(task.stage, task.firstOutput, task.outputs, task.firstInput, task.inputs);
  case UpdateTask::RecurrentWeight: {
    const NeuronStage &n = plan_.stages[(size_t)task.stage].neuron;
    const int places = plan_.tensors[(size_t)n.recurrentWeight].places;
    const int inputs = n.recurrentMap ? places : task.inputs, firstInput = task.firstInput * (n.recurrentMap ? places : 1);
    return transposeRecurrent(task.stage, task.firstOutput, task.outputs, firstInput, inputs);
  }
  case UpdateTask::WindowWeight: return transposeWindow(task.stage, task.firstOutput, task.outputs, task.firstInput);
  default: return;
  }
}

} // namespace spikedesk
