/**
 * Cross-entropy of one sample, `log Σ exp z - Σ q·z` with q = (1 - ε)·onehot + ε/C (torch's label smoothing). The
 * largest logit is taken out first so that nothing overflows.
 *
 * @param logits `[C]`
 * @param smoothing ε
 * @param gradient receives softmax(z) - q, `[C]`
 */
export function crossEntropy(
  logits: Float64Array,
  label: number,
  smoothing: number,
  gradient: Float64Array,
): number {
  let largest = -Infinity
  for (const logit of logits) largest = Math.max(largest, logit)
  let sum = 0
  let expected = (1 - smoothing) * logits[label]
  const share = smoothing / logits.length
  for (let c = 0; c < logits.length; c++) {
    gradient[c] = Math.exp(logits[c] - largest)
    sum += gradient[c]
    expected += share * logits[c]
  }
  for (let c = 0; c < logits.length; c++) gradient[c] = gradient[c] / sum - share
  gradient[label] -= 1 - smoothing
  return Math.log(sum) + largest - expected
}
