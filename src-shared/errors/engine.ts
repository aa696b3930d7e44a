/** Errors of compiling and executing programs. */
export const engineErrors = {
  'engine.unknown': 'No engine is called "{engine}"; known are: {known}.',
  'engine.unavailable': 'The {engine} engine is not to be had here: {reason}',
  'engine.notFinite':
    'The loss became {found} at batch {batch} of epoch {epoch}; the run was stopped. A smaller learning rate usually helps.',
} as const
