import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { parseArguments } from '../../../src-main/cli/arguments.ts'
import { evaluate } from '../../../src-main/cli/commands/evaluate.ts'
import { openLibrary } from '../../../src-main/cli/workspace.ts'

let root = ''
beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'spikedesk-'))))
afterEach(() => rmSync(root, { recursive: true }))

const argumentsIn = (folder: string) =>
  parseArguments(evaluate, ['net.safetensors', '--dataset', 'digits', '--workspace', folder])

it('the digits as events are read without a workspace: one is made, as they are made in it', async () => {
  const folder = join(root, 'new')
  expect((await openLibrary(argumentsIn(folder), 'digits').cards()).map(({ id }) => id)).toEqual(['digits'])
  expect(existsSync(folder)).toBe(false)
  const library = openLibrary(argumentsIn(folder), 'digit-events')
  expect((await library.cards()).map(({ id }) => id)).toEqual(['digits', 'digit-events'])
  expect(existsSync(folder)).toBe(true)
})

it('a workspace that cannot be made for the digits as events is told of in a sentence', () => {
  const file = join(root, 'file')
  writeFileSync(file, '')
  expect(() => openLibrary(argumentsIn(join(file, 'new')), 'digit-events')).toThrow(
    expect.objectContaining({ code: 'workspace.unwritable' }),
  )
})
