import type { SettingDifference } from '../../src-shared/checkpointContract.ts'

type Value = SettingDifference['first']

/** A list of layers, transforms or the like goes by the names of its items. */
function keyOf(item: unknown, place: number): string {
  const { id, kind } = (item ?? {}) as { id?: unknown; kind?: unknown }
  return String(id ?? kind ?? place)
}

/** Every single value of a document by its path. */
function leaves(
  document: unknown,
  path: string[] = [],
  found = new Map<string, Value>(),
): Map<string, Value> {
  if (typeof document === 'object' && document !== null) {
    const entries: [string, unknown][] = Array.isArray(document)
      ? document.map((item: unknown, i) => [keyOf(item, i), item])
      : Object.entries(document)
    for (const [key, value] of entries) leaves(value, [...path, key], found)
  } else if (document === null || ['string', 'number', 'boolean'].includes(typeof document)) {
    found.set(path.join('.'), document as Value)
  }
  return found
}

/** Where two documents differ: the path of each value and both values, null where one has none. */
export function settingDifferences(first: unknown, second: unknown): SettingDifference[] {
  const [before, after] = [leaves(first), leaves(second)]
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((path) => ({ path, first: before.get(path) ?? null, second: after.get(path) ?? null }))
    .filter((setting) => setting.first !== setting.second)
}
