const reasons: Record<string, string> = {
  EACCES: 'permission is denied',
  EPERM: 'permission is denied',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  ENOTDIR: 'a part of its path is a file, not a folder',
  EEXIST: 'there is a file of this name',
  EISDIR: 'it is a folder',
  ENOENT: 'a folder of its path does not exist',
  EMFILE: 'too many files are open',
  ENAMETOOLONG: 'the name is too long',
  ELOOP: 'its links lead in a circle',
  EIO: 'the disk reports an error',
  SQLITE_FULL: 'the disk is full',
  SQLITE_READONLY: 'it is read-only',
  SQLITE_READONLY_DBMOVED: 'its database file was moved or deleted while in use',
  SQLITE_CANTOPEN: 'its database cannot be opened',
  SQLITE_BUSY: 'its database is in use by another program',
  SQLITE_NOTADB: 'it is not a database',
  SQLITE_CORRUPT: 'it is damaged',
}

/** The code of an error of the system or of SQLite; empty where it has none. */
export function systemCode(thrown: unknown): string {
  if (typeof thrown !== 'object' || thrown === null || !('code' in thrown)) return ''
  return typeof thrown.code === 'string' ? thrown.code : ''
}

/** Why a file or database could not be used, as part of a sentence. */
export function reasonText(thrown: unknown): string {
  const code = systemCode(thrown)
  const family = code.startsWith('SQLITE_IOERR') ? 'EIO' : code
  return reasons[family] ?? (thrown instanceof Error ? thrown.message : String(thrown))
}
