import type * as z from 'zod/mini'
import type { PanelCookie } from '../../core/identity/cookies.ts'
import type { Need, Opened, Who } from '../../core/need.ts'
import type { RefusalCode } from '../../core/refusals.ts'
import type { FileAnswer } from './file-answer.ts'
import type { Prepared } from './prepared.ts'

export type Verb = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
export type Route = `${Verb} /${string}`
export type Uses = Readonly<Record<string, Need<unknown>>>
export type Schema = z.core.$ZodType

/** The names in braces of a route: `GET /api/orders/{orderId}` has `orderId`. */
export type PathNames<R extends string> = R extends `${string}{${infer Name}}${infer Rest}` ? Name | PathNames<Rest> : never

/** What `run` is handed. Nothing else is to be reached for: no clock, no environment, no request. */
export interface Call<R extends Route, Caller, Query extends Schema, Body extends Schema, U extends Uses> {
  readonly caller: Caller
  readonly path: Readonly<Record<PathNames<R>, string>>
  readonly query: z.output<Query>
  readonly body: z.output<Body>
  readonly uses: Opened<U>
  readonly now: Date
  /** Names this call in the log and to the caller. */
  readonly reference: string
  readonly viewer: Viewer
  readonly cookies: Cookies
}

/** Where a request came from, as the edge saw it: personal, for the list of sessions and for throttles alone. */
export interface Viewer {
  readonly address: string
  readonly browser: string
}

export interface Cookies {
  get(cookie: PanelCookie): string | undefined
  /** Set with the answer, for as long as the cookie's definition says. */
  set(cookie: PanelCookie, value: string): void
  drop(cookie: PanelCookie): void
}

/**
 * One endpoint, whole. From it follow the route, the function, its role, the OpenAPI document, the site's typed client,
 * the local server and the authorization matrix.
 */
export interface Endpoint<
  R extends Route = Route,
  Caller = unknown,
  Query extends Schema = Schema,
  Body extends Schema = Schema,
  Returns extends Schema = Schema,
  U extends Uses = Uses,
> {
  /** Folder and file: who may call it, and its verb. The Lambda, the log group and the operation bear the same name. */
  readonly name: `${'public' | 'customer' | 'reseller' | 'admin'}.${string}`
  readonly route: R
  readonly summary: string
  readonly who: Who<Caller>
  readonly query?: Query
  readonly body?: Body
  readonly returns: Returns
  /** Answered in place of 200. */
  readonly status?: 201 | 202
  /** What it may refuse besides what every endpoint may. */
  readonly refuses: readonly RefusalCode[]
  readonly uses: U
  /** Whether a shared cache may keep the answer, and for how long. */
  readonly cacheSeconds?: number
  readonly run: (
    call: Call<R, Caller, Query, Body, U>,
  ) => Promise<(Returns extends z.ZodMiniFile ? FileAnswer : z.input<Returns>) | Prepared<Returns>>
}

// biome-ignore lint/suspicious/noExplicitAny: the erased form, in which the registry holds every endpoint
export type AnyEndpoint = Endpoint<any, any, any, any, any, any>

/** What every endpoint may answer, whether or not it says so. */
export const commonRefusals: readonly RefusalCode[] = [
  'invalid-request',
  'not-found',
  'body-too-large',
  'not-through-the-edge',
  'foreign-origin',
  'too-many-requests',
  'session-required',
  'session-ended',
  'account-suspended',
  'account-closed',
  'role-forbids',
]

export const endpoint = <
  const R extends Route,
  Caller,
  Returns extends Schema,
  U extends Uses,
  Query extends Schema = z.ZodMiniUndefined,
  Body extends Schema = z.ZodMiniUndefined,
>(
  definition: Endpoint<R, Caller, Query, Body, Returns, U>,
): Endpoint<R, Caller, Query, Body, Returns, U> => definition
