import { loadAddon as loadExports } from '../../../native/addon.ts'
import type { LevelTable } from '../../../encoding/levels/levelTable.ts'
import type { Batch, EngineMemory, GivenBatch, OpTime, SampleBatch } from '../../executor.ts'
import type { Program } from '../../program.ts'
import type { NativeSteps } from './stepResults.ts'

/** Numbers of a batch; the addon fills the arrays in place. */
export interface NativeResult {
  loss: number
  penalty: number
  correct: number
  predictions: Int32Array
  counts: Float32Array
  layerSpikes: Float64Array
  notFinite?: string
}

/** `value`, `gradient`, or the name of an optimizer's state as `UpdateOp` has it. */
export type TensorPart = string

export type NativeMode = 'train' | 'accumulate' | 'evaluate' | 'gradients'

/** A compiled program in C++; see `src-native/addon/network_object.cc`. Every method throws on bad arguments. */
export interface NativeNetwork {
  readonly threads: number
  step: number
  bind(split: string, images: Uint8Array, labels: Uint8Array): void
  run(mode: NativeMode, batch: Batch, result: NativeResult, learningRate?: number): void
  /** Returns how many steps were done. */
  trainInTurn(batches: SampleBatch, learningRates: Float64Array, result: NativeSteps): number
  trace(batch: Batch, result: NativeResult, layers: { spikes: Uint8Array; membrane: Float32Array }[]): void
  backpropagate(batch: GivenBatch, spikes: Float32Array | null, membrane: Float32Array | null): void
  readInputGradient(data: Float32Array): void
  has(parameter: string, part: TensorPart): boolean
  read(parameter: string, part: TensorPart, data: Float32Array): void
  write(parameter: string, part: TensorPart, data: Float32Array): void
  profile(on: boolean): void
  /** Rows of layers have no op. */
  readProfile(): { steps: number; seconds: number; rows: OpTime[] }
  dispose(): void
}

interface Addon {
  Network: new (program: Program, threads: number, levels: LevelTable | null) => NativeNetwork
  instructionSet(): string
  peakGflops(threads: number): number
  planBytes(program: Program, threads: number, levels: LevelTable | null): EngineMemory
}

/** @throws Error where the addon is not built or does not load */
export function loadAddon(): Addon {
  return loadExports<Addon>()
}

/**
 * What the processor is used as: AVX-512, AVX2, SSE2, NEON or scalar.
 *
 * @throws Error where `SPIKEDESK_ISA` asks for what the processor lacks
 */
export function instructionSet(): string {
  return loadAddon().instructionSet()
}

/** Peak of fused multiply-adds, in GFLOP/s; takes some tens of milliseconds. 0 threads is all cores. */
export function peakGflops(threads: number): number {
  return loadAddon().peakGflops(threads)
}
