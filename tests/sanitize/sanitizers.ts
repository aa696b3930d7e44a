import { join } from 'node:path'

/** A build of the native engine that watches itself. */
export interface Sanitizer {
  /** As the command line names it. */
  name: string
  what: string
  /** For the compiler and the linker. */
  flags: string
  /** Loaded before Node, which is not built with it. */
  library: string
  options: Record<string, string>
  /** Random networks of each kind that go through it. */
  networks: number
  /** Numbers of threads that each of them goes through on. */
  threads: readonly number[]
}

/** All of them, in the order in which they run. */
export const sanitizers: readonly Sanitizer[] = [
  {
    name: 'address',
    what: 'addresses and undefined behaviour',
    flags: '-fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer',
    library: 'libasan.so',
    // What Node keeps to its end is no leak of ours.
    options: { ASAN_OPTIONS: 'detect_leaks=0', UBSAN_OPTIONS: 'print_stacktrace=1' },
    networks: 60,
    threads: [1, 2, 3],
  },
  {
    name: 'thread',
    what: 'threads',
    flags: '-fsanitize=thread',
    library: 'libtsan.so',
    options: { TSAN_OPTIONS: `suppressions=${join(import.meta.dirname, 'node.supp')} exitcode=66` },
    networks: 30,
    // One alone has nothing to race with.
    threads: [2, 3],
  },
]
