import type { ImportSettings } from '../../../src-shared/importFields.ts'
import type { SourceRecording } from '../importing/source.ts'
import type { DecodedRecording } from '../recordings/recordingFormat.ts'

function moved(values: Uint16Array): Uint16Array {
  const least = values.reduce((smallest, value) => Math.min(smallest, value), 0xffff)
  return values.map((value) => value - least)
}

/** tonic's loader of N-Caltech101 moves every recording to where its smallest x and its smallest y are 0. */
export function toOrigin(sample: SourceRecording): SourceRecording {
  return {
    ...sample,
    decode(settings: ImportSettings): DecodedRecording {
      const decoded = sample.decode(settings)
      if (settings.rule !== 'tonic') return decoded
      const { t, x, y, p } = decoded.events
      return { ...decoded, events: { t, x: moved(x), y: moved(y), p } }
    },
  }
}
