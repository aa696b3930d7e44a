import { rowStrides } from '../files/strides.ts'
import type { FileNode, TensorNode } from '../files/openedFile.ts'

/** Writes trees as pickles of protocol 2, as torch.save does: tensors name storages outside the pickle. */

const storageClasses: Readonly<Record<string, string>> = {
  float32: 'FloatStorage',
  float64: 'DoubleStorage',
  float16: 'HalfStorage',
  bfloat16: 'BFloat16Storage',
  int64: 'LongStorage',
  int32: 'IntStorage',
  int16: 'ShortStorage',
  int8: 'CharStorage',
  uint8: 'ByteStorage',
  bool: 'BoolStorage',
  complex64: 'ComplexFloatStorage',
  complex128: 'ComplexDoubleStorage',
}

/** A growing pickle and the storages that it names, by key. */
export class PickleWriter {
  readonly storages: Uint8Array[] = []
  private readonly chunks: Uint8Array[] = []

  /** The whole pickle of a tree. Throws a RangeError for what torch has no type for. */
  write(root: FileNode): Uint8Array {
    this.raw(0x80, 2)
    this.node(root)
    this.raw(code('.'))
    const bytes = new Uint8Array(this.chunks.reduce((sum, { length }) => sum + length, 0))
    let at = 0
    for (const chunk of this.chunks) {
      bytes.set(chunk, at)
      at += chunk.length
    }
    return bytes
  }

  private raw(...bytes: number[]): void {
    this.chunks.push(Uint8Array.from(bytes))
  }

  private op(opcode: string, bytes: Uint8Array): void {
    this.raw(code(opcode))
    this.chunks.push(bytes)
  }

  private text(value: string): void {
    const bytes = new TextEncoder().encode(value)
    this.op('X', word(bytes.length, 4))
    this.chunks.push(bytes)
  }

  private global(module: string, name: string): void {
    this.op('c', new TextEncoder().encode(`${module}\n${name}\n`))
  }

  private integer(value: number | bigint): void {
    if (typeof value === 'number' && Number.isInteger(value) && Math.abs(value) < 2 ** 31) {
      if (value >= 0 && value < 256) this.raw(code('K'), value)
      else this.op('J', word(value >>> 0, 4))
      return
    }
    const bytes: number[] = []
    let rest = BigInt(value)
    while (!(rest === 0n && (bytes.at(-1) ?? 0) < 128) && !(rest === -1n && (bytes.at(-1) ?? 0) >= 128)) {
      bytes.push(Number(rest & 255n))
      rest >>= 8n
    }
    this.raw(0x8a, bytes.length, ...bytes)
  }

  private integers(values: readonly number[]): void {
    this.raw(code('('))
    for (const value of values) this.integer(value)
    this.raw(code('t'))
  }

  private float(value: number): void {
    const view = new DataView(new ArrayBuffer(8))
    view.setFloat64(0, value)
    this.op('G', new Uint8Array(view.buffer))
  }

  private ordered(): void {
    this.global('collections', 'OrderedDict')
    this.raw(code(')'), code('R'))
  }

  private tensor({ dtype, shape, read }: TensorNode): void {
    const storage = storageClasses[dtype.name]
    if (!storage) throw new RangeError(`torch.save has no storage of ${dtype.name}`)
    const bytes = read()
    const key = String(this.storages.push(bytes) - 1)
    this.global('torch._utils', '_rebuild_tensor_v2')
    this.raw(code('('), code('('))
    this.text('storage')
    this.global('torch', storage)
    this.text(key)
    this.text('cpu')
    this.integer(bytes.length / dtype.bytes)
    this.raw(code('t'), code('Q'))
    this.integer(0)
    this.integers(shape)
    this.integers(rowStrides(shape))
    this.raw(0x89)
    this.ordered()
    this.raw(code('t'), code('R'))
  }

  private node(node: FileNode): void {
    switch (node.kind) {
      case 'tensor':
        this.tensor(node)
        return
      case 'dict':
        if (node.metadata) this.ordered()
        else this.raw(code('}'))
        this.raw(code('('))
        for (const [key, value] of node.entries) {
          // torch numbers the states of an optimizer.
          if (!node.metadata && /^(0|[1-9]\d{0,8})$/.test(key)) this.integer(Number(key))
          else this.text(key)
          this.node(value)
        }
        this.raw(code('u'))
        if (node.metadata) {
          this.raw(code('}'))
          this.text('_metadata')
          this.node(node.metadata)
          this.raw(code('s'), code('b'))
        }
        return
      case 'list':
        this.raw(code('('))
        for (const item of node.items) this.node(item)
        this.raw(code(node.type === 'list' ? 'l' : 't'))
        return
      case 'scalar':
        this.scalar(node.value, node.type)
        return
      case 'object':
        throw new RangeError(`an object of ${node.className} cannot be written`)
    }
  }

  private scalar(value: string | number | bigint | boolean | Uint8Array | null, type: string): void {
    if (value === null) this.raw(code('N'))
    else if (typeof value === 'boolean') this.raw(value ? 0x88 : 0x89)
    else if (typeof value === 'string') this.text(value)
    else if (value instanceof Uint8Array) throw new RangeError('bytes cannot be written')
    else if (typeof value === 'bigint' || type === 'int') this.integer(value)
    else this.float(value)
  }
}

const code = (character: string): number => character.charCodeAt(0)

function word(value: number, length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => Math.floor(value / 256 ** i) & 255)
}
