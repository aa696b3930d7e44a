import type { FoundModule } from './modules.ts'

/**
 * Modules of a sequence that have no tensors leave gaps in its numbers: `0, 1, 4` shows that 2 and 3 were there.
 * Gives all modules with those in their places, which have no tensors.
 */
export function withGaps(modules: readonly FoundModule[]): FoundModule[] {
  const next = new Map<string, number>()
  return modules.flatMap((module) => {
    const found = /^(.*?)(\d{1,4})$/.exec(module.path)
    // Only whole parts of a path are numbers of a sequence: `layer.3`, not `fc3`.
    if (!found || !(found[1] === '' || found[1].endsWith('.'))) return [module]
    const [, parent, digits] = found
    const number = Number(digits)
    const from = next.get(parent) ?? 0
    next.set(parent, number + 1)
    const missing = Array.from({ length: Math.max(0, number - from) }, (_, i) => `${parent}${from + i}`)
    return [...missing.map((path) => ({ path, tensors: new Map(), spikes: false })), module]
  })
}
