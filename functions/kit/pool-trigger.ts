import type { Context } from 'aws-lambda'
import * as z from 'zod/mini'
import type { Failing } from './worker.ts'

/** Decides what stands in a token that a user pool is about to make. Asked for every token: it may use nothing that could fail. */
export interface PoolTrigger {
  readonly name: `identity.${string}`
  readonly summary: string
  readonly failing: Failing
  readonly uses: Readonly<Record<string, never>>
  /** By what the panel said of itself when it asked for the token. */
  readonly run: (asked: Readonly<Record<string, string>>) => { readonly add: string[]; readonly suppress: string[] }
}

export const poolTrigger = (definition: PoolTrigger): PoolTrigger => definition

const tokenEvent = z.looseObject({ request: z.object({ clientMetadata: z.nullish(z.record(z.string(), z.string())) }) })

export type DecideHandler = (event: unknown, context: Context) => Promise<unknown>

/** Cognito's event of form 2.0. It names a person, so nothing of it is logged; a throw means that no token is made. */
export const decide =
  ({ run }: PoolTrigger): DecideHandler =>
  async (event) => {
    const asked = tokenEvent.parse(event)
    const { add, suppress } = run(asked.request.clientMetadata ?? {})
    const accessTokenGeneration = { scopesToAdd: add, scopesToSuppress: suppress }
    return { ...asked, response: { claimsAndScopeOverrideDetails: { accessTokenGeneration } } }
  }
