import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { SpikedeskError } from '../../src-shared/errors/index.ts'
import {
  FrameReader,
  maxFrameBytes,
  packMessage,
  splitMessage,
  unpackMessage,
} from '../../src-shared/frames.ts'

const typedArray = fc.oneof(
  fc.uint8Array(),
  fc.int32Array(),
  fc.uint32Array(),
  fc.float32Array(),
  fc.float64Array(),
  fc.int16Array(),
)
const message = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    typedArray,
    fc.string({ unit: 'binary' }),
    fc.double(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('tree'), { maxLength: 5 }),
    fc.dictionary(fc.oneof(fc.string(), fc.constant('__proto__'), fc.constant('0')), tie('tree'), {
      maxKeys: 5,
      noNullPrototype: true,
    }),
  ),
})).tree

function refused(frame: Uint8Array): void {
  expect(() => unpackMessage(frame)).toThrow(SpikedeskError)
}

describe('packMessage and unpackMessage', () => {
  test('give back every message', () => {
    fc.assert(
      fc.property(message, (sent) => {
        expect(unpackMessage(packMessage(sent))).toEqual(sent)
      }),
    )
  })

  test('give back numbers that JSON lacks, and text beyond ASCII', () => {
    const sent = { a: [NaN, -Infinity, Infinity, -0], text: 'β ≥ 0.95 · 신경망 \u{1f9e0}' }
    expect(unpackMessage(packMessage(sent))).toStrictEqual(sent)
  })

  test('read a frame that does not start at a multiple of 8', () => {
    const packed = packMessage({ losses: new Float32Array([1, 2]), total: new Float64Array([3]) })
    const shifted = new Uint8Array(packed.length + 3)
    shifted.set(packed, 3)
    expect(unpackMessage(shifted.subarray(3))).toEqual(unpackMessage(packed))
    // The slice of a Node Buffer is no copy.
    expect(unpackMessage(Buffer.from(shifted.buffer, 3))).toEqual(unpackMessage(packed))
  })

  test('send only the part of the buffer that an array shows', () => {
    const values = new Float32Array(1000).subarray(10, 12)
    expect(packMessage(values).length).toBeLessThan(200)
  })

  test('refuse every truncation of a frame', () => {
    const packed = packMessage({ losses: new Float32Array(9), odd: -0, more: [new Uint8Array(3)] })
    for (let length = 0; length < packed.length; length++) refused(packed.slice(0, length))
    refused(new Uint8Array([...packed, 0]))
  })

  test('refuse garbage, or read some message, but never anything else', () => {
    const packed = packMessage({ result: { losses: new Float32Array(4) } })
    const change = fc.tuple(fc.nat(packed.length - 1), fc.nat(255))
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 8 }), (changes) => {
        const frame = packed.slice()
        for (const [at, byte] of changes) frame[at] = byte
        try {
          unpackMessage(frame)
        } catch (error) {
          expect(error).toBeInstanceOf(SpikedeskError)
        }
      }),
      { numRuns: 2000 },
    )
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        refused(bytes)
      }),
    )
  })

  test.each([
    ['a header that is no object', '7'],
    ['no lists', '{"message":null}'],
    ['an unknown type', '{"message":null,"arrays":[[[],"Function",0]],"numbers":[]}'],
    ['an array beyond the end', '{"message":null,"arrays":[[[],"Uint8Array",1e9]],"numbers":[]}'],
    ['a negative length', '{"message":null,"arrays":[[[],"Uint8Array",-8]],"numbers":[]}'],
    ['a place that is taken', '{"message":{"a":1},"arrays":[],"numbers":[[["a"],"NaN"]]}'],
    ['a place that is not there', '{"message":{},"arrays":[],"numbers":[[["a"],"NaN"]]}'],
    ['a place in a prototype', '{"message":{},"arrays":[],"numbers":[[["__proto__","x"],"NaN"]]}'],
    ['a path that is none', '{"message":{},"arrays":[],"numbers":[[[{}],"NaN"]]}'],
    ['an unknown number', '{"message":null,"arrays":[],"numbers":[[[],"toString"]]}'],
  ])('refuse %s', (_, header) => {
    const frame = new Uint8Array(8 + header.length)
    frame.set([0x53, 0x4b, 1, 1, header.length])
    frame.set(new TextEncoder().encode(header), 8)
    refused(frame)
    expect(Object.hasOwn(Object.prototype, 'x')).toBe(false)
  })

  test('refuse to pack what has no bytes of its own', () => {
    expect(() => packMessage({ view: new DataView(new ArrayBuffer(1)) })).toThrow(TypeError)
  })
})

describe('FrameReader', () => {
  const long = { name: 'runs.history', losses: Float32Array.from({ length: 700_000 }, (_, i) => i) }

  test('puts the parts of a long message together', () => {
    const frames = splitMessage(packMessage(long))
    expect(frames.length).toBe(3)
    expect(Math.max(...frames.map((frame) => frame.length))).toBeLessThanOrEqual(maxFrameBytes)
    const reader = new FrameReader()
    expect(frames.slice(0, -1).map((frame) => reader.accept(frame))).toEqual([null, null])
    const { message } = reader.accept(frames[2]) as { message: typeof long }
    expect(message.name).toBe(long.name)
    expect(
      Buffer.compare(
        Buffer.from(message.losses.buffer, message.losses.byteOffset, message.losses.byteLength),
        Buffer.from(long.losses.buffer),
      ),
    ).toBe(0)
    expect(reader.accept(packMessage('next'))).toEqual({ message: 'next' })
  })

  test('refuses parts out of order, and reads on', () => {
    const [first, second, third] = splitMessage(packMessage(long))
    const reader = new FrameReader()
    expect(() => reader.accept(second)).toThrow(SpikedeskError)
    reader.accept(first)
    expect(() => reader.accept(third)).toThrow(SpikedeskError)
    expect(() => reader.accept(second)).toThrow(SpikedeskError)
    expect(reader.accept(packMessage(1))).toEqual({ message: 1 })
  })

  test('refuses a frame or a message beyond its limit', () => {
    const [first] = splitMessage(packMessage(long))
    expect(() => new FrameReader(maxFrameBytes).accept(first)).toThrow('too long')
    expect(() => new FrameReader().accept(new Uint8Array(maxFrameBytes + 1))).toThrow(SpikedeskError)
  })
})
