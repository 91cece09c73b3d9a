import { describe, expect, test } from 'vitest'
import { asHtml, asJson, exportedOf, mostOnPage, type Section, shown } from '../../core/archive/pages.ts'
import { kindsWith } from '../../core/privacy/erasing.ts'
import { titles } from '../../core/privacy/titles.ts'
import { zipped } from '../../functions/kit/zipped.ts'
import { unzip } from '../drill/unzip.ts'

const about = { panel: 'Panel <script>alert(1)</script>', madeAt: '2026-11-28T00:00:00.000Z' }

async function* of<T>(...values: readonly T[]): AsyncGenerator<T> {
  yield* values
}
const orders = (...rows: readonly Record<string, unknown>[]): AsyncGenerator<Section> => of({ kind: 'ORDER', rows: of(...rows) })
async function whole(pieces: AsyncIterable<string | Uint8Array>): Promise<string> {
  let text = ''
  for await (const piece of pieces) text += piece
  return text
}

describe('P-RT-1: an archive', () => {
  test('holds what the inventory exports of an item, and nothing else of it', () => {
    expect(shown('ORDER', { orderId: 7, link: 'https://a.test', said: 'no', charge: 5n, pk: 'ORDER#1' })).toEqual({
      orderId: 7,
      link: 'https://a.test',
      charge: 5,
    })
  })

  test('names every kind that it may hold, for people', () => {
    for (const kind of kindsWith(() => true)) expect(titles).toHaveProperty([kind])
  })

  test('is a page in which nothing that anybody typed is more than text', async () => {
    const hostile = `"><img src=x onerror=alert(1)>'\`&`
    const page = await whole(asHtml(about, orders({ orderId: 1, link: hostile })))
    expect(page).not.toMatch(/<img|<script|onerror=alert\(1\)>/)
    expect(page).toContain('&#60;img src=x onerror=alert(1)&#62;')
    expect(page).toContain("default-src 'none'")
    expect(page.match(/<t[dh]>/g)?.length).toBe(2 * exportedOf('ORDER').length)
  })

  test('shows on its page as many rows of a kind as a browser can, says where the rest is, and reads no further', async () => {
    let read = 0
    async function* many(): AsyncGenerator<Record<string, unknown>> {
      for (; read < 3 * mostOnPage; read++) yield { orderId: read }
    }
    const page = await whole(asHtml(about, of({ kind: 'ORDER', rows: many() })))
    expect(page.match(/<tr><td>/g)?.length).toBe(mostOnPage)
    expect(page).toContain('All of them are in archive.json.')
    expect(read).toBe(mostOnPage)
  })

  test('is JSON that reads back, however hostile, and with nothing in it', async () => {
    const link = '"]}\u2028\\'
    const archive = JSON.parse(await whole(asJson(about, orders({ link }, { link: 'two' }))))
    expect(archive.ORDER.items).toEqual([{ link }, { link: 'two' }])
    expect(JSON.parse(await whole(asJson(about, orders()))).ORDER.items).toEqual([])
    const page = await whole(asHtml(about, orders()))
    expect(page).toContain('There is nothing of this.')
    expect(page).not.toContain('<table>')
  })

  test('a hundred thousand orders are packed as they come: no more than some of them are ever held', async () => {
    let [made, ahead] = [0, 0]
    let packed = 0
    async function* many(): AsyncGenerator<Record<string, unknown>> {
      for (; made < 100_000; made++) yield { orderId: made, link: `https://photo.network/${made * 7919}`, quantity: made }
    }
    const parts: Buffer[] = []
    for await (const piece of zipped([{ name: 'archive.json', content: asJson(about, of({ kind: 'ORDER', rows: many() })) }])) {
      packed += piece.length
      // What was made since the last piece came out; a row takes at least three bytes of it.
      ahead = Math.max(ahead, made - packed / 3)
      parts.push(piece)
    }
    expect(ahead).toBeLessThan(40_000)
    const archive = JSON.parse(unzip(Buffer.concat(parts)).get('archive.json')?.toString() ?? '')
    expect(archive.ORDER.items.length).toBe(100_000)
  })

  test('a file that cannot be read fails the whole, and is not left out', async () => {
    async function* broken(): AsyncGenerator<string> {
      yield 'a'
      throw new Error('the bucket is gone')
    }
    await expect(whole(zipped([{ name: 'a', content: broken() }]))).rejects.toThrow('the bucket is gone')
  })
})
