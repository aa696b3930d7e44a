import { z } from 'zod'
import { requests, type RequestName, type ServerMessage } from '../../src-shared/contract.ts'
import { SpikedeskError, toErrorMessage } from '../../src-shared/errors/index.ts'
import type { Handlers } from './context.ts'

const clientMessage = z.strictObject({
  type: z.literal('request'),
  id: z.int().min(0),
  name: z.string().max(100),
  params: z.unknown(),
})

function isRequestName(name: string): name is RequestName {
  return Object.hasOwn(requests, name)
}

/** The first problem in words, e.g. `experiment.epochs: Invalid input: expected number, received string`. */
function problemText({ issues }: z.ZodError): string {
  const [{ path, message }] = issues
  return path.length > 0 ? `${path.join('.')}: ${message}` : message
}

function idOf(message: unknown): number {
  const id = typeof message === 'object' && message !== null && 'id' in message ? message.id : 0
  return Number.isSafeInteger(id) ? (id as number) : 0
}

function parse<Schema extends z.ZodType>(schema: Schema, value: unknown, request: string): z.infer<Schema> {
  const parsed = schema.safeParse(value)
  if (!parsed.success)
    throw new SpikedeskError('message.invalid', { request, detail: problemText(parsed.error) })
  return parsed.data
}

async function handle(handlers: Handlers, message: unknown): Promise<unknown> {
  const { name, params } = parse(clientMessage, message, '')
  if (!isRequestName(name)) throw new SpikedeskError('message.unknown', { request: name })
  const handler = handlers[name] as (params: unknown) => unknown
  return await handler(parse(requests[name].params, params, name))
}

/**
 * Answers what came from a page, whatever it is: checks it against the contract, has it handled, and returns the
 * response, or the failure where anything threw. Never throws.
 */
export async function dispatch(handlers: Handlers, message: unknown): Promise<ServerMessage> {
  const id = idOf(message)
  try {
    return { type: 'response', id, result: await handle(handlers, message) }
  } catch (thrown) {
    return { type: 'failure', id, error: toErrorMessage(thrown) }
  }
}
