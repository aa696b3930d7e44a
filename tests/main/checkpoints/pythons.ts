import { execFileSync } from 'node:child_process'

/** Pythons that may be there: the one that SPIKEDESK_PYTHON names, the first on the path, and the system's own. */
const candidates = [process.env.SPIKEDESK_PYTHON ?? '', 'python3', '/usr/bin/python3'].filter(Boolean)

const known = new Map<string, string | null>()

/** What a Python prints. Throws where it ends with an error. */
export function runPython(python: string, args: string[], env = process.env): string {
  return execFileSync(python, args, { encoding: 'utf8', env, stdio: ['ignore', 'pipe', 'pipe'] })
}

/** The first Python in which this code runs; null where there is none. */
export function pythonThatRuns(code: string): string | null {
  const kept = known.get(code)
  if (kept !== undefined) return kept
  const found = candidates.find((python) => {
    try {
      runPython(python, ['-c', code])
      return true
    } catch {
      return false
    }
  })
  known.set(code, found ?? null)
  return found ?? null
}

/** The first Python that has these modules; null where there is none. */
export function pythonWith(...modules: string[]): string | null {
  return pythonThatRuns(modules.map((name) => `import ${name}`).join('\n'))
}
