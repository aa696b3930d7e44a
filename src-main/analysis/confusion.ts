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
