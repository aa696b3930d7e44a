import { describe, expect, it } from 'vitest'
import { readNetworkWords } from './networkSpec.ts'
import { NotSupported } from './support.ts'

const loss = 'loss ce on summed output spikes'

describe('the words of a network', () => {
  it('name layers, their numbers and the loss', () => {
    const { layers, loss: kind } = readNetworkWords(
      'linear(30,12) leaky(.95,fast_sigmoid25) linear(12,4,no bias) leaky; T=10; static; loss = sum over steps of ce(mem)',
    )
    expect(kind).toBe('ce_membrane_sum')
    expect(layers.map(({ kind: each }) => each)).toEqual(['linear', 'leaky', 'linear', 'leaky'])
    expect(layers[0].params).toEqual({ outputs: 12, bias: true })
    expect(layers[2].params).toEqual({ outputs: 4, bias: false })
    expect(layers[1].params).toMatchObject({ beta: 0.95, surrogate: { name: 'fast_sigmoid', slope: 25 } })
    expect(layers[3].params).toEqual(layers[1].params)
  })

  it('name resets, thresholds and timing of Leaky', () => {
    const [first, second] = readNetworkWords(
      `leaky(beta .5, zero, no delay, threshold 0.7, atan(4)) leaky(.9, none, sigmoid); T=3; given; ${loss}`,
    ).layers
    expect(first.params).toMatchObject({
      beta: 0.5,
      reset: 'zero',
      resetDelay: false,
      threshold: 0.7,
      surrogate: { name: 'atan', alpha: 4 },
    })
    expect(second.params).toMatchObject({
      beta: 0.9,
      reset: 'none',
      resetDelay: true,
      surrogate: { slope: 25 },
    })
  })

  it("name spikingjelly's neurons", () => {
    const [lif, soft] = readNetworkWords(
      'LIFNode(tau2, decay_input, hard reset -.1, no detach, ATan2) IFNode(soft reset, detach, Sigmoid4); loss mse(mean rate, onehot)',
    ).layers
    expect(lif.params).toMatchObject({
      tau: 2,
      decayInput: true,
      reset: 'hard',
      resetValue: -0.1,
      detachReset: false,
    })
    expect(soft.params).toMatchObject({
      reset: 'soft',
      detachReset: true,
      surrogate: { name: 'Sigmoid', alpha: 4 },
    })
  })

  it.each([
    [`conv3d(2,4,3) leaky(.9); ${loss}`, 'layer "conv3d(2,4,3)"'],
    [`linear(3,2) leaky(.9, inhibition); ${loss}`, '"inhibition" of a neuron'],
    [`linear(3,2) leaky(.9, step25); ${loss}`, '"step25" of a neuron'],
    ['linear(3,2) leaky(.9); loss hinge (of spk)', 'loss "hinge'],
    [`linear(3,2) leaky(.9); dropout .5; ${loss}`, '"dropout .5"'],
    ['linear(3,2) leaky(.9); T=3', '0 losses'],
  ])('refuse by name what is not supported: %s', (spec, words) => {
    expect(() => readNetworkWords(spec)).toThrow(NotSupported)
    expect(() => readNetworkWords(spec)).toThrow(words)
  })
})
