import { createServer, type Server } from 'node:http'
import { type AddressInfo, createServer as createTcpServer } from 'node:net'
import { describe, expect, test } from 'vitest'
import { type Exchange, exchange, formatExchange, parseExchange } from '../../core/catalogue/exchange.ts'
import { dailyRate, followed, isAskedSince, isStale, movedBy } from '../../core/rates/daily-rate.ts'
import { readReferenceRates } from '../../core/rates/reference-rates.ts'
import { get } from '../../outside/rates/ask-rates.ts'

const now = new Date('2026-11-27T16:00:00.000Z')
const read = (body: string) => readReferenceRates(body, now)

/** As the bank writes it, line for line. */
const published = (
  rows = "<Cube currency='USD' rate='1.1604'/>\n\t\t\t<Cube currency='JPY' rate='180.94'/>",
  day = '2026-11-27',
) => `<?xml version="1.0" encoding="UTF-8"?>
<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
\t<gesmes:subject>Reference rates</gesmes:subject>
\t<gesmes:Sender>
\t\t<gesmes:name>European Central Bank</gesmes:name>
\t</gesmes:Sender>
\t<Cube>
\t\t<Cube time='${day}'>
\t\t\t${rows}
\t\t</Cube>
\t</Cube>
</gesmes:Envelope>
`
const usd = (rate: string): string => `<Cube currency='USD' rate='${rate}'/>`

describe('the rates of a day', () => {
  test('are read as they are published, and on one line', () => {
    const rates = read(published())
    expect(rates?.day).toBe('2026-11-27')
    expect([...(rates?.perEuro ?? [])]).toEqual([
      ['USD', '1.1604'],
      ['JPY', '180.94'],
    ])
    expect(read(published().replace(/[\n\t]/g, ''))).toEqual(rates)
  })

  test.each<readonly [string, string]>([
    ['nothing', ''],
    ['a page for people', '<!doctype html><html><body>Moved</body></html>'],
    ['JSON', '{"USD":1.16}'],
    [
      'an entity bomb',
      published(usd('1')).replace('<gesmes:Env', '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><gesmes:Env'),
    ],
    ['an entity in place of a rate', published(usd('&a;'))],
    ['a file from elsewhere by an entity', published().replace('Reference rates', '<!ENTITY x SYSTEM "file:///etc/passwd">')],
    ['a negative rate', published(usd('-1.16'))],
    ['a rate of nothing', published(usd('0.0000'))],
    ['a rate with an exponent', published(usd('1e3'))],
    ['a rate with a comma', published(usd('1,16'))],
    ['a rate that is not a number', published(usd('NaN'))],
    ['a rate without end', published(usd('9'.repeat(40)))],
    ['a currency twice', published(usd('1.16') + usd('11.6'))],
    ['the euro against itself', published("<Cube currency='EUR' rate='2'/>")],
    ['no currency at all', published('')],
    ['something between the rows', published(`${usd('1.16')}<x/>`)],
    ['a comment', published(`<!-- ${usd('1')} -->${usd('1.16')}`)],
    ['a script within', published(`${usd('1.16')}<script>1</script>`)],
    ['two documents', published() + published()],
    ['half a document', published().slice(0, -30)],
    ['two days', published().replace('</Cube>\n\t</Cube>', `</Cube><Cube time='2026-11-26'>${usd('1')}</Cube></Cube>`)],
    ['a day that is none', published(undefined, '2026-02-30')],
    ['a day to come', published(undefined, '2026-12-24')],
    [
      'more currencies than there are',
      published(
        Array.from(
          { length: 300 },
          (_, n) => `<Cube currency='A${String.fromCharCode(65 + (n % 26), 65 + ((n / 26) | 0))}' rate='2'/>`,
        ).join(''),
      ),
    ],
  ])('are not read from %s', (_, body) => {
    expect(read(body)).toBeUndefined()
  })

  test('are looked for in a body of any kind without taking long over it', () => {
    for (const piece of [' ', '<', "<Cube currency='USD' rate='1'/>", '<Cube>', '&a;', '> <', '\n\t'])
      expect(read(`<gesmes:Envelope>${piece.repeat(65_536 / piece.length)}`)).toBeUndefined()
  })
})

