import type * as z from 'zod/mini'
import type { endpoints } from '../functions/index.ts'
import type { Problem } from '../functions/kit/answer.ts'
import type { PathNames } from '../functions/kit/endpoint.ts'
import { Failure, type FailureCode } from './failure.ts'

type All = (typeof endpoints)[number]
export type Route = All['route']
type At<R extends Route> = Extract<All, { readonly route: R }>

type Sent<Schema> = NonNullable<Schema> extends infer S extends z.core.$ZodType ? z.input<S> : never
/** Named only where there is something to send, and optional where nothing of it is needed. */
type Part<Name extends string, T> = [T] extends [undefined]
  ? unknown
  : Record<never, never> extends T
    ? { readonly [K in Name]?: T }
    : { readonly [K in Name]: T }

/** What a call of a route has to say: path, query and body, as far as the endpoint has them. */
export type Asked<R extends Route> = Part<'body', Sent<At<R>['body']>> &
  Part<'query', Sent<At<R>['query']>> &
  ([PathNames<R>] extends [never] ? unknown : { readonly path: Readonly<Record<PathNames<R>, string | number>> }) & {
    readonly signal?: AbortSignal
  }

/** What an endpoint answers, by its route. */
export type Answer<R extends Route> = z.output<At<R>['returns']>

/** Nothing need be said where nothing is asked. */
export type Args<R extends Route> = Record<never, never> extends Asked<R> ? [Asked<R>?] : [Asked<R>]
export type Call = <R extends Route>(route: R, ...asked: Args<R>) => Promise<Answer<R>>

interface Parts {
  readonly path?: Readonly<Record<string, string | number>>
  readonly query?: Readonly<Record<string, string | undefined>>
  readonly body?: unknown
  readonly signal?: AbortSignal
}

/** As long as the gateway itself waits for an answer. */
const patienceMilliseconds = 30_000

/**
 * A client of the panel. Its types come from the endpoints themselves; no server code is in it. A session that ran out is
 * renewed once, for however many calls found out at the same time, and the calls are made again.
 */
export function client(renew: Extract<Route, `${string}/refresh`>): Call {
  let renewing: Promise<void> | undefined
  const renewed = (): Promise<void> => {
    renewing ??= send(renew, {})
      .then(() => undefined)
      .finally(() => {
        renewing = undefined
      })
    return renewing
  }
  const call = async (route: Route, asked: Parts = {}): Promise<unknown> => {
    try {
      return await send(route, asked)
    } catch (error) {
      if (!(error instanceof Failure) || !error.sessionIsOver || route === renew) throw error
    }
    await renewed()
    return send(route, asked)
  }
  return call as Call
}

async function send(route: Route, { path = {}, query = {}, body, signal }: Parts): Promise<unknown> {
  const [method = 'GET', template = ''] = route.split(' ')
  const address = template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(path[name] ?? ''))
  const asked = new URLSearchParams(Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))
  const timeout = AbortSignal.timeout(patienceMilliseconds)
  let response: Response
  let text: string
  try {
    response = await fetch(asked.size > 0 ? `${address}?${asked}` : address, {
      method,
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    })
    // A file is told from a page of somebody in between by what only the panel says of it.
    if (response.ok && response.headers.has('content-disposition')) return fileOf(await response.blob())
    text = await response.text()
  } catch (error) {
    if (signal?.aborted) throw error
    throw new Failure('offline', '')
  }
  const value = parsed(text)
  if (!response.ok) throw failureOf(response, value)
  // What is not JSON came from something in between, not from the panel.
  if (value === undefined) throw new Failure('fault', referenceOf(response))
  return value
}

const fileOf = (blob: Blob): File => new File([blob], '', { type: blob.type })

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A refusal in the panel's own form, or what the gateway says in its own. */
function failureOf(response: Response, value: unknown): Failure {
  if (isProblem(value)) {
    const { code, message, reference, detail } = value.error
    return new Failure(code as FailureCode, reference, message, detail)
  }
  return new Failure(gatewayCodes[response.status] ?? 'fault', referenceOf(response))
}

const gatewayCodes: Readonly<Record<number, FailureCode>> = {
  401: 'session-required',
  404: 'not-found',
  413: 'body-too-large',
  429: 'too-many-requests',
}

const referenceOf = ({ headers }: Response): string => headers.get('apigw-requestid') ?? headers.get('x-amz-cf-id') ?? ''

const isProblem = (value: unknown): value is Problem =>
  typeof value === 'object' && value !== null && 'error' in value && typeof value.error === 'object'
