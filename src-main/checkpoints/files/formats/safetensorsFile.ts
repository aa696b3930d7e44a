import { HeaderProblem, largestHeader, parseHeader } from '../../safetensorsHeader.ts'
import { findSafetensorsDtype } from '../../../containers/dtypes.ts'
import type { FileBytes } from '../../../containers/fileBytes.ts'
import { FileProblem, shown } from '../../../containers/fileProblem.ts'
import { dictOf, textNode, type FileNode, type ReadFile } from '../openedFile.ts'

/** Whether the file begins as safetensors do: the length of a header, and the header's brace. */
export function isSafetensors(file: FileBytes): boolean {
  if (file.size < 10) return false
  const head = file.read(0, 9)
  const length = new DataView(head.buffer).getBigUint64(0, true)
  return head[8] === 0x7b && length >= 2n && length < 2n ** 48n
}

/** Reads the header; tensors are read when they are looked at. */
export function readSafetensorsFile(file: FileBytes): ReadFile {
  const length = new DataView(file.read(0, 8).buffer).getBigUint64(0, true)
  if (length > BigInt(largestHeader) || Number(length) + 8 > file.size) {
    throw new FileProblem('problem.headerLong', { length: Number(length), size: file.size })
  }
  const dataStart = 8 + Number(length)
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(file.read(8, Number(length)))
  } catch {
    throw new FileProblem('problem.headerText')
  }
  let header
  try {
    header = parseHeader(text, file.size - dataStart)
  } catch (thrown) {
    if (!(thrown instanceof HeaderProblem)) throw thrown
    throw new FileProblem('problem.header', { detail: shown(thrown.message) })
  }
  const tensors = header.tensors.map(({ name, dtype, shape, begin, end }): [string, FileNode] => {
    const type = findSafetensorsDtype(dtype)
    if (!type) throw new FileProblem('problem.dtype', { dtype })
    const read = () => file.read(dataStart + begin, end - begin)
    return [name, { kind: 'tensor', dtype: type, shape, device: '', read }]
  })
  const metadata = Object.entries(header.metadata).map(([key, value]): [string, FileNode] => [
    key,
    textNode(value),
  ])
  const own = header.metadata.format === 'spikedesk-checkpoint'
  return {
    format: own ? 'spikedesk' : 'safetensors',
    root: dictOf(metadata.length > 0 ? [...tensors, ['__metadata__', dictOf(metadata)]] : tensors),
    notes: [],
  }
}
