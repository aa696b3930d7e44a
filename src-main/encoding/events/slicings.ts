import type { Events } from './events.ts'

/** The numbers of a slicing, as `encodingTables.frames` describes them. */
export interface SlicingParameters {
  window: number
  count: number
  overlap: number
  includeIncomplete: boolean
}

/** Frame i shows events `from[i]` up to `to[i]`; both only grow. */
export interface Slices {
  from: Uint32Array
  to: Uint32Array
}

/** Cuts a recording with at least one event into at most `steps` frames. */
export type Slicing = (events: Events, steps: number, parameters: SlicingParameters) => Slices

/** Index of the first event that is not before `time`. */
export function firstNotBefore({ t, count }: Events, time: number): number {
  let low = 0
  let high = count
  while (low < high) {
    const middle = (low + high) >>> 1
    if (t[middle] < time) low = middle + 1
    else high = middle
  }
  return low
}

function duration({ t, count }: Events): number {
  return t[count - 1] - t[0]
}

function windows(events: Events, frames: number, stride: number, window: number): Slices {
  const from = new Uint32Array(frames)
  const to = new Uint32Array(frames)
  const first = events.t[0]
  for (let i = 0; i < frames; i++) {
    const start = i * stride + first
    // Windows that touch share a border, which is searched for once.
    from[i] = i > 0 && stride === window ? to[i - 1] : firstNotBefore(events, start)
    to[i] = firstNotBefore(events, start + window)
  }
  return { from, to }
}

/** `frames` slices of `size` events of `count`, `stride` apart; those that lie behind the last event are empty. */
function runs(frames: number, stride: number, size: number, count: number): Slices {
  const from = Uint32Array.from({ length: frames }, (_, i) => Math.min(i * stride, count))
  return { from, to: from.map((start) => Math.min(start + size, count)) }
}

/** The same slices, the last one up to the end of the recording. */
function withRest({ from, to }: Slices, count: number): Slices {
  to[to.length - 1] = count
  return { from, to }
}

/** How many frames of a length fit one after the other; the last may be incomplete. */
function framesIn(whole: number, frame: number, stride: number, includeIncomplete: boolean): number {
  const more = (whole - frame) / stride
  return Math.max(1, (includeIncomplete ? Math.ceil(more) : Math.floor(more)) + 1)
}

/**
 * tonic's ToFrame(n_time_bins=T): windows of ⌊duration/T⌋·(1 + overlap) µs, half open, a stride of
 * window·(1 - overlap) apart. The rest of the division and the last event are lost; a recording whose events have
 * one time gives empty frames.
 */
const timeBins: Slicing = (events, steps, { overlap }) => {
  const window = Math.floor(duration(events) / steps) * (1 + overlap)
  return windows(events, steps, window * (1 - overlap), window)
}

/**
 * tonic's ToFrame(time_window=w): half-open windows from the first event on, w - overlap µs apart, as many as are
 * complete, one at least; with the incomplete last one where wanted.
 */
const timeWindow: Slicing = (events, steps, { window, overlap, includeIncomplete }) => {
  const stride = window - overlap
  const frames = framesIn(duration(events), window, stride, includeIncomplete)
  return windows(events, Math.min(frames, steps), stride, window)
}

/** tonic's ToFrame(n_event_bins=T): slices of ⌊⌊N/T⌋·(1 + overlap)⌋ events; the rest is lost. */
const eventBins: Slicing = ({ count }, steps, { overlap }) => {
  const size = Math.floor(Math.floor(count / steps) * (1 + overlap))
  return runs(steps, Math.floor(size * (1 - overlap)), size, count)
}

/** tonic's ToFrame(event_count=c): slices of c events (at most all), c - overlap apart. */
const eventCount: Slicing = (events, steps, { count, overlap, includeIncomplete }) => {
  const size = Math.min(count, events.count)
  const stride = count - overlap
  const frames = framesIn(events.count, size, stride, includeIncomplete)
  return runs(Math.min(frames, steps), stride, size, events.count)
}

/** tonic's ToImage: every event in one frame. */
const all: Slicing = ({ count }) => ({ from: Uint32Array.of(0), to: Uint32Array.of(count) })

/** spikingjelly's split_by='number': T slices of ⌊N/T⌋ events, the last with the rest; nothing is lost. */
const number: Slicing = ({ count }, steps) => {
  const size = Math.floor(count / steps)
  return withRest(runs(steps, size, size, count), count)
}

/**
 * spikingjelly's split_by='time': T windows of ⌊duration/T⌋ µs, the last with the rest; nothing is lost. A window
 * without events, over which spikingjelly fails, is an empty frame.
 */
const time: Slicing = (events, steps) => {
  const window = Math.floor(duration(events) / steps)
  return withRest(windows(events, steps, window, window), events.count)
}

/** No slices: those of a recording without events. */
export const noSlices: Slices = { from: new Uint32Array(0), to: new Uint32Array(0) }

/** The table of slicings, under the names of `encodingTables.frames`. */
export const slicings = { timeBins, timeWindow, eventBins, eventCount, all, number, time } satisfies Record<
  string,
  Slicing
>
