import { existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { writeFileAtomically } from '../../../src-main/checkpoints/atomicFile.ts'
import { scratchFolder } from '../runs/tinyRun.ts'

const folder = scratchFolder()

it('replaces a file as a whole, made of all its parts', () => {
  const path = join(folder, 'a.bin')
  writeFileAtomically(path, [Uint8Array.of(1, 2), Uint8Array.of(3)])
  writeFileAtomically(path, [Uint8Array.of(4), new Uint8Array(0), Uint8Array.of(5)])
  expect([...readFileSync(path)]).toEqual([4, 5])
  expect(readdirSync(folder)).toEqual(['a.bin'])
})

it.skipIf(!existsSync('/dev/full'))('keeps the old file where writing fails half-way', () => {
  const path = join(folder, 'b.bin')
  writeFileAtomically(path, [Uint8Array.of(1)])
  symlinkSync('/dev/full', `${path}.part`)
  expect(() => writeFileAtomically(path, [Uint8Array.of(2)])).toThrow(/cannot be written: the disk is full/)
  expect([...readFileSync(path)]).toEqual([1])
})
