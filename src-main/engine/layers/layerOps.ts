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
  input: Signal
}

/** What a kind of layer does, in ops. */
export interface LayerOps {
  kind: string
  /** Writes its forward ops and returns what it hands on. */
  forward(site: LayerSite, build: ProgramBuilder): Signal
  /** Writes its backward ops and returns the gradient at its input. Called in reverse order of the layers. */
  backward(site: LayerSite, output: Signal, gradient: SignalGradient, build: ProgramBuilder): SignalGradient
}
