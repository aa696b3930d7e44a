import type { EncodingStudy } from '../../../../src-shared/contract.ts'

const known = new WeakMap<EncodingStudy, number>()

/** The value that gets the strongest colour in pictures of single steps: 1 of spikes, else the largest there is. */
export function strongest(study: EncodingStudy): number {
  if (study.report.coded !== 'values') return 1
  const found = known.get(study)
  if (found !== undefined) return found
  const { values } = study
  let most = 0
  for (let i = 0; i < values.length; i++) if (values[i] > most) most = values[i]
  known.set(study, most)
  return most
}
