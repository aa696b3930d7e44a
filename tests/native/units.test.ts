import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const native = join(import.meta.dirname, '../../src-native')
const project = readFileSync(join(native, 'binding.gyp'), 'utf8')

const sourcesIn = (room: string) =>
  readdirSync(join(native, room))
    .filter((name) => name.endsWith('.cc'))
    .map((name) => `${room}/${name}`)

/** What a unit compiles together. */
const includedBy = (unit: string) =>
  [...readFileSync(join(native, unit), 'utf8').matchAll(/^#include "\.\.\/(.+\.cc)"$/gm)].map(
    ([, path]) => path,
  )

describe('what the addon is compiled of', () => {
  const listed = [...project.matchAll(/'([a-z]+\/[a-z_]+\.cc)'/g)].map(([, path]) => path)

  it('is every source, once', () => {
    const compiled = listed.flatMap((path) => (path.startsWith('units/') ? includedBy(path) : [path]))
    const sources = ['addon', 'engine', 'events', 'kernels'].flatMap(sourcesIn)
    expect(compiled.toSorted()).toEqual(sources.toSorted())
  })

  it('names every unit', () => {
    expect(listed.filter((path) => path.startsWith('units/')).toSorted()).toEqual(
      sourcesIn('units').toSorted(),
    )
  })
})
