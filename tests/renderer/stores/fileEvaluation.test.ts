import { beforeEach, describe, expect, it } from 'vitest'
import type { ActivityTrace, RequestParams } from '../../../src-shared/contract.ts'
import type { FileEvaluationResult } from '../../../src-shared/checkpointContract.ts'
import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import type { FakeBridge } from '../../../src-renderer/bridge/fake.ts'
import { useFileEvaluationStore } from '../../../src-renderer/stores/fileEvaluation.ts'
import { useFileNetworkStore } from '../../../src-renderer/stores/fileNetwork.ts'
import { useInspectorStore } from '../../../src-renderer/stores/inspector.ts'
import { openedFile, settled } from './fileNetwork.fixture.ts'
import { freshPage } from './page.fixture.ts'

const result: FileEvaluationResult = {
  ...{ correct: 2, total: 4, accuracy: 0.5, loss: 1, classes: ['0', '1'], timeSteps: 5 },
  confusion: [
    [1, 1],
    [1, 1],
  ],
  labels: Uint8Array.of(0, 1, 0, 1),
  predictions: Uint8Array.of(0, 0, 1, 1),
}

let bridge: FakeBridge
let evaluate: (wish: RequestParams<'checkpoints.evaluate'>) => Promise<FileEvaluationResult>

beforeEach(async () => {
  evaluate = async () => result
  bridge = freshPage({
    'checkpoints.open': ({ path }) => openedFile(path),
    'checkpoints.datasets': () => [{ id: 'digits', problem: null }],
    'checkpoints.evaluate': (wish) => evaluate(wish),
    'checkpoints.cancel': () => null,
    'checkpoints.trace': ({ split, index }) => ({ split, index, label: 1, prediction: 1 }) as ActivityTrace,
  })
  const [inspector] = [useInspectorStore(), useFileNetworkStore()]
  await inspector.open('/a')
  await settled()
})

const asked = (name: string): unknown[] =>
  bridge.requests.filter((request) => request.name === name).map(({ params }) => params)

describe('the evaluation of a file', () => {
  it('asks with the time steps as typed, and not at all where they cannot stand', async () => {
    const evaluation = useFileEvaluationStore()
    evaluation.typedSteps = '0'
    expect(evaluation.stepsProblem?.code).toBe('field.range')
    await evaluation.evaluate()
    evaluation.typedSteps = 'x'
    await evaluation.evaluate()
    expect(asked('checkpoints.evaluate')).toEqual([])
    evaluation.typedSteps = ' 12 '
    await evaluation.evaluate()
    expect(asked('checkpoints.evaluate')).toMatchObject([{ path: '/a', dataset: 'digits', timeSteps: 12 }])
    expect([evaluation.result, evaluation.job]).toEqual([result, null])
  })

  it('hears how far its own is, and ends it without a word', async () => {
    const evaluation = useFileEvaluationStore()
    let stop = (): void => undefined
    evaluate = ({ path }) =>
      new Promise((_resolve, reject) => {
        stop = () => reject(new SpikedeskError('evaluation.cancelled', { path }))
      })
    const done = evaluation.evaluate()
    const job = evaluation.job ?? ''
    bridge.emit('checkpoints.progress', { job: 'of another page', seen: 9, total: 10 })
    expect(evaluation.progress).toBeNull()
    bridge.emit('checkpoints.progress', { job, seen: 3, total: 10 })
    expect(evaluation.progress).toMatchObject({ seen: 3 })
    await evaluation.cancel()
    expect(asked('checkpoints.cancel')).toEqual([{ job }])
    stop()
    await done
    expect([evaluation.job, evaluation.error, evaluation.result]).toEqual([null, null, null])
  })

  it('leads from a cell to its test samples', async () => {
    const evaluation = useFileEvaluationStore()
    await evaluation.evaluate()
    evaluation.setSplit('train')
    evaluation.choose(0, 1)
    await settled()
    expect(evaluation.samples).toEqual([2])
    expect([evaluation.split, evaluation.index]).toEqual(['test', 2])
    expect(asked('checkpoints.trace')).toMatchObject([{ split: 'test', index: 2 }])
  })

  it('looks at the samples of either split, within their number', async () => {
    const evaluation = useFileEvaluationStore()
    await evaluation.look(5000, 'train')
    expect([evaluation.trace?.split, evaluation.trace?.index, evaluation.count]).toEqual([
      'train',
      5000,
      8000,
    ])
    evaluation.setSplit('test')
    await settled()
    expect([evaluation.trace?.split, evaluation.trace?.index, evaluation.count]).toEqual(['test', 1999, 2000])
  })

  it('forgets everything with another file', async () => {
    const evaluation = useFileEvaluationStore()
    await evaluation.evaluate()
    await evaluation.look(3)
    await useInspectorStore().open('/b')
    await settled()
    expect([evaluation.result, evaluation.trace, evaluation.index, evaluation.cell]).toEqual([
      null,
      null,
      null,
      null,
    ])
  })
})
