/** Element types of tensors in files: torch's names, their size, and what other formats call them. */
export interface Dtype {
  name: string
  bytes: number
  /** In safetensors; null where it has none. */
  safetensors: string | null
  /** In NumPy's headers, without the byte order; null where NumPy has none. */
  numpy: string | null
  /** Bytes that change places between little and big endian; a complex number has two such parts. */
  word: number
  /** An element as a number; null where it is not one number. */
  number: ((view: DataView, at: number) => number) | null
}

/** A float of `exponent` and `mantissa` bits; `finite` types have no infinity and one NaN a sign. */
function smallFloat(bits: number, exponent: number, mantissa: number, bias: number, finite: boolean): number {
  const sign = bits >> (exponent + mantissa) ? -1 : 1
  const power = (bits >> mantissa) & (2 ** exponent - 1)
  const fraction = bits & (2 ** mantissa - 1)
  if (power === 0) return sign * fraction * 2 ** (1 - bias - mantissa)
  if (power === 2 ** exponent - 1) {
    if (!finite) return fraction ? Number.NaN : sign * Infinity
    if (fraction === 2 ** mantissa - 1) return Number.NaN
  }
  return sign * (1 + fraction * 2 ** -mantissa) * 2 ** (power - bias)
}

/** The number in 16 bits of IEEE 754. */
export function numberOfHalf(bits: number): number {
  return smallFloat(bits, 5, 10, 15, false)
}

/** A float of one byte without infinities and without -0, whose byte 0x80 is its only NaN. */
function unsignedZeroFloat(bits: number, exponent: number, mantissa: number, bias: number): number {
  if (bits === 0x80) return Number.NaN
  const power = (bits >> mantissa) & (2 ** exponent - 1)
  const fraction = bits & (2 ** mantissa - 1)
  const sign = bits >> 7 ? -1 : 1
  if (power === 0) return sign * fraction * 2 ** (1 - bias - mantissa)
  return sign * (1 + fraction * 2 ** -mantissa) * 2 ** (power - bias)
}

/** Types of torch whose elements are bits or parts of bytes: they are listed, and have no numbers here. */
const bitTypes = [
  'float4_e2m1fn_x2',
  ...['bits8', 'bits1x8', 'bits2x4', 'bits4x2'],
  ...[1, 2, 3, 4, 5, 6, 7].flatMap((bits) => [`int${bits}`, `uint${bits}`]),
]

const bfloatView = new DataView(new ArrayBuffer(4))

function bfloat16(bits: number): number {
  bfloatView.setUint32(0, bits << 16)
  return bfloatView.getFloat32(0)
}

