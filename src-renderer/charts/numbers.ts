import { i18n } from '../i18n/index.ts'

const cache = new Map<string, Intl.NumberFormat>()

/**
 * A measured value with as many digits as it deserves, trailing zeros kept so that a live number does not
 * jump: 0.340, 12.4, 1,204. Reactive to the language.
 */
export function measured(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return String(value)
  const size = Math.abs(value)
  if (value !== 0 && size < 1e-4) return value.toExponential(digits - 1)
  const decimals =
    size === 0 ? digits - 1 : Math.min(6, Math.max(0, digits - 1 - Math.floor(Math.log10(size))))
  const key = `${i18n.global.locale.value}|${decimals}`
  const format =
    cache.get(key) ??
    new Intl.NumberFormat(i18n.global.locale.value, {
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
    })
  cache.set(key, format)
  return format.format(value)
}

/** How many decimals the ticks of an axis need, so that all of them have as many. */
export function tickDecimals(ticks: readonly number[]): number {
  const decimals = (tick: number) => String(Number(tick.toPrecision(6))).split('.')[1]?.length ?? 0
  return Math.min(6, Math.max(0, ...ticks.map(decimals)))
}

/** A number of an axis: 12k, 2.5M; small ones with the decimals asked for, or as they are. */
export function axisNumber(value: number, decimals?: number): string {
  const size = Math.abs(value)
  if (size >= 1e6) return `${Number((value / 1e6).toPrecision(4))}M`
  if (size >= 1e4) return `${Number((value / 1e3).toPrecision(4))}k`
  return decimals === undefined ? String(Number(value.toPrecision(6))) : value.toFixed(decimals)
}
