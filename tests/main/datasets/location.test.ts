import { describe, expect, it } from 'vitest'
import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import { unreadable } from '../../../src-main/datasets/location.ts'

function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: an error of the system, open '/data'`), { code })
}

describe('a path that cannot be looked at', () => {
  it.each([
    ['EACCES', '/data/a.gz cannot be read: permission denied. Check the file and its permissions.'],
    ['EIO', '/data/a.gz cannot be read: the disk reports an error. Check the file and its permissions.'],
    ['EXYZ', '/data/a.gz cannot be read: EXYZ. Check the file and its permissions.'],
    ['ENOENT', '/data/a.gz does not exist; give the path of a folder or file with a dataset.'],
  ])('%s', (code, sentence) => {
    expect(unreadable('/data/a.gz', systemError(code)).message).toBe(sentence)
  })

  it('keeps an error that already says what is wrong', () => {
    const own = new SpikedeskError('dataset.empty', { file: '/data/a.gz' })
    expect(unreadable('/data/a.gz', own)).toBe(own)
  })
})
