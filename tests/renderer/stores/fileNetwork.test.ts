import { beforeEach, describe, expect, it } from 'vitest'
import type { RequestParams } from '../../../src-shared/contract.ts'
import type { DatasetFit } from '../../../src-shared/checkpointContract.ts'
import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import type { FakeBridge } from '../../../src-renderer/bridge/fake.ts'
import { useFileNetworkStore } from '../../../src-renderer/stores/fileNetwork.ts'
import { useInspectorStore } from '../../../src-renderer/stores/inspector.ts'
import { openedFile, settled, summary, timeSteps } from './fileNetwork.fixture.ts'
import { digits, freshPage } from './page.fixture.ts'

const misfit = { code: 'model.classes', data: {} } as const
let bridge: FakeBridge
let fits: DatasetFit[]

/** As the workbench: `timeSteps` is always asked, `sizes` only at a size of 34. */
function answered({ answers }: RequestParams<'checkpoints.answer'>) {
  if (answers.sizes !== undefined && answers.inputSize !== 34)
    throw new SpikedeskError('network.answer', { path: '/a', question: 'sizes', known: 'timeSteps' })
  if (answers.timeSteps === 0) throw new SpikedeskError('field.range', { label: 'Time steps', found: 0 })
  const steps = Number(answers.timeSteps ?? 25)
  return {
    ...summary,
    experiment: { ...summary.experiment, timeSteps: steps },
    questions: [{ ...timeSteps, answer: steps, answered: answers.timeSteps !== undefined }],
  }
}

beforeEach(() => {
  fits = [
    { id: 'other', problem: misfit },
    { id: 'digits', problem: null },
    { id: 'fashion', problem: null },
  ]
  bridge = freshPage({
    'checkpoints.open': ({ path }) => openedFile(path, path === '/none' ? null : summary),
    'checkpoints.answer': (wish) => answered(wish),
    'checkpoints.datasets': () => fits,
  })
})

async function open(path: string) {
  const [inspector, network] = [useInspectorStore(), useFileNetworkStore()]
  await inspector.open(path)
  await settled()
  return { inspector, network }
}

describe('the network of a file', () => {
  it('comes with the file, and stands on the first dataset that fits', async () => {
    const { network } = await open('/a')
    expect(network.summary).toEqual(summary)
    expect([network.fitting, network.dataset]).toEqual([['digits', 'fashion'], 'digits'])
    network.chosen = 'fashion'
    expect(network.dataset).toBe('fashion')
    network.chosen = 'other'
    expect(network.dataset).toBe('digits')
  })

  it('is none where the file holds none, and nothing is asked about it', async () => {
    const { network } = await open('/none')
    expect([network.summary, network.dataset, network.fits]).toEqual([null, null, []])
    expect(bridge.requests.map(({ name }) => name)).not.toContain('checkpoints.datasets')
  })

  it('takes answers, keeps them for the file, and takes them again when it is opened anew', async () => {
    const { network } = await open('/a')
    await network.answer({ timeSteps: 7 })
    expect([network.summary?.experiment.timeSteps, network.answers]).toEqual([7, { timeSteps: 7 }])
    await open('/b')
    expect([network.summary?.experiment.timeSteps, network.answers]).toEqual([
      summary.experiment.timeSteps,
      {},
    ])
    await open('/a')
    expect([network.summary?.experiment.timeSteps, network.answers]).toEqual([7, { timeSteps: 7 }])
  })

  it('leaves out what an answer makes needless, and throws what cannot stand', async () => {
    const { network } = await open('/a')
    const { answers } = await network.ask({ timeSteps: 9, sizes: 'conv1: padding 1', inputSize: 28 })
    expect(answers).toEqual({ timeSteps: 9, inputSize: 28 })
    await expect(network.answer({ timeSteps: 0 })).rejects.toMatchObject({ code: 'field.range' })
    expect(network.answers).toEqual({})
  })

  it('asks again which datasets fit where they change', async () => {
    const { network } = await open('/a')
    fits = [{ id: 'fashion', problem: null }]
    bridge.emit('datasets.changed', { cards: [{ ...digits, id: 'fashion' }] })
    await settled()
    expect(network.dataset).toBe('fashion')
  })
})
