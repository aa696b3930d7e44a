import { elementCount, type LayerDefinition } from '../layerDefinition.ts'

/** Joins all axes of a sample into one: `[C,H,W]` to `[C·H·W]`. */
export const flatten: LayerDefinition = {
  kind: 'flatten',
  label: 'Flatten',
  family: 'shape',
  help: 'Joins all axes of a sample into one.',
  fields: [],
  inferShape: (input) => [elementCount(input)],
  parameters: () => [],
}
