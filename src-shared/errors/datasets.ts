/** Errors of finding, recognising and decoding data. */
export const datasetErrors = {
  'dataset.unknown':
    'No dataset is called "{id}"; known are: {known}. Give one of these, or the path of a folder or file.',
  'dataset.notFound': '{path} does not exist; give the path of a folder or file with a dataset.',
} as const
