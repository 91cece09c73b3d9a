import { describe, expect, test } from 'vitest'
import { packedAnswer, takesGzip } from '../../functions/kit/packed-answer.ts'

describe('whether a caller takes gzip', () => {
  test.each([
    ['gzip', true],
    ['gzip, deflate, br', true],
    ['GZIP;q=0.5', true],
    ['x-gzip', true],
    ['*', true],
    ['br, *;q=0.1', true],
    ['', false],
    ['identity', false],
    ['br, deflate', false],
    ['gzip;q=0', false],
    ['gzip; q=0.000, *', false],
    ['*;q=0', false],
    ['gzipped', false],
  ])('“%s”: %s', (accepted, takes) => {
    expect(takesGzip(accepted)).toBe(takes)
  })
})

describe('an answer that was packed beforehand', () => {
  const packed = { tag: 't', zipped: 'cGFja2Vk', text: () => 'text' }
  const ask = (headers: Readonly<Record<string, string>>, method = 'GET') =>
    packedAnswer(packed, { method, headers: new Map(Object.entries(headers)) }, { 'cache-control': 'public, max-age=15' })

  test('says under which name it can be kept, and for how long', () => {
    for (const headers of [{}, { 'accept-encoding': 'gzip' }, { 'if-none-match': '"t"' }])
      expect(ask(headers).headers).toMatchObject({ etag: 'W/"t"', vary: 'accept-encoding', 'cache-control': 'public, max-age=15' })
  })

  test('is unpacked for nobody who takes it packed', () => {
    const unpacks = { ...packed, text: () => expect.unreachable('it was unpacked') }
    const answer = packedAnswer(unpacks, { method: 'POST', headers: new Map([['accept-encoding', 'gzip']]) })
    expect(answer).toMatchObject({ body: 'cGFja2Vk', isBase64Encoded: true, headers: { 'cache-control': 'no-store' } })
  })

  test('stays packed where the gateway could not take it otherwise', () => {
    const large = { ...packed, text: () => 'x'.repeat(4_500_001) }
    expect(packedAnswer(large, { method: 'GET', headers: new Map() })).toMatchObject({ isBase64Encoded: true })
    const fits = { ...packed, text: () => 'x'.repeat(4_500_000) }
    expect(packedAnswer(fits, { method: 'GET', headers: new Map() }).isBase64Encoded).toBeUndefined()
  })
})
