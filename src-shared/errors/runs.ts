/** Errors of the workspace, runs and checkpoints. */
export const runErrors = {
  'workspace.unwritable':
    'The workspace {path} cannot be written: {reason}. Choose another folder with --workspace.',
  'workspace.locked':
    'The workspace {path} is in use by another Spikedesk; close it, or choose another folder with --workspace.',
  'workspace.damaged':
    'The workspace database {path} cannot be read: {reason}. Move the file away to begin a new list of runs; the run folders stay.',
  'workspace.newer':
    'The workspace database {path} has version {found}; this program reads versions up to {known}. Update the program.',
  'run.unknown': 'No run is called "{run}" in {path}.',
  'run.active': 'Run {run} is {state}; stop it first.',
  'run.complete': 'Run {run} already has {found} epochs; give a larger number of epochs to go on.',
  'run.noBatches':
    'The training images make no batch: there are {count}, and a batch of {batchSize} is wanted; take a smaller batch, more images, or keep the last batch.',
  'run.datasetChanged':
    'Run {run} was trained on another state of dataset "{dataset}" (checksum {wanted}, found {found}); restore the files, or start a new run.',
  'run.noCheckpoint': 'Run {run} has no usable checkpoint yet; let it train for an epoch, or pause it.',
  'safetensors.invalid': '{path} is not a whole safetensors file: {detail}.',
  'checkpoint.notFound': 'The checkpoint {path} does not exist.',
  'checkpoint.unreadable': 'The checkpoint {path} cannot be read: {reason}.',
  'checkpoint.unwritable': '{path} cannot be written: {reason}. What was there before is untouched.',
  'checkpoint.foreign':
    '{path} is a safetensors file, but not a checkpoint of Spikedesk: {detail}. Give a file from the checkpoints folder of a run.',
  'checkpoint.version':
    '{path} has version {found} of the checkpoint document; this program reads versions up to {known}. Update the program.',
} as const
