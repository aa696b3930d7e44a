import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ensurePage } from '../../../src-main/serve/buildPage.ts'
import { readPageFiles } from '../../../src-main/serve/pageFiles.ts'

const modules = fileURLToPath(new URL('../../../node_modules', import.meta.url))
let root: string
let said: string[]

/** A project of one small page. */
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'spikedesk-page-'))
  said = []
  mkdirSync(join(root, 'src-renderer'))
  mkdirSync(join(root, 'src-shared'))
  symlinkSync(modules, join(root, 'node_modules'))
  writeFileSync(join(root, 'package.json'), '{ "type": "module" }')
  writeFileSync(join(root, 'vite.page.config.ts'), "export default { root: 'src-renderer' }")
  writeFileSync(
    join(root, 'src-renderer/index.html'),
    '<!doctype html><script type="module" src="./main.ts"></script>',
  )
  writeFileSync(join(root, 'src-renderer/main.ts'), "document.title = 'first'")
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

function ensure(): Promise<string> {
  return ensurePage(root, (line) => said.push(line))
}

function scripts(): string {
  const assets = join(root, 'out/renderer/assets')
  return readdirSync(assets)
    .map((name) => readFileSync(join(assets, name), 'utf8'))
    .join()
}

/** Makes a file look as if it was changed some seconds from now. */
function touch(path: string, seconds: number): void {
  const time = new Date(Date.now() + seconds * 1000)
  utimesSync(join(root, path), time, time)
}

describe('ensurePage', () => {
  test('builds a page that is missing, and no second time', async () => {
    expect(await ensure()).toBe(join(root, 'out/renderer'))
    expect(scripts()).toContain('first')
    await ensure()
    expect(said).toEqual(['Building the page, once …'])
    expect(readdirSync(join(root, 'out'))).toEqual(['renderer'])
  })

  test('builds a page anew that is older than a source', async () => {
    await ensure()
    writeFileSync(join(root, 'src-renderer/main.ts'), "document.title = 'second'")
    touch('src-renderer/main.ts', 10)
    await ensure()
    expect(said.length).toBe(2)
    expect(scripts()).toContain('second')
  })

  test('leaves the old page alone where the new one cannot be built', async () => {
    await ensure()
    writeFileSync(join(root, 'src-renderer/main.ts'), "import './gone.ts'")
    touch('src-renderer/main.ts', 10)
    await expect(ensure()).rejects.toThrow(/^The page could not be built \(.+\); "npm run build:page" shows/)
    expect(scripts()).toContain('first')
    expect(readdirSync(join(root, 'out'))).toEqual(['renderer'])
  })

  test('takes a built page as it is where the sources are not there', async () => {
    await ensure()
    rmSync(join(root, 'src-renderer'), { recursive: true })
    await ensure()
    rmSync(join(root, 'out'), { recursive: true })
    await expect(ensure()).rejects.toThrow(`There is no built page in ${join(root, 'out/renderer')}`)
  })
})

test('readPageFiles lists what a page is made of, and nothing else', () => {
  const folder = join(root, 'out')
  mkdirSync(join(folder, 'assets'), { recursive: true })
  for (const name of ['index.html', 'assets/a.js', 'assets/b.woff2', '.env', 'assets/key.pem']) {
    writeFileSync(join(folder, name), name)
  }
  symlinkSync('/etc/passwd', join(folder, 'assets/link.js'))
  expect([...readPageFiles(folder).keys()].toSorted()).toEqual(['/', '/assets/a.js', '/assets/b.woff2'])
})
