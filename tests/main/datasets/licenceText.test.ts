import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { licenceText } from '../../../src-main/datasets/licenceText.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'spikedesk-licence-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('the licence of a dataset', () => {
  it('is that of the bundled digits, whole', async () => {
    const { file, text } = await licenceText('MIT (package), CC BY-SA 3.0 (MNIST)', null, true)
    expect(file).toMatch(/digits\.md$/)
    expect(text).toContain('Copyright (c) 2015 Juan Cazala')
    expect(text).toContain('WITHOUT WARRANTY OF ANY KIND')
  })

  it('is the file of that name in its folder or beside it, before a read-me', async () => {
    writeFileSync(join(folder, 'README.txt'), 'read me')
    const set = join(folder, 'set')
    mkdirSync(set)
    expect(await licenceText('unknown', set, false)).toMatchObject({ text: 'read me', address: null })
    writeFileSync(join(set, 'LICENSE'), 'the terms')
    expect(await licenceText('unknown', set, false)).toMatchObject({
      file: join(set, 'LICENSE'),
      text: 'the terms',
    })
    expect(await licenceText('unknown', join(set, 'train.zip'), false)).toMatchObject({ text: 'the terms' })
  })

  it('is said to be nowhere where no text is there, with the address of one that has a name', async () => {
    writeFileSync(join(folder, 'licence.bin'), Uint8Array.of(0, 1, 2))
    mkdirSync(join(folder, 'copying'))
    expect(await licenceText('CC BY 4.0', folder, false)).toEqual({
      file: null,
      text: null,
      address: 'https://creativecommons.org/licenses/by/4.0/legalcode',
    })
    expect(await licenceText('unknown', null, false)).toEqual({ file: null, text: null, address: null })
  })
})
