import type { SurrogateValue } from '../fields.ts'
import type { SurrogateDefinition } from './surrogates/definition.ts'
import { snntorchSurrogates } from './surrogates/snntorch.ts'
import { spikingjellySurrogates } from './surrogates/spikingjelly.ts'

export type { SurrogateDefinition } from './surrogates/definition.ts'

/** The table of surrogates; adding one touches its framework's list and the native engine's table. */
export const surrogates: readonly SurrogateDefinition[] = [...snntorchSurrogates, ...spikingjellySurrogates]

export function findSurrogate(name: string): SurrogateDefinition | undefined {
  return surrogates.find((surrogate) => surrogate.name === name)
}

/** A surrogate's value with every parameter at its default. */
export function defaultSurrogate(name: string): SurrogateValue {
  const definition = findSurrogate(name)
  return {
    name,
    ...Object.fromEntries((definition?.fields ?? []).map((field) => [field.key, field.default])),
  }
}

/** The numbers of a surrogate value, with defaults for what it leaves out. */
export function surrogateParameters(value: SurrogateValue): Record<string, number> {
  const fields = findSurrogate(value.name)?.fields ?? []
  return Object.fromEntries(
    fields.map((field) => [
      field.key,
      typeof value[field.key] === 'number' ? Number(value[field.key]) : field.default,
    ]),
  )
}
