import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { spikedesk } from '../main/cli/commandLine.ts'

/**
 * The two networks of event frames on the bundled digits as a simulated camera sees them. Nobody publishes figures for
 * this set, so the test asks what a network that learns must do: a loss that falls from epoch to epoch, and a test
 * accuracy far above the 10 % of chance, which is where both stay when their outputs fall silent.
 */
const networks = [
  { preset: 'events-cnn', accuracy: 0.7 },
  { preset: 'events-resnet', accuracy: 0.7 },
]
const epochs = 3

describe.each(networks)('$preset on synthetic events', ({ preset, accuracy }) => {
  const workspace = mkdtempSync(join(tmpdir(), 'spikedesk-learning-events-'))

  afterAll(() => rmSync(workspace, { recursive: true, force: true }))

  it('learns', { timeout: 1_800_000 }, async () => {
    const ended = await spikedesk([
      ...['train', preset, '--epochs', String(epochs), '--seed', '1'],
      ...['--workspace', workspace, '--json'],
    ])
    expect(ended.code, ended.stderr).toBe(0)
    const records = ended.events().filter(({ type }) => type === 'epoch')
    const losses = records.map(({ trainLoss }) => Number(trainLoss))
    const accuracies = records.map(({ testAccuracy }) => String(testAccuracy))
    console.log(`${preset}: losses ${losses.join(', ')}, test accuracies ${accuracies.join(', ')}`)
    expect(losses).toHaveLength(epochs)
    for (let i = 1; i < epochs; i++) expect(losses[i]).toBeLessThan(losses[i - 1])
    expect(Number(ended.result().accuracy)).toBeGreaterThan(accuracy)
  })
})
