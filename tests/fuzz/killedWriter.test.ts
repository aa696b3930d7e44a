import { fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { readCheckpoint } from '../../src-main/checkpoints/checkpoint.ts'
import { randomBits } from '../corpus/checkpointMutations.ts'
import { scratchFolder } from '../main/runs/tinyRun.ts'

/** Kills a process that writes checkpoints, at random moments: what lies there is always a whole one, and no older. */

const kills = 200
const seed = Number(process.env.SPIKEDESK_FUZZ_SEED ?? 20261122)
const writer = fileURLToPath(new URL('writeForever.ts', import.meta.url))

it(`a checkpoint stays whole through ${kills} kills from seed ${seed}`, async () => {
  const folder = scratchFolder()
  const path = join(folder, 'latest.safetensors')
  const random = randomBits(seed)
  let [halfWritten, changed, last] = [0, 0, 0]
  for (let i = 0; i < kills; i++) {
    const child = fork(writer, [path], { stdio: 'ignore' })
    await once(child, 'message')
    // From before the first write to some writes later.
    await pause((random() % 600) / 10)
    const ended = once(child, 'exit')
    child.kill('SIGKILL')
    await ended
    if (readdirSync(folder).some((name) => name !== 'latest.safetensors')) halfWritten++
    if (!existsSync(path)) continue
    const { step, state } = readCheckpoint(path)
    expect(state.parameters[0].data[0]).toBe(step)
    if (step !== last) changed++
    last = step
  }
  console.log(
    `${kills} kills: ${halfWritten} left a half-written file beside the whole one, ${changed} found another checkpoint`,
  )
  expect(halfWritten).toBeGreaterThan(0)
  // How many writes fit between two kills depends on the machine.
  expect(changed).toBeGreaterThan(kills / 10)
}, 900_000)
