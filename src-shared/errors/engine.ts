/** Errors of compiling and executing programs. */
export const engineErrors = {
  'engine.unknown': 'No engine is called "{engine}"; known are: {known}.',
  'engine.unavailable': 'The {engine} engine is not to be had here: {reason}',
  'engine.layer': 'The {engine} engine cannot run layer "{layer}": {reason}.',
  'engine.layerReference':
    'The {engine} engine cannot run layer "{layer}": {reason}. The reference engine can, slowly.',
  'engine.batch': 'A batch of {found} samples was given; this program takes 1 to {wanted}.',
  'engine.unbound': 'No images are bound for the {split} split; bind a dataset first.',
  'engine.source':
    'The {split} images hold {found} bytes in all and {labels} labels; {wanted} bytes and {count} labels are needed for {count} samples.',
  'engine.sample': 'Sample {found} was asked for, but the {split} split has {count} samples.',
  'engine.values':
    'The batch holds {found} input values, but {wanted} are needed for its samples; check the shape of the input.',
  'engine.spikes': 'The input of this network is spikes, 0 or 1, but the batch holds the value {found}.',
  'engine.frames': 'The frames of the batch do not fit the network: {detail}.',
  'engine.input': 'This program takes {wanted}, but the batch holds {found}; use the other kind of batch.',
  'engine.label':
    'Label {found} has no output; the network has {wanted} outputs, so labels go from 0 to {last}.',
  'engine.state': 'The state does not belong to this network: {detail}.',
  'engine.accumulation':
    'Batch {found} of a step was to wait for the others, but a step averages {wanted}; the last of them is trained.',
  'engine.inTurn': 'These steps cannot be done in one call: {detail}.',
  'engine.memory':
    'Training needs {needed} MiB, but may take {limit} MiB; a smaller batch, fewer time steps or fewer threads need less. The limit is a setting (--step-memory).',
  'engine.memoryRecompute':
    'Training needs {needed} MiB, but may take {limit} MiB. With recompute set to automatic (--recompute automatic) it takes {least} MiB and gives the same results, up to rounding, more slowly; the limit is a setting (--step-memory).',
  'engine.memoryStatistics':
    'Training needs {needed} MiB, but may take {limit} MiB. Layer "{layer}" takes statistics over all time steps, so that these cannot go in stretches: with statistics per step, a smaller batch, fewer time steps or fewer threads it needs less. The limit is a setting (--step-memory).',
  'engine.memoryGoingOn':
    'Going on with this run needs {needed} MiB, but may take {limit} MiB. It goes on as it began, with {steps} time steps kept together, so that it stays the same bit for bit; raise the limit, which is a setting (--step-memory), or train its checkpoint in a new run.',
  'engine.noMemory':
    'The system does not give the memory that this network needs; the machine has {machine} MiB in all. A smaller batch, fewer time steps or fewer threads need less.',
  'engine.noThreads': 'The system does not allow {threads} threads; ask for fewer (--threads).',
  'engine.notFinite':
    'At batch {batch} of epoch {epoch}, {what} became {found}; the run was stopped and its checkpoints stay as they were. A smaller learning rate, or gradients clipped by their norm, usually helps.',
  'engine.inputNotFinite':
    'The input of batch {batch} of epoch {epoch} holds {found}; the run was stopped and its checkpoints stay as they were. Check the data, and what transforms and encoding do to it.',
  'data.threadFailed':
    'A thread that reads samples ended: {reason}. Go on from the last checkpoint; with less memory for samples it may hold.',
} as const
