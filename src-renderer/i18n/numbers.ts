import { i18n } from './index.ts'

/** Numbers as people of the language on screen write them. All of them are reactive to the language. */

const cache = new Map<string, Intl.NumberFormat>()

function format(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = i18n.global.locale.value + JSON.stringify(options)
  const known = cache.get(key) ?? new Intl.NumberFormat(i18n.global.locale.value, options)
  cache.set(key, known)
  return known
}

/** A whole number with groups: 412,300. */
export function formatCount(value: number): string {
  return format({ maximumFractionDigits: 0 }).format(value)
}

/** A number as it is, whole or not: up to `digits` significant digits; very small and large ones as 5e-8. */
export function formatNumber(value: number, digits = 6): string {
  if (!Number.isFinite(value)) return String(value)
  const size = Math.abs(value)
  if (value !== 0 && (size < 1e-3 || size >= 1e15)) {
    return Number(value.toPrecision(digits)).toExponential().replace('e+', 'e')
  }
  if (Number.isInteger(value)) return format({ useGrouping: size >= 10000 }).format(value)
  return format({ maximumSignificantDigits: digits, useGrouping: size >= 10000 }).format(value)
}

/** A number with a fixed count of decimals: 0.338. */
export function formatFixed(value: number, decimals: number): string {
  return format({ minimumFractionDigits: decimals, maximumFractionDigits: decimals }).format(value)
}

/** A share from 0 to 1 as percent: 87.9 %, or 87.9% where the language writes it so. */
export function formatPercent(share: number, decimals = 1): string {
  return i18n.global.t('numbers.percent', { value: formatFixed(share * 100, decimals) })
}

/** Bytes in binary units: 14.2 MiB. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB']
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10))
  const value = bytes / 1024 ** power
  return `${formatFixed(value, power === 0 || value >= 100 ? 0 : 1)} ${units[power]}`
}

/** Seconds as 0.8 s, 42 s, 3 min 05 s, 2 h 07 min. */
export function formatDuration(seconds: number): string {
  const { t } = i18n.global
  if (seconds < 10) return t('numbers.seconds', { seconds: formatFixed(seconds, 1) })
  const whole = Math.round(seconds)
  if (whole < 60) return t('numbers.seconds', { seconds: whole })
  const two = (value: number): string => String(value).padStart(2, '0')
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60)]
  if (hours === 0) return t('numbers.minutes', { minutes, seconds: two(whole % 60) })
  return t('numbers.hours', { hours, minutes: two(minutes % 60) })
}

/** A moment as date and time of day. */
export function formatMoment(iso: string): string {
  const options = { dateStyle: 'medium', timeStyle: 'short' } as const
  return new Intl.DateTimeFormat(i18n.global.locale.value, options).format(new Date(iso))
}
