/** What a confusion matrix says of one class. */
export interface ClassScore {
  /** Samples of the class. */
  total: number
  correct: number
  /** Correct among the samples of the class; null where it has none. */
  recall: number | null
  /** Correct among the samples taken for the class; null where none was. */
  precision: number | null
}

/** Scores per class of a matrix `[classes][classes]` whose rows are the true and columns the predicted ones. */
export function classScores(confusion: readonly (readonly number[])[]): ClassScore[] {
  return confusion.map((row, label) => {
    const total = row.reduce((sum, count) => sum + count, 0)
    const predicted = confusion.reduce((sum, other) => sum + other[label], 0)
    const correct = row[label]
    return {
      total,
      correct,
      recall: total > 0 ? correct / total : null,
      precision: predicted > 0 ? correct / predicted : null,
    }
  })
}

/** A pair of classes that are taken for each other. */
export interface Mistake {
  label: number
  prediction: number
  count: number
}

/** The most frequent mistakes, most frequent first; ties in the order of the matrix. */
export function commonMistakes(confusion: readonly (readonly number[])[], most: number): Mistake[] {
  return confusion
    .flatMap((row, label) => row.map((count, prediction) => ({ label, prediction, count })))
    .filter(({ label, prediction, count }) => label !== prediction && count > 0)
    .sort((a, b) => b.count - a.count)
    .slice(0, most)
}
