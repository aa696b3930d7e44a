import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { dictOf } from '../../src-main/checkpoints/files/openedFile.ts'
import { numpyParts } from '../../src-main/checkpoints/writers/numpyWriter.ts'
import { writeTorch } from '../../src-main/checkpoints/writers/torchWriter.ts'
import { zipParts } from '../../src-main/checkpoints/writers/zipWriter.ts'
import { dtypeNamed } from '../../src-main/containers/dtypes.ts'
import { leakyState, ramp, stateDict, tensor, value } from '../main/checkpoints/trees.ts'
import { test, type WorkbenchPage } from './workbenchPage.ts'

/** Ten rows of 784 values about zero; row 3 is dead. */
function weights(): Float32Array {
  const values = Float32Array.from({ length: 7840 }, (_, i) => Math.sin(i / 9) / 4)
  return values.fill(0, 3 * 784, 4 * 784)
}

function makeFile(folder: string): string {
  const path = join(folder, 'notebook.pth')
  const losses = Array.from({ length: 120 }, (_, i) => value(2.5 / (i + 1) + 0.001))
  const tree = dictOf([
    [
      'model_state_dict',
      stateDict({
        'fc1.weight': tensor('float32', [10, 784], weights()),
        ...leakyState('lif1'),
        'conv.weight': ramp(4, 2, 3, 3),
      }),
    ],
    [
      'hyperparameters',
      dictOf([
        ['num_steps', value(15)],
        ['note', value('made by a test')],
      ]),
    ],
    ['loss_hist', { kind: 'list', type: 'list', items: losses }],
  ])
  writeTorch(path, tree)
  return path
}

async function openFile(workbench: WorkbenchPage, path: string): Promise<void> {
  await workbench.go('Inspect')
  await workbench.page.getByLabel('Path of a checkpoint file').fill(path)
  await workbench.page.keyboard.press('Enter')
}

const line = ({ page }: WorkbenchPage, name: RegExp) => page.getByRole('treeitem', { name }).first()
const look = async ({ page }: WorkbenchPage, name: string) =>
  page.getByRole('group', { name: 'Look at the tensor' }).getByText(name, { exact: true }).click()

test('a file shows its settings, its curves and every tensor in it', async ({ workbench }) => {
  const { page } = workbench
  await openFile(workbench, makeFile(workbench.folder))
  await page.getByRole('row', { name: /num_steps int 15/ }).waitFor()
  expect(await workbench.told(/^Curve of loss_hist/)).toContain('120 values, from 2.501 to 0.02183')
  await line(workbench, /fc1.weight/).click()
  expect(await workbench.told(/^Histogram of model_state_dict.fc1.weight/)).toContain(
    '64 bins from -0.250 to 0.250',
  )
  await page.getByText('1 of 10 hold nothing but zeros.').waitFor()
  await look(workbench, 'Values')
  const grid = page.getByRole('grid', { name: 'Values' })
  await grid.focus()
  await page.keyboard.press('Control+End')
  await page.getByRole('gridcell', { selected: true }).waitFor()
  const last = Math.fround(Math.sin(7839 / 9) / 4)
  await page.getByText(String(last), { exact: true }).waitFor()
  await page.getByText('[9, 783]').waitFor()
  await look(workbench, 'Heat map')
  const map = page.getByRole('img', {
    name: /^Heat map of model_state_dict.fc1.weight: 10 rows, 784 columns/,
  })
  await map.focus()
  await workbench.changes(map.locator('canvas'), () => page.keyboard.press('+'))
  await page.getByText('A part is on show').waitFor()
  await page.keyboard.press('0')
  await page.getByText('Wheel or + and − zoom').waitFor()
  await look(workbench, 'Filters')
  await page.getByRole('img', { name: 'model_state_dict.fc1.weight as 10 pictures of 28×28' }).waitFor()
  await page.keyboard.press('/')
  await page.keyboard.type('conv')
  await page.keyboard.press('Enter')
  await page.getByRole('img', { name: 'model_state_dict.conv.weight as 8 pictures of 3×3' }).waitFor()
  expect(await page.getByRole('treeitem').count()).toBe(3)
  await page.keyboard.press('ControlOrMeta+c')
  await page.getByText('The path is copied.').waitFor()
  await workbench.picture('inspector-filters')
  expect(workbench.complaints).toEqual([])
})

