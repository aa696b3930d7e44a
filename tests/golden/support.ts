import { it, type TestContext } from 'vitest'
import { backends } from '../../src-main/engine/backends/index.ts'
import type { Backend } from '../../src-main/engine/executor.ts'
import { SpikedeskError } from '../../src-shared/errors/index.ts'
import { emulatedBackend } from '../neon/emulatedBackend.ts'

/** All engines; only the emulated one where `npm run test:neon` asks for it. */
const goldenBackends = process.env.GOLDEN_EMULATED ? [emulatedBackend] : backends

/** A golden case that asks for something the product does not have yet. */
export class NotSupported extends Error {
  override readonly name = 'NotSupported'
}

/** Marks a case as not supported, in words that name what is missing. */
export function unsupported(what: string): never {
  throw new NotSupported(`not supported yet: ${what}`)
}

/** Throws for any key of `found` that is not `known` and asks for something (not null, false or undefined). */
export function refuseUnknown(what: string, found: Record<string, unknown>, known: readonly string[]): void {
  for (const [key, value] of Object.entries(found)) {
    if (!known.includes(key) && value !== null && value !== false && value !== undefined) {
      unsupported(`${what} ${key}`)
    }
  }
}

/** Codes of a document that goes beyond the tables of an engine: such a case is named, not failed. */
const beyondTables = /^(field\.|model\.|engine\.layer(Reference)?$)/

function skipIfUnsupported(context: TestContext, thrown: unknown): never {
  if (thrown instanceof NotSupported) context.skip(thrown.message)
  if (thrown instanceof SpikedeskError && beyondTables.test(thrown.code)) {
    context.skip(`beyond the tables: ${thrown.message}`)
  }
  throw thrown
}

/** Runs a case on every backend; one that is not supported is skipped under its name, with the reason. */
export function onEveryBackend(name: string, run: (backend: Backend) => void): void {
  it.for(goldenBackends.map((backend) => backend.id))(`${name} on %s`, (id, context) => {
    const backend = goldenBackends.find((candidate) => candidate.id === id)
    const reason = backend?.unavailable()
    if (!backend || reason) return context.skip(`the ${id} engine is not to be had here: ${reason}`)
    try {
      run(backend)
    } catch (thrown) {
      skipIfUnsupported(context, thrown)
    }
  })
}
