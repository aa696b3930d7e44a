import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readSettings, writeSettings } from '../../../src-main/runs/settings.ts'
import { scratchFolder } from './tinyRun.ts'

const defaults = { memory: 512, stepMemory: 0 }

it('settings of a workspace are kept, and have their default where they are missing or damaged', () => {
  const folder = scratchFolder()
  expect(readSettings(folder)).toEqual(defaults)
  writeSettings(folder, { memory: 64, stepMemory: 2000 })
  expect(readSettings(folder)).toEqual({ memory: 64, stepMemory: 2000 })
  writeFileSync(join(folder, 'settings.json'), '{"memory":64}')
  expect(readSettings(folder)).toEqual({ memory: 64, stepMemory: 0 })
  for (const text of ['{', '[]', 'null', '{"memory":-3}', '{"memory":"64"}', '{"stepMemory":-1}']) {
    writeFileSync(join(folder, 'settings.json'), text)
    expect(readSettings(folder)).toEqual(defaults)
  }
})
