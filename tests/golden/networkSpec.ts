import type { LossKind } from '../../src-shared/experiment.ts'
import { defaultValues, type FieldValues } from '../../src-shared/fields.ts'
import { findLayer } from '../../src-shared/model/layers/index.ts'
import { defaultSurrogate, findSurrogate } from '../../src-shared/model/surrogates.ts'
import { unsupported } from './support.ts'

/** A layer of a network's words: its kind and what the words say of its parameters. */
export interface SpecLayer {
  kind: string
  params: FieldValues
}

/** A network case's `spec`, read. */
export interface NetworkWords {
  layers: SpecLayer[]
  loss: LossKind
}

const number = String.raw`-?\d*\.?\d+(?:e-?\d+)?`

/** A surrogate's name with the number of its one parameter, e.g. `fast_sigmoid25`. */
function readSurrogate(word: string): FieldValues | null {
  const [, name, value] = word.match(new RegExp(`^(\\D*[^\\d.\\s(-])[\\s(]*(${number})?\\)?$`)) ?? []
  const definition = name === undefined ? undefined : findSurrogate(name)
  if (!definition) return null
  const [field] = definition.fields
  const given = value === undefined || !field ? {} : { [field.key]: Number(value) }
  return { surrogate: { ...defaultSurrogate(definition.name), ...given } }
}

type Rule = readonly [pattern: RegExp, params: (value: number) => FieldValues]

const rule = (words: string, params: Rule[1]): Rule => [new RegExp(`^(?:${words})$`, 'i'), params]
const valued = (words: string, params: Rule[1]): Rule =>
  rule(`(?:${words})\\s*=?\\s*(?<value>${number})`, params)

const leakyRules: readonly Rule[] = [
  valued('|beta', (beta) => ({ beta })),
  valued('threshold|thr|theta', (threshold) => ({ threshold })),
  rule('(?:reset )?subtract', () => ({ reset: 'subtract' })),
  rule('(?:reset )?zero', () => ({ reset: 'zero' })),
  rule('(?:reset )?none|no reset', () => ({ reset: 'none' })),
  rule('no (?:reset_)?delay|reset_delay=false|immediate reset', () => ({ resetDelay: false })),
  rule('(?:reset_)?delay(?:=true)?|delayed(?: reset)?', () => ({ resetDelay: true })),
  rule('learn(?:s|ed|able)?[ _]beta', () => ({ learnBeta: true })),
  rule('learn(?:s|ed|able)?[ _]threshold', () => ({ learnThreshold: true })),
]

const integrateFireRules: readonly Rule[] = [
  valued('(?:v_)?threshold|thr|theta', (threshold) => ({ threshold })),
  valued('hard reset|v_reset', (resetValue) => ({ reset: 'hard', resetValue })),
  rule('hard reset', () => ({ reset: 'hard', resetValue: 0 })),
  rule('soft reset|v_reset=?none', () => ({ reset: 'soft', resetValue: 0 })),
  rule('detach(?:_reset|ed)?(?: reset)?', () => ({ detachReset: true })),
  rule('no detach(?:_reset)?(?: reset)?', () => ({ detachReset: false })),
]

const lifRules: readonly Rule[] = [
  ...integrateFireRules,
  valued('tau', (tau) => ({ tau })),
  rule('decay_input|decay input', () => ({ decayInput: true })),
  rule('no decay_input|no decay input', () => ({ decayInput: false })),
]

function readNeuron(rules: readonly Rule[], words: readonly string[]): FieldValues {
  return Object.assign(
    {},
    ...words.map((word) => {
      for (const [pattern, params] of rules) {
        const match = word.match(pattern)
        if (match) return params(Number(match.groups?.value))
      }
      return readSurrogate(word) ?? unsupported(`"${word}" of a neuron`)
    }),
  )
}

function readLinear(words: readonly string[]): FieldValues {
  const [, outputs, ...rest] = words
  if (!/^\d+$/.test(outputs ?? '')) unsupported(`linear(${words.join(',')})`)
  const bias = !rest.some((word) => /^no bias|bias=false$/i.test(word))
  const unknown = rest.find((word) => !/^(no bias|bias(=(true|false))?)$/i.test(word))
  if (unknown !== undefined) unsupported(`"${unknown}" of a linear layer`)
  return { outputs: Number(outputs), bias }
}

const convolutionRules: readonly Rule[] = [
  valued('pad(?:ding)?', (padding) => ({ padding })),
  valued('stride', (stride) => ({ stride })),
  valued('dilation', (dilation) => ({ dilation })),
  valued('groups', (groups) => ({ groups })),
  rule('no bias|bias=false', () => ({ bias: false })),
  rule('bias(?:=true)?', () => ({ bias: true })),
]

function readRules(what: string, rules: readonly Rule[], words: readonly string[]): FieldValues {
  return Object.assign(
    {},
    ...words.map((word) => {
      const [, params] = rules.find(([pattern]) => pattern.test(word)) ?? unsupported(`"${word}" of ${what}`)
      return params(Number(word.match(/[\d.]+$/)?.[0]))
    }),
  )
}

/** `conv3x3(pad1,no bias)`, or `conv(2,4,3,pad1)`: channels, outputs, kernel. */
function readConvolution(words: readonly string[], side: number | null): FieldValues {
  const given = side === null ? words.slice(0, 3).map(Number) : []
  const rest = side === null ? words.slice(3) : words
  return { kernel: side ?? given[2], ...readRules('a convolution', convolutionRules, rest) }
}

