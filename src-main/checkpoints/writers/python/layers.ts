import { SpikedeskError } from '../../../../src-shared/errors/index.ts'
import type { InferredLayer } from '../../../../src-shared/model/shapes.ts'
import { pythonArguments, pythonValue } from './literals.ts'
import { neuronCode, statesOf } from './neurons.ts'

/** Each layer as a line of Python: its name, how it is run, and its module. */

function windowArguments({ params }: InferredLayer['node']): string {
  return `${Number(params.kernel)}, ${pythonArguments({ stride: Number(params.stride), padding: Number(params.padding) })}`
}

function plainModule({ node, inputShape }: InferredLayer): string | null {
  const { kind, params } = node
  const axes = kind.endsWith('1d') ? 1 : 2
  const [channels] = inputShape ?? [0]
  switch (kind) {
    case 'flatten':
      return 'nn.Flatten()'
    case 'linear':
      return `nn.Linear(${channels}, ${Number(params.outputs)}, ${pythonArguments({ bias: params.bias === true })})`
    case 'conv1d':
    case 'conv2d': {
      const rest = {
        dilation: Number(params.dilation),
        groups: Number(params.groups),
        bias: params.bias === true,
      }
      return `nn.Conv${axes}d(${channels}, ${Number(params.outputs)}, ${windowArguments(node)}, ${pythonArguments(rest)})`
    }
    case 'maxpool1d':
    case 'maxpool2d':
      return `nn.MaxPool${axes}d(${windowArguments(node)})`
    case 'avgpool1d':
    case 'avgpool2d':
      return `nn.AvgPool${axes}d(${windowArguments(node)})`
    case 'adaptiveavgpool1d':
    case 'adaptiveavgpool2d':
      return `nn.AdaptiveAvgPool${axes}d(${Number(params.size)})`
    case 'batchnorm1d':
    case 'batchnorm2d': {
      const values = {
        eps: Number(params.epsilon),
        momentum: Number(params.momentum),
        affine: params.affine === true,
      }
      return `nn.BatchNorm${axes}d(${channels}, ${pythonArguments(values)})`
    }
    case 'dropout':
      return `nn.Dropout(${Number(params.probability)})`
  }
  return null
}

/** Whether a layer without neurons takes its numbers from each step alone, or from all together. */
function runOf({ node }: InferredLayer): string {
  if (node.params.statistics === 'step') return 'each'
  return node.kind === 'dropout' && node.params.mask === 'sequence' ? 'masked' : 'together'
}

/** How the script runs a layer over time, as Python. */
function howRun(layer: InferredLayer): string {
  const { kind } = layer.node
  if (Object.hasOwn(statesOf, kind)) {
    const { states, recurrent } = statesOf[kind]
    return `(${states}, ${pythonValue(recurrent)})`
  }
  if (kind === 'leakyparallel') return '"parallel"'
  return Object.hasOwn(neuronCode, kind) ? '"sequence"' : JSON.stringify(runOf(layer))
}

/** `(name, what it reads, run, module)` of a layer. Throws `export.layer` where no framework has it. */
export function layerCode(layer: InferredLayer): string {
  const { id, kind, inputs = [] } = layer.node
  const head = `    (${JSON.stringify(id)}, ${JSON.stringify(inputs)}, `
  if (kind === 'add' || kind === 'concat') return `${head}"${kind}", nn.Identity),`
  const module = Object.hasOwn(neuronCode, kind) ? neuronCode[kind](layer) : plainModule(layer)
  if (!module) throw new SpikedeskError('export.layer', { layer: id, kind, format: 'Python' })
  return `${head}${howRun(layer)}, lambda: ${module}),`
}
