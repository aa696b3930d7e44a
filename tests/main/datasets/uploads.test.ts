import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { uploadOf, Uploads, uploadsFolder } from '../../../src-main/datasets/importing/uploads.ts'
import { safeNames } from '../../../src-main/datasets/importing/uploadNames.ts'

let workspace: string
let uploads: Uploads

beforeEach(() => {
  workspace = mkdtempSync(join(tmpdir(), 'spikedesk-uploads-'))
  uploads = new Uploads(workspace)
})
afterEach(() => rmSync(workspace, { recursive: true, force: true }))

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const part = (path: string, offset: number, text: string) => ({ path, offset, bytes: bytes(text) })
const left = (): string[] => readdirSync(join(workspace, uploadsFolder))

describe('a folder that is handed over', () => {
  it('lies in the workspace as it was, and is known as handed over', async () => {
    await uploads.begin('job', { name: 'set', files: 3, bytes: 10 }, [])
    await uploads.append('job', [part('a/1.bin', 0, 'abc')])
    await uploads.append('job', [part('a/1.bin', 3, 'defg'), part('b/empty', 0, ''), part('c', 0, 'xyz')])
    const path = await uploads.end('job')
    expect(path.endsWith(join('/', 'set'))).toBe(true)
    expect(readFileSync(join(path, 'a', '1.bin'), 'utf8')).toBe('abcdefg')
    expect(readFileSync(join(path, 'b', 'empty'), 'utf8')).toBe('')
    expect(readFileSync(join(path, 'c'), 'utf8')).toBe('xyz')
    expect(uploadOf(workspace, path)).toBe(join(path, '..'))
    expect(uploadOf(workspace, '/home/somebody/set')).toBeNull()
    expect(uploadOf(workspace, join(workspace, uploadsFolder, '..', 'datasets'))).toBeNull()
    await uploads.discard('job', [path])
    expect(existsSync(path)).toBe(true)
    await uploads.begin('other', { name: 'set', files: 1, bytes: 1 }, [path])
    expect(existsSync(path)).toBe(true)
  })

  it('is deleted when nobody wants it, before its end and after', async () => {
    await uploads.begin('half', { name: 'set', files: 1, bytes: 9 }, [])
    await uploads.append('half', [part('a', 0, 'abc')])
    await uploads.discard('half', [])
    expect(left()).toEqual([])
    await expect(uploads.append('half', [part('a', 3, 'def')])).rejects.toMatchObject({
      code: 'upload.unknown',
    })
    await uploads.begin('whole', { name: 'one.bin', files: 1, bytes: 3 }, [])
    await uploads.append('whole', [part('', 0, 'abc')])
    expect(readFileSync(await uploads.end('whole'), 'utf8')).toBe('abc')
    await uploads.discard('whole', [])
    expect(left()).toEqual([])
  })

  it.each([
    ['goes on after its length', { files: 1, bytes: 2 }, [part('a', 0, 'abc')]],
    ['has more files than announced', { files: 1, bytes: 2 }, [part('a', 0, 'a'), part('b', 0, 'b')]],
    ['leaves bytes out', { files: 1, bytes: 9 }, [part('a', 0, 'abc'), part('a', 4, 'e')]],
    ['mixes files', { files: 2, bytes: 9 }, [part('a', 0, 'abc'), part('b', 3, 'e')]],
  ])('that %s is refused, and nothing stays', async (_, plan, parts) => {
    await uploads.begin('job', { name: 'set', ...plan }, [])
    await expect(uploads.append('job', parts)).rejects.toMatchObject({ code: 'upload.order' })
    expect(left()).toEqual([])
    await expect(uploads.end('job')).rejects.toMatchObject({ code: 'upload.unknown' })
  })

  it('that ends too early is refused, and nothing stays', async () => {
    await uploads.begin('job', { name: 'set', files: 2, bytes: 3 }, [])
    await uploads.append('job', [part('a', 0, 'abc')])
    await expect(uploads.end('job')).rejects.toMatchObject({ code: 'upload.order' })
    expect(left()).toEqual([])
  })

  it('that would lie elsewhere is refused, and nothing stays', async () => {
    for (const path of [
      '../a',
      'a/../../b',
      '/etc/passwd',
      'a//b',
      'a\\b',
      'c:evil',
      'nul\u0000',
      'a/. ',
      '.',
    ]) {
      await uploads.begin('job', { name: 'set', files: 1, bytes: 1 }, [])
      await expect(uploads.append('job', [part(path, 0, 'x')]), path).rejects.toMatchObject({
        code: 'upload.name',
      })
      expect(left()).toEqual([])
    }
    for (const name of ['..', 'a/b', '']) {
      await expect(uploads.begin('job', { name, files: 1, bytes: 1 }, [])).rejects.toMatchObject({
        code: 'upload.name',
      })
    }
    expect(safeNames('Train/0/기록 1.bin')).toEqual(['Train', '0', '기록 1.bin'])
  })

  it('that is larger than the limit or the disk is refused before a byte is written', async () => {
    await expect(uploads.begin('job', { name: 'set', files: 1, bytes: 2 ** 40 }, [])).rejects.toMatchObject({
      code: 'upload.tooLarge',
    })
    await expect(uploads.begin('job', { name: 'set', files: 2_000_000, bytes: 9 }, [])).rejects.toMatchObject(
      { code: 'upload.tooLarge' },
    )
  })

  it('waits where four are under way', async () => {
    for (const key of ['a', 'b', 'c', 'd']) await uploads.begin(key, { name: 'set', files: 1, bytes: 1 }, [])
    await expect(uploads.begin('e', { name: 'set', files: 1, bytes: 1 }, [])).rejects.toMatchObject({
      code: 'upload.tooMany',
    })
  })

  it('whose process is gone is deleted by the next one, but for what a dataset reads', async () => {
    const gone = join(workspace, uploadsFolder, '999999999-0123456789abcdef')
    const kept = join(workspace, uploadsFolder, '999999999-fedcba9876543210')
    for (const folder of [gone, kept]) mkdirSync(folder, { recursive: true })
    await uploads.begin('job', { name: 'set', files: 1, bytes: 1 }, [join(kept, 'set')])
    expect(existsSync(gone)).toBe(false)
    expect(existsSync(kept)).toBe(true)
  })
})