describe('a daily rate', () => {
  const perEuro = new Map([
    ['USD', '1.1604'],
    ['JPY', '180.94'],
    ['IDR', '19313.42'],
  ])
  const rateOf = (currency: string, ledger: string): string => {
    const rate = dailyRate(currency, ledger, { perEuro })
    return rate === undefined ? 'none' : formatExchange(rate)
  }

  test('crosses over the euro exactly, and rounds up to a billionth', () => {
    expect(rateOf('EUR', 'USD')).toBe('1.1604')
    expect(rateOf('USD', 'EUR')).toBe('0.861771803')
    expect(rateOf('JPY', 'USD')).toBe('0.006413176')
    expect(rateOf('IDR', 'USD')).toBe('0.000060083')
    expect(rateOf('USD', 'USD')).toBe('1')
    // What it costs is never less than it is.
    for (const currency of perEuro.keys()) {
      const parts = (text = ''): bigint => BigInt(Math.round(Number(text) * 10_000))
      const rate = dailyRate(currency, 'USD', { perEuro }) ?? 0n
      const [of, into] = [parts(perEuro.get(currency)), parts('1.1604')]
      expect(rate * of >= into * 1_000_000_000n && (rate - 1n) * of < into * 1_000_000_000n, currency).toBe(true)
    }
  })

  test('is none where either currency is not among the rates', () => {
    expect([rateOf('TRY', 'USD'), rateOf('EUR', 'INR'), rateOf('', 'USD')]).toEqual(['none', 'none', 'none'])
  })

  const standing = { currency: 'EUR', exchange: exchange(1_000_000_000n), day: '2026-11-26' }
  const onDay = (rate: string, day = '2026-11-27') => followed(standing, 'USD', { day, perEuro: new Map([['USD', rate]]) })

  test('is taken up to ten per cent away from the one in use, and waits for a person beyond', () => {
    expect(onDay('1.1')).toEqual({ so: 'moved', day: '2026-11-27', exchange: parseExchange('1.1') })
    expect(onDay('0.9')).toMatchObject({ so: 'moved' })
    expect(onDay('1.100000001')).toMatchObject({ so: 'leapt' })
    expect(onDay('0.899999999')).toMatchObject({ so: 'leapt' })
    expect(onDay('1')).toEqual({ so: 'confirmed', day: '2026-11-27' })
  })

  test('that creeps is held against where it stood thirty days ago, or what a person agreed to since', () => {
    const of = (day: string, rate: string) => ({ day, perEuro: new Map([['USD', rate]]) })
    const past = [of('2026-11-26', '1.25'), of('2026-10-29', '1.01'), of('2026-10-28', '1'), of('2026-10-01', '0.5')]
    const crept = (rate: string, agreed?: { day: string; exchange: Exchange }, known = past) =>
      followed({ ...standing, exchange: exchange(1_250_000_000n), agreed }, 'USD', of('2026-11-27', rate), known)
    const one = exchange(1_000_000_000n)
    expect(crept('1.2499')).toMatchObject({ so: 'moved' })
    expect(crept('1.250000001')).toMatchObject({ so: 'crept', since: { day: '2026-10-28', exchange: one } })
    expect(crept('1.3', { day: '2026-11-20', exchange: exchange(1_200_000_000n) })).toMatchObject({ so: 'moved' })
    expect(crept('1.3', { day: '2026-11-20', exchange: one })).toMatchObject({ so: 'crept', since: { day: '2026-11-20' } })
    // What was agreed to long ago says less than the rates since.
    expect(crept('1.2499', { day: '2026-09-01', exchange: exchange(500_000_000n) })).toMatchObject({ so: 'moved' })
    // Where nothing is so old, the oldest there is.
    expect(crept('1.3', undefined, [of('2026-11-26', '1.25'), of('2026-11-20', '1')])).toMatchObject({ so: 'crept' })
    expect(crept('1.3', undefined, [])).toMatchObject({ so: 'moved' })
    expect(crept('1.4', undefined)).toMatchObject({ so: 'leapt' })
  })

  test('of yesterday’s file, or without its currency, changes nothing', () => {
    expect(onDay('1.05', '2026-11-25')).toEqual({ so: 'as-it-is' })
    expect(onDay('1', '2026-11-26')).toEqual({ so: 'as-it-is' })
    expect(followed({ ...standing, currency: 'TRY' }, 'USD', { day: '2026-11-27', perEuro: new Map([['USD', '1']]) }).so).toBe(
      'as-it-is',
    )
  })

  test('says how far it moved without making it less', () => {
    const by = (from: string, to: string) => movedBy(parseExchange(from)!, parseExchange(to)!)
    expect([by('1', '1.1249'), by('1', '0.5'), by('2', '2.0001')]).toEqual(['+12.4', '-50.0', '+0.0'])
  })

  test('is old after six days: a long Easter is not told', () => {
    expect(isStale('2026-04-02', new Date('2026-04-07T16:00:00.000Z'))).toBe(false)
    expect(isStale('2026-04-02', new Date('2026-04-08T00:00:01.000Z'))).toBe(true)
  })

  test('is asked for once after it is published each day, and until then again', () => {
    const at = (time: string) => new Date(`2026-11-${time}:00.000Z`)
    expect(isAskedSince(undefined, at('27T10:00'))).toBe(false)
    expect(isAskedSince(at('26T15:20'), at('27T15:10'))).toBe(true)
    expect(isAskedSince(at('26T15:20'), at('27T15:20'))).toBe(false)
    expect(isAskedSince(at('27T15:20'), at('28T10:00'))).toBe(true)
  })
})

