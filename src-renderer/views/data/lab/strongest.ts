import type { EncodingStudy } from '../../../../src-shared/contract.ts'

const known = new WeakMap<EncodingStudy, number>()

/** The value that gets the strongest colour in pictures of single steps: 1 of spikes, else the largest there is. */
export function strongest(study: EncodingStudy): number {
  const { numbers, palette } = study.values
  if (study.report.coded !== 'values' || !numbers) return 1
  const found = known.get(study)
  if (found !== undefined) return found
  let most = 0
  for (const value of palette ?? numbers) if (value > most) most = value
  known.set(study, most)
  return most
}
