import type { Field } from './fields.ts'

type Table = Record<string, { label: string; help: string; fields: readonly Field[] }>

/** How the learning rate changes over a run. */
export const scheduleTables = {
  constant: { label: 'constant', help: 'The learning rate stays as it is.', fields: [] },
} as const satisfies Table

export type ScheduleKind = keyof typeof scheduleTables

/** What is done to gradients that are too large. */
export const clippingTables = {
  none: { label: 'none', help: 'Gradients are taken as they are.', fields: [] },
} as const satisfies Table

export type ClippingKind = keyof typeof clippingTables
