import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator } from 'playwright-core'
import { describe, expect } from 'vitest'
import { sliderPlaces } from '../../src-renderer/forms/slider.ts'
import { atisBytes, someEvents } from '../corpus/recordingFiles.ts'
import { test, type WorkbenchPage } from './workbenchPage.ts'

/** Opens the lab from the Data screen. */
async function openLab(workbench: WorkbenchPage): Promise<void> {
  await workbench.page.getByRole('link', { name: 'Open the lab' }).click()
  await workbench.page.getByRole('heading', { name: 'Encoding lab' }).waitFor()
}

const figure = (workbench: WorkbenchPage, label: string): Locator =>
  workbench.page
    .getByRole('table', { name: 'Figures' })
    .getByRole('row')
    .filter({ has: workbench.page.getByRole('rowheader', { name: label, exact: true }) })
    .getByRole('cell')

const traps = (side: Locator): Locator =>
  side.getByRole('list', { name: 'What this encoding loses' }).getByRole('listitem')

async function setCoding(
  workbench: WorkbenchPage,
  side: Locator,
  kind: string,
  values: Record<string, string> = {},
): Promise<void> {
  await workbench.choose(side.getByRole('combobox', { name: 'Input coding' }), kind)
  for (const [field, value] of Object.entries(values)) {
    await side.getByRole('textbox', { name: field }).fill(value)
  }
}

