import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Context } from 'aws-lambda'
import { expect, test } from 'vitest'
import type { Need, Who } from '../../core/need.ts'
import { serveRaw } from '../../functions/kit/raw.ts'
import { webhook } from '../../functions/kit/webhook.ts'

const anybody: Who<undefined> = { kind: 'anyone', allow: [], open: () => ({ admit: async () => undefined }) }
const heard: string[] = []
const book = { allow: [], open: () => ({ write: async (line: string) => void heard.push(line) }) } satisfies Need<{
  write(line: string): Promise<void>
}>
const sign = (body: string | Buffer): string => createHmac('sha256', 'secret').update(body).digest('hex')

const handler = serveRaw(
  webhook({
    name: 'webhooks.test',
    route: 'POST /webhooks/test',
    summary: 'News of a test',
    who: anybody,
    uses: { book },
    verify: async ({ body, headers }) => {
      const given = Buffer.from(headers.get('x-signature') ?? '')
      const right = Buffer.from(sign(body))
      return given.length === right.length && timingSafeEqual(given, right) ? body.toString() : undefined
    },
    run: async ({ news, uses }) => {
      if (news === 'broken') throw new Error('we cannot')
      await uses.book.write(news)
    },
  }),
)
const send = (body: string, signature: string, base64 = false) =>
  handler(
    {
      headers: { 'X-Signature': signature },
      body: base64 ? Buffer.from(body).toString('base64') : body,
      isBase64Encoded: base64,
      requestContext: { requestId: 'r', http: { method: 'POST' } },
    },
    {} as Context,
  )

test('a webhook is heard when its signature holds over the raw bytes, however the gateway hands them over', async () => {
  expect(await send('{"a": 1}', sign('{"a": 1}'))).toMatchObject({ statusCode: 200 })
  expect(await send('paid ✓', sign('paid ✓'), true)).toMatchObject({ statusCode: 200 })
  expect(heard).toEqual(['{"a": 1}', 'paid ✓'])
})

test('a webhook with a bad signature is not heard', async () => {
  for (const signature of ['', 'x', sign('other')]) expect(await send('news', signature)).toMatchObject({ statusCode: 400 })
  expect(heard).not.toContain('news')
})

test('a failure of ours is told as one, so that the webhook comes again', async () => {
  expect(await send('broken', sign('broken'))).toMatchObject({ statusCode: 500, body: expect.not.stringContaining('we cannot') })
})
