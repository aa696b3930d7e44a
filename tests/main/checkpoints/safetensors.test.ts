import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeHeader, readSafetensors, writeSafetensors } from '../../../src-main/checkpoints/safetensors.ts'
import { parseHeader } from '../../../src-main/checkpoints/safetensorsHeader.ts'
import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import { scratchFolder } from '../runs/tinyRun.ts'

const folder = scratchFolder()
const path = join(folder, 'some.safetensors')

function floats(...values: number[]): Uint8Array {
  return new Uint8Array(Float32Array.from(values).buffer)
}

const sample = {
  metadata: { format: 'pt', note: 'größer' },
  tensors: [
    { name: 'a.weight', dtype: 'F32', shape: [2, 1], bytes: floats(1.5, -2) },
    { name: 'flag', dtype: 'U8', shape: [], bytes: Uint8Array.of(7) },
    { name: 'nothing', dtype: 'F32', shape: [0, 4], bytes: new Uint8Array(0) },
  ],
}

/** A file made by hand, from the words of the format. */
function fileOf(header: string, data: Uint8Array, claimed?: bigint): Uint8Array {
  const text = new TextEncoder().encode(header)
  const length = new DataView(new ArrayBuffer(8))
  length.setBigUint64(0, claimed ?? BigInt(text.length), true)
  return new Uint8Array([...new Uint8Array(length.buffer), ...text, ...data])
}

function problemOf(bytes: Uint8Array): string {
  writeFileSync(path, bytes)
  try {
    readSafetensors(path)
  } catch (thrown) {
    if (thrown instanceof SpikedeskError) return `${thrown.code}: ${String(thrown.data.detail)}`
    throw thrown
  }
  return 'none'
}

