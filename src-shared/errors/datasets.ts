/** Errors of finding, recognising and decoding data. */
export const datasetErrors = {
  'dataset.unknown':
    'No dataset is called "{id}"; known are: {known}. Give one of these, or the path of a folder or file.',
  'dataset.notFound': '{path} does not exist; give the path of a folder or file with a dataset.',
  'dataset.unreadable': '{path} cannot be read: {reason}. Check the file and its permissions.',
  'dataset.notData':
    '{path} looks like {found}; wanted is a dataset: IDX files as MNIST has them, NumPy arrays, or pictures or event recordings in folders by class.',
  'dataset.noImagesInFolder':
    '{path} holds no dataset; wanted are IDX files such as train-images-idx3-ubyte and train-labels-idx1-ubyte (plain or .gz), or pictures or event recordings in folders by class. It holds {holds}.',
  'dataset.ambiguous':
    '{path} holds {count} datasets ({names}); give the path of an image file of one of them.',
  'dataset.empty': '{file} is empty; copy or download it again.',
  'dataset.elementType': '{file} holds {found}; images and labels must be unsigned bytes (IDX type 0x08).',
  'dataset.dimensions': '{file} has {found} dimensions in its IDX header; {wanted}.',
  'dataset.noSamples': '{file} announces {shape}, so it holds no samples; use another file.',
  'dataset.tooLarge':
    '{file} announces {shape} bytes; the most that is read of one file is {limit} bytes, so the file is damaged or no dataset.',
  'dataset.truncated':
    '{file} ends too early: {found} of the {announced} bytes that its header announces are there. Copy or download it again.',
  'dataset.tooLong':
    '{file} goes on after the {announced} bytes that its header announces, so the file is damaged; copy or download it again.',
  'dataset.damaged': '{file} cannot be unpacked: its gzip data are damaged. Copy or download it again.',
  'dataset.noLabels':
    '{file} has no labels beside it; put its labels, a file such as {wanted} (plain or .gz), into the same folder.',
  'dataset.noImages':
    '{file} holds labels, but the images they belong to, a file such as {wanted} (plain or .gz), are not in the same folder.',
  'dataset.countMismatch':
    '{images} holds {imageCount} images, but {labels} holds {labelCount} labels; use files that belong together.',
  'dataset.labelRange':
    '{file}: label {label} of sample {index} is out of range; {classes} classes are numbered 0 to {last}. Use the labels that belong to these images.',
  'dataset.shapesDiffer':
    'The images in {train} are {trainShape}, but those in {test} are {testShape}; training and test images must have one size.',
  'dataset.noTraining':
    '{dataset} has no training samples, only {test} test samples; evaluate with it, or choose another dataset for training.',
  'dataset.noTest':
    '{dataset} has no test samples, only {train} training samples; choose another dataset to evaluate with.',
  'dataset.bundled': 'The dataset "{id}" is part of the program and cannot be removed.',
  'dataset.bundledMissing': 'The bundled samples are missing ({path}); install the program again.',
  'dataset.noRegistry': '{path} cannot be added: no workspace is open to keep the list of datasets in.',
  'registry.damaged': '{file} is not a list of datasets: {detail}. Move the file away to start a new list.',
  'registry.version':
    '{file} has version {found} of the list of datasets; this program reads versions up to {known}. Update the program.',
  'registry.unwritable': 'The list of datasets {file} cannot be written: {reason}. Nothing was changed.',
} as const
