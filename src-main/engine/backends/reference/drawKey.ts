/** Which numbers are drawn: those of a training step. */
export interface DrawKey {
  seed: number
  /** Training steps done. */
  step: number
}
