import { basename } from 'node:path'
import { englishPhrase, type Phrase } from '../../../../src-shared/errors/index.ts'
import type { ExperimentDocument } from '../../../../src-shared/experiment.ts'
import { elementCount } from '../../../../src-shared/model/layerDefinition.ts'
import { findLayer } from '../../../../src-shared/model/layers/index.ts'
import { inferModel } from '../../../../src-shared/model/shapes.ts'
import type { ImportedNetwork } from '../../networks/importedNetwork.ts'
import { layerCode } from './layers.ts'
import { pythonNumber } from './literals.ts'
import { lossCode, optimizerCode } from './losses.ts'
import { pythonScript } from './script.ts'

/** The input of all steps; null where the encoding is none of these. */
function encodingCode({ kind, params }: ExperimentDocument['encoding']): string | null {
  const scaled = `x * ${pythonNumber(Number(params.gain ?? 1))} + ${pythonNumber(Number(params.offset ?? 0))}`
  const repeated = (code: string) => `(${code}).unsqueeze(0).repeat(T, *([1] * x.dim()))`
  if (kind === 'constant') return repeated(scaled)
  if (Number(params.firstSpikeTime ?? 0) > 0) return null
  if (kind === 'rate') return `torch.bernoulli(${repeated(scaled)}.clamp(0, 1))`
  return kind === 'poisson' ? `torch.bernoulli(${repeated('x')})` : null
}

/** What of an experiment the script leaves out, in words. */
function leftOut(experiment: ExperimentDocument): Phrase[] {
  const { transforms, regularisers, schedule, clipping, accumulation, truncation, encoding } = experiment
  const names = [
    ...(transforms.length > 0 ? ['transforms'] : []),
    ...(regularisers.length > 0 ? ['regularisers'] : []),
    ...(schedule.kind !== 'constant' ? ['schedule'] : []),
    ...(clipping.kind !== 'none' ? ['clipping'] : []),
    ...(accumulation !== 1 ? ['accumulation'] : []),
    ...(truncation !== 0 ? ['truncation'] : []),
  ]
  return [
    ...(names.length > 0 ? [{ phrase: 'note.notInScript', names: names.join(', ') } as const] : []),
    ...(encoding.kind === 'constant' ? [] : [{ phrase: 'note.otherRandom' } as const]),
  ]
}

function frameworksOf({ layers }: ExperimentDocument['model']): Set<'snntorch' | 'spikingjelly'> {
  return new Set(layers.flatMap(({ kind }) => findLayer(kind)?.framework ?? []))
}

/**
 * A Python script that rebuilds the network, loads the weights (a `.pth` beside it), trains and evaluates; `notes` is
 * what it does otherwise than this program. Throws `export.layer`.
 */
export function planPython({ experiment }: ImportedNetwork): {
  notes: Phrase[]
  script(weights: string): string
} {
  const { model, loss, optimizer, encoding } = experiment
  const { layers, outputShape } = inferModel(model)
  const [lossText, optimizerText, input] = [
    lossCode(loss, experiment.timeSteps),
    optimizerCode(optimizer),
    encodingCode(encoding),
  ]
  const notes: Phrase[] = [
    ...leftOut(experiment),
    ...(lossText ? [] : [{ phrase: 'note.otherLoss', loss: loss.kind } as const]),
    ...(optimizerText ? [] : [{ phrase: 'note.otherOptimizer', optimizer: optimizer.kind } as const]),
    ...(input ? [] : [{ phrase: 'note.otherEncoding', encoding: encoding.kind } as const]),
  ]
  const parts = {
    name: model.name,
    layers: layers.map(layerCode),
    frameworks: frameworksOf(model),
    inputShape: model.input.shape,
    timeSteps: experiment.timeSteps,
    classes: elementCount(outputShape ?? [1]),
    encoding: input ?? 'x.unsqueeze(0).repeat(T, *([1] * x.dim()))',
    loss: lossText ?? 'F.cross_entropy(spikes.sum(0), target)',
    optimizer: optimizerText ?? 'torch.optim.Adam(net.parameters(), lr=5e-4)',
    batchSize: experiment.batchSize,
    epochs: experiment.epochs,
    seed: experiment.seed,
    remarks: notes.map((note) => englishPhrase(note)),
  }
  return { notes, script: (weights) => pythonScript({ ...parts, weights: basename(weights) }) }
}
