import { addonIfAny } from './addon.ts'

/**
 * Fills an array with the permutation that `permutation` of `src-shared/philox.ts` gives for its length, bit for bit;
 * `purpose` is a number of `purposes`. Throws on what is no unsigned 32-bit number; see
 * `src-native/addon/order_functions.cc`.
 */
export type Permute = (order: Uint32Array, seed: number, purpose: number, stream: number) => void

/** The shuffle in C++; null where the addon does not load, or was built before it had one. */
export function nativePermute(): Permute | null {
  return addonIfAny<{ permute?: Permute }>()?.permute ?? null
}
