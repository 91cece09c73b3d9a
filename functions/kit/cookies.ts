import { cookieAttributes } from '../../core/identity/cookies.ts'
import type { Cookies } from './endpoint.ts'

/** The cookies of a request, and those that go back with its answer. */
export function cookieJar(given: ReadonlyMap<string, string>): Cookies & { readonly toSet: readonly string[] } {
  const toSet: string[] = []
  const put = (name: string, value: string, path: string, seconds: number): void => {
    toSet.push(`${name}=${value}; Path=${path}; Max-Age=${seconds}; ${cookieAttributes.join('; ')}`)
  }
  return {
    toSet,
    get: ({ name }) => given.get(name),
    set: ({ name, path, maxAgeSeconds }, value) => put(name, value, path, maxAgeSeconds),
    drop: ({ name, path }) => put(name, '', path, 0),
  }
}
