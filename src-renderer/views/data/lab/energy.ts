import { formatNumber } from '../../../i18n/numbers.ts'

const units = ['pJ', 'nJ', 'µJ', 'mJ']

/** Picojoules in the unit that leaves one to three digits before the point: 70.6 nJ. */
export function energyText(picojoules: number): string {
  const power = picojoules < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(picojoules) / 3))
  return `${formatNumber(picojoules / 1000 ** power, 3)} ${units[power]}`
}
