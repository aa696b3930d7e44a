/**
 * `npm run bench:peers`: the same workloads on Spikedesk and on its peers, in turn (A B A B) in the same minutes, as
 * ratios. Needs PEER_PYTHON (a Python with PyTorch), FASHION_MNIST_DIR (gzip IDX files; events-cnn draws its own
 * frames), and SNNTORCH_PATH and SPIKINGJELLY_PATH where the frameworks are not installed. PEER_PRELOAD names a
 * library for LD_PRELOAD of the peers; with tcmalloc they are faster. Arguments: threads (2), rounds (2), ids of
 * workloads (all).
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

interface Rate {
  min: number
  median: number
  max: number
}

interface Measured {
  train: Rate
  infer: Rate
  peakRssMiB: number
}

const peers: Record<string, readonly string[]> = {
  'fc-leaky-100': ['snntorch', 'compiled'],
  'fc-leaky-1000': ['snntorch', 'compiled'],
  'linear-lif-poisson': ['spikingjelly', 'compiled'],
  'csnn-if': ['spikingjelly', 'compiled'],
  'events-cnn': ['snntorch', 'compiled'],
}

const root = fileURLToPath(new URL('../..', import.meta.url))
const [threads = '2', rounds = '2', ...chosen] = process.argv.slice(2)

function required(name: string): string {
  const value = process.env[name]
  if (value) return value
  console.error(`${name} is not set; see the head of tests/bench/peers.ts.`)
  process.exit(2)
}

const python = required('PEER_PYTHON')
const takesImages = (workload: string): boolean => workload !== 'events-cnn'
const needsDataset = chosen.length === 0 || chosen.some(takesImages)
const dataset = needsDataset ? required('FASHION_MNIST_DIR') : 'digits'

function linesOf(command: string, args: string[], env: NodeJS.ProcessEnv): Record<string, unknown>[] {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: root, env, encoding: 'utf8' })
  if (status !== 0)
    throw new Error(`${command} ${args.join(' ')} ended with ${status}: ${stderr.slice(-2000)}`)
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
}

function measureOurs(workload: string): Measured {
  const options = ['--workload', workload, '--threads', threads, '--dataset', dataset, '--json']
  const lines = linesOf(process.execPath, ['bin/spikedesk.js', 'bench', ...options], process.env)
  const phase = (name: string) => lines.find((line) => line.phase === name) ?? {}
  return {
    train: phase('train').imagesPerSecond as Rate,
    infer: phase('infer').imagesPerSecond as Rate,
    peakRssMiB: Number(phase('train').peakRssMiB),
  }
}

function measurePeer(workload: string, peer: string): Measured {
  const preload = process.env.PEER_PRELOAD
  const env = { ...process.env, OMP_PROC_BIND: 'true', ...(preload ? { LD_PRELOAD: preload } : {}) }
  const args = ['tests/bench/peers/measure.py', workload, peer, threads, '0.3']
  return linesOf(python, args, env)[0] as unknown as Measured
}

function best(measured: readonly Measured[], phase: 'train' | 'infer'): Rate {
  return measured.map((one) => one[phase]).sort((a, b) => b.median - a.median)[0]
}

const figure = (value: number): string => Math.round(value).toLocaleString('en').padStart(11)

function report(name: string, measured: readonly Measured[], ours: readonly Measured[]): void {
  for (const phase of ['train', 'infer'] as const) {
    const { min, median, max } = best(measured, phase)
    const ratio = best(ours, phase).median / median
    console.log(
      `${name.padEnd(34)} ${phase} ${[min, median, max].map(figure).join(' ')} images/s  x${ratio.toFixed(2)}`,
    )
  }
  const memory = Math.min(...measured.map(({ peakRssMiB }) => peakRssMiB))
  console.log(`${name.padEnd(34)} peak memory ${memory.toFixed(0)} MiB`)
}

console.log(
  `${threads} threads, ${rounds} rounds in turn, best round: min, median, max; x is Spikedesk over it`,
)
for (const [workload, names] of Object.entries(peers)) {
  if (chosen.length > 0 && !chosen.includes(workload)) continue
  const ours: Measured[] = []
  const theirs = new Map(names.map((name) => [name, [] as Measured[]]))
  for (let round = 0; round < Number(rounds); round++) {
    for (const [name, measured] of theirs) {
      ours.push(measureOurs(workload))
      measured.push(measurePeer(workload, name))
    }
  }
  report(`${workload} spikedesk`, ours, ours)
  for (const [name, measured] of theirs) report(`${workload} ${name}`, measured, ours)
}
