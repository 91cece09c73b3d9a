import type { Route } from '../functions/kit/endpoint.ts'
import { type Definition, folderOf, registry } from './definitions.ts'

/** The APIs, by who is on the other side. Each has a stack. */
export type ApiName = 'customer' | 'reseller' | 'admin'

/** One route of one definition: a raw endpoint may have several. */
export interface Routed {
  readonly definition: Definition
  readonly route: Route
  readonly verb: string
  readonly path: string
  /** The definition's own name; with its verb where a second route would repeat it. */
  readonly operationId: string
  readonly api: ApiName
}

/** Everybody's and customers' endpoints share an API; what a gateway key opens has its own, and so has what staff do. */
function apiOf(definition: Definition, raw: boolean): ApiName {
  const folder = folderOf(definition)
  if (folder === 'admin') return 'admin'
  // In somebody else's wire format the key is in the body, where no gateway looks for it.
  return folder === 'reseller' && !raw ? 'reseller' : 'customer'
}

export const routes: readonly Routed[] = [
  ...registry.endpoints.map((endpoint) => routed(endpoint, endpoint.route, apiOf(endpoint, false), endpoint.name)),
  ...registry.rawEndpoints.flatMap((endpoint) =>
    endpoint.routes.map((route, index) =>
      routed(endpoint, route, apiOf(endpoint, true), index === 0 ? endpoint.name : `${endpoint.name}.${verbOf(route)}`),
    ),
  ),
]

export const routesOf = (api: ApiName): Routed[] => routes.filter((one) => one.api === api)

function routed(definition: Definition, route: Route, api: ApiName, operationId: string): Routed {
  const path = route.slice(route.indexOf(' ') + 1)
  return { definition, route, verb: verbOf(route), path, operationId, api }
}

function verbOf(route: Route): string {
  return route.slice(0, route.indexOf(' ')).toLowerCase()
}

/** Paths, each with what is said of its verbs. */
export function byPath<T>(all: readonly Routed[], say: (one: Routed) => T): Record<string, Record<string, T>> {
  return Object.fromEntries(
    [...Map.groupBy(all, ({ path }) => path)].map(([path, ones]) => [
      path,
      Object.fromEntries(ones.map((one) => [one.verb, say(one)])),
    ]),
  )
}
