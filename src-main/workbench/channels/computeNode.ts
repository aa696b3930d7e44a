import type { ForkOptions } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * How Node is started where it computes: with as little memory of its own as can be. Compiled modules come from Node's
 * cache, which saves it from loading the program that strips the types; what lives for a step only needs no large
 * nursery; and the threads of Node's own pools share two heaps of the C library.
 */
export const computeNode: Pick<ForkOptions, 'execArgv' | 'env'> = {
  execArgv: ['--max-semi-space-size=1'],
  env: {
    MALLOC_ARENA_MAX: '2',
    NODE_COMPILE_CACHE: join(tmpdir(), 'node-compile-cache'),
    ...process.env,
  },
}
