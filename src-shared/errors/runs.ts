/** Errors of the workspace, runs and checkpoints. */
export const runErrors = {
  'workspace.unwritable':
    'The workspace {path} cannot be written: {reason}. Choose another folder with --workspace.',
  'workspace.locked':
    'The workspace {path} is in use by another Spikedesk; close it, or choose another folder with --workspace.',
  'run.unknown': 'No run is called "{run}" in {path}.',
  'checkpoint.notFound': 'The checkpoint {path} does not exist.',
} as const