test('a tensor is saved as an array, as text and as pictures', async ({ workbench }) => {
  const { page } = workbench
  await openFile(workbench, makeFile(workbench.folder))
  await line(workbench, /fc1.weight/).click()
  async function saved(item: string): Promise<Buffer> {
    await workbench.button('Export').click()
    const download = page.waitForEvent('download')
    await page.getByRole('menuitem', { name: item }).click()
    return readFileSync(await (await download).path())
  }
  const bytes = new Uint8Array(weights().buffer)
  const wanted = Buffer.concat(numpyParts({ dtype: dtypeNamed('float32'), shape: [10, 784], bytes }))
  expect((await saved('NumPy array')).equals(wanted)).toBe(true)
  const rows = (await saved('Values')).toString().trimEnd().split('\n')
  expect(rows.map((row) => row.split(',').length)).toEqual(Array.from({ length: 10 }, () => 784))
  expect(Math.fround(Number(rows[9].split(',')[783]))).toBe(weights()[7839])
  expect((await saved('Heat map (.png)')).subarray(1, 4).toString()).toBe('PNG')
  expect((await saved('Heat map (.svg)')).toString()).toMatch(/^<svg [^]*<rect x="0" y="0"[^]*<\/svg>/)
  expect((await saved('Filters (.svg)')).toString()).toContain('model_state_dict.fc1.weight (')
})

test('a file is handed over with progress, or not at all', async ({ workbench }) => {
  const { page } = workbench
  const path = makeFile(workbench.folder)
  await workbench.go('Inspect')
  const large = join(workbench.folder, 'large.pth')
  writeFileSync(large, Buffer.alloc(48 << 20))
  await page.locator('main input[type=file]').setInputFiles(large)
  await page.getByRole('progressbar', { name: 'Copying large.pth' }).waitFor()
  await workbench.button('Cancel: large.pth').click()
  await page.getByRole('progressbar', { name: 'Copying large.pth' }).waitFor({ state: 'detached' })
  await page.getByText('Look into a checkpoint').waitFor()
  await page.locator('main input[type=file]').setInputFiles(path)
  await line(workbench, /fc1.weight/).waitFor()
  expect(workbench.complaints).toEqual([])
})

test('hostile and missing files are refused in one sentence, and a run is one click away', async ({
  workbench,
}) => {
  const { page } = workbench
  const hostile = join(workbench.folder, 'hostile.pth')
  const pickle = new TextEncoder()
    .encode("\u0080\u0002cos\nsystem\n(S'true'\ntR.")
    .filter((byte) => byte !== 0xc2)
  writeFileSync(hostile, Buffer.concat(zipParts([{ name: 'archive/data.pkl', bytes: pickle }])))
  await openFile(workbench, hostile)
  const alert = page.getByRole('main').getByRole('alert')
  await alert.getByText(/hostile\.pth cannot be opened as a checkpoint: .*system/).waitFor()
  const long = join(workbench.folder, 'long.safetensors')
  writeFileSync(long, Uint8Array.of(0, 0, 0, 64, 0, 0, 0, 0, 0x7b, 0x7d))
  await openFile(workbench, long)
  await alert.getByText(/long\.safetensors cannot be opened as a checkpoint/).waitFor()
  await openFile(workbench, join(workbench.folder, 'none.pth'))
  await alert.getByText(/none\.pth does not exist/).waitFor()
  await workbench.train(1)
  await workbench.state('done')
  await workbench.go('Runs')
  await workbench.button('Inspect').click()
  await page.getByRole('main', { name: 'Inspect' }).waitFor()
  await page
    .getByRole('treeitem', { name: /fc1\.weight/ })
    .first()
    .waitFor()
  await page.getByRole('row', { name: /batchSize/ }).waitFor()
  expect(workbench.complaints).toEqual([])
})
