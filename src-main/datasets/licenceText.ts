import { existsSync } from 'node:fs'
import { open, readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { LicenceText } from '../../src-shared/contract.ts'

/** More of a text is not read. */
const textLimit = 2 ** 18

const texts = join('resources', 'licences')
const named = /^(licen[cs]e|copying|terms|readme)\b[^/\\]*$/i

/** Where licences with a name are published. */
const published: Readonly<Record<string, string>> = {
  'CC BY 4.0': 'https://creativecommons.org/licenses/by/4.0/legalcode',
  'CC BY-SA 4.0': 'https://creativecommons.org/licenses/by-sa/4.0/legalcode',
  'CC BY-SA 3.0': 'https://creativecommons.org/licenses/by-sa/3.0/legalcode',
  MIT: 'https://opensource.org/license/mit',
}

/** The text of a file where it is one: no more than the limit, and no bytes that are no UTF-8. */
async function textOf(file: string): Promise<string | null> {
  try {
    const handle = await open(file)
    try {
      if (!(await handle.stat()).isFile()) return null
      const { bytesRead, buffer } = await handle.read(Buffer.alloc(textLimit), 0, textLimit, 0)
      const text = buffer.toString('utf8', 0, bytesRead)
      return text.includes('\u0000') ? null : text
    } finally {
      await handle.close()
    }
  } catch {
    // A licence that cannot be read is as one that is not there: the name of it is on the card.
    return null
  }
}

/** The folder of texts that come with the program, beside the sources as well as beside a built program. */
function bundledFolder(): string | null {
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    if (existsSync(join(folder, texts))) return join(folder, texts)
    if (dirname(folder) === folder) return null
  }
}

/** The licence among the files of a folder: one that is called so, before a read-me. */
async function besides(folder: string): Promise<string | null> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => named.test(name)).sort()
  const first = names.find((name) => !/^readme/i.test(name)) ?? names.at(0)
  return first === undefined ? null : join(folder, first)
}

/**
 * The licence of a dataset: the text that comes with the program for the bundled digits, else the file of that name
 * in its folder, and where a licence with a name is published.
 *
 * @param licence what the card says
 * @param path of the dataset; null where it is bundled or was made
 */
export async function licenceText(
  licence: string,
  path: string | null,
  bundled: boolean,
): Promise<LicenceText> {
  const address = published[licence] ?? null
  const folder = bundledFolder()
  const file =
    bundled && folder !== null
      ? join(folder, 'digits.md')
      : path === null
        ? null
        : ((await besides(path)) ?? (await besides(dirname(path))))
  const text = file === null ? null : await textOf(file)
  return text === null ? { file: null, text: null, address } : { file, text, address }
}
