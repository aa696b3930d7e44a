import { basename, dirname } from 'node:path'

/** Words of a name as an id: lower case, letters and digits with `-` between them. */
export function slug(text: string): string {
  return (
    text
      .replace(/([a-z])([A-Z])/g, '$1-$2')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '') || 'dataset'
  )
}

/** Names of folders and archives that say nothing of what is in them. */
const sayNothing = /^(raw|gzip|train|test)$/i

/** What a folder or archive is called; the folder around it where it is only called `raw` or `Train`. */
export function placeName(path: string): string {
  const name = basename(path).replace(/\.(zip|tar\.gz|tgz|npz|npy|h5|hdf5|bin)$/i, '')
  return sayNothing.test(name) ? basename(dirname(path)) : name
}
