import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readSettings, writeSettings } from '../../../src-main/runs/settings.ts'
import { scratchFolder } from './tinyRun.ts'

it('settings of a workspace are kept, and have their default where they are missing or damaged', () => {
  const folder = scratchFolder()
  expect(readSettings(folder)).toEqual({ memory: 512 })
  writeSettings(folder, { memory: 64 })
  expect(readSettings(folder)).toEqual({ memory: 64 })
  for (const text of ['{', '[]', 'null', '{"memory":-3}', '{"memory":"64"}']) {
    writeFileSync(join(folder, 'settings.json'), text)
    expect(readSettings(folder)).toEqual({ memory: 512 })
  }
})