describe('asking for them', () => {
  const bounds = { totalMilliseconds: 500, answerBytes: 4_096 }
  const urlOf = (server: { address(): unknown }): URL =>
    new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/rates.xml`)
  async function asked(server: Server | ReturnType<typeof createTcpServer>) {
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
    try {
      return await get(urlOf(server), bounds)
    } finally {
      server.close()
    }
  }

  test('brings the body and whose it is, and tells the source nothing of anybody', async () => {
    let seen: unknown
    const server = createServer((request, response) => {
      seen = [request.method, request.url, Object.keys(request.headers).sort()]
      response.end(published())
    })
    expect(await asked(server)).toEqual({ kind: 'answer', body: published(), source: expect.stringMatching(/^127\.0\.0\.1:\d+$/) })
    expect(seen).toEqual(['GET', '/rates.xml', ['accept', 'connection', 'host', 'user-agent']])
  })

  test('follows no redirect', async () => {
    let asks = 0
    const server = createServer((_, response) => {
      asks++
      response.writeHead(302, { location: '/other' }).end(published())
    })
    expect(await asked(server)).toEqual({ kind: 'no-answer', why: 'refused' })
    expect(asks).toBe(1)
  })

  test('takes no more than a bound, and does not wait for ever', async () => {
    const huge = createServer((_, response) => {
      const more = (): void => void (response.writable && response.write('x'.repeat(2_048), more))
      more()
      response.on('error', () => undefined)
    })
    expect(await asked(huge)).toEqual({ kind: 'no-answer', why: 'too-large' })
    expect(await asked(createServer(() => undefined))).toEqual({ kind: 'no-answer', why: 'unreachable' })
    expect(await asked(createTcpServer((socket) => void socket.on('error', () => undefined).destroy()))).toEqual({
      kind: 'no-answer',
      why: 'unreachable',
    })
    const broken = createTcpServer(
      (socket) => void socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n<')),
    )
    expect(await asked(broken)).toEqual({ kind: 'no-answer', why: 'unreachable' })
  })
})
