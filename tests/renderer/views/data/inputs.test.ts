import { describe, expect, it } from 'vitest'
import { changeText } from '../../../../src-renderer/views/data/lab/changeText.ts'
import { energyText } from '../../../../src-renderer/views/data/lab/energy.ts'
import {
  chosenInputs,
  gridOf,
  intervalsOf,
  middlePixel,
  spikesOf,
  trainOf,
} from '../../../../src-renderer/views/data/lab/inputs.ts'
import { encodedNumbers } from '../../../../src-shared/encodedValues.ts'
import { unpackSpikes } from '../../../shared/unpackSpikes.ts'

const source = (values: number[]) => ({ source: { shape: [1, 2, 2], values: Float32Array.from(values) } })

describe('the pixel that is looked at first', () => {
  it('is a bright one near the centre, or the centre of a dark image', () => {
    expect(middlePixel(source([0, 0.5, 0, 1]))).toBe(3)
    expect(middlePixel(source([0, 0, 0, 0]))).toBe(3)
    expect(middlePixel(source([0.2, 0, 0, 0.01]))).toBe(0)
  })
})

describe('the inputs that a raster shows', () => {
  const grid = gridOf([2, 3, 4])

  it('are all, or those of the row, the column or the surroundings of a pixel in its map', () => {
    expect(chosenInputs('all', grid, 5, 0)).toHaveLength(24)
    expect(chosenInputs('row', grid, 5, 0)).toEqual([4, 5, 6, 7])
    expect(chosenInputs('column', grid, 5, 1)).toEqual([13, 17, 21])
    expect(chosenInputs('around', grid, 0, 0)).toEqual([0, 1, 2, 4, 5, 6, 8, 9, 10])
  })

  it('are cut out of the values, and anything but zero is a spike', () => {
    const signed = encodedNumbers(Float32Array.of(1, 0, -1, 0, 2, 0), 2)
    expect([...unpackSpikes(spikesOf(signed, [0, 2]))]).toEqual([1, 1, 0, 0])
    expect(spikesOf(signed, [0, 1, 2])).toBe(signed.marks)
  })

  it('have a train and intervals of their own', () => {
    const values = encodedNumbers(Float32Array.of(1, 0, 1, 0, 0, 0, 1, 1), 4)
    expect([...trainOf(values, 0)]).toEqual([1, 1, 0, 1])
    expect([...intervalsOf(trainOf(values, 0))]).toEqual([1, 1, 0])
    expect([...trainOf(encodedNumbers(Float32Array.of(0, 0.5, -2, 3), 2), 1)]).toEqual([0.5, 3])
    expect(gridOf([784])).toEqual({ channels: 1, height: 1, width: 784 })
  })
})

it('a change is said by the labels of the form', () => {
  expect(changeText({ params: { linear: true, clip: false } }, 'latency')).toBe('Linear on, Clip off')
  expect(changeText({ kind: 'rate', params: { gain: 0.25 } }, 'poisson')).toBe('rate, Gain = 0.25')
  expect(changeText({ timeSteps: 256 }, 'latency')).toBe('T = 256')
  expect(changeText({ params: { slicing: 'timeBins' } }, 'frames')).toBe('Slicing = time bins (tonic)')
})

it('energy stands in the unit that suits it', () => {
  expect([0, 0.9, 70_560, 2.1e6, 5e15].map(energyText)).toEqual([
    '0 pJ',
    '0.9 pJ',
    '70.6 nJ',
    '2.1 µJ',
    '5,000,000 mJ',
  ])
})
