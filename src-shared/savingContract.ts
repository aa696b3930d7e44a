import { z } from 'zod'
import { request } from './requestDefinition.ts'

/** Requests about saving files where the user says, part of the contract; see `contract.ts`. */

const path = z.string().min(1).max(4096)

export const savingRequests = {
  /** Asks the user where a file is to lie, in the host's own dialogue, which asks before it replaces one; null is nowhere. */
  'saving.choose': request<{ path: string } | null>()(z.strictObject({ name: z.string().min(1).max(255) })),
  /** Writes what the page made to a path that was chosen before, and to no other; each choice is good for one file. */
  'saving.write': request<null>()(
    z.strictObject({ path, bytes: z.custom<Uint8Array>((value) => value instanceof Uint8Array) }),
  ),
} as const
