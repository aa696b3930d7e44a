import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { presetLayer } from '../../../src-shared/model/presetLayer.ts'
import { findPreset } from '../../../src-shared/model/presets.ts'
import { spikedesk, startScript, temporaryFolder } from './commandLine.ts'
import { writeIdxFolder } from './idxFolder.ts'

/** A training small enough for the reference engine: few steps, few images; `dataset` is a folder. */
function tiny(dataset: string, workspace: string): string[] {
  const size = ['--batch', '32', '--steps', '3']
  return ['train', 'fc-leaky-100', ...size, '--dataset', dataset, '--workspace', workspace]
}

function smallSet(count = 96): string {
  return writeIdxFolder(join(temporaryFolder(), 'small-set'), count)
}

/** The file of an experiment whose neurons hear each other: what all steps leave has to lie in memory. */
function recurrent(): string {
  const experiment = structuredClone(findPreset('fc-leaky-100')?.experiment)
  if (!experiment) throw new Error('no preset fc-leaky-100')
  experiment.model.layers = experiment.model.layers.map((layer) =>
    layer.id === 'lif1' ? presetLayer('lif1', 'rleaky') : layer,
  )
  experiment.truncation = 20
  const file = join(temporaryFolder(), 'recurrent.json')
  writeFileSync(file, JSON.stringify(experiment))
  return file
}

describe.each(['reference', 'native'])('train on the %s engine', (engine) => {
  it('prints progress, epochs and a result that its checkpoint repeats', async () => {
    const [dataset, workspace] = [smallSet(), temporaryFolder()]
    const options = ['--engine', engine, '--epochs', '2', '--json']
    const ended = await spikedesk([...tiny(dataset, workspace), ...options])
    expect([ended.code, ended.stderr]).toEqual([0, ''])
    const types = ended.events().map(({ type }) => type)
    expect([types[0], types.at(-1)]).toEqual(['run', 'result'])
    expect(types.filter((type) => type === 'epoch')).toHaveLength(2)

    const result = ended.result()
    const epochs = ended.events().filter(({ type }) => type === 'epoch')
    expect(result).toMatchObject({ state: 'done', engine, epochs: 2, dataset: 'small-set', seed: 1 })
    expect(result).toMatchObject({ accuracy: epochs[1].testAccuracy, loss: epochs[1].trainLoss })
    expect(result.imagesPerSecond).toBeGreaterThan(0)

    const checkpoint = String(result.checkpoint)
    const evaluated = await spikedesk(['evaluate', checkpoint, '--dataset', dataset, '--json'])
    expect([evaluated.code, evaluated.stderr]).toEqual([0, ''])
    const { correct, total, accuracy, confusion } = evaluated.result() as {
      correct: number
      total: number
      accuracy: number
      confusion: number[][]
    }
    expect(accuracy).toBe(result.accuracy)
    expect([total, correct / total]).toEqual([96, accuracy])
    expect(confusion.map((row) => row.length)).toEqual(Array.from({ length: 10 }, () => 10))
    expect(confusion.flat().reduce((sum, value) => sum + value, 0)).toBe(total)
    expect(confusion.reduce((sum, row, i) => sum + row[i], 0)).toBe(correct)
  })
})

