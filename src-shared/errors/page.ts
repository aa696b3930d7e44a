/** Errors that the page itself finds. */
export const pageErrors = {
  'host.disconnected':
    'The connection to the workbench was lost; the page connects again as soon as it answers. Training goes on.',
  'drop.empty': '"{name}" holds no files; drop a folder or file with a dataset, or type its path.',
  'drop.notOne': '"{name}" is {count} files; drop one checkpoint file here, and datasets on the Data screen.',
  'drop.unreadable': 'The browser could not read "{file}"; type its path instead.',
  'model.inputShape':
    'The input shape is "{found}"; give the size of each axis as whole numbers, such as 1×28×28 or 784.',
  'model.layerName': 'A layer cannot be called "{found}"; give it a name of 1 to 100 characters.',
} as const