describe('the encoding lab', () => {
  test('tells the story of latency coding in numbers, and each click mends a part of it', async ({
    workbench,
  }) => {
    await openLab(workbench)
    const side = workbench.panel('Encoding')
    await side.getByText('as in the experiment').waitFor()
    await setCoding(workbench, side, 'latency (snnTorch)', { 'Time steps': '50', 'Time constant': '5' })
    await side.getByText('The last spike of a sample comes at step 58').waitFor()
    await side.getByRole('button', { name: 'T = 59' }).click()
    await side.getByRole('textbox', { name: 'Time steps' }).fill('100')
    await traps(side).filter({ hasText: 'come within 1 of 100 steps' }).waitFor()
    await traps(side).filter({ hasText: 'fire together at step 59' }).waitFor()
    await traps(side).filter({ hasText: 'grey levels are told apart' }).waitFor()
    expect(await figure(workbench, 'Spikes').textContent()).toBe('784')
    expect(await figure(workbench, 'Synaptic operations').textContent()).toBe('78,400')

    await side.getByRole('button', { name: 'Linear on, Normalise on' }).first().click()
    await traps(side).filter({ hasText: 'come within' }).waitFor({ state: 'detached' })
    await traps(side).filter({ hasText: 'fire together at step' }).getByRole('button').click()
    await traps(side).first().waitFor({ state: 'detached' })
    const spikes = Number(await figure(workbench, 'Spikes').textContent())
    expect(spikes).toBeGreaterThan(100)
    expect(spikes).toBeLessThan(300)

    await side.getByRole('button', { name: 'Use in experiment' }).click()
    await side.getByRole('button', { name: 'In the experiment' }).waitFor()
    await workbench.go('Train')
    const parameters = workbench.panel('Parameters')
    expect(await parameters.getByRole('textbox', { name: 'Time steps' }).inputValue()).toBe('100')
    expect(await parameters.getByRole('switch', { name: 'Clip' }).getAttribute('aria-checked')).toBe('true')
    expect(workbench.complaints).toEqual([])
  })

  test('draws the raster in a new size in the very frame that gives it the size', async ({ workbench }) => {
    await openLab(workbench)
    const side = workbench.panel('Encoding')
    await setCoding(workbench, side, 'rate')
    const canvas = side.locator('.raster canvas')
    await canvas.waitFor()
    await workbench.until(() => canvas.evaluate((raster: HTMLCanvasElement) => raster.width > 300))
    const [height, room] = await canvas.evaluate(async (raster: HTMLCanvasElement) => {
      const figure = raster.closest('figure')
      const { port1, port2 } = new MessageChannel()
      const afterFrame = new Promise((resolve) => (port1.onmessage = resolve))
      requestAnimationFrame(() => {
        figure?.style.setProperty('max-height', '180px')
        port2.postMessage(null)
      })
      await afterFrame
      return [raster.height, raster.clientHeight * devicePixelRatio]
    })
    expect(room).toBeLessThan(180)
    expect(height).toBeCloseTo(room, 0)
  })

  test('compares two encodings, copies and swaps them', async ({ workbench }) => {
    await openLab(workbench)
    await workbench.page.getByRole('button', { name: 'Two side by side' }).click()
    const [a, b] = [workbench.panel('A'), workbench.panel('B')]
    await setCoding(workbench, a, 'Poisson')
    await setCoding(workbench, b, 'latency (spikingjelly)')
    await workbench.until(async () => (await figure(workbench, 'Spikes').allTextContents())[1] === '784')
    const [many] = await figure(workbench, 'Spikes').allTextContents()
    const difference = 784 - Number(many.replace(',', ''))
    const said = `B − A: −${Math.abs(difference).toLocaleString('en')}, B ÷ A: `
    await workbench.page.getByText(said).first().waitFor()
    await a.getByRole('button', { name: 'Swap' }).click()
    await workbench.until(async () => (await figure(workbench, 'Spikes').allTextContents())[0] === '784')
    await a.getByRole('button', { name: 'Copy to B' }).click()
    await workbench.until(
      async () => (await figure(workbench, 'Spikes').allTextContents()).join() === '784,784',
    )
    // A pixel that is chosen in one is chosen in both, and so is the step.
    await a.getByRole('application', { name: /^Row / }).first().press('Home')
    await a.getByRole('application', { name: /^Row / }).first().press('ArrowLeft')
    const places = await workbench.page
      .getByRole('application')
      .evaluateAll((maps) =>
        maps.map((map) => /Row \d+, column \d+/.exec(map.getAttribute('aria-label') ?? '')?.[0]),
      )
    expect(new Set(places).size).toBe(1)
    await workbench.page.getByRole('button', { name: 'One step on' }).click()
    expect(await workbench.page.getByText('Step 2', { exact: true }).count()).toBe(2)
    expect(workbench.complaints).toEqual([])
  })

  test('shows what the outputs should do for the label beside the encoding', async ({ workbench }) => {
    await openLab(workbench)
    await workbench.page.getByRole('button', { name: 'With targets' }).click()
    const targets = workbench.panel('Targets')
    const plot = targets.getByRole('img', {
      name: /^Targets of 10 outputs over 25 steps: 25 in all for class/,
    })
    await plot.waitFor()
    await targets.getByText('the same at every step').waitFor()
    const canvas = targets.locator('canvas')
    await workbench.changes(canvas, () =>
      targets.getByRole('textbox', { name: 'Rate of the class' }).fill('0.2'),
    )
    await targets.getByRole('img', { name: /25 steps: 5 in all for class \d, 0 for each other/ }).waitFor()
    await workbench.choose(targets.getByRole('combobox', { name: 'Target code' }), 'latency (snnTorch)')
    await targets.getByRole('img', { name: /25 steps: 1 in all for class \d, 1 for each other/ }).waitFor()

    // Its steps are those of the encoding.
    await workbench.panel('Encoding').getByRole('textbox', { name: 'Time steps' }).fill('40')
    const longer = targets.getByRole('img', { name: /over 40 steps/ })
    await longer.press('ArrowRight')
    await workbench.panel('Encoding').getByText('Step 2', { exact: true }).waitFor()
    await workbench.picture('targets')
    await targets.getByRole('textbox', { name: 'Threshold' }).fill('2')
    await targets.getByText(/^Threshold is 2; it must be/).waitFor()
    expect(workbench.complaints).toEqual([])
  })

  test('shows chosen neurons, and saves the animation', async ({ workbench }) => {
    await openLab(workbench)
    const side = workbench.panel('Encoding')
    await setCoding(workbench, side, 'rate', { 'Time steps': '12', Gain: '0.5' })
    await workbench.chart(/^input: \d+ spikes of 784 neurons over 12 steps/).waitFor()
    await side.getByRole('button', { name: 'Row' }).click()
    await workbench.chart(/^input: \d+ spikes of 28 neurons over 12 steps/).waitFor()
    await side.getByText('Intervals between spikes').waitFor()
    const saved = workbench.page.waitForEvent('download')
    await workbench.button('Save GIF').click()
    const file = await saved
    expect(file.suggestedFilename()).toBe('Digits-train-0-rate.gif')
    const bytes = [...readFileSync(await file.path())]
    const read = await workbench.page.evaluate(async (data) => {
      const decoder = new ImageDecoder({ data: Uint8Array.from(data), type: 'image/gif' })
      await decoder.tracks.ready
      const { image } = await decoder.decode({ frameIndex: 11 })
      return [decoder.tracks.selectedTrack?.frameCount, image.displayWidth, image.displayHeight]
    }, bytes)
    expect(read).toEqual([12, 280, 280])
  })

  test('shows what becomes of a recording', async ({ workbench }) => {
    const folder = join(workbench.folder, 'recordings')
    for (const place of ['train/a', 'train/b', 'test/a', 'test/b']) {
      mkdirSync(join(folder, place), { recursive: true })
      writeFileSync(join(folder, place, '1.bin'), atisBytes(someEvents(400)))
    }
    const path = workbench.page.getByLabel('Path of a folder or file with a dataset')
    await path.fill(folder)
    await path.press('Enter')
    // Until its card is there the samples are those of the digits, of which the lab would go on.
    await workbench.panel('recordings').waitFor()
    await openLab(workbench)
    const side = workbench.panel('Encoding')
    // The codings on offer are those of images until the recording is there.
    await figure(workbench, 'Events in no frame').waitFor()
    await setCoding(workbench, side, 'event frames', { Window: '1000' })
    await workbench.choose(side.getByRole('combobox', { name: 'Slicing' }), 'time window (tonic)')
    const lost = traps(side).filter({ hasText: 'are in no frame' })
    await lost.waitFor()
    expect(
      Number((await figure(workbench, 'Events in no frame').textContent())?.replace(',', '')),
    ).toBeGreaterThan(0)
    await lost.getByRole('button').click()
    await lost.waitFor({ state: 'detached' })
    expect(workbench.complaints).toEqual([])
  })
})

