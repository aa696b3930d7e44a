import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'

/**
 * Builds the addon from nothing in a folder of its own and prints the processor time (user and system, seconds) of
 * every object, largest first, then wall and processor time of the whole: `node tests/bench/build.ts` (Linux, macOS;
 * bash). Objects compiled at once slow each other down on cores that share what they compute with.
 */
const root = join(import.meta.dirname, '../..')
const compiler = process.env.CXX ?? (process.platform === 'darwin' ? 'c++' : 'g++')
const folder = mkdtempSync(join(tmpdir(), 'spikedesk-build-'))
const timer = join(folder, 'compile.sh')
const times = join(folder, 'times')
const timeFormat = "TIMEFORMAT='%R %U %S'"

/** Stands in for the compiler, and writes down what each object took. */
const timerSource = `${timeFormat}
for argument; do [ "$before" = -o ] && output=$argument; before=$argument; done
exec 3>&2
taken=$({ time ${compiler} "$@" 2>&3; } 2>&1)
status=$?
echo "$taken $output" >> '${times}'
exit $status
`

/** Of a line "wall user system", seconds. */
function secondsOf(line: string): { wall: number; processor: number } {
  const [wall, user, system] = line.trim().split(' ').map(Number)
  return { wall, processor: user + system }
}

try {
  const copied = (path: string) => !/src-native\/(build|build-headers|sanitize|neon)$/.test(path)
  cpSync(join(root, 'src-native'), join(folder, 'src-native'), { recursive: true, filter: copied })
  cpSync(join(root, 'package.json'), join(folder, 'package.json'))
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  writeFileSync(timer, timerSource)
  writeFileSync(times, '')
  const command = `${timeFormat}; time '${process.execPath}' src-native/build.mjs >&2`
  const env = { ...process.env, CXX: `bash ${timer}` }
  const { status, stderr } = spawnSync('bash', ['-c', command], { cwd: folder, env, encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  const objects = readFileSync(times, 'utf8')
    .split('\n')
    .map((line) => /^(\S+ \S+ \S+) (?:Release\/)?(?:obj\.target\/)?(\S+\.o)$/.exec(line))
    .flatMap((match) => (match ? [{ name: match[2], seconds: secondsOf(match[1]).processor }] : []))
    .toSorted((a, b) => b.seconds - a.seconds)
  for (const { name, seconds } of objects) console.log(`${seconds.toFixed(2).padStart(7)}  ${name}`)
  const whole = secondsOf(stderr.trim().split('\n').at(-1) ?? '')
  console.log(
    `wall ${whole.wall.toFixed(1)} s, processor ${whole.processor.toFixed(1)} s with ${basename(compiler)}`,
  )
} finally {
  rmSync(folder, { recursive: true })
}
