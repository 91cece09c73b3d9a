import type { Incoming } from './incoming.ts'

/** A route with names in braces, as the gateway matches it. */
export interface Route<T> {
  readonly verb: string
  readonly segments: readonly string[]
  readonly target: T
}

export function route<T>(text: string, target: T): Route<T> {
  const [verb = '', path = ''] = text.split(' ')
  return { verb, segments: path.split('/'), target }
}

/** The route that fits, with what stands in the place of its names. A route without names goes before one with. */
export function match<T>(
  routes: readonly Route<T>[],
  { method, path }: Pick<Incoming, 'method' | 'path'>,
): { readonly route: Route<T>; readonly path: Record<string, string> } | undefined {
  const segments = path.split('/')
  let best: { readonly route: Route<T>; readonly path: Record<string, string> } | undefined
  for (const candidate of routes) {
    if (candidate.verb !== method || candidate.segments.length !== segments.length) continue
    const names: Record<string, string> = {}
    const fits = candidate.segments.every((segment, index) => {
      const given = segments[index] ?? ''
      if (!segment.startsWith('{')) return segment === given
      names[segment.slice(1, -1)] = decoded(given)
      return given !== ''
    })
    if (fits && (!best || Object.keys(names).length < Object.keys(best.path).length)) best = { route: candidate, path: names }
  }
  return best
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
