import type { EvaluationResult } from '../../../src-shared/contract.ts'
import type { EngineId } from '../../../src-shared/experiment.ts'
import { classScores } from '../../analysis/confusion.ts'
import type { Command } from '../command.ts'
import { count, figure, percent } from '../figures.ts'
import { answersOption, assumptionLines } from '../questions.ts'
import { datasetOption, experimentOptions, jsonOption, withDefault, workspaceOption } from '../options.ts'
import { tableLines } from '../table.ts'

const asTrained = 'as trained'

function lines(result: EvaluationResult, classes: readonly string[]): string[] {
  const heading = ['true \\ predicted', ...classes, 'recall']
  const scores = classScores(result.confusion)
  const rows = result.confusion.map((row, truth) => {
    const { recall } = scores[truth]
    return [classes[truth] ?? truth, ...row, recall === null ? '-' : percent(recall)]
  })
  return [
    `${count(result.correct)} of ${count(result.total)} test images correct: ${percent(result.accuracy)}, loss ${figure(result.loss)}`,
    '',
    ...tableLines([heading, ...rows]),
  ]
}

export const evaluate: Command = {
  name: 'evaluate',
  summary: 'Classifies the test images of a dataset with a checkpoint.',
  details: [
    'Takes checkpoints of this program, of torch (.pth, .pt; snnTorch and spikingjelly), safetensors and NIR. What ' +
      'the file does not say is taken as is usual and told; --answers replaces it.',
    'The result holds correct, total, accuracy, loss and confusion (rows true, columns predicted).',
  ],
  positional: { name: 'checkpoint', help: 'Path of a checkpoint.' },
  options: [
    { ...datasetOption, required: true },
    withDefault(experimentOptions.steps, asTrained),
    withDefault(experimentOptions.engine, asTrained),
    withDefault(experimentOptions.threads, asTrained),
    answersOption,
    workspaceOption,
    jsonOption,
  ],
  examples: [
    'spikedesk evaluate ~/Spikedesk/runs/<run>/checkpoints/epoch-0010.safetensors --dataset digits',
    'spikedesk evaluate model.pth --dataset ~/mnist --steps 25',
  ],
  async run(args, output) {
    const { openLibrary } = await import('../workspace.ts')
    const { evaluateFile } = await import('../../runs/fileNetwork.ts')
    const { readAnswers } = await import('../answers.ts')
    const dataset = args.text('dataset') ?? ''
    const library = openLibrary(args, dataset)
    const checkpoint = args.positional()
    const { result, experiment, network } = await evaluateFile(checkpoint, dataset, library, {
      steps: args.number('steps'),
      threads: args.number('threads'),
      engine: args.text('engine') as EngineId | undefined,
      answers: readAnswers(args.text('answers')),
    })
    const { classes } = await library.card(dataset)
    for (const line of assumptionLines(network)) output.note(line)
    output.line(`${experiment.model.name}: T = ${experiment.timeSteps}, ${experiment.encoding.kind} input`)
    for (const line of lines(result, classes)) output.line(line)
    const { questions, facts, framework } = network
    output.event('result', {
      ...result,
      checkpoint,
      dataset,
      classes,
      framework,
      timeSteps: experiment.timeSteps,
      questions: questions.map(({ id, answer, answered }) => ({ id, answer, answered })),
      facts,
    })
    return 0
  },
}
