/**
 * What the sanitizers watch: networks and recordings through everything that the C++ sources do with them. Numbers are
 * compared elsewhere; here only memory and threads are looked at. Takes how many random networks of each kind, and
 * the numbers of threads.
 */
import { instructionSet } from '../../src-main/engine/backends/native/addon.ts'
import { runNetworks } from './networks.ts'
import { runRecordings } from './recordings.ts'

const [count, ...threads] = process.argv.slice(2).map(Number)
const networks = runNetworks(count, threads)
console.log(`${instructionSet()}: ${networks} networks, ${runRecordings()} recordings`)
