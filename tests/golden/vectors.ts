import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** An array of a vector file: row-major, time first. */
export interface GoldenArray {
  shape: number[]
  data: number[]
}

/** One file: cases of one family. */
interface GoldenFile<Case> {
  file: string
  family: string
  cases: Case[]
}

/** Where the vectors are: ours, or any other folder of the same form. */
export const goldenFolder =
  process.env.GOLDEN_DIR || join(fileURLToPath(new URL('.', import.meta.url)), 'vectors')

/** Every vector file of the folder. */
export function goldenFiles(): GoldenFile<unknown>[] {
  if (!existsSync(goldenFolder)) throw new Error(`GOLDEN_DIR ${goldenFolder} does not exist`)
  return readdirSync(goldenFolder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => ({ file, ...JSON.parse(readFileSync(join(goldenFolder, file), 'utf8')) }))
}

/** The cases of a family from every file that has it, each with a name that finds it again. */
export function goldenCases<Case>(family: string, describeCase: (golden: Case) => string) {
  return goldenFiles()
    .filter((file) => file.family === family)
    .flatMap(({ file, cases }) =>
      (cases as Case[]).map((golden, index) => ({
        golden,
        name: `${file} #${index} ${describeCase(golden)}`,
      })),
    )
}

export function isArray(value: unknown): value is GoldenArray {
  return typeof value === 'object' && value !== null && 'shape' in value && 'data' in value
}

/** A value of a case in a few words: `beta=0.9`, `beta=[6]`. */
export function brief(values: Record<string, unknown>): string {
  return Object.entries(values)
    .map(([key, value]) => {
      if (isArray(value)) return `${key}=[${value.shape.join(',')}]`
      if (typeof value === 'object' && value !== null) return Object.values(value).join(' ')
      return `${key}=${String(value)}`
    })
    .join(' ')
}
