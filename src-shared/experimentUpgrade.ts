import { experimentVersion } from './experiment.ts'
import { plainTraining } from './experimentFields.ts'
import { lossTables, type LossKind } from './lossTables.ts'
import { defaultValues } from './fields.ts'

type Json = Record<string, unknown>

/** Version 2: a loss has parameters. */
function fromVersion1(document: Json): Json {
  const kind = document.loss as LossKind
  const fields = Object.hasOwn(lossTables, kind) ? lossTables[kind].fields : []
  return { ...document, loss: { kind, params: defaultValues(fields) } }
}

/** Version 3: transforms, regularisers, a schedule, clipping, accumulation and truncation. */
function fromVersion2(document: Json): Json {
  return { ...document, ...plainTraining() }
}

/** Version 4: currents may be computed again. */
function fromVersion3(document: Json): Json {
  return { ...document, recompute: 'never' }
}

/** Step `n` brings version `n + 1` up to `n + 2`. */
const steps: readonly ((document: Json) => Json)[] = [fromVersion1, fromVersion2, fromVersion3]

/**
 * Brings an experiment document of an older version up to the last one, step by step. What is no experiment, or
 * is newer, comes back as it is: the schema says what is wrong with it.
 */
export function upgradeExperiment(document: unknown): unknown {
  if (typeof document !== 'object' || document === null || !('version' in document)) return document
  const found = document.version
  if (typeof found !== 'number' || !Number.isInteger(found) || found < 1 || found >= experimentVersion) {
    return document
  }
  return steps
    .slice(found - 1)
    .reduce((current, step, i) => ({ ...step(current), version: found + i + 1 }), document as Json)
}
