import { defaultValues, type Field } from '../../../src-shared/fields.ts'
import { findLayer } from '../../../src-shared/model/layers/index.ts'
import { neuronQuestion } from '../../../src-shared/questionFields.ts'
import type { NeuronBlock } from './blocks.ts'
import type { Interview } from './interview.ts'
import type { FoundModule } from './modules.ts'
import { valuesOf, withinField } from './parameterValues.ts'
import { foundNumber, type TrainingEvidence } from './trainingEvidence.ts'

/** spikingjelly's neurons, which save nothing but what they learn. Source: spikingjelly, `activation_based.neuron`. */

const matters: Readonly<Record<string, 'training'>> = { surrogate: 'training', detachReset: 'training' }

/** The kind of neurons that save nothing. */
function askedKind(interview: Interview, convolutional: boolean): string {
  const field = { ...neuronQuestion, default: convolutional ? 'if' : 'lif' }
  const evidence = convolutional ? 'evidence.convolutionalIf' : 'evidence.denseLif'
  return String(interview.ask({ id: 'neuron', field, evidence: { phrase: evidence } }))
}

/** A setting of the training loop that says what a field asks, else the question. */
function valueOf(field: Field, interview: Interview, evidence: TrainingEvidence) {
  const names: Record<string, string[]> = {
    tau: ['tau', 'init_tau'],
    threshold: ['v_threshold', 'threshold'],
  }
  const found = foundNumber(evidence, ...(names[field.key] ?? []))
  if (found) return interview.know(field.key, field, found.value, found.source)
  return interview.ask({ id: field.key, field, matters: matters[field.key] })
}

/** One of spikingjelly's neuron layers; `module` is the one that holds what it learned, where there is one. */
export function spikingjellyNeuron(
  id: string,
  module: FoundModule | null,
  interview: Interview,
  evidence: TrainingEvidence,
  convolutional: boolean,
): NeuronBlock {
  const learned = module?.tensors.has('w') ? 'plif' : module?.tensors.has('k') ? 'klif' : null
  const kind = learned ?? askedKind(interview, convolutional)
  const fields = findLayer(kind)?.fields ?? []
  const params = defaultValues(fields)
  const asked = ['tau', 'decayInput', 'threshold', 'reset', 'surrogate', 'detachReset']
  for (const field of fields.filter(({ key }) => asked.includes(key))) {
    if (kind === 'plif' && field.key === 'tau') continue
    params[field.key] = valueOf(field, interview, evidence)
  }
  if (kind === 'plif') {
    // 1/τ = σ(w).
    const [w] = valuesOf(module?.tensors.get('w'))
    params.tau = withinField(kind, 'tau', 1 + Math.exp(-w))
    interview.facts.push({ name: `${id}.tau`, value: params.tau, source: `${id}.w` })
  }
  return { kind: 'neuron', id, layer: kind, params }
}
