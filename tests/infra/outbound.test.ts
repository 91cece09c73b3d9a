import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { definitions, grantsOf } from '../../lib/definitions.ts'
import { readSettings } from '../../lib/settings.ts'
import { synthesise } from './panel.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const files = globSync('{core,data,outside,functions}/**/*.ts', { cwd: root })

/** Files that open a connection by hand. AWS is spoken to through its own clients. */
const callers = files.filter((file) =>
  /['"](?:node:)?(?:https?|http2|net|tls|dgram|undici)['"]|\bfetch\(/.test(readFileSync(`${root}${file}`, 'utf8')),
)

describe('P-SH-2: who is called besides AWS', () => {
  test('is called from the files named here, and from no other', () => {
    expect(files.length).toBeGreaterThan(300)
    const open = callers.filter((file) => !/^outside\/providers\/address\.ts$|^core\/network\//.test(file))
    expect(open.sort()).toEqual(['outside/providers/exchange.ts', 'outside/rates/ask-rates.ts'])
  })

  test('is a source of exchange rates only where the operator set one, and then for one worker', () => {
    expect(definitions.filter((one) => grantsOf(one).some(({ on }) => on === 'rates')).map(({ name }) => name)).toEqual([
      'workers.fetch-rates',
    ])
    const named = (over: Readonly<Record<string, unknown>>): boolean =>
      [...synthesise(over, 'packs alone').values()].some(({ text }) => text.includes('RATES_URL'))
    expect(named({})).toBe(false)
    expect(named({ ratesUrl: 'https://www.ecb.europa.eu/stats/eurofxref/eurofxref-daily.xml' })).toBe(true)
  })

  test('is never a source of rates without TLS, on a port of its own choice, or with a secret in its address', () => {
    const operator = { name: 'O', address: 'A', email: 'o@panel.example', country: 'Ireland' }
    const read = (ratesUrl: string) => () => readSettings({ panel: { operator, panelName: 'P', ledgerCurrency: 'USD', ratesUrl } })
    for (const url of [
      'http://www.ecb.europa.eu/x.xml',
      'https://10.0.0.1/x.xml',
      'https://localhost/x.xml',
      'https://me:pw@bank.example/x.xml',
      'https://bank.example:22/x.xml',
      'https://bank.example/x.xml?key=1',
    ])
      expect(read(url), url).toThrow()
    expect(read('https://bank.example/daily.xml')).not.toThrow()
  })
})
