import type { EncodingStudy } from '../../../../src-shared/contract.ts'

/** The value that gets the strongest colour in pictures of single steps: 1 of spikes, else the largest there is. */
export function strongest({ report, values }: EncodingStudy): number {
  if (report.coded !== 'values') return 1
  let most = 0
  for (const value of values) if (value > most) most = value
  return most
}
