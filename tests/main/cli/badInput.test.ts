import { spawnSync } from 'node:child_process'
import { createServer } from 'node:net'
import { existsSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findPreset } from '../../../src-shared/model/presets.ts'
import { spikedesk, startScript, temporaryFolder, type Ended } from './commandLine.ts'
import { writeIdxFolder } from './idxFolder.ts'

const tiny = ['--engine', 'reference', '--limit', '64', '--epochs', '1', '--steps', '2']

/** One plain sentence or two on one line, about `named`, and nothing of the inside of the program. */
function expectSentence({ code, stdout, ...ended }: Ended, named: string): void {
  const stderr = ended.stderr.replace(/^Building the page.*\n/, '')
  expect(code).toBe(1)
  expect(stderr.trimEnd().split('\n'), stderr).toHaveLength(1)
  expect(stderr).toContain(named)
  expect(stderr).toMatch(/\.\n$/)
  expect(stderr + stdout).not.toMatch(/\n\s+at |\{\w+\}|internal|went wrong inside|undefined|Error:/)
}

function trainOn(dataset: string, workspace: string): Promise<Ended> {
  return spikedesk(['train', 'fc-leaky-100', '--dataset', dataset, '--workspace', workspace, ...tiny])
}

describe('a damaged dataset', () => {
  const images = 'train-images-idx3-ubyte'
  const damages: [string, string, (path: string) => void][] = [
    ['truncated', images, (path) => truncateSync(path, 5000)],
    ['empty', images, (path) => writeFileSync(path, '')],
    [
      'of a wrong magic',
      images,
      (path) => writeFileSync(path, 'PK\u0003\u0004 and so on, not images at all'),
    ],
    [
      'absurdly large by its header',
      images,
      (path) => writeFileSync(path, Buffer.from('00000803ffffffffffffffffffffffff', 'hex')),
    ],
  ]

  it.each(damages)('that is %s is named, and no run is begun', async (_name, file, damage) => {
    const folder = writeIdxFolder(join(temporaryFolder(), 'set'), 64)
    damage(join(folder, file))
    const workspace = temporaryFolder()
    expectSentence(await trainOn(folder, workspace), file)
    expectSentence(await spikedesk(['datasets', 'add', folder, '--workspace', workspace]), file)
    expect(existsSync(join(workspace, 'runs'))).toBe(false)
    expect(existsSync(join(workspace, 'datasets.json'))).toBe(false)
  })

  it('that has no labels is named', async () => {
    const folder = writeIdxFolder(join(temporaryFolder(), 'set'), 64)
    for (const name of readdirSync(folder).filter((file) => file.includes('labels')))
      rmSync(join(folder, name))
    expectSentence(await trainOn(folder, temporaryFolder()), folder)
  })

  it('that does not exist is named', async () => {
    const missing = join(temporaryFolder(), 'nowhere')
    expectSentence(await trainOn(missing, temporaryFolder()), missing)
    expectSentence(await trainOn('nothing-like-it', temporaryFolder()), 'nothing-like-it')
  })
})

describe('a bad experiment', () => {
  const change = (edit: (text: string) => string): string => {
    const file = join(temporaryFolder(), 'experiment.json')
    writeFileSync(file, edit(JSON.stringify(findPreset('fc-leaky-100')?.experiment)))
    return file
  }

  it.each([
    ['an unknown layer', '"kind":"leaky"', '"kind":"leeky"', 'Layer "lif1" is of the unknown kind "leeky"'],
    [
      'a negative T',
      '"timeSteps":25',
      '"timeSteps":-25',
      'timeSteps: Time steps is -25; it must be from 1 to 10000.',
    ],
    ['a negative batch', '"batchSize":128', '"batchSize":-1', 'batchSize: Batch size is -1'],
    ['text after its end', /$/, '}', 'is not JSON'],
  ])('with %s names file and field, and makes no workspace', async (_name, found, put, sentence) => {
    const file = change((text) => text.replace(found, put))
    const workspace = join(temporaryFolder(), 'workspace')
    const ended = await spikedesk(['train', file, '--workspace', workspace])
    expectSentence(ended, file)
    expect(ended.stderr).toContain(sentence)
    expect(existsSync(workspace)).toBe(false)
  })
})

describe('the workspace', () => {
  it('that cannot be written is named', async () => {
    const file = join(temporaryFolder(), 'plain-file')
    writeFileSync(file, 'kept')
    const workspace = join(file, 'workspace')
    expectSentence(await trainOn('digits', workspace), workspace)
    expectSentence(await spikedesk(['serve', '--port', '0', '--workspace', workspace]), workspace)
    expect(readFileSync(file, 'utf8')).toBe('kept')
  })

  it('that another instance uses is named, and is free again when that one is killed', async () => {
    const workspace = temporaryFolder()
    const set = writeIdxFolder(join(temporaryFolder(), 'set'), 64)
    const where = ['--workspace', workspace, '--json']
    const long = ['--dataset', set, '--engine', 'reference', '--steps', '2', '--epochs', '100000', ...where]
    const first = startScript('spikedesk.js', ['train', 'fc-leaky-100', ...long])
    await first.seen('"type":"epoch"')
    expectSentence(
      await trainOn('digits', workspace),
      `The workspace ${workspace} is in use by another Spikedesk`,
    )
    first.child.kill('SIGKILL')
    await first.ended
    const { runs } = (await spikedesk(['runs', 'list', ...where])).result() as {
      runs: { id: string; state: string }[]
    }
    expect(runs[0].state).toBe('interrupted')
    const resumed = startScript('spikedesk.js', ['train', '--resume', runs[0].id, ...where])
    await resumed.seen('"type":"epoch"')
    resumed.child.kill('SIGINT')
    expect((await resumed.ended).result()).toMatchObject({ run: runs[0].id, state: 'stopped' })
  })
})

describe('a port in use', () => {
  it('is named', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const { port } = server.address() as { port: number }
    const ended = await spikedesk(['serve', '--port', String(port), '--workspace', temporaryFolder()])
    expectSentence(ended, `Port ${port} on 127.0.0.1 is in use`)
    server.close()
  })
})

describe('a checkpoint', () => {
  it('that is missing or no checkpoint is named', async () => {
    const missing = join(temporaryFolder(), 'missing.safetensors')
    expectSentence(await spikedesk(['evaluate', missing, '--dataset', 'digits']), missing)
    const broken = join(temporaryFolder(), 'broken.safetensors')
    writeFileSync(broken, 'not a checkpoint')
    expectSentence(await spikedesk(['evaluate', broken, '--dataset', 'digits']), broken)
  })
})

describe('a reader that leaves', () => {
  it('is no failure', () => {
    const { status, stderr } = spawnSync('sh', ['-c', 'node bin/spikedesk.js help --markdown | head -1'], {
      cwd: join(import.meta.dirname, '../../..'),
      encoding: 'utf8',
    })
    expect([status, stderr]).toEqual([0, ''])
  })
})
