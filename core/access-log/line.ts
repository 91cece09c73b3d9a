import { readNetwork } from '../network/networks.ts'
import { pathOf, referrerOf } from './address.ts'
import { type Browser, browserName, browserOf } from './browser.ts'

/** What is kept of a request (P-LOG-1), and nothing else. */
export interface LogEntry {
  readonly address: string
  readonly browser: string
  readonly at: Date
  readonly referrer?: string | undefined
  readonly page: string
}

export type Door = 'site' | 'console'

/** A line of a log file: the entry that is kept of it, and what is only counted. */
export interface LogLine {
  readonly entry: LogEntry
  readonly door: Door
  readonly status: number
  readonly browser: Browser
  /** What tells visitors of a day apart: goes into a keyed hash, and nowhere else. */
  readonly visitor: string
  readonly referrerHost: string | undefined
}

/** As CloudFront names them. The status is counted and not kept. No query, no cookie: they are not asked for. */
export const loggedFields = ['date', 'time', 'c-ip', 'sc-status', 'cs(User-Agent)', 'cs(Referer)', 'cs-uri-stem'] as const
export type RawLine = Readonly<Record<(typeof loggedFields)[number], string>>

/** Reads a line of a file; undefined for one that is none. */
export function readLine(text: string, door: Door): LogLine | undefined {
  const raw = rawOf(text)
  if (!raw) return undefined
  const at = new Date(`${raw['date']}T${raw['time']}Z`)
  const status = Number(raw['sc-status'])
  const address = raw['c-ip']
  if (!/^\d{4}-\d\d-\d\d$/.test(raw['date']) || Number.isNaN(at.getTime()) || address.includes('/') || !readNetwork(address))
    return undefined
  const userAgent = agentOf(raw['cs(User-Agent)'])
  const browser = browserOf(userAgent)
  const referrer = referrerOf(raw['cs(Referer)'])
  const path = pathOf(raw['cs-uri-stem'])
  return {
    entry: {
      address,
      browser: browserName(browser),
      at,
      referrer: referrer?.address,
      page: door === 'console' ? `console:${path}` : path,
    },
    door,
    status: Number.isInteger(status) ? status : 0,
    browser,
    visitor: userAgent,
    referrerHost: referrer?.host,
  }
}

function rawOf(text: string): RawLine | undefined {
  try {
    const line: unknown = JSON.parse(text)
    return isRaw(line) ? line : undefined
  } catch {
    return undefined
  }
}

const isRaw = (line: unknown): line is RawLine =>
  typeof line === 'object' &&
  line !== null &&
  loggedFields.every((field) => field in line && typeof Reflect.get(line, field) === 'string')

/** The log writes a browser's name encoded; `-` stands for none. */
function agentOf(logged: string): string {
  try {
    return decodeURIComponent(logged)
  } catch {
    return logged
  }
}
