import { describe, expect, it } from 'vitest'
import { linearAxis, logAxis, niceStep, tooltipElement } from '../../../src-renderer/charts/axes.ts'
import { axisNumber, measured, tickDecimals } from '../../../src-renderer/charts/numbers.ts'
import { chartFileName, csv } from '../../../src-renderer/charts/saveFile.ts'
import { axisWindow } from '../../../src-renderer/charts/useDragZoom.ts'

describe('linearAxis', () => {
  it('starts at zero where the values reach down to it', () => {
    expect(linearAxis(0.3, 2.2, 4)).toEqual({ min: 0, max: 3, ticks: [0, 1, 2, 3] })
  })

  it('leaves zero out where all values are far from it', () => {
    const { min, max } = linearAxis(51, 63, 4)
    expect(min).toBeGreaterThanOrEqual(50)
    expect(max).toBeLessThanOrEqual(65)
  })

  it('holds values that are all the same, and negative ones', () => {
    expect(linearAxis(0, 0, 4).max).toBe(1)
    expect(linearAxis(-10, 5, 3).min).toBe(-10)
  })
})

describe('logAxis', () => {
  it('has ticks at 1, 2 and 5', () => {
    const { ticks } = logAxis(0.3, 2.3)
    expect(ticks.map((tick) => Number((10 ** tick).toPrecision(3)))).toEqual([0.2, 0.5, 1, 2, 5])
  })
})

describe('numbers', () => {
  it('steps in 1, 2 and 5', () => expect([0.3, 1, 1.1, 30, 70].map(niceStep)).toEqual([0.5, 1, 2, 50, 100]))

  it('writes measured values with as many digits as they deserve', () => {
    expect([0.34, 12.44, 1234.5, 0.00001234, 0].map((value) => measured(value))).toEqual([
      '0.340',
      '12.4',
      '1,235',
      '1.23e-5',
      '0.00',
    ])
  })

  it('gives the ticks of an axis the same decimals', () => {
    const decimals = tickDecimals([0, 0.5, 1])
    expect([0, 0.5, 1].map((tick) => axisNumber(tick, decimals))).toEqual(['0.0', '0.5', '1.0'])
    expect(axisNumber(12_500)).toBe('12.5k')
  })
})

describe('axisWindow', () => {
  it('stays inside, and is none where it would be all', () => {
    expect(axisWindow(-5, 15, [0, 100])).toEqual([0, 20])
    expect(axisWindow(95, 115, [0, 100])).toEqual([80, 100])
    expect(axisWindow(-5, 200, [0, 100])).toBeNull()
    expect(axisWindow(50, 50, [0, 100])).toEqual([50, 54])
  })
})

describe('saved files', () => {
  it('bear the name of the run, without what file systems refuse', () => {
    expect(chartFileName('my run: 784/10 "λ"', 'loss', 'png')).toBe('my-run-784-10-λ-loss.png')
    expect(chartFileName('../..', 'loss', 'csv')).toBe('run-loss.csv')
  })

  it('quote what CSV needs quoted', async () => {
    const text = await csv(['class', 'n'], [['T-shirt, "top"', 3]]).text()
    expect(text).toBe('class,n\r\n"T-shirt, ""top""",3\r\n')
  })
})

describe('tooltipElement', () => {
  it('takes names as text, whatever they contain', () => {
    const element = tooltipElement('<b>x</b>', [{ name: '<img src=x>', value: '1' }])
    expect(element.querySelector('img')).toBeNull()
    expect(element.textContent).toContain('<img src=x>')
  })
})
