/**
 * What an encoding makes of images of bytes, as tables over their 256 grey levels: an engine looks up what the
 * encoder has computed, so that both give the same bits. Input k·N + i is field k of pixel i of N.
 */
export type LevelTable = CurrentLevels | DrawnLevels | TrainLevels | SequenceLevels

/** A current that stays the same: gain·x + offset, each operation in float32, where x is byte / 255. */
export interface CurrentLevels {
  kind: 'current'
  gain: number
  offset: number
  /** `[256]`, that of every byte where its brightness is another; else null. */
  currents: Float32Array | null
}

/** Spikes that are drawn anew at every step, as `drawSpikes` does. */
export interface DrawnLevels {
  kind: 'drawn'
  fields: number
  /** Of a spike at a step, `[fields,256]`, 0 to 1. */
  probabilities: Float32Array
  /** Steps before this one are silent. */
  firstStep: number
  /** Steps from this one on repeat those from 0 on. */
  period: number
}

/** Which row of a table each grey level of an image has. */
export interface LevelRows {
  /**
   * `[256]`: the highest rank among the pixels of an image chooses its 256 places in `rows`. All are 0 where a pixel
   * decides by itself.
   */
  ranks: Uint8Array
  /** `[ranks,256]`. */
  rows: Uint32Array
  rowCount: number
}

/** Trains of spikes that follow from the image. */
export interface TrainLevels extends LevelRows {
  kind: 'trains'
  fields: number
  /** Bit t of word w is the spike at step 32·w + t, `[words,fields,rowCount]`. */
  trains: Uint32Array
}

/** Values that change from step to step and follow from the image. */
export interface SequenceLevels extends LevelRows {
  kind: 'sequences'
  /** `[T,rowCount]`. */
  values: Float32Array
}
