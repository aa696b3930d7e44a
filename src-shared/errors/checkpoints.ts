/** Errors of files of other programs, and of the networks in them. */
export const checkpointErrors = {
  'file.unknown':
    '{path} looks like {found}; wanted is a checkpoint: .pth or .pt of torch, .safetensors, .nir, .npz or .npy.',
  'file.damaged': '{path} cannot be opened as a checkpoint: {problem}.',
  'network.none': '{path} holds no network that can be run: {problem}.',
  'network.answer': '"{question}" is not asked about {path}; questions are: {known}.',
  'answers.unreadable': '{file} cannot be read as answers: {reason}.',
} as const
