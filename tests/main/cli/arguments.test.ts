import { describe, expect, it } from 'vitest'
import { parseArguments } from '../../../src-main/cli/arguments.ts'
import { commands } from '../../../src-main/cli/commands.ts'

function parse(name: string, words: string[]) {
  const command = commands.find((candidate) => candidate.name === name)
  if (!command) throw new Error(name)
  return parseArguments(command, words)
}

describe('parseArguments', () => {
  it('takes values after a space and after an equals sign', () => {
    const args = parse('train', ['fc-leaky-100', '--epochs', '3', '--lr=1e-3', '--json'])
    expect(args.positional()).toBe('fc-leaky-100')
    expect([args.number('epochs'), args.number('lr'), args.flag('json')]).toEqual([3, 0.001, true])
    expect([args.number('seed'), args.text('dataset'), args.flag('markdown')]).toEqual([
      undefined,
      undefined,
      false,
    ])
  })

  it('takes everything after -- as words', () => {
    expect(parse('train', ['--seed', '4', '--', '--odd-name.json']).positional()).toBe('--odd-name.json')
  })

  it('takes several values only where the table says so', () => {
    expect(parse('bench', ['--threads', '1,2']).numbers('threads')).toEqual([1, 2])
    expect(() => parse('train', ['x', '--threads', '1,2'])).toThrow('--threads takes a whole number')
  })

  it.each([
    [['x', '--steps', '-3'], '--steps takes a whole number from 1 to 10000, not "-3".'],
    [['x', '--epochs', '1.5'], '--epochs takes a whole number from 1 to 100000, not "1.5".'],
    [['x', '--lr', 'fast'], '--lr takes a number above 0 to 10, not "fast".'],
    [['x', '--engine', 'cuda'], '--engine takes one of native, reference, not "cuda".'],
    [['x', '--epoch', '3'], '--epoch is not an option of "train"; see spikedesk train --help.'],
    [['x', '-e', '3'], '-e is not an option of "train"; see spikedesk train --help.'],
    [['x', '--epochs'], '--epochs needs a value.'],
    [['x', '--dataset', '--json'], '--dataset needs a value.'],
    [['x', '--dataset='], '--dataset needs a value.'],
    [['x', '--seed', '1', '--seed', '2'], '--seed is given twice; give it once.'],
    [['x', '--json=yes'], '--json takes no value.'],
    [['x', 'y'], '"y" is one word too many; see spikedesk train --help.'],
  ])('refuses %j', (words, sentence) => {
    expect(() => parse('train', words)).toThrow(sentence)
  })

  it('says which argument is missing', () => {
    expect(() => parse('evaluate', ['--dataset', 'digits'])).toThrow(
      'spikedesk evaluate needs <checkpoint>; see spikedesk evaluate --help.',
    )
    expect(() => parse('evaluate', ['some.safetensors'])).toThrow('needs --dataset <id or path>')
  })
})
