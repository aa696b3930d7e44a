import { join } from 'node:path'
import { writeEventFolder } from '../../e2e/eventFolder.ts'
import { writeSmallDataset } from '../../e2e/smallDataset.ts'
import { jumpOver, scrollGrid } from './scrolling.ts'
import { inWords, moveSlider } from './sliders.ts'
import { WatchedPage } from './watchedPage.ts'

/**
 * How quickly the Data screen follows, in Chromium against the real host: from a move of each slider of the encoding
 * lab, of the event player and of the transforms to the end of the frame that shows it; and the frames and long tasks
 * of a scroll over thousands of samples. `node tests/bench/screen/responsiveness.ts [moves of a slider] [part of a
 * heading]`.
 */
const [moves = '12', only = ''] = process.argv.slice(2)
const wanted = (heading: string): boolean => heading.toLowerCase().includes(only.toLowerCase())

const watched = await WatchedPage.open()
const { page } = watched
const all = new Map<string, number[]>()

function heading(text: string): void {
  console.log(`\n${text}\n${''.padEnd(44)} minimum median maximum, ms`)
}

/** Moves every slider of a panel, or those of a name, and prints a line for each. */
async function moveAll(group: string, panel: string, root: string, note: string): Promise<void> {
  const sliders = watched.panel(panel).getByRole('slider')
  for (let i = 0; i < (await sliders.count()); i++) {
    const name = (await sliders.nth(i).getAttribute('aria-label')) ?? ''
    const { times, refused, unanswered } = await moveSlider(sliders.nth(i), root, Number(moves))
    const left =
      (refused > 0 ? `   ${refused} refused in a sentence` : '') +
      (unanswered > 0 ? `   ${unanswered} NOT ANSWERED` : '')
    console.log(`${`${note}, ${name}`.padEnd(44)} ${inWords(times)}${left}`)
    all.set(group, [...(all.get(group) ?? []), ...times])
  }
}

async function lab(): Promise<void> {
  heading('The encoding lab, an image of 28 × 28')
  await page.getByRole('link', { name: 'Open the lab' }).click()
  const side = watched.panel('Encoding')
  const steps = side.getByRole('textbox', { name: 'Time steps' })
  for (const kind of ['rate', 'latency (snnTorch)', 'Poisson', 'population', 'delta']) {
    await watched.choose(side.getByRole('combobox', { name: 'Input coding' }), kind)
    await steps.fill('100')
    // Without it most places of its sliders are refused: the last spikes would come after the last step.
    if (kind.startsWith('latency')) await side.getByRole('switch', { name: 'Normalise' }).click()
    await moveAll('lab', 'Encoding', '.side-raster', `${kind}, T 100`)
  }
  for (const kind of ['constant current', 'rate']) {
    await watched.choose(side.getByRole('combobox', { name: 'Input coding' }), kind)
    await steps.fill('1000')
    const { times } = await moveSlider(
      side.getByRole('slider', { name: 'Gain' }),
      '.side-raster',
      Number(moves),
    )
    console.log(`${`${kind}, T 1000, Gain`.padEnd(44)} ${inWords(times)}`)
    all.set('lab', [...(all.get('lab') ?? []), ...times])
  }
  await steps.fill('100')
  await page.getByRole('button', { name: 'Two side by side' }).click()
  await moveAll('lab', 'A', '.side-raster', 'rate beside latency, T 100')
  await page.getByRole('button', { name: 'One encoding' }).click()
  await page.getByRole('link', { name: 'Samples' }).click()
}

async function images(): Promise<void> {
  await watched.add(writeSmallDataset(join(watched.folder, 'images'), 60_000, 28))
  const grid = page.getByRole('listbox', { name: 'Samples' })
  await scroll('The grid of 60,000 images', grid)
  if (wanted('transforms of an image')) {
    heading('Transforms of an image')
    await transforms(['random rotation', 'resize', 'random shift'])
  }
}

async function scroll(title: string, grid: Parameters<typeof scrollGrid>[0]): Promise<void> {
  if (!wanted(title)) return
  heading(title)
  for (const step of [60, 300]) {
    const { frames, longTasks, samples, waiting } = await scrollGrid(grid, step, 240)
    const longest = longTasks.length > 0 ? `, the longest ${Math.max(...longTasks).toFixed(0)}` : ''
    const note = `${samples} samples, ${step} px a frame`
    console.log(
      `${note.padEnd(44)} ${inWords(frames)}   tasks over 50 ms: ${longTasks.length}${longest}; ${waiting} of ${frames.length} frames with a sample still to come`,
    )
  }
  console.log(`${'jumps, until all in sight are there'.padEnd(44)} ${inWords(await jumpOver(grid, 12))}`)
}

async function transforms(kinds: readonly string[]): Promise<void> {
  await page.getByRole('group', { name: 'What is shown of the sample' }).getByText('Transforms').click()
  const panel = watched.panel('Transforms')
  for (const kind of kinds) {
    await watched.choose(panel.getByRole('combobox', { name: 'Add a transform' }), kind)
    await panel.getByRole('slider').first().waitFor()
    await moveAll('transforms', 'Transforms', '.looks', kind)
    await panel.getByRole('button', { name: `Remove ${kind}` }).click()
  }
}

async function recordings(): Promise<void> {
  const shape = { classes: 2, each: 3000, events: 4000 }
  await watched.add(writeEventFolder(join(watched.folder, 'recordings'), shape))
  await scroll('The grid of 6,000 recordings', page.getByRole('listbox', { name: 'Samples' }))
  if (wanted('transforms of a recording')) {
    heading('Transforms of a recording of 4,000 events')
    await transforms(['denoise', 'spatial jitter', 'downsample', 'drop events'])
  }
  if (wanted('the event player')) await player('4,000')
  if (!wanted('the event player') && !wanted('the encoding lab')) return
  const long = { classes: 2, each: 1, events: 500_000 }
  await watched.add(writeEventFolder(join(watched.folder, 'long'), long))
  if (wanted('the event player')) await player('500,000')
  if (wanted('the encoding lab')) await frames()
}

async function player(events: string): Promise<void> {
  heading(`The event player, ${events} events`)
  await page.getByRole('group', { name: 'What is shown of the sample' }).getByText('Recording').click()
  const panel = watched.panel('Recording')
  await panel.getByText(events, { exact: true }).waitFor()
  await moveAll('player', 'Recording', '.player', 'frames')
  await panel.getByText('x, y, t', { exact: true }).click()
  await moveAll('player', 'Recording', '.player', 'x, y, t')
  await panel.getByText('frames', { exact: true }).click()
}

async function frames(): Promise<void> {
  heading('The encoding lab, a recording of 500,000 events')
  await page
    .getByRole('group', { name: 'What is shown of the sample' })
    .getByText('Encoding', { exact: true })
    .click()
  await page.getByRole('link', { name: 'Open the lab' }).click()
  const side = watched.panel('Encoding')
  await watched.choose(side.getByRole('combobox', { name: 'Input coding' }), 'event frames')
  await watched.choose(side.getByRole('combobox', { name: 'Slicing' }), 'time window (tonic)')
  await moveAll('lab', 'Encoding', '.side-raster', 'event frames')
}

try {
  if (wanted('the encoding lab')) await lab()
  await images()
  await recordings()
  heading('All moves')
  for (const [group, times] of all) console.log(`${group.padEnd(44)} ${inWords(times)}`)
} finally {
  await watched.close()
}
