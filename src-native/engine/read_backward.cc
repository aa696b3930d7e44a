// The way back of a program: which tensors learn, and which stages hand a gradient on.
#include "read_backward.h"

#include <algorithm>

#include "refuse.h"

namespace spikedesk {

namespace {

/** Of the stages that read a signal the last goes back first and writes the gradient; the others add theirs. */
void markAdding(Plan &plan) {
  std::vector<char> written(plan.signals.size());
  for (size_t i = plan.stages.size(); i-- > 0;) {
    Stage &s = plan.stages[i];
    for (int signal : s.inputs) {
      s.adds.push_back(written[(size_t)signal]);
      written[(size_t)signal] = 1;
    }
  }
}

void readPenalties(Plan &plan) {
  for (const Penalty &penalty : plan.program.penalties) {
    const auto stage = std::find_if(plan.stages.begin(), plan.stages.end(), [&](const Stage &s) {
      return s.kind == StageKind::Neuron && s.layer == penalty.layer;
    });
    if (stage == plan.stages.end()) refuse(penalty.layer, "unknownLayer");
    const size_t places = (size_t)plan.output((int)(stage - plan.stages.begin())).places;
    for (const PenaltyTerm &term : penalty.terms) {
      const bool operations = term.kind == "synaptic_operations";
      if (!operations && term.kind != "l1_rate" && term.kind != "target_rate")
        refuse(penalty.layer, "regulariser", term.kind);
      if (operations && term.fanOut.size() != 1 && term.fanOut.size() != places)
        refuse(penalty.layer, "synapses");
    }
    stage->neuron.penalties = penalty.terms;
  }
}

} // namespace

void readBackward(Plan &plan) {
  for (const BackwardOp &op : plan.program.backward) {
    const auto stage = std::find_if(plan.stages.begin(), plan.stages.end(),
                                    [&](const Stage &s) { return s.layer == op.layer; });
    if (stage == plan.stages.end()) refuse(op.layer, "unknownLayer");
    if (stage->kind == StageKind::Join || stage->kind == StageKind::Dropout) {
      stage->passesBack() = true;
      continue;
    }
    if (stage->kind != StageKind::Linear && stage->kind != StageKind::Neuron) {
      MapStage &map = stage->map;
      if (op.op == "convolutionWeightGradient") map.learnsWeight = true, map.learnsBias = op.biasGradient && map.bias >= 0;
      else if (op.op == "convolutionInputGradient" || op.op == "poolBackward") map.passesBack = true;
      else if (op.op == "batchNormBackward") {
        map.learnsWeight = op.weightGradient && map.weight >= 0;
        map.learnsBias = op.biasGradient && map.bias >= 0;
        map.passesBack = op.inputGradient;
      } else refuse(op.layer, "backward", op.op);
      continue;
    }
    if (op.op == "gradedSpikesBackward") {
      if (!stage->neuron.factor) refuse(op.layer, "backward", op.op);
      stage->neuron.factor->learns = op.weightGradient;
      continue;
    }
    if (stage->isLinear != (op.op != "neuronBackward")) refuse(op.layer, "backward", op.op);
    LinearStage &linear = stage->linear;
    NeuronStage &neuron = stage->neuron;
    if (op.op == "linearWeightGradient") {
      linear.learnsWeight = true;
      linear.learnsBias = op.biasGradient && linear.bias >= 0;
    } else if (op.op == "linearInputGradient") {
      linear.passesBack = true;
    } else {
      neuron.passesBack = op.inputGradient;
      neuron.neuron.truncation = op.truncation;
      neuron.neuron.stream = (uint32_t)op.stream;
      stage->takesSpikesGradient = op.spikesGradient;
      stage->takesMembraneGradient = op.membraneGradient;
      for (const std::string &name : op.parameterGradients) {
        for (NeuronParameter &p : neuron.parameters) p.learns = p.learns || (p.tensor >= 0 && p.name == name);
        if (neuron.own && name == "V") neuron.own->learns = true;
        if (!neuron.coupled()) continue;
        if (name == "recurrent.weight" || name == "rnn.weight_hh_l0") neuron.learnsRecurrentWeight = true;
        if (name == "recurrent.bias" || name == "rnn.bias_hh_l0") neuron.learnsRecurrentBias = neuron.recurrentBias >= 0;
      }
    }
  }
  // Every stage after one that learns must hand its gradient on.
  plan.wantsInputGradient = plan.signals.front().needsGradient = plan.program.inputGradient;
  plan.firstBackward = (int)plan.stages.size();
  for (size_t i = 0; i < plan.stages.size(); i++) {
    Stage &s = plan.stages[i];
    bool &passes = s.passesBack();
    const bool learns = s.linear.learnsWeight || s.map.learnsWeight || (s.kind == StageKind::Neuron && s.neuron.learns());
    bool before = false;
    for (int signal : s.inputs) before = before || plan.signals[(size_t)signal].needsGradient;
    if (before && !passes && !s.join.flattens) refuse(s.layer, "gradient");
    passes = before;
    s.needsBackward = plan.signals[i + 1].needsGradient = before || learns;
    if (s.needsBackward) plan.firstBackward = std::min(plan.firstBackward, (int)i);
  }
  markAdding(plan);
  readPenalties(plan);
}

} // namespace spikedesk
