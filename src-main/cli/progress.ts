import type { EpochRecord, EventCounts, MetricsEvent, RunSummary } from '../../src-shared/contract.ts'
import { count, duration, figure, percent } from './figures.ts'
import type { Output } from './output.ts'

/** Where nothing can be redrawn, progress within an epoch is a plain line this often. */
const plainSeconds = 5

function mean(values: Float32Array): number | null {
  return values.length > 0 ? values.reduce((sum, value) => sum + value, 0) / values.length : null
}

function bar(share: number, length: number): string {
  const full = Math.round(Math.min(1, Math.max(0, share)) * length)
  return '█'.repeat(full) + '░'.repeat(length - full)
}

const dropsAny = (events: EventCounts | null): events is EventCounts =>
  events !== null && events.time + events.place > 0

/** Events that are in no frame, and why, as a share of those that the transforms left. */
export function droppedText({ transformed, time, place }: EventCounts): string {
  const share = (events: number) => percent(events / Math.max(1, transformed))
  return `${share(time)} of events outside the time of the frames, ${share(place)} outside the sensor`
}

/** Shows a run as it goes: a bar in place on a terminal, plain lines elsewhere, objects with `--json`. */
export class Progress {
  readonly #output: Output
  #epochs = 0
  #shownAt: number

  constructor(output: Output) {
    this.#output = output
    this.#shownAt = performance.now()
  }

  /** Takes the summary of the run, first when it starts, then on every change. */
  changed(summary: RunSummary): void {
    this.#epochs = summary.epochs
  }

  /** Batches done since the last call; `loss` is the mean over these. */
  metrics(event: MetricsEvent): void {
    const { run, epoch, batch, batchesPerEpoch: batches, imagesPerSecond, etaSeconds } = event
    const [loss, accuracy] = [mean(event.losses), event.trainAccuracy]
    const epochs = this.#epochs
    this.#output.event('progress', {
      ...{ run, epoch, epochs, batch, batches, loss, accuracy, imagesPerSecond, etaSeconds },
      learningRate: event.learningRate,
      firingRates: event.firingRates,
    })
    const figures = [
      `batch ${batch}/${batches}`,
      `loss ${figure(loss)}`,
      `accuracy ${percent(accuracy)}`,
      `${count(imagesPerSecond)} images/s`,
      `ETA ${etaSeconds === null ? '--' : duration(etaSeconds)}`,
    ].join('  ')
    if (this.#output.live) {
      const head = `epoch ${epoch}/${epochs}  `
      const room = Math.min(30, this.#output.columns - head.length - figures.length - 3)
      const drawn = room >= 5 ? `${bar(batch / batches, room)}  ` : ''
      this.#output.redraw(`${head}${drawn}${figures}`.slice(0, this.#output.columns - 1))
    } else if (performance.now() - this.#shownAt > plainSeconds * 1000) {
      this.#shownAt = performance.now()
      this.#output.line(`epoch ${epoch}/${epochs}  ${figures}`)
    }
  }

  epoch(run: string, record: EpochRecord): void {
    this.#shownAt = performance.now()
    this.#output.event('epoch', { run, epochs: this.#epochs, ...record })
    this.#output.redraw('')
    this.#output.line(
      [
        `epoch ${record.epoch}/${this.#epochs}`,
        `train loss ${figure(record.trainLoss)}${record.penalty > 0 ? ` + ${figure(record.penalty)}` : ''}`,
        `accuracy ${percent(record.trainAccuracy)}`,
        `test loss ${figure(record.testLoss)}`,
        `accuracy ${percent(record.testAccuracy)}`,
        `${count(record.trainImagesPerSecond)} images/s training, ${count(record.testImagesPerSecond)} testing`,
        duration(record.seconds),
        ...(record.waiting > 0 ? [`${percent(record.waiting)} waiting for data`] : []),
        ...(dropsAny(record.events) ? [droppedText(record.events)] : []),
      ].join('  '),
    )
  }

  /** Clears what stands in place. */
  end(): void {
    this.#output.redraw('')
  }
}
