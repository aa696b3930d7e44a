import { computed, ref, shallowRef } from 'vue'
import { checkField, type FieldValue } from '../../../../src-shared/fields.ts'
import type { Answers, Question } from '../../../../src-shared/importedNetwork.ts'
import { useFileNetworkStore } from '../../../stores/fileNetwork.ts'

/**
 * Answers while they are given: what is typed stays, and what the questions are with it is asked for at once, since
 * one answer may lead to other questions.
 */
export function useQuestions() {
  const network = useFileNetworkStore()
  const draft = shallowRef<Answers>({})
  const questions = shallowRef<readonly Question[]>([])
  const failure = shallowRef<unknown>(null)
  const busy = ref(false)
  let turn = 0

  const values = computed((): Answers =>
    Object.fromEntries(questions.value.map(({ id, answer }) => [id, draft.value[id] ?? answer])),
  )
  const problems = computed(() =>
    questions.value.flatMap(({ id, field }) => {
      const problem = checkField(field, values.value[id])
      return problem ? [{ field: id, code: problem.code, data: problem.data }] : []
    }),
  )

  function begin(): void {
    draft.value = { ...network.answers }
    questions.value = network.summary?.questions ?? []
    failure.value = null
  }

  async function refresh(): Promise<void> {
    const asked = ++turn
    if (problems.value.length > 0) return
    busy.value = true
    try {
      const found = await network.ask(draft.value)
      if (asked === turn) {
        questions.value = found.summary.questions
        failure.value = null
      }
    } catch (thrown) {
      if (asked === turn) failure.value = thrown
    } finally {
      if (asked === turn) busy.value = false
    }
  }

  function set(id: string, value: FieldValue): void {
    draft.value = { ...draft.value, [id]: value }
    void refresh()
  }

  /** Back to what is usual for the framework. */
  function reset(): void {
    draft.value = {}
    questions.value = questions.value.map((question) => ({ ...question, answer: question.field.default }))
    void refresh()
  }

  /** Takes everything as it stands for answered; whether that went well. */
  async function apply(): Promise<boolean> {
    busy.value = true
    try {
      await network.answer({ ...values.value })
      return true
    } catch (thrown) {
      failure.value = thrown
      return false
    } finally {
      busy.value = false
    }
  }

  return { questions, values, problems, failure, busy, begin, set, reset, apply }
}
