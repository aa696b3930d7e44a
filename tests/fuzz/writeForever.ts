import { createExecutor } from '../../src-main/engine/backends/index.ts'
import { compileExperiment } from '../../src-main/engine/compile.ts'
import { writeCheckpoint } from '../../src-main/checkpoints/checkpoint.ts'
import { emptySums } from '../../src-main/training/position.ts'
import { presets } from '../../src-shared/model/presets.ts'

/** A process that writes one checkpoint after the other to its argument until it is killed. */
const path = process.argv[2]
const { experiment } = presets[0]
const state = createExecutor('reference', compileExperiment(experiment), 1).readState()
process.send?.('ready')
for (let step = 1; ; step++) {
  state.parameters[0].data[0] = step
  writeCheckpoint(path, {
    ...{
      experiment,
      epoch: 0,
      batch: 0,
      sums: emptySums(),
      plateau: null,
      stretch: null,
      step,
      state: { ...state, step },
    },
    ...{ history: [], best: null, versions: {} },
    dataset: { id: 'digits', name: 'digits', checksum: '', shape: [1, 28, 28], classes: ['a', 'b'] },
  })
}
