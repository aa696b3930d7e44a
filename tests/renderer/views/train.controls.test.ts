import { mount } from '@vue/test-utils'
import { TooltipProvider } from 'reka-ui'
import { describe, expect, it } from 'vitest'
import { h } from 'vue'
import type { RunState } from '../../../src-shared/contract.ts'
import { i18n } from '../../../src-renderer/i18n/index.ts'
import { runCommand } from '../../../src-renderer/commands/registry.ts'
import RunControls from '../../../src-renderer/views/train/RunControls.vue'
import RunNotice from '../../../src-renderer/views/train/RunNotice.vue'
import { detail, settle, setup, summary } from '../stores/training.fixture.ts'

async function shown(state: RunState, changes = {}) {
  const run = summary('a', { state, ...changes })
  const bridge = setup({
    'runs.list': () => [run],
    'runs.detail': () => detail(run),
    'runs.history': () => ({ losses: new Float32Array(), epochs: [] }),
    'training.pause': () => null,
    'training.resume': () => null,
    'training.stop': () => null,
    'training.continue': () => ({ ...run, state: 'preparing' }),
  })
  const page = mount(
    { render: () => h(TooltipProvider, () => [h(RunControls), h(RunNotice)]) },
    { global: { plugins: [i18n] } },
  )
  await settle()
  const labels = () => page.findAll('button').map((button) => button.text().replace(/\s*Space$/, ''))
  return { bridge, page, labels, asked: () => bridge.requests.map(({ name }) => name) }
}

describe('the controls of a run', () => {
  it('offer Pause and Stop while it runs', async () => {
    const { page, labels, asked } = await shown('running')
    expect(labels()).toEqual(['Pause', 'Stop'])
    await page.findAll('button')[0].trigger('click')
    expect(asked()).toContain('training.pause')
    page.unmount()
  })

  it('offer Resume while it is paused, also by the command of the Space key', async () => {
    const { page, labels, asked } = await shown('paused')
    expect(labels()).toEqual(['Resume', 'Stop'])
    expect(runCommand('run.toggle')).toBe(true)
    await settle()
    expect(asked()).toContain('training.resume')
    page.unmount()
  })

  it('do not take a second wish while the first is carried out', async () => {
    const { page } = await shown('stopping')
    expect(page.findAll('button').every((button) => button.attributes('disabled') !== undefined)).toBe(true)
    page.unmount()
  })

  it('name an interruption and go on from the checkpoint', async () => {
    const { page, labels, bridge } = await shown('interrupted', { epoch: 3, checkpointEpoch: 2 })
    expect(page.text()).toContain('interrupted in epoch 3; it can go on from the end of epoch 2')
    expect(labels()).toEqual(['Resume', 'Start', 'Resume from epoch 2'])
    await page.findAll('button')[2].trigger('click')
    await settle()
    expect(bridge.requests).toContainEqual({ name: 'training.continue', params: { run: 'a', epochs: 10 } })
    page.unmount()
  })

  it('say in words why a run failed', async () => {
    const what = { phrase: 'notFinite.membrane', layer: 'n2' } as const
    const error = {
      code: 'engine.notFinite',
      data: { found: 'NaN', batch: 7, epoch: 2, layer: 'n2', what },
    } as const
    const { page } = await shown('failed', { error, checkpoint: null, checkpointEpoch: null })
    expect(page.text()).toContain('At batch 7 of epoch 2, the membrane potential of layer "n2" became NaN')
    expect(page.text()).not.toContain('Resume')
    page.unmount()
  })
})
