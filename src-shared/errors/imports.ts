/** Errors of importing datasets: archives, recordings of events, pictures. */
export const importErrors = {
  'dataset.fileTooLarge':
    '{file} has {found} bytes; the most that is read of one recording or picture is {limit} bytes. Cut it into parts.',
  'dataset.wantsImages':
    '{dataset} holds event recordings, and this needs images; choose a dataset of images.',
  'dataset.wantsEvents':
    '{dataset} holds images, and this needs event recordings; choose a dataset of events, or make one from the images.',
  'dataset.noWorkspace':
    '"{id}" is made in a workspace when it is first used, and no workspace is open; open one first.',
  'dataset.notImported':
    '{path} holds recordings or pictures that are imported before they are read; add it first, e.g. with "spikedesk datasets add".',
  'dataset.packedDamaged':
    'The imported file {file} is damaged; add the dataset again from where it came from.',
  'dataset.packedVersion':
    '{file} has version {found} of imported datasets; this program reads versions up to {known}. Update the program.',
  'dataset.importUnwritable': 'The import into {path} cannot be written: {reason}. Nothing was kept of it.',
  'dataset.cancelled': 'The import of {path} was cancelled; nothing was kept of it.',
  'dataset.classesMissing':
    '{path} has no {split} samples of {missing}; {name} has {classes} classes in each split. Copy or download it again, or import it with problems left out.',
  'dataset.tooManyClasses': '{path} has {found} folders of classes; at most {limit} classes are read.',
  'dataset.importProblems':
    '{path}: {count} of its {total} samples cannot be taken as they are; the first, {first}, {kind}. Replace the files ({names}), or import the set with problems left out or repaired.',
  'dataset.nothingLeft': '{path} holds no usable sample: all {count} are damaged, empty or not in order.',
  'dataset.singleRecording':
    '{path} is a single recording ({format}); a dataset is a folder that has a folder of recordings for each class. "spikedesk datasets info" describes a single one.',
  'dataset.missingFile': '{path} has no {wanted}, which {name} needs; copy it there.',
  'dataset.recordLength':
    '{file} has {found} bytes, which is no multiple of the {wanted} bytes of one image; copy or download it again.',
  'recording.truncated':
    '{file} ends in the middle of an event: {found} bytes are no multiple of the {wanted} bytes of one. Copy or download it again.',
  'recording.foreign':
    '{file} is no recording of events that is known here, whatever its name says; wanted is one of: {wanted}.',
  'recording.damaged': '{file} is damaged: {detail}. Copy or download it again.',
  'recording.line': '{file}: line {line} is "{found}"; wanted are {wanted}.',
  'recording.value':
    '{file}: event {index} has the {column} {found}; wanted are whole numbers from 0 to {last}.',
  'recording.empty': '{file} holds no events, but a recording has at least one; replace it, or leave it out.',
  'recording.unsorted':
    '{file}: time goes backwards (times: {events}, first at event {index}), but the events of a recording are in the order of time; replace it, or import the set with problems left out or repaired.',
  'recording.outside':
    '{file} has events outside the sensor of {width} × {height} pixels (events: {events}, the first at x {x}, y {y}); replace it, or import the set with problems left out or repaired.',
  'recording.tooLong':
    '{file} lasts {seconds} seconds; the longest recording that can be imported has 4294 seconds. Cut it into parts.',
  'array.damaged': '{file} is no whole NumPy array: {detail}.',
  'array.type': '{file} holds values of the type {found}; wanted are {wanted}.',
  'array.shape': '{file} holds an array of the shape {found}; wanted is {wanted}.',
  'array.missing': '{file} has no array called {wanted}; it holds {holds}.',
  'hdf.damaged': '{file} cannot be read as an HDF5 file ({detail}); copy or download it again.',
  'hdf.missing':
    '{file} has no "{missing}"; wanted is an HDF5 file as SHD and SSC have it, with spikes/times, spikes/units and labels.',
  'hdf.shape': '{file}: "{name}" is {found}; wanted is {wanted}.',
  'picture.unreadable':
    '{file} is no picture that can be read ({detail}); replace it, or import the set with problems left out.',
  'picture.size':
    '{file} is {found}, but the first picture of the set is {wanted}; all pictures of a set must have one size. Resize it, or import the set with problems left out.',
  'picture.tooLarge': '{file} has {width} × {height} pixels; at most {limit} pixels are read of one picture.',
  'picture.total':
    '{path} would take more than {limit} bytes of pixels, the most that is kept of a set of images; take fewer or smaller pictures.',
  'archive.unsafeName':
    '{file} is refused: it names a file "{name}" that would lie outside of it, as no archive of data does.',
  'archive.absurd':
    '{file} is refused: it says that "{name}" unpacks from {packed} to {found} bytes, as no data do. Copy or download it again.',
  'archive.damaged':
    '{file} is no whole archive: its list of files cannot be read. Copy or download it again.',
  'archive.damagedEntry':
    '{file}: "{name}" in it is damaged, its content does not match its checksum. Copy or download the archive again.',
  'archive.encrypted': '{file}: "{name}" in it is encrypted; unpack it with its password first.',
  'archive.method':
    '{file}: "{name}" in it is packed with method {method}, which is not read here; pack it again with deflate.',
  'archive.nameTwice': '{file} lists "{name}" twice, so the archive is damaged; copy or download it again.',
  'archive.tooMany': '{path} holds more than {limit} files, the most that are looked at.',
} as const

/** Parts of these sentences. */
export const importPhrases = {
  'problem.unreadable': 'is damaged',
  'problem.empty': 'holds no events',
  'problem.unsorted': 'goes backwards in time',
  'problem.outside': 'has events outside the sensor',
  'problem.tooLong': 'lasts too long',
  'problem.size': 'has another size',
  'problem.duplicated': 'is there twice',
  'problem.dropped': 'lost events to the settings',
  'problem.missing': 'is missing',
  'detail.header': 'its header does not end',
  'detail.headerValues': 'its header says what cannot be',
  'detail.short': 'it ends too early',
  'detail.packet': 'its packet at byte {at} does not fit',
  'detail.unpack': 'its packet at byte {at} cannot be unpacked',
  'detail.noEvents': 'it has no stream of events',
  'detail.compression': 'its packets are compressed in the unknown way {found}',
  'detail.png': 'a damaged PNG file',
  'detail.jpeg': 'a damaged JPEG file',
  'detail.neither': 'neither PNG nor JPEG',
  'wanted.txyp': 'the time, x, y and polarity (0 or 1) of an event, with commas between them',
  'wanted.gesture': 'a class from 1 to 11, a start and an end time in µs',
  'wanted.trials': 'names of recordings that are there',
  'wanted.numbers': 'integers or floats',
  'wanted.bytes': 'unsigned bytes',
  'wanted.integers': 'integers',
  'wanted.eventArray': '[events, 4], or a structured array with the fields t, x, y and p',
  'wanted.eventVector': '[events], as long as the times',
  'wanted.imageArray': '[images, height, width], with the channels first or last where there are any',
  'wanted.labelArray': '[images], as many as there are images',
  'wanted.vlenNumbers': 'a list of numbers for each recording',
  'wanted.labels': 'a whole number from 0 to 255 for each recording',
  'found.other': 'something else',
  'found.entries': '{count} entries',
} as const