describe('train', () => {
  const reference = ['--engine', 'reference']

  it('refuses a run whose training needs more memory than it may take, and leaves nothing of it', async () => {
    const [dataset, workspace] = [smallSet(), temporaryFolder()]
    const words = ['train', recurrent(), '--dataset', dataset, '--workspace', workspace]
    const large = ['--batch', '4096', '--steps', '1000', '--step-memory', '200']
    const ended = await spikedesk([...words, ...large])
    expect(ended.code).not.toBe(0)
    expect(ended.stderr).toMatch(
      /^Training needs \d+ MiB, but may take 200 MiB. With recompute set to automatic \(--recompute automatic\) it takes \d+ MiB/,
    )
    const smallest = ['--batch', '4096', '--steps', '1000', '--step-memory', '1', '--recompute', 'automatic']
    expect((await spikedesk([...words, ...smallest])).stderr).toMatch(
      /^Training needs \d+ MiB, but may take 1 MiB; a smaller batch, fewer time steps or fewer threads/,
    )
    expect(existsSync(join(workspace, 'runs')) && readdirSync(join(workspace, 'runs')).length > 0).toBe(false)
    const fits = await spikedesk([...tiny(dataset, workspace), '--epochs', '1', '--step-memory', '200'])
    expect([fits.code, fits.stderr]).toEqual([0, ''])
    expect(fits.stdout).toMatch(/^memory for training \d+\.\d MiB \(activations /m)
  })

  it('trains in stretches of time steps where all of them would not fit, to the same losses', async () => {
    const [dataset, experiment] = [smallSet(), recurrent()]
    const train = (more: readonly string[]) => {
      const words = ['train', experiment, '--dataset', dataset, '--workspace', temporaryFolder()]
      return spikedesk([...words, '--batch', '96', '--steps', '400', '--epochs', '1', ...more])
    }
    const limit = ['--step-memory', '12', '--recompute']
    expect((await train([...limit, 'never'])).code).not.toBe(0)
    const told = await train([...limit, 'automatic'])
    expect([told.code, told.stderr]).toEqual([0, ''])
    expect(told.stdout).toMatch(
      /^memory for training ([4-9]|1[0-2])\.\d MiB, recomputing stretches of \d+ time steps /m,
    )
    const [stretched, whole] = [await train([...limit, 'automatic', '--json']), await train(['--json'])]
    expect(stretched.result().loss).toBe(whole.result().loss)
    expect(Number(stretched.result().accuracy)).toBeCloseTo(Number(whole.result().accuracy), 1)
  })

  it('stops at the next batch on Ctrl-C with a checkpoint, and goes on from there bit for bit', async () => {
    const workspace = temporaryFolder()
    const words = [...tiny(smallSet(640), workspace), ...reference, '--epochs', '2', '--json']
    const running = startScript('spikedesk.js', words)
    await running.seen('"type":"progress"')
    running.child.kill('SIGINT')
    const stopped = await running.ended
    expect([stopped.code, stopped.result().state]).toEqual([130, 'stopped'])
    expect(stopped.stderr).toBe('Stopping after this batch; Ctrl-C again quits at once.\n')

    const resume = ['train', '--resume', String(stopped.result().run), '--workspace', workspace, '--json']
    const resumed = await spikedesk(resume)
    const whole = await spikedesk(words)
    expect([resumed.code, whole.code]).toEqual([0, 0])
    expect(resumed.result()).toMatchObject({ state: 'done', accuracy: whole.result().accuracy })
    const [first, second] = [resumed, whole].map((run) => readFileSync(String(run.result().checkpoint)))
    expect(first.equals(second)).toBe(true)
  })

  it('prints plain lines where nothing can be redrawn', async () => {
    const words = [...tiny(smallSet(), temporaryFolder()), ...reference, '--epochs', '1']
    const { code, stdout } = await spikedesk(words)
    expect(code).toBe(0)
    const lines = stdout.trimEnd().split('\n')
    expect(lines[0]).toMatch(/^run \S+: fc-leaky-100 on small-set, reference/)
    expect(lines[1]).toMatch(/^memory for training /)
    expect(stdout).toMatch(/^epoch 1\/1 {2}train loss \S+ {2}accuracy \S+ % {2}test loss /m)
    expect(lines.at(-1)).toMatch(/^checkpoint .*safetensors$/)
    expect(stdout).not.toContain('\u001b')
  })

  it('leaves the run and the dataset in the workspace, under ids that hold', async () => {
    const [dataset, workspace] = [smallSet(), temporaryFolder()]
    const where = ['--workspace', workspace, '--json']
    const trained = await spikedesk([...tiny(dataset, workspace), ...reference, '--epochs', '1', '--json'])
    const { run: id, dataset: name } = trained.result()

    const { datasets } = (await spikedesk(['datasets', 'list', ...where])).result() as { datasets: object[] }
    expect(datasets).toContainEqual(expect.objectContaining({ id: name, path: dataset, trainCount: 96 }))
    const { runs } = (await spikedesk(['runs', 'list', ...where])).result() as { runs: { id: string }[] }
    expect(runs.map((run) => run.id)).toEqual([id])
    const loss = expect.any(Number)
    expect((await spikedesk(['runs', 'show', String(id), ...where])).result()).toMatchObject({
      ...{ id, state: 'done' },
      experiment: { timeSteps: 3, batchSize: 32, dataset: { id: name } },
      history: { losses: [loss, loss, loss], epochs: [{ epoch: 1 }] },
    })
  })
})
