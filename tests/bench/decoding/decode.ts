import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readdirSync,
  readSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { execFileSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { importSettings } from '../../../src-shared/importFields.ts'
import { eventBytes, packEvents, unpackEvents } from '../../../src-main/datasets/packed/eventWords.ts'
import { atisBin } from '../../../src-main/datasets/recordings/atisBin.ts'

/**
 * Events a second of decoding recordings like those of N-MNIST, in one run: numpy file by file, the reader of the
 * import, and the packed form that training reads. PYTHON names a Python with numpy.
 * `node tests/bench/decoding/decode.ts [files]`
 */
const files = Number(process.argv[2] ?? 2000)
const repeats = 5
/** Events of a recording of N-MNIST, on average. */
const perFile = 4172

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

/** Events a second of processor time of the fastest of some repeats, so that other programs hardly count. */
function fastest(work: () => number): number {
  let best = 0
  for (let i = 0; i < repeats; i++) {
    const start = process.cpuUsage()
    const events = work()
    const { user, system } = process.cpuUsage(start)
    best = Math.max(best, events / ((user + system) / 1e6))
  }
  return best
}

const root = mkdtempSync(join(tmpdir(), 'spikedesk-decoding-'))
try {
  const folder = join(root, 'files')
  mkdirSync(folder)
  for (let i = 0; i < files; i++)
    writeFileSync(join(folder, `${String(i).padStart(5, '0')}.bin`), recording(i))
  const names = readdirSync(folder).map((name) => join(folder, name))
  const packedPath = join(root, 'packed')
  const settings = importSettings()
  const words = new Uint32Array(2 * perFile)
  const packed = openSync(packedPath, 'w')
  for (const name of names) {
    packEvents(atisBin.decode(readFileSync(name), name, settings).events, words)
    writeFileSync(packed, words)
  }
  closeSync(packed)

  const python = process.env.PYTHON ?? 'python3'
  const script = join(import.meta.dirname, 'decode.py')
  const numpy = Number(execFileSync(python, [script, folder, String(repeats)], { encoding: 'utf8' }))
  const reading = fastest(() =>
    names.reduce((sum, name) => sum + atisBin.decode(readFileSync(name), name, settings).events.t.length, 0),
  )
  const contents = names.map((name) => readFileSync(name))
  const decoding = fastest(() =>
    contents.reduce((sum, bytes, i) => sum + atisBin.decode(bytes, names[i], settings).events.t.length, 0),
  )
  const file = openSync(packedPath, 'r')
  const random = fastest(() => {
    let sum = 0
    for (let i = 0; i < files; i++) {
      const room = new Uint32Array(2 * perFile)
      readSync(file, room, 0, room.byteLength, ((i * 7919) % files) * perFile * eventBytes)
      sum += unpackEvents(room).t.length
    }
    return sum
  })
  closeSync(file)
  const line = (name: string, rate: number): string =>
    `${name.padEnd(42)} ${(rate / 1e6).toFixed(1).padStart(7)} M events/s  ${(rate / numpy).toFixed(1).padStart(6)} x`
  console.log(line('numpy, file by file', numpy))
  console.log(line('the reader of the import, file by file', reading))
  console.log(line('the reader of the import, without the files', decoding))
  console.log(line('packed, recordings in any order', random))
} finally {
  rmSync(root, { recursive: true, force: true })
}
