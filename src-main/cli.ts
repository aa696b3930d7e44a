import { SpikedeskError, toErrorMessage, errorSentence } from '../src-shared/errors/index.ts'
import { parseArguments } from './cli/arguments.ts'
import { commands, readRequest } from './cli/commands.ts'
import { helpText } from './cli/help.ts'
import { Output } from './cli/output.ts'
import { programVersion } from './cli/version.ts'

/**
 * Entry of the command line. A failure is one sentence on stderr, and with `--json` an error object before
 * it; SPIKEDESK_DEBUG=1 shows where it came from.
 */
async function run(words: readonly string[], output: Output): Promise<number> {
  try {
    const request = readRequest(words)
    switch (request.kind) {
      case 'help':
        process.stdout.write(`${helpText(commands, request.about)}\n`)
        return 0
      case 'version':
        process.stdout.write(`${programVersion()}\n`)
        return 0
      case 'run':
        return await request.command.run(parseArguments(request.command, request.rest), output)
    }
  } catch (thrown) {
    const { code, data } = toErrorMessage(thrown)
    const message = errorSentence(code, data)
    output.event('error', { code, data, message })
    output.note(message)
    if (process.env.SPIKEDESK_DEBUG === '1') console.error(thrown)
    return thrown instanceof SpikedeskError && code.startsWith('usage.') ? 2 : 1
  }
}

/** Runs the command that the words name, and ends the process with its exit code. */
export async function main(words: readonly string[]): Promise<never> {
  // A reader that has seen enough (`| head`) is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    process.exit(error.code === 'EPIPE' ? 0 : 1)
  })
  const output = new Output(words.includes('--json'))
  const exitCode = await run(words, output)
  await output.flush()
  process.exit(exitCode)
}
