import type { z } from 'zod'

/** A value of a document in a few words. */
function shown(value: unknown): string {
  if (value === undefined) return 'missing'
  const text = JSON.stringify(value)
  return text.length <= 60 ? text : Array.isArray(value) ? 'a list' : `${text.slice(0, 57)}...`
}

const article = (noun: string): string => (/^[aeiou]/.test(noun) ? `an ${noun}` : `a ${noun}`)

const kinds: Record<string, string> = { int: 'whole number', record: 'object', array: 'list', string: 'text' }

function wanted(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return article(kinds[issue.expected] ?? issue.expected)
    case 'invalid_value':
      return issue.values.length === 1 ? String(issue.values[0]) : `one of: ${issue.values.join(', ')}`
    case 'too_small':
      return `at least ${issue.minimum}${issue.origin === 'array' || issue.origin === 'string' ? ' long' : ''}`
    case 'too_big':
      return `at most ${issue.maximum}${issue.origin === 'array' || issue.origin === 'string' ? ' long' : ''}`
    default:
      return 'a number, a text or true or false'
  }
}

/** Where a document departs from its schema, and how, in words. */
export function structureProblem(
  document: unknown,
  issue: z.core.$ZodIssue,
): { path: string; problem: string } {
  const path = issue.path.map(String).join('.') || 'the document'
  if (issue.code === 'unrecognized_keys') {
    const keys = issue.keys.map((key) => `"${key}"`).join(', ')
    return { path, problem: `${keys} is not known here; leave it out.` }
  }
  const value = issue.path.reduce<unknown>(
    (at, key) =>
      typeof at === 'object' && at !== null ? (at as Record<PropertyKey, unknown>)[key] : undefined,
    document,
  )
  return { path, problem: `it is ${shown(value)}; it must be ${wanted(issue)}.` }
}
