import { gzipSync } from 'node:zlib'

/** The head of a file in a tar archive, as the format says. */
export function tarHead(name: string, size: number): Buffer {
  const head = Buffer.alloc(512)
  head.write(name)
  head.write(size.toString(8).padStart(11, '0'), 124)
  head.write('        0ustar', 148, 'latin1')
  const sum = head.reduce((a, b) => a + b, 0)
  head.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return head
}

/** A tar archive of the files. */
export function tarFile(files: Record<string, Uint8Array>): Buffer {
  const parts = Object.entries(files).flatMap(([name, bytes]) => [
    tarHead(name, bytes.length),
    bytes,
    Buffer.alloc((512 - (bytes.length % 512)) % 512),
  ])
  return Buffer.concat([...parts, Buffer.alloc(1024)])
}

/** The same, gzip-packed. */
export function tarGzFile(files: Record<string, Uint8Array>): Buffer {
  return gzipSync(tarFile(files))
}
