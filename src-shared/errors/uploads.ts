/** Errors of handing over the bytes of files that a page was given. */
export const uploadErrors = {
  'upload.name':
    '"{name}" cannot be the name of a file here; rename it, or give the path of the folder instead of dropping it.',
  'upload.tooLarge':
    '{name} has {found} bytes in {files} files; at most {limit} bytes in {most} files can be handed over. Give its path instead of dropping it.',
  'upload.space':
    '{name} needs {needed} bytes, and the disk of the workspace has {free} bytes left; make room, or give its path instead of dropping it.',
  'upload.order': '{name} did not arrive in order, so nothing was kept of it; drop it again.',
  'upload.unknown': 'This transfer has ended; drop the file or folder again.',
  'upload.tooMany': '{count} transfers are under way; wait until one of them has ended.',
  'upload.unwritable': '{name} cannot be kept in the workspace: {reason}. Nothing was kept of it.',
} as const