const types: readonly Dtype[] = [
  {
    name: 'float32',
    bytes: 4,
    safetensors: 'F32',
    numpy: 'f4',
    word: 4,
    number: (view, at) => view.getFloat32(at, true),
  },
  {
    name: 'float64',
    bytes: 8,
    safetensors: 'F64',
    numpy: 'f8',
    word: 8,
    number: (view, at) => view.getFloat64(at, true),
  },
  {
    name: 'float16',
    bytes: 2,
    safetensors: 'F16',
    numpy: 'f2',
    word: 2,
    number: (view, at) => numberOfHalf(view.getUint16(at, true)),
  },
  {
    name: 'bfloat16',
    bytes: 2,
    safetensors: 'BF16',
    numpy: null,
    word: 2,
    number: (view, at) => bfloat16(view.getUint16(at, true)),
  },
  {
    name: 'float8_e4m3fn',
    bytes: 1,
    safetensors: 'F8_E4M3',
    numpy: null,
    word: 1,
    number: (view, at) => smallFloat(view.getUint8(at), 4, 3, 7, true),
  },
  {
    name: 'float8_e5m2',
    bytes: 1,
    safetensors: 'F8_E5M2',
    numpy: null,
    word: 1,
    number: (view, at) => smallFloat(view.getUint8(at), 5, 2, 15, false),
  },
  {
    name: 'float8_e4m3fnuz',
    bytes: 1,
    safetensors: 'F8_E4M3FNUZ',
    numpy: null,
    word: 1,
    number: (view, at) => unsignedZeroFloat(view.getUint8(at), 4, 3, 8),
  },
  {
    name: 'float8_e5m2fnuz',
    bytes: 1,
    safetensors: 'F8_E5M2FNUZ',
    numpy: null,
    word: 1,
    number: (view, at) => unsignedZeroFloat(view.getUint8(at), 5, 2, 16),
  },
  {
    name: 'float8_e8m0fnu',
    bytes: 1,
    safetensors: 'F8_E8M0',
    numpy: null,
    word: 1,
    number: (view, at) => (view.getUint8(at) === 0xff ? Number.NaN : 2 ** (view.getUint8(at) - 127)),
  },
  {
    name: 'int64',
    bytes: 8,
    safetensors: 'I64',
    numpy: 'i8',
    word: 8,
    number: (view, at) => Number(view.getBigInt64(at, true)),
  },
  {
    name: 'int32',
    bytes: 4,
    safetensors: 'I32',
    numpy: 'i4',
    word: 4,
    number: (view, at) => view.getInt32(at, true),
  },
  {
    name: 'int16',
    bytes: 2,
    safetensors: 'I16',
    numpy: 'i2',
    word: 2,
    number: (view, at) => view.getInt16(at, true),
  },
  {
    name: 'int8',
    bytes: 1,
    safetensors: 'I8',
    numpy: 'i1',
    word: 1,
    number: (view, at) => view.getInt8(at),
  },
  {
    name: 'uint8',
    bytes: 1,
    safetensors: 'U8',
    numpy: 'u1',
    word: 1,
    number: (view, at) => view.getUint8(at),
  },
  {
    name: 'uint16',
    bytes: 2,
    safetensors: 'U16',
    numpy: 'u2',
    word: 2,
    number: (view, at) => view.getUint16(at, true),
  },
  {
    name: 'uint32',
    bytes: 4,
    safetensors: 'U32',
    numpy: 'u4',
    word: 4,
    number: (view, at) => view.getUint32(at, true),
  },
  {
    name: 'uint64',
    bytes: 8,
    safetensors: 'U64',
    numpy: 'u8',
    word: 8,
    number: (view, at) => Number(view.getBigUint64(at, true)),
  },
  {
    name: 'bool',
    bytes: 1,
    safetensors: 'BOOL',
    numpy: 'b1',
    word: 1,
    number: (view, at) => (view.getUint8(at) ? 1 : 0),
  },
  { name: 'complex32', bytes: 4, safetensors: null, numpy: null, word: 2, number: null },
  { name: 'complex64', bytes: 8, safetensors: null, numpy: 'c8', word: 4, number: null },
  { name: 'complex128', bytes: 16, safetensors: null, numpy: 'c16', word: 8, number: null },
  { name: 'bits16', bytes: 2, safetensors: null, numpy: null, word: 2, number: null },
  ...bitTypes.map((name) => ({ name, bytes: 1, safetensors: null, numpy: null, word: 1, number: null })),
]

const byName = new Map(types.map((dtype) => [dtype.name, dtype]))

export function findDtype(name: string): Dtype | undefined {
  return byName.get(name)
}

export function findSafetensorsDtype(name: string): Dtype | undefined {
  return types.find(({ safetensors }) => safetensors === name)
}

/** The type of a NumPy code without its byte order, e.g. `f4`. */
export function findNumpyDtype(code: string): Dtype | undefined {
  return types.find(({ numpy }) => numpy === code)
}

/** The type called `name`, which must be one of the table. */
export function dtypeNamed(name: string): Dtype {
  const dtype = byName.get(name)
  if (!dtype) throw new Error(`no element type ${name}`)
  return dtype
}

/** Turns words of either byte order into the other, in place. */
export function swapBytes(bytes: Uint8Array, word: number): Uint8Array {
  if (word > 1)
    for (let at = 0; at + word <= bytes.length; at += word) bytes.subarray(at, at + word).reverse()
  return bytes
}

/** Elements of a type as numbers; null where they are not single numbers. 64-bit integers lose what a double lacks. */
export function numbersOf(dtype: Dtype, bytes: Uint8Array): Float64Array | null {
  const { number } = dtype
  if (!number) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const numbers = new Float64Array(bytes.length / dtype.bytes)
  for (let i = 0; i < numbers.length; i++) numbers[i] = number(view, i * dtype.bytes)
  return numbers
}

/** Elements as float32, bit for bit where they are that already; null where they are not single numbers. */
export function floatsOf(dtype: Dtype, bytes: Uint8Array): Float32Array | null {
  if (dtype.name === 'float32') {
    const copy = bytes.slice()
    return new Float32Array(copy.buffer, copy.byteOffset, copy.length / 4)
  }
  const numbers = numbersOf(dtype, bytes)
  return numbers && Float32Array.from(numbers)
}
