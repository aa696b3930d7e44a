/** Brightness of every byte, `[256]`: byte / 255 in float32. */
export const greyLevels: Float32Array = Float32Array.from({ length: 256 }, (_, byte) => byte / 255)
