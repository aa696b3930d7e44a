import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import * as fake from './fakeElectron.ts'
import type { ServerMessage } from '../../../src-shared/contract.ts'
import { utilityFork } from '../../../src-main/app/utilityFork.ts'

vi.mock('electron', () => import('./fakeElectron.ts'))
beforeEach(() => fake.reset())

const real = fileURLToPath(new URL('../../../src-main/compute.ts', import.meta.url))

describe('a utility process', () => {
  it('gets the workspace, a name of its role, and no terminal', () => {
    const compute = utilityFork('/opt/compute.js')('/home/ada/Spikedesk', 'training')
    compute.post({ type: 'request', id: 1, name: 'engines.list', params: {} })
    const [{ modulePath, args, options, posted }] = fake.record.utilities
    expect([modulePath, args]).toEqual(['/opt/compute.js', ['/home/ada/Spikedesk']])
    expect(options).toEqual({ serviceName: 'Spikedesk training', stdio: ['ignore', 'inherit', 'pipe'] })
    expect(posted).toHaveLength(1)
  })

  it('says its last words when it ends by itself', () => {
    const compute = utilityFork('/opt/compute.js')('/w', 'data')
    const reasons: string[] = []
    compute.onExit((reason) => reasons.push(reason))
    const [child] = fake.record.utilities
    child.stderr.emit('data', Buffer.from('first\nout of '))
    child.stderr.emit('data', Buffer.from('memory\n'))
    child.emit('exit', 70)
    child.emit('exit', 70)
    expect(reasons).toEqual(['exit code 70: out of memory'])
  })

  it('is really ended by kill, although a compute process ignores SIGTERM', async () => {
    fake.record.computeEntry = real
    const compute = utilityFork(real)(mkdtempSync(join(tmpdir(), 'spikedesk-kill-')), 'data')
    const answered = new Promise<ServerMessage>((resolve) => compute.onMessage(resolve))
    const ended = new Promise<string>((resolve) => compute.onExit(resolve))
    compute.post({ type: 'request', id: 1, name: 'datasets.list', params: {} })
    expect(await answered).toMatchObject({
      type: 'response',
      id: 1,
      result: [{ id: 'digits' }, { id: 'digit-events' }],
    })
    compute.kill()
    expect(await ended).toBe('exit code 137')
    expect(() => compute.kill()).not.toThrow()
  })
})
