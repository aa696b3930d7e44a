import { readFileSync, statSync } from 'node:fs'
import type { z } from 'zod'
import { SpikedeskError } from '../../src-shared/errors/index.ts'
import { fieldValues } from '../../src-shared/experimentSchema.ts'
import type { Answers } from '../../src-shared/importedNetwork.ts'

const largestFile = 2 ** 20
const schema: z.ZodType<Answers> = fieldValues

function textOf(file: string): string {
  try {
    if (statSync(file).size > largestFile) throw new Error('it is too large')
    return readFileSync(file, 'utf8')
  } catch (thrown) {
    const missing = (thrown as NodeJS.ErrnoException).code === 'ENOENT'
    const reason = missing ? ({ phrase: 'reason.missing' } as const) : (thrown as Error).message
    throw new SpikedeskError('answers.unreadable', { file, reason }, thrown)
  }
}

/** Reads answers from a JSON file; none where no file is named. Throws `answers.unreadable`. */
export function readAnswers(file: string | undefined): Answers {
  if (file === undefined) return {}
  const text = textOf(file)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (thrown) {
    throw new SpikedeskError('answers.unreadable', { file, reason: { phrase: 'reason.notJson' } }, thrown)
  }
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  throw new SpikedeskError(
    'answers.unreadable',
    { file, reason: { phrase: 'reason.noAnswers' } },
    parsed.error,
  )
}
