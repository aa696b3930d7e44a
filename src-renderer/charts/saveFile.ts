/** A name that every file system takes, for what is saved of a chart: the run's name and what it shows. */
export function chartFileName(run: string, what: string, extension: string): string {
  const clean = (text: string) =>
    text
      .normalize('NFKC')
      .replace(/[^\p{L}\p{N}._-]+/gu, '-')
      .replace(/^[-.]+|[-.]+$/g, '')
      .slice(0, 80)
  return `${clean(run) || 'run'}-${clean(what)}.${extension}`
}

/** Takes a file to where the user wants it; whether it is there now. */
export type Saver = (name: string, content: Blob) => Promise<boolean>

/** Hands a file to the browser's download. */
export async function download(name: string, content: Blob): Promise<boolean> {
  const url = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
  return true
}

let saver: Saver = download

/** Says how files are saved, where the host does it itself. */
export function provideSaver(own: Saver): void {
  saver = own
}

/** Saves a file; false where the user wants it nowhere. Rejects with the SpikedeskError of a host that cannot. */
export function saveFile(name: string, content: Blob): Promise<boolean> {
  return saver(name, content)
}

/** A canvas as a PNG, on the given background. */
export function canvasPng(canvas: HTMLCanvasElement, background: string): Promise<Blob> {
  const copy = document.createElement('canvas')
  copy.width = canvas.width
  copy.height = canvas.height
  const context = copy.getContext('2d')
  if (!context) throw new Error('This browser has no 2D canvas.')
  context.fillStyle = background
  context.fillRect(0, 0, copy.width, copy.height)
  context.drawImage(canvas, 0, 0)
  return new Promise((resolve, reject) => {
    copy.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('The picture is empty.'))), 'image/png')
  })
}

/** Comma-separated values; text with commas, quotes or line breaks is quoted, as RFC 4180 has it. */
export function csv(header: readonly string[], rows: Iterable<readonly (string | number)[]>): Blob {
  const cell = (value: string | number) => {
    const text = String(value)
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
  }
  const lines = [header.map(cell).join(',')]
  for (const row of rows) lines.push(row.map(cell).join(','))
  return new Blob([`${lines.join('\r\n')}\r\n`], { type: 'text/csv;charset=utf-8' })
}
