/** Numbers as people read them; always with a point, whatever the machine's language. */

const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })

/** 213456 as 213,456. */
export function count(value: number): string {
  return grouped.format(value)
}

/** A share of 0 to 1 in percent with two digits. */
export function percent(share: number): string {
  return `${(share * 100).toFixed(2)} %`
}

/** Seconds as m:ss or h:mm:ss. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
  const tail = `${hours > 0 ? String(minutes).padStart(2, '0') : minutes}:${String(rest).padStart(2, '0')}`
  return hours > 0 ? `${hours}:${tail}` : tail
}

/** A number with about four significant digits, as losses are shown. */
export function figure(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return '-'
  return Math.abs(value) >= 0.001 && Math.abs(value) < 10000
    ? String(Number(value.toPrecision(4)))
    : value.toExponential(3)
}

export function bytes(value: number): string {
  return value >= 2 ** 20 ? `${(value / 2 ** 20).toFixed(1)} MiB` : `${(value / 2 ** 10).toFixed(1)} KiB`
}
