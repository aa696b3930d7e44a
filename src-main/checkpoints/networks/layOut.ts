import { defaultValues, type FieldValues } from '../../../src-shared/fields.ts'
import type { LayerNode } from '../../../src-shared/model/document.ts'
import { findLayer } from '../../../src-shared/model/layers/index.ts'
import {
  inputSizeQuestion,
  poolingQuestion,
  poolPlaceQuestion,
  sizesQuestion,
} from '../../../src-shared/questionFields.ts'
import { FileProblem } from '../../containers/fileProblem.ts'
import type { Block, ConvolutionBlock, NormBlock } from './blocks.ts'
import type { Interview } from './interview.ts'
import { convolutionsOf, mapPlans, planText, type MapPlan } from './mapSizes.ts'

/** From parts in order to the layers of a model: shapes, paddings and pools. */

export interface LayOutOptions {
  /** Where a pool stands that no module shows: tutorials of snnTorch pool before the neurons. */
  poolPlace: 'before' | 'after'
  /** What batch normalisation takes its statistics over. */
  statistics: 'sequence' | 'step'
  /** Shape of the samples that it will see, where that is known. */
  sampleShape: readonly number[] | null
}

/** Sides that images of these channels usually have: MNIST, N-MNIST, CIFAR. */
const usualSides: Readonly<Record<number, number>> = { 1: 28, 2: 34, 3: 32 }
const otherSides = [28, 34, 32, 16, 8, 64, 48, 96, 128, 224]

function node(id: string, kind: string, params: FieldValues = {}): LayerNode {
  return { id, kind, params: { ...defaultValues(findLayer(kind)?.fields ?? []), ...params } }
}

function askSide(
  convolutions: readonly ConvolutionBlock[],
  known: boolean[] | null,
  features: number | null,
  interview: Interview,
  { sampleShape }: LayOutOptions,
): number {
  const channels = convolutions[0].inputs
  const usual = usualSides[channels] ?? 28
  const given = sampleShape?.length === 3 && sampleShape[0] === channels ? [sampleShape[1]] : []
  const sizes = [...given, usual, ...otherSides]
  const fitting = sizes.find((size) => mapPlans(size, convolutions, known, features).length > 0)
  const evidence = { phrase: 'evidence.inputSize', channels } as const
  return Number(
    interview.ask({ id: 'inputSize', field: { ...inputSizeQuestion, default: fitting ?? usual }, evidence }),
  )
}

function askPlan(
  plans: readonly MapPlan[],
  convolutions: readonly ConvolutionBlock[],
  interview: Interview,
): MapPlan {
  if (plans.length === 1) return plans[0]
  const texts = plans.slice(0, 8).map((plan) => planText(plan, convolutions))
  const options = texts.map((value) => ({ value, label: value }))
  const field = { ...sizesQuestion, default: texts[0], options }
  const answer = interview.ask({
    id: 'sizes',
    field,
    evidence: { phrase: 'evidence.sizes', count: plans.length },
  })
  return plans[Math.max(0, texts.indexOf(String(answer)))]
}

function poolKind(axes: number, named: 'max' | 'avg' | undefined, interview: Interview): string {
  if (named) return `${named}pool${axes}d`
  return `${String(interview.ask({ id: 'pooling', field: poolingQuestion }))}pool${axes}d`
}

function askPoolPlace(interview: Interview, preset: LayOutOptions['poolPlace']): string {
  return String(interview.ask({ id: 'poolPlace', field: { ...poolPlaceQuestion, default: preset } }))
}

/** Puts the pools that only sizes show behind their convolution or behind its neurons. */
function withPools(
  blocks: readonly Block[],
  plan: MapPlan,
  known: boolean[] | null,
  place: () => string,
): Block[] {
  let index = -1
  let waiting: Block | null = null
  const placed = blocks.flatMap((block): Block[] => {
    if (block.kind === 'conv') {
      index++
      const id = `pool${index + 1}`
      waiting = !known && plan.pooled[index] ? { kind: 'pool', id } : null
      return [block]
    }
    if (block.kind !== 'neuron' || !waiting) return [block]
    const pool = waiting
    waiting = null
    return place() === 'before' ? [pool, block] : [block, pool]
  })
  if (!plan.adaptive) return placed
  const linear = placed.findIndex(({ kind }) => ['linear', 'parallel', 'flatten'].includes(kind))
  return placed.toSpliced(linear, 0, { kind: 'pool', id: 'adaptivePool', pooling: 'avg' })
}

/** The shape of a sample and the layers. Throws FileProblem where the shapes do not follow each other. */
export function layOut(
  blocks: readonly Block[],
  interview: Interview,
  options: LayOutOptions,
): { shape: number[]; layers: LayerNode[] } {
  const { convolutions, known } = convolutionsOf(blocks)
  const linear = blocks.find((block) => block.kind === 'linear' || block.kind === 'parallel')
  if (convolutions.length === 0) {
    if (!linear) throw new FileProblem('problem.noSynapses')
    return { shape: [linear.inputs], layers: blocks.map((block) => plainNode(block, interview, options, 1)) }
  }
  const [first] = convolutions
  const features = linear?.inputs ?? null
  const side = askSide(convolutions, known, features, interview, options)
  const plans = mapPlans(side, convolutions, known, features)
  if (plans.length === 0) throw new FileProblem('problem.sizes', { size: side, features: features ?? 0 })
  const plan = askPlan(plans, convolutions, interview)
  const whole = withPools(blocks, plan, known, () => askPoolPlace(interview, options.poolPlace))
  const layers = mapLayers(whole, plan, first.axes, interview, options)
  return { shape: [first.inputs, ...Array<number>(first.axes).fill(side)], layers }
}

function mapLayers(
  blocks: readonly Block[],
  plan: MapPlan,
  axes: 1 | 2,
  interview: Interview,
  options: LayOutOptions,
): LayerNode[] {
  let index = 0
  let channels: number | null = null
  let flat = false
  return blocks.flatMap((block): LayerNode[] => {
    if (block.kind === 'conv') {
      const { id, outputs, inputs, kernel, bias } = block
      const groups = channels !== null && channels % inputs === 0 ? channels / inputs : 1
      channels = outputs
      return [node(id, `conv${axes}d`, { outputs, kernel, bias, groups, padding: plan.padding[index++] })]
    }
    if (block.kind === 'flatten') flat = true
    if (block.id === 'adaptivePool')
      return [node(block.id, `adaptiveavgpool${axes}d`, { size: plan.adaptive })]
    const made = plainNode(block, interview, options, axes)
    if ((block.kind !== 'linear' && block.kind !== 'parallel') || flat) return [made]
    flat = true
    return [node('flatten', 'flatten'), made]
  })
}

function normKind(block: NormBlock, axes: number, options: LayOutOptions): LayerNode {
  return node(block.id, `batchnorm${axes}d`, { affine: block.affine, statistics: options.statistics })
}

function plainNode(block: Block, interview: Interview, options: LayOutOptions, axes: number): LayerNode {
  switch (block.kind) {
    case 'linear':
      return node(block.id, 'linear', { outputs: block.outputs, bias: block.bias })
    case 'neuron':
      return { id: block.id, kind: block.layer, params: block.params }
    case 'parallel':
      return { id: block.id, kind: 'leakyparallel', params: block.params }
    case 'norm':
      return normKind(block, axes, options)
    case 'pool':
      return node(block.id, poolKind(axes, block.pooling, interview))
    case 'flatten':
    case 'dropout':
      return node(block.id, block.kind)
    case 'conv':
      throw new FileProblem('problem.noSynapses')
  }
}
