import { describe, expect, test } from 'vitest'
import { csvLine } from '../../site/shared/csv.ts'
import { someAtOnce } from '../../site/shared/some-at-once.ts'

describe('a line of a CSV file', () => {
  test('keeps commas, quotes and line breaks within their field', () => {
    expect(csvLine([7, 'a "b", c', undefined, 'two\nlines', { figure: '1.26' }])).toBe('7,"a ""b"", c",,"two\nlines",1.26\r\n')
  })

  test.each(['=HYPERLINK("x")', '+1', '-1', '@SUM(A1)', '\t=1', ' =1', '\r=1', '＝1', '\u0000=1'])(
    'has no formula in %j',
    (text) => {
      expect(csvLine([text])).toMatch(/^"'/)
    },
  )

  test.each(['https://x.test/;=1+1', 'a,=1', 'a\t@x', 'a\n=cmd|x', 'a"\n-1'])(
    'has none where another country’s spreadsheet begins a field: %j',
    (text) => {
      expect(csvLine([text])).not.toMatch(/[;,|\t\r\n][=+\-@]/)
    },
  )

  test('leaves what is none as it is', () => {
    expect(csvLine(['https://photos.test/p/a-b=c?d=e&f=-1', 'me@photos'])).toBe(
      '"https://photos.test/p/a-b=c?d=e&f=-1","me@photos"\r\n',
    )
  })
})

test('many things are done some at a time, each once, until they are stopped', async () => {
  let [under, most] = [0, 0]
  const done: number[] = []
  const work = async (item: number): Promise<void> => {
    most = Math.max(most, ++under)
    await new Promise((go) => setImmediate(go))
    under--
    done.push(item)
  }
  const items = Array.from({ length: 40 }, (_, index) => index)
  await someAtOnce(items, 5, work, () => false)
  expect(done.toSorted((one, other) => one - other)).toEqual(items)
  expect(most).toBe(5)
  done.length = 0
  await someAtOnce(items, 5, work, () => done.length >= 10)
  expect(done.length).toBeLessThan(16)
})
