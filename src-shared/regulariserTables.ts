import type { Field } from './fields.ts'

/** What may be added to the loss. */
export const regulariserTables: Record<string, { label: string; help: string; fields: readonly Field[] }> = {}

export type RegulariserKind = string
