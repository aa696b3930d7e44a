/**
 * Cross-entropy of one sample, `log Σ exp z - z[label]`, with the largest logit taken out first so that
 * nothing overflows.
 *
 * @param logits `[C]`
 * @param gradient receives softmax(z) - onehot(label), `[C]`
 */
export function crossEntropy(logits: Float64Array, label: number, gradient: Float64Array): number {
  let largest = -Infinity
  for (const logit of logits) largest = Math.max(largest, logit)
  let sum = 0
  for (let c = 0; c < logits.length; c++) {
    gradient[c] = Math.exp(logits[c] - largest)
    sum += gradient[c]
  }
  for (let c = 0; c < logits.length; c++) gradient[c] /= sum
  gradient[label] -= 1
  return Math.log(sum) + largest - logits[label]
}
