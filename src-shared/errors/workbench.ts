/** Errors of the workbench: messages, the running training, the served page. */
export const workbenchErrors = {
  'message.unreadable': 'A message of {bytes} bytes could not be read: {detail}.',
  'sample.range':
    'Sample {index} is not there; the {split} split of {dataset} has {count} samples, counted from 0.',
  'training.busy':
    'The run "{name}" is being trained, and one run trains at a time; wait for its end, or stop it first.',
  'training.notActive': 'The run "{run}" is not being trained now, so it cannot be {wish}.',
  'compute.dataCrashed':
    'The compute process ended unexpectedly ({reason}); it starts anew with the next request, so try again.',
  'workbench.closing': 'The workbench is closing; open it again.',
  'saving.noDialogue': 'This host has no dialogue for saving; the browser saves instead.',
  'saving.notChosen': '{path} was not chosen for saving; save it again.',
  'host.port': 'Port {found} is not a port; give a whole number from 0 to 65535 (0 takes any free one).',
  'host.listen': 'The page cannot be served at 127.0.0.1, port {port}: {reason}.',
  'host.noPage':
    'There is no built page in {path} and no source to build it from; install the program again.',
  'host.pageBuild': 'The page could not be built ({reason}); "npm run build:page" shows the whole message.',
} as const
