import { readFileSync } from 'node:fs'
import { cookies as customerCookies, staffCookies } from '../../core/identity/cookies.ts'
import { refusals } from '../../core/refusals.ts'
import { endpoints } from '../../functions/index.ts'

/** Which of the two addresses: the customers' site, or the console. */
export type Door = 'site' | 'console'

/** The edge function in front of the APIs of an address, ready to be deployed (or to be run by a local panel, over http). */
export function apiRequestFunction(door: Door, scheme: 'https' | 'http' = 'https'): string {
  const open = endpoints
    .filter((endpoint) => endpoint.who.kind === 'anyone' && isBehind(door, endpoint.route))
    .map((endpoint) => endpoint.route)
  const settings = {
    scheme,
    accessCookie: door === 'site' ? customerCookies.access.name : staffCookies.access.name,
    open,
    sessionRequired: refusals['session-required'].says,
  }
  return source('api-request.js').replace('__SETTINGS__', JSON.stringify(settings))
}

export const pageRequestFunction = (): string => source('page-request.js')

const source = (file: string): string => readFileSync(new URL(file, import.meta.url), 'utf8')

/** The admin API is behind the console's address, every other behind the site's. */
const isBehind = (door: Door, route: string): boolean => route.includes(' /api/admin/') === (door === 'console')
