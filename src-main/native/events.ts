import { addonIfAny } from './addon.ts'

/** Room for sparse frames, as `countFrames` fills it. */
export interface NativeFrames {
  starts: Uint32Array
  places: Uint32Array
  values: Float32Array | null
}

/** A packed file of events, open for reading. */
export interface NativeEventFile {
  /** Fills the columns with the events that begin at a byte; false where the file ends before them. */
  read(offset: number, t: Uint32Array, x: Uint16Array, y: Uint16Array, p: Uint8Array): boolean
  close(): void
}

/** What the C++ sources do for recordings; see `src-native/addon/event_functions.cc`. All throw on bad arguments. */
export interface NativeEvents {
  EventFile: new (path: string) => NativeEventFile
  /** Decodes 5-byte events into columns of their number; how many are kept. */
  decodeAtis(
    bytes: Uint8Array,
    markers: boolean,
    ...columns: [t: Uint32Array, x: Uint16Array, y: Uint16Array, p: Uint8Array]
  ): number
  /** Reads files of 5-byte events into columns, one after another; `kept` is -1 where a file is not as it was. */
  readAtisFiles(
    paths: readonly string[],
    events: Uint32Array,
    markers: boolean,
    threads: number,
    ...columns: [t: Uint32Array, x: Uint16Array, y: Uint16Array, p: Uint8Array, kept: Int32Array]
  ): void
  /** Appends a frame for each slice; `counted` takes the new length, the events shown, and those outside. */
  countFrames(
    events: { x: Uint16Array; y: Uint16Array; p: Uint8Array },
    from: Uint32Array,
    to: Uint32Array,
    counting: { width: number; height: number; apart: boolean; signed: boolean; binary: boolean },
    frames: NativeFrames,
    steps: number,
    length: number,
    counted: Uint32Array,
  ): void
}

/** The same in C++; null where the addon does not load, so that the slower way in TypeScript is taken. */
export function nativeEvents(): NativeEvents | null {
  return addonIfAny<NativeEvents>()
}
