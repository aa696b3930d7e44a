import { englishPhrase, type Phrase } from '../errors/index.ts'
import type { Field, FieldValues } from '../fields.ts'

/**
 * How a parameter gets its first values. `uniform` draws from ±bound, torch's default for linear layers; of a
 * `diagonal` [N] torch draws the whole matrix [N,N]. `constant` draws nothing, unless torch overwrites with it what it
 * has drawn: `drawn` numbers then.
 */
export type Initialiser =
  | { kind: 'uniform'; bound: number }
  | { kind: 'diagonal'; bound: number }
  | { kind: 'constant'; value: number; drawn?: number }

/** One tensor that a layer owns, e.g. `weight [out,in]`. */
export interface ParameterSpec {
  name: string
  shape: number[]
  learnable: boolean
  initialise: Initialiser
}

/** What a layer wanted and what it got, where the shapes do not fit. */
export interface ShapeMismatch {
  wanted: string | Phrase
  found: string | Phrase
}

/**
 * A kind of layer: its parameter table and its shapes. What it computes stands in `src-main/engine/layers`
 * under the same kind. Shapes are those of one sample at one step: `[C,H,W]` or `[N]`.
 */
export interface LayerDefinition {
  kind: string
  label: string
  family: 'shape' | 'synapse' | 'neuron'
  /** Which framework's semantics it has; none where both agree. */
  framework?: 'snntorch' | 'spikingjelly'
  help: string
  /** Its equation in plain text, one line a step. */
  equation?: string
  fields: readonly Field[]
  /** Output shape, or what does not fit. */
  inferShape(input: readonly number[], params: FieldValues): number[] | ShapeMismatch
  /** Layers that read two inputs or more: the output shape, or what does not agree. Others read one. */
  join?(inputs: readonly (readonly number[])[], params: FieldValues): number[] | ShapeMismatch
  /** The tensors it owns for a given input shape. */
  parameters(input: readonly number[], params: FieldValues): ParameterSpec[]
}

export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1)
}

/** A shape as people write it in English: 28×28, 784, 1×28×28. */
export function shapeText(shape: readonly number[]): string {
  return shape.length === 0 ? englishPhrase({ phrase: 'shape.value' }) : shape.join('×')
}

/** A shape for the data of an error. */
export function shapeValue(shape: readonly number[]): string | Phrase {
  return shape.length === 0 ? { phrase: 'shape.value' } : shape.join('×')
}
