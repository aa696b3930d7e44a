import { mkdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium, type Browser, type Locator, type Page } from 'playwright-core'
import { test as base } from 'vitest'
import { chromiumFlags, chromiumPath } from './chromium.ts'
import { ServedWorkbench, temporaryWorkspace } from './servedWorkbench.ts'

export type Screen = 'Data' | 'Model' | 'Train' | 'Activity' | 'Inspect' | 'Runs' | 'Settings'

const screenshots = fileURLToPath(new URL('screenshots', import.meta.url))
/** What a state may take on a machine that is busy with other things, in milliseconds; less, to see failures soon. */
const patience = Number(process.env.SPIKEDESK_E2E_PATIENCE ?? 60_000)

/** The page of a served workbench, with the words that its readers use. */
export class WorkbenchPage {
  readonly page: Page
  /** Of the workspace. */
  readonly folder: string
  /** Errors of the console, policy violations among them, and exceptions. */
  readonly complaints: string[] = []
  /** Addresses of every request and socket. */
  readonly addresses: string[] = []

  constructor(page: Page, folder: string) {
    this.page = page
    this.folder = folder
    page.setDefaultTimeout(patience)
    page.on('console', (message) => {
      if (message.type() === 'error') this.complaints.push(message.text())
    })
    page.on('pageerror', (error) => this.complaints.push(error.message))
    page.on('request', (request) => this.addresses.push(request.url()))
    page.on('websocket', (socket) => this.addresses.push(socket.url()))
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name, exact: typeof name === 'string' })
  }

  /** A panel by its title. */
  panel(title: string | RegExp): Locator {
    return this.page.getByRole('region', { name: title, exact: typeof title === 'string' })
  }

  /** Goes to a screen by the rail. */
  async go(screen: Screen): Promise<void> {
    await this.page.getByRole('navigation').getByRole('link', { name: screen }).click()
    await this.page.getByRole('main', { name: screen }).waitFor()
  }

  /** The button that starts a run, in the title bar. */
  get start(): Locator {
    return this.page.getByRole('banner').getByRole('button', { name: 'Start' })
  }

  /** Waits until the run on show is in a state, as the title bar says it to readers. */
  async state(name: string): Promise<void> {
    await this.controls
      .getByRole('status')
      .and(this.page.getByText(name, { exact: true }))
      .waitFor({
        state: 'attached',
      })
  }

  get controls(): Locator {
    return this.page.getByRole('group', { name: 'Training' })
  }

  /** Types into a field of the Train screen. */
  async set(field: string, value: string): Promise<void> {
    await this.panel('Parameters').getByLabel(field, { exact: true }).fill(value)
  }

  /** Starts a run of the open experiment with that many epochs, on the Train screen. */
  async train(epochs: number): Promise<void> {
    await this.go('Train')
    await this.panel('Parameters').getByRole('textbox', { name: 'Epochs' }).fill(String(epochs))
    await this.start.click()
  }

  /** Chooses in a drop-down list. */
  async choose(list: Locator, option: string): Promise<void> {
    await list.click()
    await this.page.getByRole('option', { name: option }).click()
  }

  /** A key figure of the Train screen. */
  figure(label: string | RegExp): Locator {
    return this.page.getByLabel('Key figures').locator('div', { hasText: label }).locator('dd')
  }

  /** A chart by what it is told as to readers, e.g. `/^Loss per batch/`. */
  chart(description: RegExp): Locator {
    return this.page.getByRole('img', { name: description })
  }

  /** What a chart is told as to readers. */
  async told(description: RegExp): Promise<string> {
    return (await this.chart(description).getAttribute('aria-label')) ?? ''
  }

  /** Batches that the loss chart shows. */
  async batches(): Promise<number> {
    const told = await this.told(/^Loss per batch: \d/)
    return Number(/(\d+) batches/.exec(told)?.[1] ?? 0)
  }

  /** Waits until a picture of the page is another one than before. */
  async changes(shown: Locator, act: () => Promise<unknown>): Promise<void> {
    const look = () => shown.evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL())
    const before = await look()
    await act()
    await this.until(async () => (await look()) !== before)
  }

  /** Waits until a question about the page is answered with yes. */
  async until(question: () => Promise<boolean>): Promise<void> {
    const end = Date.now() + patience
    while (!(await question())) {
      if (Date.now() > end) throw new Error(`Not within ${patience} ms: ${question.toString()}`)
      await this.page.evaluate(() => new Promise(requestAnimationFrame))
    }
  }

  /** Drops files from the disk onto the page. */
  async dropFiles(paths: readonly string[]): Promise<void> {
    const files = paths.map((path) => ({
      name: basename(path),
      bytes: readFileSync(path).toString('base64'),
    }))
    const transfer = await this.page.evaluateHandle((given) => {
      const data = new DataTransfer()
      for (const { name, bytes } of given) {
        data.items.add(new File([Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0))], name))
      }
      return data
    }, files)
    await this.page.dispatchEvent('main', 'dragover', { dataTransfer: transfer })
    await this.page.dispatchEvent('main', 'drop', { dataTransfer: transfer })
  }

  /** Keeps a picture of the page where `SCREENSHOTS=1`. */
  async picture(name: string): Promise<void> {
    if (process.env.SCREENSHOTS !== '1') return
    mkdirSync(screenshots, { recursive: true })
    await this.page.screenshot({ path: join(screenshots, `${name}.png`) })
  }
}

/** A test with a browser of its file and with a workbench, a workspace and a page of its own. */
export const test = base.extend<{ browser: Browser; workbench: WorkbenchPage }>({
  browser: [
    // eslint-disable-next-line no-empty-pattern -- vitest reads the needed fixtures off this pattern
    async ({}, use) => {
      const executablePath = chromiumPath()
      if (executablePath === null) throw new Error('No Chromium is here; name one in CHROMIUM_PATH.')
      const browser = await chromium.launch({ executablePath, args: chromiumFlags })
      await use(browser)
      await browser.close()
    },
    { scope: 'file' },
  ],
  workbench: async ({ browser }, use) => {
    const workspace = temporaryWorkspace()
    const served = new ServedWorkbench(['--port', '0', '--workspace', workspace.folder])
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
    try {
      const workbench = new WorkbenchPage(await context.newPage(), workspace.folder)
      await workbench.page.goto(await served.address())
      await use(workbench)
    } finally {
      await context.close()
      await served.stop('SIGKILL')
      workspace.remove()
    }
  },
})