describe('a safetensors file', () => {
  it('is what the format says, byte for byte', () => {
    writeSafetensors(path, sample)
    const bytes = readFileSync(path)
    const length = Number(bytes.readBigUInt64LE(0))
    expect((8 + length) % 8).toBe(0)
    const header = bytes.subarray(8, 8 + length).toString('utf8')
    expect(header).toMatch(/^\{.*\} *$/)
    expect(JSON.parse(header)).toEqual({
      __metadata__: { format: 'pt', note: 'größer' },
      'a.weight': { dtype: 'F32', shape: [2, 1], data_offsets: [0, 8] },
      flag: { dtype: 'U8', shape: [], data_offsets: [8, 9] },
      nothing: { dtype: 'F32', shape: [0, 4], data_offsets: [9, 9] },
    })
    const data = bytes.subarray(8 + length)
    expect([data.readFloatLE(0), data.readFloatLE(4), data[8], data.length]).toEqual([1.5, -2, 7, 9])
  })

  it('comes back as it was written', () => {
    writeSafetensors(path, sample)
    expect(readSafetensors(path)).toEqual(sample)
  })

  it('reads a file that another program wrote, without padding and in another order', () => {
    const header =
      '{"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}'
    writeFileSync(path, fileOf(header, floats(1, 2)))
    expect(readSafetensors(path).tensors.map(({ name, bytes }) => [name, bytes])).toEqual([
      ['a', floats(1)],
      ['b', floats(2)],
    ])
  })

  it('takes any name, also those that objects have already', () => {
    const names = ['__proto__', 'constructor', '1', 'hasOwnProperty']
    const tensors = names.map((name, i) => ({ name, dtype: 'F32', shape: [1], bytes: floats(i) }))
    writeSafetensors(path, { metadata: {}, tensors })
    expect(readSafetensors(path).tensors).toEqual(tensors)
  })

  const tensor = (entry: string) => fileOf(`{"w":${entry}}`, floats(1, 2))
  it.each<[string, Uint8Array, RegExp]>([
    ['empty', new Uint8Array(0), /0 bytes, too few/],
    ['not one at all', new TextEncoder().encode('PK\u0003\u0004 and so on and on'), /header claims/],
    ['of an absurd header', fileOf('{}', new Uint8Array(0), 2n ** 63n), /header claims 9223372036854775808/],
    [
      'of a header beyond the end',
      fileOf('{}', new Uint8Array(0), 99n),
      /claims 99 bytes, but the file has 10/,
    ],
    ['of a header that is no JSON', fileOf('{"w":', new Uint8Array(4)), /not JSON/],
    ['of a header that is no text', fileOf('{}', new Uint8Array(0)).fill(0xff, 8), /not UTF-8/],
    ['of a header that is a list', fileOf('[1,2]', new Uint8Array(0)), /not an object/],
    [
      'of metadata that are not text',
      fileOf('{"__metadata__":{"a":1}}', new Uint8Array(0)),
      /"a" is not text/,
    ],
    ['of an unknown type', tensor('{"dtype":"F31","shape":[2],"data_offsets":[0,8]}'), /unknown type "F31"/],
    ['of a negative shape', tensor('{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}'), /no valid shape/],
    [
      'of a shape and offsets that differ',
      tensor('{"dtype":"F32","shape":[3],"data_offsets":[0,8]}'),
      /8 bytes/,
    ],
    [
      'of offsets beyond the end',
      tensor('{"dtype":"F32","shape":[4],"data_offsets":[0,16]}'),
      /take 16 bytes/,
    ],
    [
      'of a shape that overflows',
      tensor(`{"dtype":"F32","shape":[${2 ** 52},4096],"data_offsets":[0,8]}`),
      /where/,
    ],
    ['of backward offsets', tensor('{"dtype":"F32","shape":[2],"data_offsets":[8,0]}'), /where its shape/],
    ['of a hole', tensor('{"dtype":"F32","shape":[1],"data_offsets":[4,8]}'), /begins at 4 where 0/],
    [
      'of an overlap',
      fileOf(
        '{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}',
        floats(1, 2),
      ),
      /begins at 4 where 8/,
    ],
  ])('is refused when it is %s', (_what, bytes, sentence) => {
    const problem = problemOf(bytes)
    expect(problem).toMatch(/^safetensors\.invalid: /)
    expect(problem).toMatch(sentence)
  })

  it('is refused when anything is cut off or added', () => {
    writeSafetensors(path, sample)
    const whole = readFileSync(path)
    fc.assert(
      fc.property(fc.integer({ min: 0, max: whole.length - 1 }), (length) => {
        expect(problemOf(whole.subarray(0, length))).toMatch(/^safetensors\.invalid/)
      }),
    )
    expect(problemOf(new Uint8Array([...whole, 0]))).toMatch(/^safetensors\.invalid/)
  })

  it('is read or refused in words, whatever its bytes are', () => {
    writeSafetensors(path, sample)
    const whole = readFileSync(path)
    const change = fc.record({ at: fc.nat(whole.length - 1), value: fc.nat(255) })
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        const bytes = new Uint8Array(whole)
        for (const { at, value } of changes) bytes[at] = value
        expect(problemOf(bytes)).toMatch(/^(none$|safetensors\.invalid: )/)
      }),
      { numRuns: 300 },
    )
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(problemOf(bytes)).toMatch(/^(none$|safetensors\.invalid: )/)
      }),
    )
  })

  it('that is missing or a folder is named', () => {
    expect(() => readSafetensors(join(folder, 'none'))).toThrow(/checkpoint .*none does not exist/)
    expect(() => readSafetensors(folder)).toThrow(/cannot be read: it is a folder/)
  })
})

it('refuses to write tensors whose bytes do not match', () => {
  const tensors = [{ name: 'w', dtype: 'F32', shape: [3], bytes: floats(1) }]
  expect(() => encodeHeader({ metadata: {}, tensors })).toThrow(RangeError)
})

it('refuses a header of more tensors than there are bytes', () => {
  expect(() => parseHeader('{"w":{"dtype":"U8","shape":[5],"data_offsets":[0,5]}}', 4)).toThrow(
    /take 5 bytes/,
  )
})
