import { describe, expect, it } from 'vitest'
import { fileKinds, screenOfFile } from '../../src-shared/fileScreens.ts'

describe('the screen of a file', () => {
  it.each(['net.pth', 'NET.PT', '/a/b.nir', 'C:\\x\\model.safetensors', 'last.ckpt', 'arrays.npz'])(
    'is Inspect for %s',
    (name) => expect(screenOfFile(name)).toBe('inspector'),
  )

  it.each(['/data/mnist', 'Train.zip', 'train-images-idx3-ubyte.gz', 'shd_train.h5', 'pth', ''])(
    'is Data for %s',
    (name) => expect(screenOfFile(name)).toBe('data'),
  )

  it('is the one on show where several take the file, and no other', () => {
    expect(screenOfFile('arrays.npz', 'data')).toBe('data')
    expect(screenOfFile('arrays.npz', 'train')).toBe('inspector')
    expect(screenOfFile('net.pth', 'data')).toBe('inspector')
  })

  it('has each ending once, in lower case', () => {
    const endings = fileKinds.flatMap((kind) => kind.endings)
    expect(new Set(endings).size).toBe(endings.length)
    for (const ending of endings) expect(ending).toMatch(/^\.[a-z0-9]+$/)
  })
})
