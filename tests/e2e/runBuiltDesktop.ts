import { registerHooks } from 'node:module'
import { join } from 'node:path'
import type { ClientMessage, ServerMessage } from '../../src-shared/contract.ts'
import type * as FakeElectron from '../main/app/fakeElectron.ts'

/**
 * Runs the built desktop program with the fake in Electron's place, asks it what its page would ask, prints the
 * answers as JSON and ends it. Arguments: the project's folder and a folder for user data.
 */

const [root, userData] = process.argv.slice(2)
const fakeUrl = new URL('../main/app/fakeElectron.ts', import.meta.url).href
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: fakeUrl, shortCircuit: true } : next(specifier, context),
})

const fake = (await import(fakeUrl)) as typeof FakeElectron
process.argv.splice(1, Infinity, root)
fake.app.appPath = root
fake.app.paths = { userData }
fake.record.computeEntry = join(root, 'out/main/compute.js')
await import(join(root, 'out/main/index.js'))
await fake.app.becomeReady()

const { webContents } = fake.BrowserWindow.getAllWindows()[0]
fake.sendFromPage(webContents, 'spikedesk:connect')

function ask(id: number, name: string, params: unknown): Promise<ServerMessage> {
  const message: ClientMessage = { type: 'request', id, name, params }
  return new Promise((resolve) => {
    webContents.on('fake-sent', (_name: string, answer: ServerMessage) => {
      if (answer.type !== 'event' && answer.id === id) resolve(answer)
    })
    fake.sendFromPage(webContents, 'spikedesk:message', message)
  })
}

const page = await fake.session.defaultSession.handlers.get('app')?.(new Request('app://spikedesk/'))
const answers = {
  page: await page?.text(),
  info: await ask(1, 'app.info', {}),
  datasets: await ask(2, 'datasets.list', {}),
}
process.stdout.write(JSON.stringify(answers))
fake.app.quit()
