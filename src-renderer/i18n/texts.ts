import type { en } from './en/index.ts'

type SameKeys<English> = {
  readonly [Key in keyof English]: English[Key] extends string ? string : SameKeys<English[Key]>
}

/** The texts of a language other than English: the same keys, no more and no fewer. */
export type Texts = SameKeys<typeof en>
