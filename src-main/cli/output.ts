/** Where a command writes: words for people, or one JSON object a line for programs. */
export class Output {
  readonly json: boolean
  readonly #stdout: NodeJS.WriteStream
  readonly #stderr: NodeJS.WriteStream

  constructor(
    json: boolean,
    stdout: NodeJS.WriteStream = process.stdout,
    stderr: NodeJS.WriteStream = process.stderr,
  ) {
    this.json = json
    this.#stdout = stdout
    this.#stderr = stderr
  }

  /** Whether a line can be drawn again in place. */
  get live(): boolean {
    return !this.json && this.#stdout.isTTY === true
  }

  /** Width of the terminal in characters. */
  get columns(): number {
    return this.#stdout.columns ?? 80
  }

  /** A line of words; nothing where JSON was asked for. */
  line(text = ''): void {
    if (!this.json) this.#stdout.write(`${text}\n`)
  }

  /** A JSON object on its own line; nothing where words were asked for. */
  event(type: string, data: object): void {
    if (this.json) this.#stdout.write(`${JSON.stringify({ type, ...data })}\n`)
  }

  /** Draws over the current line of the terminal. */
  redraw(text: string): void {
    if (this.live) this.#stdout.write(`\r\u001b[2K${text}`)
  }

  /** A sentence beside the result: notices and errors. */
  note(text: string): void {
    this.#stderr.write(`${text}\n`)
  }

  /** Resolves when everything written has left the process. */
  async flush(): Promise<void> {
    const drained = [this.#stdout, this.#stderr].map(
      (stream) => new Promise<void>((resolve) => stream.write('', () => resolve())),
    )
    await Promise.all(drained)
  }
}
