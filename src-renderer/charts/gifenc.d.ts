/** What is used of gifenc, which brings no types. */
declare module 'gifenc' {
  export interface GifEncoder {
    /** @param index a palette entry for each pixel, row by row */
    writeFrame(
      index: Uint8Array,
      width: number,
      height: number,
      options: { palette?: number[][]; delay: number; repeat?: number },
    ): void
    finish(): void
    bytes(): Uint8Array<ArrayBuffer>
  }
  export function GIFEncoder(): GifEncoder
}
