import type { LayerNode } from '../../../src-shared/model/document.ts'
import type { ProgramBuilder } from '../builder.ts'

/** What flows from layer to layer. */
export interface Signal {
  value: string
  /** Of one sample at one step. */
  shape: number[]
  /** The membrane behind it, where it comes from a neuron layer. */
  membrane: string | null
}

/** Gradients that arrive at a signal; null arrives nowhere. */
export interface SignalGradient {
  value: string | null
  membrane: string | null
}

/** A layer in its place. Its parameters are in the builder when it is called. */
export interface LayerSite {
  node: LayerNode
  /** What it reads; the first of several. */
  input: Signal
  inputs: Signal[]
}

/** What a kind of layer does, in ops. */
export interface LayerOps {
  kind: string
  /** Writes its forward ops and returns what it hands on. */
  forward(site: LayerSite, build: ProgramBuilder): Signal
  /**
   * Writes its backward ops, with a gradient of the builder at each input. Called in reverse order of the layers,
   * but not where the output is the input's value.
   */
  backward(site: LayerSite, output: Signal, gradient: SignalGradient, build: ProgramBuilder): void
}
