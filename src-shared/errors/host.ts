/** Errors of the hosts and the command line. */
export const hostErrors = {
  internal: 'Something went wrong inside the program: {detail}',
  'usage.unknownCommand': '"{command}" is not a command; known are: {known}.',
  'usage.unknownOption': '{option} is not an option of "{command}"; see spikedesk {command} --help.',
  'usage.missingValue': '{option} needs a value.',
  'usage.missingArgument': 'spikedesk {command} needs {argument}; see spikedesk {command} --help.',
  'usage.unknownExperiment': '"{found}" is neither a preset nor a file; presets are: {known}.',
  'usage.noValue': '{option} takes no value.',
  'usage.repeatedOption': '{option} is given twice; give it once.',
  'usage.extraArgument': '"{found}" is one word too many; see spikedesk {command} --help.',
  'usage.together': '{option} cannot be given together with {other}.',
  'usage.badWholeNumber': '{option} takes a whole number {range}, not "{found}".',
  'usage.badNumber': '{option} takes a number {range}, not "{found}".',
  'usage.badSetting':
    '{option}: "{found}" is no parameter of {kind} with a value, such as name=1; its parameters are: {known}.',
  'usage.badChoice': '{option} takes one of {wanted}, not "{found}".',
  'bench.tooFew':
    'The dataset {dataset} has {found} images in a split; a measurement needs at least one batch of {wanted}.',
  'bench.noProfile': 'The engine {engine} does not time its ops; --profile needs the engine native.',
  'bench.ended': 'The process of a measurement ended unexpectedly ({reason}); run it again alone.',
  'host.portInUse': 'Port {port} on 127.0.0.1 is in use; choose another with --port.',
  'message.invalid': 'The request "{request}" is not valid: {detail}',
  'message.unknown': 'There is no request called "{request}".',
  'compute.crashed':
    'The compute process ended unexpectedly ({reason}); the run can be resumed from its last checkpoint.',
} as const
