/** How charts and key figures write numbers. Words and separators follow the language. */

const plain = new Map<string, Intl.NumberFormat>()

function format(language: string, key: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const name = `${language}|${key}`
  const known = plain.get(name)
  if (known) return known
  const made = new Intl.NumberFormat(language, options)
  plain.set(name, made)
  return made
}

/** A whole number with separators: 412,300. */
export function wholeNumber(value: number, language: string): string {
  return format(language, 'whole', { maximumFractionDigits: 0 }).format(value)
}

/** A measured value with as many digits as it deserves: 0.338, 12.4, 1,204. */
export function measured(value: number, language: string, digits = 3): string {
  if (!Number.isFinite(value)) return String(value)
  if (value !== 0 && Math.abs(value) < 1e-4) return value.toExponential(digits - 1)
  return format(language, `m${digits}`, {
    minimumSignificantDigits: digits,
    maximumSignificantDigits: Math.max(digits, Math.ceil(Math.log10(Math.abs(value) + 1))),
  }).format(value)
}

/** A share as per cent: 0.8641 is 86.4 %. */
export function percent(share: number, language: string, digits = 1): string {
  return `${format(language, `p${digits}`, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(share * 100)} %`
}

/** A number of an axis: 1k, 2.5k, 1M; small ones as they are. */
export function axisNumber(value: number): string {
  const size = Math.abs(value)
  if (size >= 1e6) return `${Number((value / 1e6).toPrecision(4))}M`
  if (size >= 1e4) return `${Number((value / 1e3).toPrecision(4))}k`
  return String(Number(value.toPrecision(6)))
}

/** Bytes in the largest unit that leaves at least one: 14 MiB. */
export function byteSize(bytes: number, language: string): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB']
  let power = 0
  while (power < units.length - 1 && bytes >= 1024 ** (power + 1)) power++
  const value = bytes / 1024 ** power
  const digits = power === 0 || value >= 10 ? 0 : 1
  return `${format(language, `b${digits}`, { maximumFractionDigits: digits }).format(value)} ${units[power]}`
}

/** A duration in its two largest parts: 12 s, 3:05, 2:10:07. */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return ''
  if (seconds < 10) return `${seconds.toFixed(1)} s`
  if (seconds < 60) return `${Math.round(seconds)} s`
  const whole = Math.round(seconds)
  const two = (value: number) => String(value).padStart(2, '0')
  const hours = Math.floor(whole / 3600)
  const minutes = Math.floor((whole % 3600) / 60)
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`
}
