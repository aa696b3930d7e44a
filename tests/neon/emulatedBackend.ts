import { inputLevels, NativeExecutor } from '../../src-main/engine/backends/native/executor.ts'
import type { NativeMode, NativeNetwork, NativeResult } from '../../src-main/engine/backends/native/addon.ts'
import type { NativeSteps } from '../../src-main/engine/backends/native/stepResults.ts'
import { withReasons } from '../../src-main/engine/backends/native/refusal.ts'
import type { Backend, Batch, GivenBatch, SampleBatch } from '../../src-main/engine/executor.ts'
import type { Program } from '../../src-main/engine/program.ts'
import { Emulator } from './emulator.ts'

type Plain = null | boolean | number | string | Plain[] | { [key: string]: Plain }

/** A value as `napi/json.h` reads it: typed arrays keep their bits. */
function plainOf(value: unknown): Plain {
  if (ArrayBuffer.isView(value)) {
    const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength)
    return { typed: value.constructor.name, bytes: bytes.toString('hex') }
  }
  if (Array.isArray(value)) return value.map(plainOf)
  if (typeof value !== 'object' || value === null) return value as Plain
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, each]) => each !== undefined)
      .map(([key, each]) => [key, plainOf(each)]),
  )
}

/** What a call has written into its arguments. */
function takeBack(given: unknown, returned: unknown): void {
  if (ArrayBuffer.isView(given)) {
    const bytes = Buffer.from((returned as { bytes: string }).bytes, 'hex')
    new Uint8Array(given.buffer, given.byteOffset, given.byteLength).set(bytes)
  } else if (typeof given === 'object' && given !== null) {
    const target = given as Record<string, unknown>
    for (const [key, value] of Object.entries(returned as Record<string, unknown>)) {
      if (typeof value === 'object' && value !== null) takeBack(target[key], value)
      else target[key] = value
    }
  }
}

let emulator: Emulator | null = null
let networks = 0

/** A network of the addon for aarch64; every call goes to the emulator and back. */
class EmulatedNetwork implements NativeNetwork {
  private readonly id = ++networks

  constructor(program: Program, threads: number) {
    this.ask('new', undefined, [program, threads, inputLevels(program)])
  }

  get threads(): number {
    return this.ask('get', 'threads', []) as number
  }
  get step(): number {
    return this.ask('get', 'step', []) as number
  }
  set step(step: number) {
    this.ask('set', 'step', [step])
  }
  bind(split: string, images: Uint8Array, labels: Uint8Array): void {
    this.ask('call', 'bind', [split, images, labels])
  }
  run(mode: NativeMode, batch: Batch, result: NativeResult, learningRate?: number): void {
    this.ask('call', 'run', [mode, batch, result, learningRate])
  }
  trainInTurn(batches: SampleBatch, learningRates: Float64Array, result: NativeSteps): number {
    return this.ask('call', 'trainInTurn', [batches, learningRates, result]) as number
  }
  trace(batch: Batch, result: NativeResult, layers: { spikes: Uint8Array; membrane: Float32Array }[]): void {
    this.ask('call', 'trace', [batch, result, layers])
  }
  backpropagate(batch: GivenBatch, spikes: Float32Array | null, membrane: Float32Array | null): void {
    this.ask('call', 'backpropagate', [batch, spikes, membrane])
  }
  readInputGradient(data: Float32Array): void {
    this.ask('call', 'readInputGradient', [data])
  }
  has(parameter: string, part: string): boolean {
    return this.ask('call', 'has', [parameter, part]) as boolean
  }
  read(parameter: string, part: string, data: Float32Array): void {
    this.ask('call', 'read', [parameter, part, data])
  }
  write(parameter: string, part: string, data: Float32Array): void {
    this.ask('call', 'write', [parameter, part, data])
  }
  profile(on: boolean): void {
    this.ask('call', 'profile', [on])
  }
  readProfile(): ReturnType<NativeNetwork['readProfile']> {
    return this.ask('call', 'readProfile', []) as ReturnType<NativeNetwork['readProfile']>
  }
  dispose(): void {
    this.ask('forget', undefined, [])
  }

  private ask(what: string, name: string | undefined, given: unknown[]): unknown {
    emulator ??= new Emulator()
    const line = { do: what, network: this.id, name, arguments: given.map((each) => plainOf(each ?? null)) }
    const { value, arguments: returned, error } = emulator.ask(line)
    if (error) throw Object.assign(new Error(error.message), error)
    returned?.forEach((each, i) => takeBack(given[i], each))
    return value
  }
}

/** The native engine for aarch64 under an emulator. Its executors are the product's. */
export const emulatedBackend: Backend = {
  id: 'native',
  unavailable: () => null,
  hardware: () => ({ device: 'NEON', threads: 2 }),
  create: (program, threads) =>
    withReasons(threads, () => {
      const network = new EmulatedNetwork(program, Math.max(1, threads))
      return new NativeExecutor(program, network, () => 'NEON')
    }),
  memory: () => {
    throw new Error('the harness plans no memory')
  },
}