const poolRules: readonly Rule[] = [
  valued('pad(?:ding)?', (padding) => ({ padding })),
  valued('stride', (stride) => ({ stride })),
]

/** Layers whose word holds a number, e.g. `conv3x3` and `maxpool2`. */
function readSized(word: string, words: readonly string[]): SpecLayer | null {
  const convolution = word.match(/^conv(?:2d)?(?:(\d+)x\1)?$/i)
  const pool = word.match(/^(max|avg)pool(\d+)$/i)
  if (convolution) {
    const side = convolution[1] === undefined ? null : Number(convolution[1])
    return { kind: 'conv2d', params: readConvolution(words, side) }
  }
  if (!pool) return null
  const size = Number(pool[2])
  const params = { kernel: size, stride: size, ...readRules('pooling', poolRules, words) }
  return { kind: `${pool[1].toLowerCase()}pool2d`, params }
}

/** The layers that we have, by their word. */
const layerWords: Record<string, { kind: string; read(words: readonly string[]): FieldValues }> = {
  flatten: { kind: 'flatten', read: () => ({}) },
  bn: { kind: 'batchnorm2d', read: () => ({}) },
  linear: { kind: 'linear', read: readLinear },
  leaky: { kind: 'leaky', read: (words) => readNeuron(leakyRules, words) },
  lifnode: { kind: 'lif', read: (words) => readNeuron(lifRules, words) },
  lif: { kind: 'lif', read: (words) => readNeuron(lifRules, words) },
  ifnode: { kind: 'if', read: (words) => readNeuron(integrateFireRules, words) },
  if: { kind: 'if', read: (words) => readNeuron(integrateFireRules, words) },
}

/** Words of the losses that we have. */
const lossWords: readonly (readonly [RegExp, LossKind])[] = [
  [/^ce_rate(_loss)?\b/i, 'ce_rate'],
  [/^ce_count(_loss)?$|^(ce|cross.entropy) (on|of) (the )?(summed|count)|^ce .*spike counts?$/i, 'ce_count'],
  [/^(=? ?)sum over (the )?steps of ce ?\(mem\w*\)|^ce_(sum_mem|membrane_sum)\w*$/i, 'ce_membrane_sum'],
  [/^mse ?\((mean|firing) rate, ?one.?hot\)|^mse (of|on) (the )?(mean |firing )?rates?/i, 'mse_rate'],
]

function readLoss(words: string): LossKind {
  const trimmed = words.replace(/^loss\s*=?\s*/i, '')
  const found = lossWords.find(([pattern]) => pattern.test(trimmed))
  return found ? found[1] : unsupported(`loss "${trimmed}"`)
}

/** Writes `{a b}x2` out, without the sizes behind the layers, which the data tell. */
function spellOut(words: string): string {
  return words
    .replace(/\{([^{}]*)\}x(\d+)/g, (_, part: string, times: string) => `${part} `.repeat(Number(times)))
    .replace(/,\s*\d+ channels\b/, '')
    .replace(/,\s*\d+x\d+\s*$/, '')
}

/** A layer whose words are left out is as the one of its kind before it. */
function readLayers(words: string): SpecLayer[] {
  const layers: SpecLayer[] = []
  for (const [token, name, list] of spellOut(words).matchAll(/([^\s()]+)(?:\(((?:[^()]|\([^()]*\))*)\))?/g)) {
    const given = list?.split(',').map((word) => word.trim())
    const arguments_ = given?.filter(Boolean)
    const sized = readSized(name, arguments_ ?? [])
    const known = layerWords[name.toLowerCase()]
    if (!known && !sized) unsupported(`layer "${token}"`)
    const kind = sized?.kind ?? known.kind
    const before = layers.findLast((layer) => layer.kind === kind)
    const read = sized?.params ?? (arguments_ ? known.read(arguments_) : { ...before?.params })
    layers.push({ kind, params: { ...defaultValues(findLayer(kind)?.fields ?? []), ...read } })
  }
  return layers
}

/** Parts of a spec whose content stands in the case's data too, or changes nothing that is computed. */
const told = [
  /^T ?= ?\d+$/,
  /^static$/,
  /^given\b[\w ]*$/,
  /^weight decay [\d.e-]+$/,
  /^(adamw?|sgd)\b[\w .]*$/i,
  /^bn statistics over T\*B \(train mode\)$/,
]

/**
 * Reads a network's words, e.g. `linear(30,12) leaky(.95,fast_sigmoid25) linear(12,4) leaky; T=10; static;
 * loss ce on summed output spikes`. Words that it does not know make the case unsupported, by name.
 */
export function readNetworkWords(spec: string): NetworkWords {
  const [first, ...rest] = spec.split(';').map((part) => part.trim())
  const layers = readLayers(first)
  const parts = rest.filter((part) => !told.some((pattern) => pattern.test(part)))
  const losses = parts.filter((part) => /^loss\b/i.test(part))
  const unknown = parts.find((part) => !losses.includes(part))
  if (unknown !== undefined) unsupported(`"${unknown}"`)
  if (losses.length !== 1) unsupported(`${losses.length} losses`)
  return { layers, loss: readLoss(losses[0]) }
}
