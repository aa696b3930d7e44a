/** Values as Python writes them. */

export function pythonText(text: string): string {
  return JSON.stringify(text)
}

export function pythonNumber(value: number): string {
  if (Number.isNaN(value)) return 'float("nan")'
  if (!Number.isFinite(value)) return value > 0 ? 'float("inf")' : 'float("-inf")'
  return String(value)
}

/** A number that Python takes as a float; spikingjelly refuses whole numbers where it wants one. */
export function pythonFloat(value: number): string {
  const text = pythonNumber(value)
  return /^-?\d+$/.test(text) ? `${text}.0` : text
}

export function pythonValue(value: number | string | boolean | null): string {
  if (value === null) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  return typeof value === 'number' ? pythonNumber(value) : pythonText(value)
}

/** Named arguments of a call; raw ones are code already. */
export function pythonArguments(
  values: Readonly<Record<string, number | string | boolean | null>>,
  raw: Readonly<Record<string, string>> = {},
): string {
  return [
    ...Object.entries(values).map(([key, value]) => `${key}=${pythonValue(value)}`),
    ...Object.entries(raw).map(([key, code]) => `${key}=${code}`),
  ].join(', ')
}
