import type hdf5 from 'h5wasm/node'

/** What is used of the file system in the library's memory; its types say less. */
interface StreamTable {
  getStream(descriptor: number): {
    stream_ops: { write?: (stream: unknown, bytes: unknown, offset: number, length: number) => number }
  } | null
}

const standardError = 2
let loaded: Promise<typeof hdf5> | null = null

/**
 * HDF5 itself prints pages about what it cannot do before its functions return that they failed. The program says it
 * in one sentence, so that nothing is written there.
 */
function silence({ FS }: { FS: unknown }): void {
  const stream = (FS as StreamTable).getStream(standardError)
  if (stream)
    stream.stream_ops = { ...stream.stream_ops, write: (_stream, _bytes, _offset, length) => length }
}

/** The library that writes HDF5; loaded when it is first asked for. */
export function loadHdf5(): Promise<typeof hdf5> {
  loaded ??= import('h5wasm/node').then(async ({ default: library }) => {
    silence(await library.ready)
    return library
  })
  return loaded
}
