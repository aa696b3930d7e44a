/** Errors of files of other programs, and of the networks in them. */
export const checkpointErrors = {
  'file.unknown':
    '{path} looks like {found}; wanted is a checkpoint: .pth or .pt of torch, .safetensors, .nir, .npz or .npy.',
  'file.damaged': '{path} cannot be opened as a checkpoint: {problem}.',
  'network.none': '{path} holds no network that can be run: {problem}.',
  'network.answer': '"{question}" is not asked about {path}; questions are: {known}.',
  'answers.unreadable': '{file} cannot be read as answers: {reason}.',
  'tensor.unknown': '{path} holds no tensor "{tensor}".',
  'tensor.large': 'A tensor of {path} has {count} elements; statistics and text are made of at most {limit}.',
  'tensor.slice':
    'The tensor "{tensor}" has the shape {shape}; the axes and indices that were asked for are not among it.',
  'tensor.spectrum':
    'The singular values of "{tensor}" ({rows}×{columns}) would take minutes: rows times columns times the smaller of both is {product}, and at most {limit} is computed.',
  'tensor.notFinite': '"{tensor}" has elements that are not finite, so it has no singular values.',
  'tensor.export': 'The elements of "{tensor}" ({type}) are no single numbers, so they cannot be written.',
  'export.format': 'The name {path} means no format; known endings are: {known}.',
  'evaluation.cancelled': 'The evaluation of {path} was stopped.',
  'weights.misfit':
    'The weights of {path} do not fit the network: "{name}" is {found} there, and {wanted} here; build the network as it is in the file.',
  'export.exists':
    '{path} exists already; choose another name, or allow it to be replaced (--overwrite on the command line).',
  'export.layer': '{format} has nothing like layer "{layer}" ({kind}); choose another format.',
} as const