describe('moving a slider', () => {
  test('redraws at once, and no queue builds up', async ({ workbench }) => {
    const sent: number[] = []
    const answered: number[] = []
    workbench.page.on('websocket', (socket) => {
      socket.on('framesent', ({ payload }) => payload.includes('encoding.study') && sent.push(Date.now()))
      socket.on('framereceived', ({ payload }) => payload.includes('intervals') && answered.push(Date.now()))
    })
    await workbench.page.reload()
    await openLab(workbench)
    const side = workbench.panel('Encoding')
    await setCoding(workbench, side, 'rate', { 'Time steps': '100' })
    const slider = side.getByRole('slider', { name: 'Gain' })
    const spikes = figure(workbench, 'Spikes')
    await workbench.until(async () => /\d,\d/.test((await spikes.textContent()) ?? ''))

    // From an input event to the frame after the new figures and canvases, once for each of many places.
    const times = await slider.evaluate(
      async (input: HTMLInputElement, places) => {
        const figures = document.querySelector('table')
        const frame = () => new Promise(requestAnimationFrame)
        const found: number[] = []
        for (const place of places) {
          const before = figures?.textContent
          const from = performance.now()
          input.value = String(place)
          input.dispatchEvent(new Event('input', { bubbles: true }))
          while (figures?.textContent === before && performance.now() - from < 10_000) await frame()
          await frame()
          found.push(performance.now() - from)
        }
        return found
      },
      Array.from({ length: 20 }, (_, i) => 50 * (i + 1)),
    )
    const median = times.sort((a, b) => a - b)[times.length >> 1]
    console.log(`slider to picture: median ${median.toFixed(0)} ms, worst ${times.at(-1)?.toFixed(0)} ms`)
    // 100 ms are wanted where nothing else runs; tests share a machine with others.
    expect(median).toBeLessThan(3000)

    const asked = sent.length
    const text = side.getByRole('textbox', { name: 'Gain' })
    await slider.evaluate((input: HTMLInputElement, last) => {
      for (let place = 0; place <= last; place += 5) {
        input.value = String(place)
        input.dispatchEvent(new Event('input', { bubbles: true }))
      }
    }, sliderPlaces)
    await workbench.until(async () => (await text.inputValue()) === '2')
    await workbench.until(() => Promise.resolve(sent.length > asked && answered.length >= sent.length))
    expect(sent.length - asked).toBeLessThanOrEqual(3)
    await traps(side).filter({ hasText: 'Gain' }).first().waitFor()

    // What stands below the warnings stays in its place until the slider is let go.
    const raster = side.getByRole('img', { name: / spikes of 784 neurons over 100 steps/ })
    const place = await raster.boundingBox()
    await slider.evaluate((input: HTMLInputElement) => {
      input.value = '100'
      input.dispatchEvent(new Event('input', { bubbles: true }))
    })
    await traps(side).first().waitFor({ state: 'detached' })
    expect(await raster.boundingBox()).toEqual(place)
    await slider.dispatchEvent('change')
    await workbench.until(async () => ((await raster.boundingBox())?.y ?? 0) < (place?.y ?? 0))
  })
})
