import type { SurrogateValue } from '../../src-shared/fields.ts'
import type { Window } from '../../src-shared/model/window.ts'
import type { NeuronSemantics } from './neuronSemantics.ts'
import type { AnyOp } from './operands.ts'
import type { Penalty } from './penalties.ts'
import type { Program, ProgramParameter, Value } from './program.ts'

/** `name(key value, ...)`; without brackets where there is nothing in them. */
function call(name: string, fields: readonly (readonly [key: string, value: unknown])[]): string {
  const words = fields.filter(([, value]) => value !== null).map(([key, value]) => `${key} ${String(value)}`)
  return words.length === 0 ? name : `${name}(${words.join(', ')})`
}

function surrogateText({ name, ...parameters }: SurrogateValue): string {
  return call(name, Object.entries(parameters))
}

function semanticsText({ surrogate, ...neuron }: NeuronSemantics): string {
  const { model, ...constants } = neuron
  return `${call(model, Object.entries(constants))} ${surrogateText(surrogate)}`
}

function joined(outputs: readonly (string | null)[]): string {
  return outputs.map((id) => id ?? '-').join(', ')
}

/** How a window moves, rows before columns. */
function spacing(window: Window) {
  return {
    kernel: `${window.kernelHeight}×${window.kernelWidth}`,
    stride: `${window.strideY}×${window.strideX}`,
    padding: `${window.paddingY}×${window.paddingX}`,
    dilation: `${window.dilationY}×${window.dilationX}`,
  }
}

function opText(op: AnyOp): string {
  switch (op.op) {
    case 'encode':
      return `${op.output} = ${call(`encode ${op.encoding}`, Object.entries({ ...op.scale, ...op.params }))}`
    case 'linear': {
      const { input, weight, bias } = op
      return `${op.output} = ${call('linear', Object.entries({ input, weight, bias }))}`
    }
    case 'neuron': {
      const operands = call('neuron', Object.entries({ input: op.input, ...op.parameters }))
      const outputs = joined([op.spikes, op.membrane, ...Object.values(op.states)])
      return `${outputs} = ${operands} ${semanticsText(op.neuron)}`
    }
    case 'convolution': {
      const { input, weight, bias, groups } = op
      const fields = Object.entries({ input, weight, bias, ...spacing(op.window), groups })
      return `${op.output} = ${call('convolution', fields)}`
    }
    case 'pool':
      return `${op.output} = ${call(`pool ${op.pool}`, Object.entries({ input: op.input, ...spacing(op.window) }))}`
    case 'add':
    case 'concat':
    case 'accumulate':
      return `${op.output} = ${op.op}(${op.inputs.join(', ')})`
    case 'addBackward':
    case 'concatBackward':
      return `${joined(op.outputs)} = ${call(op.op, [['gradient', op.gradient]])}`
    case 'dropout':
    case 'dropoutBackward': {
      const { op: name, layer: _layer, output, ...fields } = op
      return `${output} = ${call(name, Object.entries(fields))}`
    }
    case 'batchNorm':
    case 'batchNormBackward': {
      const { op: name, layer: _layer, ...fields } = op
      const written =
        op.op === 'batchNorm' ? [op.output] : [op.inputGradient, op.weightGradient, op.biasGradient]
      const read = Object.entries(fields).filter(([, field]) => !written.some((id) => id === field))
      return `${joined(written)} = ${call(name, read)}`
    }
    case 'loss': {
      const { op: _op, loss, gradient, ...fields } = op
      return `${gradient} = ${call(`loss ${loss}`, Object.entries(fields))}`
    }
    case 'neuronBackward': {
      const { input, parameters, spikes, membrane, spikesGradient, membraneGradient } = op
      const truncation = op.truncation > 0 ? op.truncation : null
      const read = { input, ...parameters, spikes, membrane, spikesGradient, membraneGradient, truncation }
      const outputs = joined([op.inputGradient, ...Object.values(op.parameterGradients)])
      return `${outputs} = ${call('neuronBackward', Object.entries(read))} ${semanticsText(op.neuron)}`
    }
    case 'gradedSpikes': {
      const { input, factor } = op
      return `${op.output} = ${call('gradedSpikes', Object.entries({ input, factor }))}`
    }
    case 'gradedSpikesBackward': {
      const { input, factor, gradient } = op
      const outputs = joined([op.spikesGradient, op.factorGradient])
      return `${outputs} = ${call('gradedSpikesBackward', Object.entries({ input, factor, gradient }))}`
    }
    case 'linearWeightGradient': {
      const { input, gradient } = op
      const outputs = joined([op.weightGradient, op.biasGradient])
      return `${outputs} = ${call('linearWeightGradient', Object.entries({ input, gradient }))}`
    }
    case 'linearInputGradient': {
      const { gradient, weight } = op
      return `${op.output} = ${call('linearInputGradient', Object.entries({ gradient, weight }))}`
    }
    case 'convolutionWeightGradient': {
      const { input, gradient, groups } = op
      const fields = Object.entries({ input, gradient, ...spacing(op.window), groups })
      return `${joined([op.weightGradient, op.biasGradient])} = ${call('convolutionWeightGradient', fields)}`
    }
    case 'convolutionInputGradient': {
      const { gradient, weight, groups } = op
      const fields = Object.entries({ gradient, weight, ...spacing(op.window), groups })
      return `${op.output} = ${call('convolutionInputGradient', fields)}`
    }
    case 'poolBackward': {
      const { input, gradient } = op
      const fields = Object.entries({ input, gradient, ...spacing(op.window) })
      return `${op.output} = ${call(`poolBackward ${op.pool}`, fields)}`
    }
    case 'adam':
    case 'adamax':
    case 'rmsprop':
    case 'sgd': {
      const { op: name, parameter, ...fields } = op
      return `${parameter} = ${call(name, Object.entries(fields))}`
    }
  }
}

