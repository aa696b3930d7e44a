import { afterEach, describe, expect, it } from 'vitest'
import { chooseTarget, saveThroughHost } from '../../../src-renderer/bridge/saving.ts'
import { download, provideSaver, saveFile } from '../../../src-renderer/charts/saveFile.ts'
import { freshPage } from '../stores/page.fixture.ts'

afterEach(() => provideSaver(download))

describe('saving through the host', () => {
  it('writes the bytes to where the user says', async () => {
    const bridge = freshPage({
      'saving.choose': ({ name }) => ({ path: `/out/${name}` }),
      'saving.write': () => null,
    })
    provideSaver(saveThroughHost)
    expect(await saveFile('chart.csv', new Blob(['a,b']))).toBe(true)
    expect(bridge.requests).toEqual([
      { name: 'saving.choose', params: { name: 'chart.csv' } },
      { name: 'saving.write', params: { path: '/out/chart.csv', bytes: new TextEncoder().encode('a,b') } },
    ])
  })

  it('writes nothing where the dialogue is closed', async () => {
    const bridge = freshPage({ 'saving.choose': () => null })
    expect(await chooseTarget('x.npy')).toBeNull()
    expect(await saveThroughHost('chart.csv', new Blob(['a']))).toBe(false)
    expect(bridge.requests.map(({ name }) => name)).toEqual(['saving.choose', 'saving.choose'])
  })

  it('tells what the host cannot do', async () => {
    freshPage()
    provideSaver(saveThroughHost)
    await expect(saveFile('a', new Blob([]))).rejects.toMatchObject({ code: 'message.unknown' })
  })
})
