/** What is in a file, as a list of rows for a tree; tensors are looked at one by one. */
export interface TreeRow {
  /** Keys and places from the root; empty for the root itself. */
  path: string[]
  kind: 'dict' | 'list' | 'scalar' | 'tensor' | 'object'
  /** `dict`, `tuple`, `int`, `float32`, or the name of a class. */
  type: string
  /** Of tensors. */
  shape: number[] | null
  /** Where a tensor was saved: `cpu`, `mps`; empty where the format does not say. */
  device: string
  /** How many values it holds directly. */
  count: number
  /** A scalar's value, or the first and last numbers of a list that is not opened. */
  text: string
  /** Whether its values follow as rows of their own. */
  open: boolean
}
