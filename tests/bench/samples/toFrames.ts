import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { eventEncoders, eventsOf } from '../../../src-main/encoding/events/index.ts'
import { SparseFrames } from '../../../src-main/encoding/sparseFrames.ts'
import { encodingTables } from '../../../src-shared/encodingTables.ts'
import { defaultValues } from '../../../src-shared/fields.ts'
import { makeRecording } from './recordings.ts'

/**
 * How many recordings a second become 25 frames, here and by numpy in Python, on the same recordings in the same
 * minute, by the time of the processor: `node tests/bench/samples/toFrames.ts [python]`, where python is one with numpy.
 */
const python = process.argv.at(2) ?? 'python3'
const recordings = Array.from({ length: 200 }, (_, i) => makeRecording(i))
const folder = mkdtempSync(join(tmpdir(), 'spikedesk-frames-'))
const params = defaultValues(encodingTables.frames.fields)

function here(): { rate: number; total: number } {
  const shape = [2, 34, 34]
  const frames = new SparseFrames(false, 25 * recordings.length, 1 << 20)
  const pass = () => {
    frames.clear()
    for (const recording of recordings)
      eventEncoders.frames.encode(eventsOf(recording, shape), 25, params, frames)
    return frames
  }
  const { values, length } = pass()
  const total = [...(values ?? []).slice(0, length)].reduce((sum, value) => sum + value, 0)
  const begin = process.cpuUsage()
  let done = 0
  let seconds = 0
  while (seconds < 1.5) {
    pass()
    done += recordings.length
    const { user, system } = process.cpuUsage(begin)
    seconds = (user + system) / 1e6
  }
  return { rate: done / seconds, total }
}

try {
  const path = join(folder, 'recordings.bin')
  const parts = recordings.flatMap(({ t, x, y, p }) => [Uint32Array.of(t.length), t, x, y, p])
  writeFileSync(path, Buffer.concat(parts.map((part) => Buffer.from(part.buffer))))
  const rates: number[] = []
  for (let round = 0; round < 3; round++) {
    const { rate, total } = here()
    const script = fileURLToPath(new URL('./toFrames.py', import.meta.url))
    const peer = spawnSync(python, [script, path], { encoding: 'utf8' })
    if (peer.status !== 0) throw new Error(peer.stderr || `${python} cannot be run`)
    const [peerRate, peerTotal] = peer.stdout.trim().split(' ').map(Number)
    if (peerTotal !== total) throw new Error(`the frames differ: ${total} here, ${peerTotal} there`)
    rates.push(rate / peerRate)
    console.log(
      `${rate.toFixed(0)} recordings/s here, ${peerRate.toFixed(0)} by numpy: ${(rate / peerRate).toFixed(1)} times`,
    )
  }
  console.log(`median ${rates.toSorted((a, b) => a - b)[1].toFixed(1)} times`)
} finally {
  rmSync(folder, { recursive: true })
}
