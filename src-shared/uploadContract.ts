import { z } from 'zod'
import { request } from './requestDefinition.ts'
import { job } from './requestFields.ts'

/**
 * Requests by which a page that may not name paths hands over the bytes of a dropped file or folder, part of the
 * contract; see `contract.ts`. Begin, send the files one after another in parts, end; then import the path.
 */

/** Bytes that one part may carry, so that a message of parts fits a frame. */
export const uploadPartBytes = 512 << 10
/** Parts of a message; small files go together. */
export const uploadPartCount = 256

const bytes = z.int().min(0).max(Number.MAX_SAFE_INTEGER)

const part = z.strictObject({
  /** Below the folder that is uploaded, with `/` between names; empty where a single file is. */
  path: z.string().max(4096),
  /** Where these bytes belong in the file; the parts of a file come in order. */
  offset: bytes,
  bytes: z.custom<Uint8Array>((value) => value instanceof Uint8Array && value.length <= uploadPartBytes),
})

export const uploadRequests = {
  /** Makes room for `files` files of `bytes` bytes in all. `name` is that of the file or the folder. */
  'datasets.uploadBegin': request<null>()(
    z.strictObject({ job, name: z.string().min(1).max(255), files: z.int().min(1), bytes }),
  ),
  'datasets.uploadParts': request<null>()(
    z.strictObject({ job, parts: z.array(part).min(1).max(uploadPartCount) }),
  ),
  /** Says where the files now lie. They stay until a dataset that was added from there is removed. */
  'datasets.uploadEnd': request<{ path: string }>()(z.strictObject({ job })),
  /** Deletes what was sent, whether it was all or not; nothing where a dataset reads it. */
  'datasets.uploadDiscard': request<null>()(z.strictObject({ job })),
} as const

export type UploadPart = z.infer<typeof part>
