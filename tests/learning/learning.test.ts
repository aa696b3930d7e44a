import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { spikedesk } from '../main/cli/commandLine.ts'
import { accuracySeeds, learningReferences, type LearningReference } from './reference.ts'

const dataset = process.env.FASHION_MNIST_DIR

interface Trained {
  /** Mean training loss of each epoch. */
  losses: number[]
  accuracy: number
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

async function trainOnce(
  { preset, limit }: Pick<LearningReference, 'preset' | 'limit'>,
  seed: number,
  epochs: number,
  workspace: string,
): Promise<Trained> {
  const where = ['--dataset', dataset ?? '', '--workspace', workspace, '--json']
  const options = ['--epochs', String(epochs), '--seed', String(seed)]
  if (limit !== undefined) options.push('--limit', String(limit))
  const ended = await spikedesk(['train', preset, ...options, ...where])
  expect(ended.code, ended.stderr).toBe(0)
  const records = ended.events().filter(({ type }) => type === 'epoch')
  return {
    losses: records.map(({ trainLoss }) => Number(trainLoss)),
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

  describe.each(learningReferences)('$preset', ({ preset, limit, losses, accuracy: band }) => {
    const trained: Trained[] = []

    beforeAll(async () => {
      const seeds = Math.max(accuracySeeds, ...losses.map((loss) => loss.seeds))
      for (let seed = 1; seed <= seeds; seed++) {
        trained.push(await trainOnce({ preset, limit }, seed, seed <= accuracySeeds ? 2 : 1, workspace))
      }
    })

    it.each(losses)(
      'has the mean training loss $reference in epoch $epoch',
      ({ epoch, reference, ...entry }) => {
        const values = trained.slice(0, entry.seeds).map((run) => run.losses[epoch - 1])
        const away = mean(values) / reference - 1
        const figures = `${mean(values).toPrecision(4)} over ${entry.seeds} seeds, reference ${reference}`
        lines.push(`${preset}: loss of epoch ${epoch} ${figures} (${(away * 100).toFixed(1)} %)`)
        expect(Math.abs(away), figures).toBeLessThanOrEqual(entry.tolerance)
      },
    )

    it('has a test accuracy inside the band of the frameworks', () => {
      const values = trained.slice(0, accuracySeeds).map((run) => run.accuracy)
      const each = values.map((value) => (value * 100).toFixed(2)).join(', ')
      lines.push(`${preset}: test accuracy ${each} %, reference ${(band.reference * 100).toFixed(1)} %`)
      expect(mean(values)).toBeGreaterThanOrEqual(band.low)
      expect(mean(values)).toBeLessThanOrEqual(band.high)
    })
  })
})
