import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { importSettings } from '../../../src-shared/importFields.ts'
import { readAhead } from '../../../src-main/datasets/eventSets/readAhead.ts'
import { EventRoom } from '../../../src-main/datasets/packed/eventRoom.ts'
import { eventBytes, packEvents } from '../../../src-main/datasets/packed/eventWords.ts'
import { openRecordingFile } from '../../../src-main/datasets/packed/recordingFile.ts'
import { atisBin } from '../../../src-main/datasets/recordings/atisBin.ts'
import { openFolderTree } from '../../../src-main/datasets/trees/folderTree.ts'
import { openZipTree } from '../../../src-main/datasets/trees/zipTree.ts'
import { zipFile } from '../../corpus/zipFiles.ts'

/**
 * Events a second of decoding recordings like those of N-MNIST, in one run: numpy file by file, the import from a
 * folder and from an archive, and the packed form that training reads. PYTHON names a Python with numpy.
 * `node tests/bench/decoding/decode.ts [files]`
 *
 * What is compared with is a straightforward decoder in Python: a loop over the files that opens one, reads it whole,
 * and makes of it what tonic's `NMNIST` makes, with the same steps and types (`decode.py`): bytes widened to 32 bits,
 * a look for markers of overflow, and the events in a structured array of four 64-bit fields. Everything that one file
 * costs there is counted: opening it, Python's own time, and the memory. The archive is compared with the same loop
 * over Python's `zipfile`, which has to unpack the same bytes; tonic unpacks archives to disk before it reads them.
 *
 * All rates are by the time of the processor, so that other programs hardly count; that of two threads is what two
 * free cores give. numpy is measured as it comes, and once more with a glibc that keeps its memory from one file to
 * the next: to give it back and take it again can cost several times the decoding. `numpy` and `keeping memory` are
 * times the first and the second rate of the same source, files or archive.
 */
const repeats = 7
/** Events of a recording of N-MNIST, on average. */
const perFile = 4172
const settings = importSettings()

function recording(seed: number): Uint8Array {
  const bytes = new Uint8Array(5 * perFile)
  let state = seed * 2654435761 + 1
  for (let i = 0; i < perFile; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    const t = Math.floor((315_000 * i) / perFile)
    bytes.set(
      [(state >>> 8) % 34, (state >>> 16) % 34, ((state >>> 31) << 7) | (t >>> 16), (t >>> 8) & 255, t & 255],
      5 * i,
    )
  }
  return bytes
}

/** Reads every recording of a packed file once, in no order. */
function readPacked(path: string, files: number): number {
  const file = openRecordingFile(path)
  const room = new EventRoom()
  let sum = 0
  for (let i = 0; i < files; i++)
    sum += file.read(((i * 7919) % files) * perFile * eventBytes, perFile, room).t.length
  file.close()
  return sum
}

/** Events a second of the fastest of some repeats on so many threads. */
async function fastest(threads: number, work: () => number | Promise<number>): Promise<number> {
  let best = 0
  for (let i = 0; i < repeats; i++) {
    const start = process.cpuUsage()
    const events = await work()
    const { user, system } = process.cpuUsage(start)
    best = Math.max(best, events / ((user + system) / 1e6 / threads))
  }
  return best
}

async function measure(root: string, files: number): Promise<void> {
  const folder = join(root, 'files')
  mkdirSync(folder)
  const contents = Array.from({ length: files }, (_, i) => recording(i))
  const names = contents.map((_, i) => `${String(i).padStart(5, '0')}.bin`)
  contents.forEach((bytes, i) => writeFileSync(join(folder, names[i]), bytes))
  writeFileSync(join(root, 'files.zip'), zipFile(contents.map((bytes, i) => ({ name: names[i], bytes }))))
  const words = new Uint32Array(2 * perFile)
  const packed = join(root, 'packed')
  const parts = contents.map((bytes) => {
    packEvents(atisBin.decode(bytes, '', settings).events, words)
    return Buffer.from(words.slice().buffer)
  })
  writeFileSync(packed, Buffer.concat(parts))

  const script = join(import.meta.dirname, 'decode.py')
  const large = String(2 ** 30)
  const keeping = { MALLOC_TRIM_THRESHOLD_: large, MALLOC_MMAP_THRESHOLD_: large }
  const numpy = (source: string, more: Record<string, string>): number => {
    const env = { ...process.env, ...more }
    return Number(execFileSync(process.env.PYTHON ?? 'python3', [script, source, String(repeats)], { env }))
  }
  const tree = await openFolderTree(folder)
  const archive = join(root, 'files.zip')
  const zip = openZipTree(archive)
  const fromFolder = (threads: number) => () => {
    let sum = 0
    for (const [, events] of readAhead(tree.files, settings, threads) ?? []) sum += events?.t.length ?? 0
    return sum
  }
  const fromZip = async () => {
    let sum = 0
    for await (const content of zip.read(zip.files))
      if ('bytes' in content) sum += atisBin.decode(content.bytes, '', settings).events.t.length
    return sum
  }
  const workers = [0, 1].map(
    () => new Worker(new URL(import.meta.url), { workerData: { packed, files }, execArgv: [] }),
  )
  const onTwo = async () => {
    const answers = workers.map((worker) => once(worker, 'message') as Promise<[number]>)
    for (const worker of workers) worker.postMessage('read')
    return (await Promise.all(answers)).reduce((sum, [events]) => sum + events, 0)
  }
  const inFiles = { plain: numpy(folder, {}), keeping: 0 }
  const archived = { plain: numpy(archive, {}), keeping: 0 }
  const rates: [string, number, typeof inFiles][] = [
    ['import from a folder, 1 thread', await fastest(1, fromFolder(1)), inFiles],
    ['import from a folder, 2 threads', await fastest(2, fromFolder(2)), inFiles],
    ['import from a zip archive, 1 thread', await fastest(1, fromZip), archived],
    ['imported, in any order, 1 thread', await fastest(1, () => readPacked(packed, files)), inFiles],
    ['imported, in any order, 2 threads', await fastest(2, onTwo), inFiles],
  ]
  inFiles.keeping = numpy(folder, keeping)
  archived.keeping = numpy(archive, keeping)
  for (const worker of workers) await worker.terminate()
  await zip.close()
  const times = (rate: number, of: number): string => `${(rate / of).toFixed(1).padStart(7)} x`
  console.log(`${''.padEnd(38)} M events/s   numpy   keeping memory`)
  for (const [name, rate, { plain, keeping: kept }] of [
    ['numpy, file by file', inFiles.plain, inFiles] as const,
    ['numpy, keeping its memory', inFiles.keeping, inFiles] as const,
    ['numpy over zipfile', archived.plain, archived] as const,
    ['numpy over zipfile, keeping its memory', archived.keeping, archived] as const,
    ...rates,
  ]) {
    const shown = (rate / 1e6).toFixed(1).padStart(10)
    console.log(`${name.padEnd(38)} ${shown} ${times(rate, plain)} ${times(rate, kept)}`)
  }
}

if (isMainThread) {
  const root = mkdtempSync(join(tmpdir(), 'spikedesk-decoding-'))
  try {
    await measure(root, Number(process.argv[2] ?? 2000))
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
} else {
  const { packed, files } = workerData as { packed: string; files: number }
  parentPort?.on('message', () => parentPort?.postMessage(readPacked(packed, files)))
}
