import { describe, expect, it } from 'vitest'
import { backends } from '../../../src-main/engine/backends/index.ts'
import { compileNetwork, type NetworkSpec } from '../../../src-main/engine/compile.ts'
import type { Batch } from '../../../src-main/engine/executor.ts'
import type { Program } from '../../../src-main/engine/program.ts'
import { needsAllSteps } from '../../../src-main/engine/stretches.ts'
import { elementCount } from '../../../src-shared/model/layerDefinition.ts'
import { compare } from './compareBackends.ts'
import { noise, numbers } from './fixtures.ts'
import { opNetworks, readOut, type OpKind } from './opNetworks.ts'
import type { RandomCase } from './randomNetworks.ts'

/** Samples of a batch that is full, of a short one, and of the shortest. */
const sizes = [4, 3, 1]

function batchOf({ encoding, model, timeSteps }: NetworkSpec, size: number): Batch {
  const labels = Uint8Array.from({ length: size }, (_, b) => b % 3)
  if (encoding.kind !== 'given') {
    return { kind: 'samples', split: 'train', indices: Uint32Array.from(labels, (at) => at + 1), epoch: 1 }
  }
  const steps = encoding.static ? 1 : timeSteps
  return { kind: 'values', values: numbers(steps * size * elementCount(model.input.shape), 8, -1, 2), labels }
}

function caseOf(spec: NetworkSpec, size: number): RandomCase {
  return {
    spec,
    gain: 2,
    batch: batchOf(spec, size),
    images: noise(9, elementCount(spec.model.input.shape), 3),
  }
}

const opsOf = ({ forward, backward, update }: Program) =>
  new Set<OpKind>([...forward, ...backward, ...update].map(({ op }) => op))

describe.each(Object.keys(opNetworks) as OpKind[])('%s', (kind) => {
  const specs = opNetworks[kind].map((given) => readOut(given, 'spikes'))

  it('is an op of the networks that stand for it', () => {
    expect(specs.length).toBeGreaterThan(0)
    for (const spec of specs) expect(opsOf(compileNetwork(spec))).toContain(kind)
  })

  describe.each(backends.filter(({ id }) => id !== 'reference'))('$id', (backend) => {
    const test = backend.unavailable() === null ? it : it.skip

    test('computes what the reference computes', () => {
      const compared = specs.flatMap((spec) => sizes.map((size) => compare(backend, caseOf(spec, size))))
      expect(compared.filter(Boolean).length).toBeGreaterThan(0.7 * compared.length)
    })

    test('computes it in stretches of steps', () => {
      const able = specs.filter((spec) => needsAllSteps(compileNetwork(spec)) === null)
      const compared = able.map((spec) => compare(backend, caseOf({ ...spec, stretch: 3 }, 3)))
      expect(compared.length).toBeGreaterThan(0)
      expect(compared.filter(Boolean).length).toBeGreaterThan(0.7 * compared.length)
    })
  })
})
