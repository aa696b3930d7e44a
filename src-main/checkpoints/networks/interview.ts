import { SpikedeskError, type Phrase } from '../../../src-shared/errors/index.ts'
import {
  checkField,
  checkFields,
  type Field,
  type FieldValue,
  type SurrogateValue,
} from '../../../src-shared/fields.ts'
import type { Answers, Fact, Question } from '../../../src-shared/importedNetwork.ts'
import { findSurrogate } from '../../../src-shared/model/surrogates.ts'

interface Asked {
  id: string
  field: Field
  evidence?: Phrase | null
  matters?: Question['matters']
}

function requireFit(field: Field, value: FieldValue): void {
  const problem = checkField(field, value) ?? surrogateProblem(field, value)
  if (problem) throw new SpikedeskError(problem.code, problem.data)
}

function surrogateProblem(field: Field, value: FieldValue) {
  if (field.type !== 'surrogate') return null
  const { name, ...parameters } = value as SurrogateValue
  return checkFields(findSurrogate(name)?.fields ?? [], parameters).at(0) ?? null
}

/** Collects what the file says and what it leaves open, with the answers that were given. */
export class Interview {
  readonly questions: Question[] = []
  readonly facts: Fact[] = []
  readonly notes: Phrase[] = []
  private readonly answers: Answers
  private readonly used = new Set<string>()

  constructor(answers: Answers = {}) {
    this.answers = answers
  }

  /** Asks once; gives the answer, or the default. Throws a `field.*` error where the answer cannot stand. */
  ask({ id, field, evidence = null, matters = 'always' }: Asked): FieldValue {
    const before = this.questions.find((question) => question.id === id)
    if (before) return before.answer
    const given = this.given(id)
    if (given !== undefined) requireFit(field, given)
    const answer = given ?? field.default
    this.questions.push({ id, field, evidence, matters, answer, answered: given !== undefined })
    return answer
  }

  /** Notes what the file says; an answer to it is taken all the same. */
  know(id: string, field: Field, value: FieldValue, source: string): FieldValue {
    const given = this.given(id)
    if (given !== undefined) requireFit(field, given)
    this.facts.push({ name: id, value, source })
    return given ?? value
  }

  note(note: Phrase): void {
    this.notes.push(note)
  }

  /** Throws `network.answer` where something was answered that is neither asked nor known. */
  finish(path: string): void {
    const stray = Object.keys(this.answers).find((id) => !this.used.has(id))
    if (stray === undefined) return
    const known = [...this.questions.map(({ id }) => id), ...this.facts.map(({ name }) => name)].join(', ')
    throw new SpikedeskError('network.answer', { path, question: stray, known })
  }

  private given(id: string): FieldValue | undefined {
    this.used.add(id)
    return Object.hasOwn(this.answers, id) ? this.answers[id] : undefined
  }
}
