/**
 * The notation of equations, small enough to be read as it stands: `U[t] = {beta}·U[t-1] + I[t]`. `{key}` is a number
 * of the layer, `<a|b>` a fraction, `name(x)` a function, `x_r` a subscript. What is parsed can be drawn as well as
 * calculated.
 */
export type Expression =
  | { kind: 'number'; text: string }
  /** A number of the layer. */
  | { kind: 'value'; key: string }
  /** A letter, with its step where it changes with time. */
  | { kind: 'name'; name: string; time: 't' | 't-1' | null }
  | { kind: 'call'; name: string; argument: Expression }
  | { kind: 'group'; inside: Expression }
  | { kind: 'fraction'; over: Expression; under: Expression }
  | { kind: 'chain'; first: Expression; rest: { operator: Operator; operand: Expression }[] }

export type Operator = '+' | '−' | '·' | '>' | '≥' | '='

const tokens = /\s*(\d+(?:\.\d+)?|\{[\w.]+\}|\[t(?:-1)?\]|\p{L}+(?:_\p{L}+)?|[+−·>≥=()<|])/uy

/** From the weakest to the strongest. */
const levels: readonly (readonly Operator[])[] = [['='], ['≥', '>'], ['+', '−'], ['·']]

class Reader {
  private readonly found: string[] = []
  private at = 0

  constructor(text: string) {
    tokens.lastIndex = 0
    for (let match = tokens.exec(text); match; match = tokens.exec(text)) this.found.push(match[1])
    if (this.found.join('').length !== text.replace(/\s/g, '').length) throw new Error(`no equation: ${text}`)
  }

  whole(): Expression {
    const expression = this.chain(0)
    if (this.at < this.found.length) throw new Error(`unexpected ${this.found[this.at]}`)
    return expression
  }

  /** Where a fraction begins, `>` closes it and compares nothing. */
  private chain(level: number, closing = false): Expression {
    if (level === levels.length) return this.single()
    const first = this.chain(level + 1, closing)
    const rest: { operator: Operator; operand: Expression }[] = []
    for (;;) {
      const operator = levels[level].find((known) => known === this.found[this.at])
      if (!operator || (closing && operator === '>')) break
      this.at++
      rest.push({ operator, operand: this.chain(level + 1, closing) })
    }
    return rest.length > 0 ? { kind: 'chain', first, rest } : first
  }

  private take(wanted: string): void {
    if (this.found[this.at++] !== wanted) throw new Error(`${wanted} is missing`)
  }

  private single(): Expression {
    const token = this.found[this.at++] ?? ''
    if (token === '(') {
      const inside = this.chain(0)
      this.take(')')
      return { kind: 'group', inside }
    }
    if (token === '<') {
      const over = this.chain(0)
      this.take('|')
      const under = this.chain(0, true)
      this.take('>')
      return { kind: 'fraction', over, under }
    }
    if (token === '−')
      return {
        kind: 'chain',
        first: { kind: 'number', text: '' },
        rest: [{ operator: '−', operand: this.single() }],
      }
    if (token.startsWith('{')) return { kind: 'value', key: token.slice(1, -1) }
    if (/^\d/.test(token)) return { kind: 'number', text: token }
    if (!/^\p{L}/u.test(token)) throw new Error(`unexpected ${token}`)
    const next = this.found[this.at]
    if (next === '(') {
      const group = this.single()
      return { kind: 'call', name: token, argument: group.kind === 'group' ? group.inside : group }
    }
    if (!next?.startsWith('[')) return { kind: 'name', name: token, time: null }
    this.at++
    return { kind: 'name', name: token, time: next === '[t]' ? 't' : 't-1' }
  }
}

/** Reads an equation. Throws an error for what is none; equations stand in the table, so that tests find it. */
export function parseEquation(text: string): Expression {
  return new Reader(text).whole()
}
