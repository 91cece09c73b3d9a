import type { Cookies } from './endpoint.ts'

/** The cookies of a request, and those that go back with its answer. */
export function cookieJar(given: ReadonlyMap<string, string>): Cookies & { readonly toSet: readonly string[] } {
  const toSet: string[] = []
  return {
    toSet,
    get: (name) => given.get(name),
    set: (name, value, { path, maxAgeSeconds }) => {
      toSet.push(`${name}=${value}; Path=${path}; Max-Age=${maxAgeSeconds}; HttpOnly; Secure; SameSite=Strict`)
    },
  }
}
