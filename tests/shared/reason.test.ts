import { describe, expect, it } from 'vitest'
import { reasonOf, systemCode, writingReasonOf } from '../../src-shared/errors/reason.ts'

function errorWith(code: string): Error {
  return Object.assign(new Error(`${code}: an error, open '/data'`), { code })
}

describe('why a file could not be used', () => {
  it('is said in words where there are some, else by the code of the system, never by a path', () => {
    expect(reasonOf(errorWith('EACCES'))).toEqual({ phrase: 'reason.permission' })
    expect(reasonOf(errorWith('SQLITE_IOERR_FSYNC'))).toEqual({ phrase: 'reason.disk' })
    expect(reasonOf(errorWith('EXDEV'))).toBe('EXDEV')
  })

  it('is the message of what is no error of the system', () => {
    expect(reasonOf(new Error('no code'))).toBe('no code')
    expect(reasonOf(errorWith('ERR_FS_FILE_TOO_LARGE'))).toContain('an error')
    expect(reasonOf('text')).toBe('text')
    expect([systemCode(null), systemCode({ code: 7 }), systemCode(errorWith('EIO'))]).toEqual(['', '', 'EIO'])
  })

  it('is a missing folder where something is written, and a missing file where it is read', () => {
    expect(writingReasonOf(errorWith('ENOENT'))).toEqual({ phrase: 'reason.folderMissing' })
    expect(reasonOf(errorWith('ENOENT'))).toEqual({ phrase: 'reason.missing' })
    expect(writingReasonOf(errorWith('ENOSPC'))).toEqual({ phrase: 'reason.diskFull' })
  })
})
