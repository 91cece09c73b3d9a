import { beforeAll, describe, expect, test } from 'vitest'
import type { Browser } from '../../local/demo/browser.ts'
import { at, browser, must, newStaff, until } from './people.ts'

interface Line {
  readonly changeId: string
  readonly kind: string
  readonly at: string
  readonly serviceId: number
  readonly name: string
  readonly before?: string
  readonly after?: string
}
type Sold = { readonly serviceId: number; readonly name: string; readonly rate: string }

const visitor = browser(at.site)
const changes = async (query = ''): Promise<{ readonly rows: Line[]; readonly cursor?: string }> =>
  (await must(visitor.call('GET', `/api/catalogue/changes${query}`), 'the changes')) as never
const sold = async (): Promise<Sold[]> => (await must(visitor.call('GET', '/api/catalogue'), 'the catalogue'))['services'] as Sold[]

let console: Browser
/** A service that no other test has. */
let mine: Sold
beforeAll(async () => {
  console = await newStaff('catalogue')
  const all = await sold()
  mine = all.at(-1) ?? all[0]!
})

const ofMine = async (): Promise<Line[]> => (await changes()).rows.filter(({ serviceId }) => serviceId === mine.serviceId)
async function change(part: object): Promise<void> {
  const { revision } = await must(console.call('GET', `/api/admin/services/${mine.serviceId}`), 'the service')
  const body = { revision, change: part, memo: 'for a test' }
  await must(console.call('PATCH', `/api/admin/services/${mine.serviceId}`, body), 'changing it')
}
const told = (lines: number, kind: string): Promise<Line> =>
  until(async () => {
    const found = await ofMine()
    return found.length >= lines && found[0]?.kind === kind ? found[0] : undefined
  }, `${kind} in the feed`)

describe('the feed of changes', () => {
  test('tells anybody of what staff change: the price before and after, what is gone and what is back', async () => {
    const before = (await ofMine()).length
    const dearer = (Number(mine.rate) + 1).toFixed(2)
    await change({ rate: { how: 'set', to: dearer } })
    const up = await told(before + 1, 'price-up')
    expect([Number(up.before), Number(up.after), up.name]).toEqual([Number(mine.rate), Number(dearer), mine.name])
    await change({ enabled: false })
    expect(await told(before + 2, 'gone')).toMatchObject({ before: up.after })
    expect((await ofMine())[0]).not.toHaveProperty('after')
    await change({ enabled: true })
    expect(await told(before + 3, 'back')).toMatchObject({ after: up.after })
    await change({
      rate: {
        how: 'set',
        to: Number(mine.rate)
          .toFixed(6)
          .replace(/0{1,4}$/, ''),
      },
    })
    const down = await told(before + 4, 'price-down')
    expect([Number(down.before), Number(down.after)]).toEqual([Number(dearer), Number(mine.rate)])
    // What buyers need not care about is not told.
    await change({ sort: 3 })
    await until(
      async () => ((await sold()).find(({ serviceId }) => serviceId === mine.serviceId)?.rate === mine.rate ? true : undefined),
      'publishing',
    )
    expect((await ofMine()).length).toBe(before + 4)
    expect(Date.now() - Date.parse(down.at)).toBeLessThan(60_000)
  })

  test('tells of every service that was ever imported as new, once', async () => {
    const lines: Line[] = []
    for (let cursor: string | undefined, first = true; first || cursor !== undefined; first = false) {
      const page = await changes(`?kind=new${cursor === undefined ? '' : `&cursor=${cursor}`}`)
      lines.push(...page.rows)
      cursor = page.cursor
    }
    expect(new Set(lines.map(({ kind }) => kind))).toEqual(new Set(['new']))
    const numbers = lines.map(({ serviceId }) => serviceId)
    expect(new Set(numbers).size).toBe(numbers.length)
    for (const { serviceId } of await sold()) expect(numbers).toContain(serviceId)
  })

  test('is read a page at a time, by kind, and refuses what makes no sense', async () => {
    const first = await changes()
    expect(first.rows.length).toBe(50)
    const second = await changes(`?cursor=${first.cursor}`)
    const marks = [...first.rows, ...second.rows].map(({ changeId }) => changeId)
    expect(new Set(marks).size).toBe(marks.length)
    expect(marks).toEqual(marks.toSorted().toReversed())
    for (const query of ['?kind=cost', '?kind=', '?cursor=x', `?cursor=${'x'.repeat(501)}`]) {
      const { status, body } = await visitor.call('GET', `/api/catalogue/changes${query}`)
      expect([query, status, (body as { error?: { code: string } }).error?.code]).toEqual([query, 400, 'invalid-request'])
    }
  })

  test('may be kept for a while by anybody in between, and says nothing of providers, costs or staff', async () => {
    for (const [path, seconds] of [
      ['/api/catalogue/changes', 15],
      ['/api/catalogue/changes.json', 60],
    ] as const) {
      const reply = await fetch(`${at.site}${path}`)
      expect(reply.headers.get('cache-control')).toBe(`public, max-age=${seconds}`)
      expect(await reply.text()).not.toMatch(/provider|cost|source|staff|"by"/i)
    }
  })

  test('is a JSON Feed for feed readers', async () => {
    const feed = (await (await fetch(`${at.site}/api/catalogue/changes.json`)).json()) as { items: Record<string, unknown>[] }
    expect(feed).toMatchObject({ version: 'https://jsonfeed.org/version/1.1', title: expect.any(String) })
    const [newest] = (await changes()).rows
    expect(feed.items[0]).toMatchObject({
      id: newest?.changeId,
      title: expect.stringContaining(String(newest?.name)),
      content_text: expect.stringMatching(/^[\d.]+( → [\d.]+)? USD (per 1,000|for one package)$/),
      date_published: newest?.at,
      tags: [newest?.kind],
    })
    expect(new Set(feed.items.map(({ id }) => id)).size).toBe(feed.items.length)
  })
})
