import type { DatasetFit } from '../../src-shared/checkpointContract.ts'
import type { DatasetCard } from '../../src-shared/contract.ts'
import { SpikedeskError, toErrorMessage, type ErrorMessage } from '../../src-shared/errors/index.ts'
import type { Answers } from '../../src-shared/importedNetwork.ts'
import type { OpenedFile } from '../checkpoints/files/openedFile.ts'
import { importNetwork } from '../checkpoints/networks/importNetwork.ts'
import { requireFit } from './prepare.ts'

function problemOf(file: OpenedFile, answers: Answers, card: DatasetCard): ErrorMessage | null {
  if (card.problem) return card.problem
  try {
    const { experiment } = importNetwork(file, { answers, sampleShape: card.shape })
    requireFit(experiment, card)
    return null
  } catch (thrown) {
    if (thrown instanceof SpikedeskError) return toErrorMessage(thrown)
    throw thrown
  }
}

/**
 * Which datasets the network of a file can look at, in their order. What depends on the size of the samples is
 * asked anew for each of them. One without test samples fits all the same: its training samples can be traced.
 */
export function fittingDatasets(
  file: OpenedFile,
  answers: Answers,
  cards: readonly DatasetCard[],
): DatasetFit[] {
  return cards.map((card) => ({ id: card.id, problem: problemOf(file, answers, card) }))
}
