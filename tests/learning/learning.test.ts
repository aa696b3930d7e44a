import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { spikedesk } from '../main/cli/commandLine.ts'
import { learningReferences, lossTolerance, seeds, type LearningReference } from './reference.ts'

const dataset = process.env.FASHION_MNIST_DIR

interface Trained {
  losses: number[]
  accuracy: number
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

async function trainOnce(preset: string, seed: number, workspace: string): Promise<Trained> {
  const where = ['--dataset', dataset ?? '', '--workspace', workspace, '--json']
  const ended = await spikedesk(['train', preset, '--epochs', '2', '--seed', String(seed), ...where])
  expect(ended.code, ended.stderr).toBe(0)
  const epochs = ended.events().filter(({ type }) => type === 'epoch')
  return {
    losses: epochs.map(({ trainLoss }) => Number(trainLoss)),
    accuracy: Number(ended.result().accuracy),
  }
}

describe.skipIf(!dataset)('learning on Fashion-MNIST (needs its folder in FASHION_MNIST_DIR)', () => {
  const workspace = mkdtempSync(join(tmpdir(), 'spikedesk-learning-'))
  const lines: string[] = []

  afterAll(() => {
    rmSync(workspace, { recursive: true, force: true })
    console.log(lines.join('\n'))
  })

  describe.each(learningReferences)('$preset', (reference: LearningReference) => {
    const trained: Trained[] = []

    beforeAll(async () => {
      for (const seed of seeds) trained.push(await trainOnce(reference.preset, seed, workspace))
      const losses = [0, 1].map((epoch) => mean(trained.map((run) => run.losses[epoch])))
      const figures = losses.map((loss, epoch) => {
        const wanted = reference.losses[epoch]
        const away = ((loss / wanted - 1) * 100).toFixed(1)
        return `epoch ${epoch + 1} loss ${loss.toPrecision(4)}, reference ${wanted} (${away} %)`
      })
      const accuracies = trained.map(({ accuracy }) => (accuracy * 100).toFixed(2)).join(' ')
      lines.push(`${reference.preset}: ${figures.join('; ')}; test accuracy ${accuracies} %`)
    })

    it.each([1, 2])('has the mean training loss of the frameworks in epoch %i', (epoch) => {
      const wanted = reference.losses[epoch - 1]
      const loss = mean(trained.map((run) => run.losses[epoch - 1]))
      expect(Math.abs(loss / wanted - 1), `${loss} against ${wanted}`).toBeLessThanOrEqual(lossTolerance)
    })

    it('has a test accuracy inside the band of the frameworks', () => {
      const accuracy = mean(trained.map((run) => run.accuracy))
      expect(accuracy).toBeGreaterThanOrEqual(reference.accuracy.low)
      expect(accuracy).toBeLessThanOrEqual(reference.accuracy.high)
    })
  })
})
