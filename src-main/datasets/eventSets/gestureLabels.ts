import { SpikedeskError } from '../../../src-shared/errors/index.ts'

/** One gesture in a recording: its class index, and when it begins and ends on the camera's clock, µs. */
export interface Trial {
  label: number
  start: number
  end: number
}

const classes = 11

/** Reads the table beside a recording of DVS128 Gesture: class (1 to 11), start, end. Throws `recording.line`. */
export function parseTrialLabels(text: string, file: string): Trial[] {
  const trials: Trial[] = []
  for (const [index, line] of text.split('\n').entries()) {
    if (index === 0 || line.trim() === '') continue
    const [label, start, end] = line.split(',').map((cell) => (cell.trim() === '' ? NaN : Number(cell)))
    if (Number.isInteger(label) && label >= 1 && label <= classes && start >= 0 && end >= start) {
      trials.push({ label: label - 1, start, end })
      continue
    }
    throw new SpikedeskError('recording.line', {
      file,
      line: index + 1,
      found: line.trim().slice(0, 60),
      wanted: { phrase: 'wanted.gesture' },
    })
  }
  return trials
}
