import { basename } from 'node:path'
import { writeFileAtomically } from '../atomicFile.ts'
import type { FileNode } from '../files/openedFile.ts'
import { PickleWriter } from './pickleWriter.ts'
import { zipParts } from './zipWriter.ts'

const text = (value: string) => new TextEncoder().encode(value)

/** The parts of a file that `torch.load(weights_only=True)` opens as the given tree. */
export function torchParts(root: FileNode, stem: string): Uint8Array[] {
  const writer = new PickleWriter()
  const pickle = writer.write(root)
  return zipParts([
    { name: `${stem}/data.pkl`, bytes: pickle },
    { name: `${stem}/byteorder`, bytes: text('little') },
    ...writer.storages.map((bytes, key) => ({ name: `${stem}/data/${key}`, bytes })),
    { name: `${stem}/version`, bytes: text('3\n') },
  ])
}

/** Writes a tree as torch.save does, atomically. Throws `checkpoint.unwritable`. */
export function writeTorch(path: string, root: FileNode): void {
  const stem = basename(path).replace(/\.[^.]*$/, '') || 'archive'
  writeFileAtomically(path, torchParts(root, stem))
}
