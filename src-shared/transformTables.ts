import type { Field } from './fields.ts'

/** What may be done to images or events before they are encoded. */
export const transformTables: Record<string, { label: string; help: string; fields: readonly Field[] }> = {}

export type TransformKind = string
