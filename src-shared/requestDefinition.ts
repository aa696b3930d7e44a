import type { z } from 'zod'

/** A request between page and workbench: the schema of its parameters and the type of its result. */
export interface RequestDefinition<Params extends z.ZodType, Result> {
  params: Params
  /** Carries the type only. */
  result?: Result
}

export function request<Result>() {
  return <Params extends z.ZodType>(params: Params): RequestDefinition<Params, Result> => ({ params })
}
