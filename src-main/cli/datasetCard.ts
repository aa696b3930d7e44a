import type { DatasetCard, ImportFinding } from '../../src-shared/contract.ts'
import { errorSentence } from '../../src-shared/errors/index.ts'
import { shapeText } from '../../src-shared/model/layerDefinition.ts'
import type { RecordingFacts } from '../datasets/recordings/describe.ts'
import { bytes, count } from './figures.ts'
import { tableLines } from './table.ts'

const findingWords: Readonly<Record<ImportFinding['kind'], string>> = {
  unreadable: 'damaged',
  empty: 'without events',
  unsorted: 'not in the order of time',
  outside: 'with events outside the sensor',
  tooLong: 'too long',
  size: 'of another size',
  duplicated: 'there twice',
  dropped: 'without the events that the settings leave away',
  missing: 'missing',
}

const doneWords: Readonly<Record<ImportFinding['done'], string>> = {
  kept: 'kept as they are',
  leftOut: 'left out',
  repaired: 'repaired',
}

function findingLines(findings: readonly ImportFinding[]): string[] {
  return findings.map(({ kind, done, samples, events, names }) => {
    const counted = events > 0 ? `, ${count(events)} events` : ''
    // Events that the settings leave away are gone; their recordings are there.
    const fate = kind === 'dropped' ? 'as asked for' : doneWords[done]
    return `  ${count(samples)} ${findingWords[kind]}${counted}: ${fate} (${names.slice(0, 3).join(', ')}${names.length > 3 ? ' …' : ''})`
  })
}

const milliseconds = (microseconds: number): string => `${(microseconds / 1000).toFixed(1)} ms`

function contentRows({ kind, events, valueRange, trainCount, testCount, shape }: DatasetCard): string[][] {
  const samples = `${count(trainCount)} training, ${count(testCount)} test, ${shapeText(shape)}`
  if (kind === 'images')
    return [['images', samples], ...(valueRange ? [['values', `${valueRange[0]} to ${valueRange[1]}`]] : [])]
  if (!events)
    return [
      ['recordings', samples],
      ['events', 'made when it is first used'],
    ]
  const { sensor, trainEvents, testEvents, duration } = events
  return [
    ['recordings', samples],
    [
      'sensor',
      `${sensor[0]} × ${sensor[1]} pixels, ${sensor[2]} ${sensor[2] === 1 ? 'polarity' : 'polarities'}`,
    ],
    ['events', `${count(trainEvents)} training, ${count(testEvents)} test`],
    [
      'duration',
      `${milliseconds(duration.mean)} on average, ${milliseconds(duration.shortest)} to ${milliseconds(duration.longest)}`,
    ],
  ]
}

/** A card in words. */
export function cardLines(card: DatasetCard): string[] {
  const means = card.events?.meanPerClass
  const classRows = card.classes.map((name, i) => [
    name,
    card.trainPerClass[i] ?? 0,
    card.testPerClass[i] ?? 0,
    ...(means ? [Math.round(means[i] ?? 0)] : []),
  ])
  const classHeading = ['class', 'training', 'test', ...(means ? ['events on average'] : [])]
  return [
    `${card.name} (${card.id})`,
    ...tableLines([
      ['format', card.format],
      ['place', card.path ?? (card.bundled ? 'bundled with the program' : 'made in the workspace')],
      ['origin', card.origin],
      ['licence', card.licence],
      ...contentRows(card),
      ['on disk', bytes(card.bytesOnDisk)],
      ['checksum', card.checksum || 'none yet'],
      ['known as', card.known ?? 'none of the published files'],
    ]).map((line) => `  ${line}`),
    ...findingLines(card.findings),
    ...(card.problem ? [`  ${errorSentence(card.problem.code, card.problem.data)}`] : []),
    '',
    ...tableLines([classHeading, ...classRows]).map((line) => `  ${line}`),
  ]
}

/** A single recording in words. */
export function recordingLines(facts: RecordingFacts): string[] {
  const { path, format, sensor, sensorKnown, events, on, off, first, last, duration, backwards, dropped } =
    facts
  return [
    path,
    ...tableLines([
      ['format', format],
      ['sensor', `${sensor[0]} × ${sensor[1]} pixels${sensorKnown ? '' : ', as far as its events reach'}`],
      ['events', count(events)],
      ['polarity', `${count(on)} on, ${count(off)} off`],
      ['duration', `${milliseconds(duration)}, from ${count(first)} to ${count(last)} µs`],
      ['order', backwards === 0 ? 'by time' : `time goes backwards ${count(backwards)} times`],
      ...(dropped > 0 ? [['left away', `${count(dropped)} events, as the settings ask for`]] : []),
      ['on disk', bytes(facts.bytesOnDisk)],
    ]).map((line) => `  ${line}`),
  ]
}
