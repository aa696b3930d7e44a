/**
 * The terminal sends Ctrl-C to every process in the foreground, and launchers pass it on as well, so one
 * press may arrive several times within a moment.
 */
const onePressMilliseconds = 400

const exitCodes = { SIGINT: 130, SIGTERM: 143 } as const

/**
 * Calls `stop` with the exit code that belongs to the signal on the first interrupt; a second one ends the
 * process at once. Gives back what ends this.
 */
export function onInterrupt(stop: (exitCode: number) => void): () => void {
  let firstAt: number | null = null
  const listeners = Object.entries(exitCodes).map(([signal, exitCode]) => {
    const listener = (): void => {
      const now = performance.now()
      if (firstAt === null) {
        firstAt = now
        stop(exitCode)
      } else if (now - firstAt > onePressMilliseconds) {
        process.exit(exitCode)
      }
    }
    process.on(signal, listener)
    return [signal, listener] as const
  })
  return () => {
    for (const [signal, listener] of listeners) process.off(signal, listener)
  }
}