function valueText({ id, role, format, time, shape }: Value): string {
  return [id, role, format, time, `[${shape.join(',')}]`].join(' ')
}

function parameterText({ value, layer, learnable, initialise }: ProgramParameter): string {
  const { kind, ...numbers } = initialise
  const learned = learnable ? 'learned' : 'fixed'
  return `${value} of ${layer}, ${learned}, ${call(kind, Object.entries(numbers))}`
}

function penaltyText({ layer, terms }: Penalty): string {
  const words = terms.map(({ kind, strength, target, fanOut }) => {
    const reached = fanOut.length > 0 ? `${Math.min(...fanOut)} to ${Math.max(...fanOut)}` : null
    return call(kind, Object.entries({ strength, target, synapses: reached }))
  })
  return `${layer}: ${words.join(', ')}`
}

/** What is done to gradients before the update. */
function stepText({ clipping, accumulation }: Program): string[] {
  const averaged = accumulation > 1 ? [`gradients averaged over ${accumulation} batches`] : []
  return clipping ? [...averaged, `gradients clipped by ${clipping.by} to ${clipping.most}`] : averaged
}

/**
 * A program as text, one value and one op a line: complete, and the same for the same program. Several outputs
 * stand in a fixed order, `-` for one that is not made.
 */
export function printProgram(program: Program): string {
  const section = (title: string, lines: readonly string[]) => [title, ...lines.map((line) => `  ${line}`)]
  return [
    `program: ${program.timeSteps} steps, batches up to ${program.batchSize}, seed ${program.seed}`,
    ...section('values', program.values.map(valueText)),
    ...section('parameters', program.parameters.map(parameterText)),
    ...section('forward', program.forward.map(opText)),
    ...section('loss', [opText(program.loss)]),
    ...(program.penalties.length > 0 ? section('penalties', program.penalties.map(penaltyText)) : []),
    ...section('backward', program.backward.map(opText)),
    ...section('update', [...stepText(program), ...program.update.map(opText)]),
    '',
  ].join('\n')
}
