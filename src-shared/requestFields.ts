import { z } from 'zod'
import { encodingTables, type EncodingKind } from './encodingTables.ts'
import { fieldValues } from './experimentSchema.ts'
import { targetTables, type TargetKind } from './targetTables.ts'
import { transformTables, type TransformKind } from './transformTables.ts'

/** Schemas of parameters that several requests take. */

export const nothing = z.strictObject({})
export const id = z.string().min(1).max(4096)
export const job = z.string().min(1).max(100)
export const split = z.enum(['train', 'test'])
export const sampleIndex = z.int().min(0).max(4294967295)
const plainValues = z.record(z.string(), z.union([z.number(), z.string(), z.boolean()]))
export const encoding = z.strictObject({
  kind: z.enum(Object.keys(encodingTables) as EncodingKind[]),
  params: plainValues,
})
export const targets = z.strictObject({
  kind: z.enum(Object.keys(targetTables) as TargetKind[]),
  params: plainValues,
})
export const transform = z.strictObject({
  kind: z.enum(Object.keys(transformTables) as TransformKind[]),
  params: fieldValues,
})

export type Split = z.infer<typeof split>
