import { chromium, type Browser, type Locator, type Page } from 'playwright-core'
import { chromiumFlags, chromiumPath } from '../../e2e/chromium.ts'
import { ServedWorkbench, temporaryWorkspace } from '../../e2e/servedWorkbench.ts'

/** What the page notes while it is watched. */
export interface Watch {
  /** Length of each task of more than 50 ms, in ms. */
  longTasks: number[]
  /** Which drawing of all was the last on a canvas within an element, 0 before the first. */
  painted(root: Element): number
  /** After the next frame has been made. */
  frame(): Promise<void>
}

declare global {
  interface Window {
    watch: Watch
  }
}

/** Runs in the page before its own scripts. */
function setupWatch(): void {
  const paints = new WeakMap<object, number>()
  let drawn = 0
  const drawing = CanvasRenderingContext2D.prototype
  for (const name of ['putImageData', 'drawImage', 'clearRect'] as const) {
    const draw = drawing[name] as (...given: unknown[]) => void
    Reflect.set(drawing, name, function (this: CanvasRenderingContext2D, ...given: unknown[]) {
      paints.set(this.canvas, ++drawn)
      draw.apply(this, given)
    })
  }
  const longTasks: number[] = []
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longTasks.push(duration)
  }).observe({ type: 'longtask' })
  const channel = new MessageChannel()
  const waiting: (() => void)[] = []
  channel.port1.onmessage = () => waiting.shift()?.()
  window.watch = {
    longTasks,
    painted: (root) =>
      [...root.querySelectorAll('canvas')].reduce(
        (last, canvas) => Math.max(last, paints.get(canvas) ?? 0),
        0,
      ),
    frame: () =>
      new Promise((resolve) => {
        requestAnimationFrame(() => {
          waiting.push(resolve)
          channel.port2.postMessage(null)
        })
      }),
  }
}

/** The page of a served workbench of its own, in Chromium, 1440 × 900. */
export class WatchedPage {
  readonly page: Page
  /** Of the workspace. */
  readonly folder: string
  readonly #browser: Browser
  readonly #served: ServedWorkbench
  readonly #remove: () => void

  private constructor(page: Page, browser: Browser, served: ServedWorkbench, workspace: Workspace) {
    this.page = page
    this.folder = workspace.folder
    this.#browser = browser
    this.#served = served
    this.#remove = () => workspace.remove()
  }

  static async open(): Promise<WatchedPage> {
    const executablePath = chromiumPath()
    if (executablePath === null) throw new Error('No Chromium is here; name one in CHROMIUM_PATH.')
    const workspace = temporaryWorkspace()
    const served = new ServedWorkbench(['--port', '0', '--workspace', workspace.folder])
    const browser = await chromium.launch({ executablePath, args: chromiumFlags })
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    page.setDefaultTimeout(60_000)
    await page.addInitScript(setupWatch)
    await page.goto(await served.address())
    return new WatchedPage(page, browser, served, workspace)
  }

  async close(): Promise<void> {
    await this.#browser.close()
    await this.#served.stop('SIGTERM')
    this.#remove()
  }

  panel(title: string): Locator {
    return this.page.getByRole('region', { name: title, exact: true })
  }

  /** Adds a folder and waits for its first sample. */
  async add(path: string): Promise<void> {
    await this.page.getByLabel('Path of a folder or file with a dataset').fill(path)
    await this.page.getByRole('button', { name: 'Add', exact: true }).click()
    const [name] = path.split('/').slice(-1)
    await this.panel(name).waitFor()
    await this.page.getByRole('option', { name: /^sample 0, / }).waitFor()
  }

  /** Chooses in a drop-down list. */
  async choose(list: Locator, option: string): Promise<void> {
    await list.click()
    await this.page.getByRole('option', { name: option, exact: true }).click()
  }
}

type Workspace = ReturnType<typeof temporaryWorkspace>
