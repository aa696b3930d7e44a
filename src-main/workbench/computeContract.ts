import type { EngineInfo, RequestName, RequestParams, RequestResult } from '../../src-shared/contract.ts'

/**
 * What compute processes do, and which of the two does it: `training` trains; `data` reads datasets, previews,
 * traces and evaluates, so that all of this stays quick while a network trains.
 */
export const computeRoles = {
  'engines.list': 'data',
  'datasets.list': 'data',
  'datasets.import': 'data',
  'datasets.makeEvents': 'data',
  'datasets.verify': 'data',
  'datasets.cancel': 'data',
  'datasets.prepare': 'data',
  'datasets.licence': 'data',
  'datasets.uploadBegin': 'data',
  'datasets.uploadParts': 'data',
  'datasets.uploadEnd': 'data',
  'datasets.uploadDiscard': 'data',
  'datasets.recording': 'data',
  'datasets.remove': 'data',
  'datasets.samples': 'data',
  'transforms.preview': 'data',
  'encoding.study': 'data',
  'encoding.targets': 'data',
  'model.cost': 'data',
  'model.neuron': 'data',
  'activity.trace': 'data',
  'checkpoints.open': 'data',
  'checkpoints.answer': 'data',
  'checkpoints.datasets': 'data',
  'checkpoints.evaluate': 'data',
  'checkpoints.cancel': 'data',
  'checkpoints.trace': 'data',
  'checkpoints.compare': 'data',
  'checkpoints.compareTensor': 'data',
  'checkpoints.exportNotes': 'data',
  'checkpoints.export': 'data',
  'contents.tensor': 'data',
  'contents.histogram': 'data',
  'contents.values': 'data',
  'contents.heatMap': 'data',
  'contents.pictures': 'data',
  'contents.text': 'data',
  'contents.numbers': 'data',
  'contents.training': 'data',
  'contents.export': 'data',
  'contents.filePart': 'data',
  'saving.write': 'data',
  'training.start': 'training',
  'training.continue': 'training',
  'training.pause': 'training',
  'training.resume': 'training',
  'training.stop': 'training',
} as const satisfies Record<string, 'training' | 'data'>

export type ComputeRole = 'training' | 'data'
export type ComputeName = keyof typeof computeRoles

/** Parameters and results are those of the page's contract, but for what only the workbench asks. */
export type ComputeParams<Name extends ComputeName> = Name extends RequestName
  ? RequestParams<Name>
  : Record<string, never>
export type ComputeResult<Name extends ComputeName> = Name extends RequestName
  ? RequestResult<Name>
  : EngineInfo[]

/** One function for each thing that a compute process does. */
export type ComputeJobs = {
  [Name in ComputeName]: (params: ComputeParams<Name>) => ComputeResult<Name> | Promise<ComputeResult<Name>>
}

/** The request after which a process has stopped its training with a checkpoint and may be ended. */
export const closeRequest = 'close'
