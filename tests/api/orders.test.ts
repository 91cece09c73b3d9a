import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  at,
  behave,
  browser,
  type Customer,
  creditTo,
  newCustomer,
  ownersConsole,
  providersOrders,
  serviceOf,
  until,
} from './people.ts'

const link = 'https://video.social/watch?v=1'
const codeOf = ({ body }: { body: Record<string, unknown> }): unknown => (body['error'] as { code?: string } | undefined)?.code
const order = (customer: Customer, body: Record<string, unknown>) =>
  customer.page.call('POST', '/api/orders', { requestId: randomUUID(), ...body })
const available = async ({ page }: Customer) => (await page.call('GET', '/api/wallet')).body['available']

/** Entries add up to available + held − debt; the newest balance is the wallet's; no movement is told twice. */
async function expectExactLedger({ page }: Customer): Promise<void> {
  const wallet = (await page.call('GET', '/api/wallet')).body
  const rows: { amount: string; balanceAfter: string }[] = []
  let cursor: unknown
  do {
    const { body } = await page.call('GET', `/api/wallet/entries${cursor ? `?cursor=${cursor}` : ''}`)
    rows.push(...(body['rows'] as typeof rows))
    cursor = body['cursor']
  } while (cursor)
  const micros = (text: string): bigint => BigInt(Math.round(Number(text) * 1e6))
  expect(rows.reduce((sum, { amount }) => sum + micros(amount), 0n)).toBe(micros(String(wallet['total'])))
  let balance = micros(String(wallet['total']))
  for (const row of rows) {
    expect(micros(row.balanceAfter)).toBe(balance)
    balance -= micros(row.amount)
  }
  expect(balance).toBe(0n)
}

let services: {
  plain: Awaited<ReturnType<typeof serviceOf>>
  pack: Awaited<ReturnType<typeof serviceOf>>
  comments: Awaited<ReturnType<typeof serviceOf>>
}
let customer: Customer
beforeAll(async () => {
  services = { plain: await serviceOf('Default'), pack: await serviceOf('Package'), comments: await serviceOf('Custom Comments') }
  customer = await newCustomer('50')
})

describe('placing an order', () => {
  test('takes the quoted price, and the order is there with what was asked for', async () => {
    const buyer = await newCustomer('50')
    const wish = { serviceId: services.plain.serviceId, link, quantity: services.plain.min }
    const quoted = (await buyer.page.call('POST', '/api/quotes', wish)).body
    const placed = await order(buyer, wish)
    expect(placed.status).toBe(201)
    expect(placed.body).toMatchObject({
      link,
      quantity: wish.quantity,
      charge: quoted['charge'],
      refunded: '0.00',
      state: 'accepted',
      serviceId: wish.serviceId,
    })
    const read = await buyer.page.call('GET', `/api/orders/${placed.body['orderId']}`)
    expect(read.body).toMatchObject({ orderId: placed.body['orderId'], link, charge: quoted['charge'] })
    expect((await buyer.page.call('GET', '/api/wallet/entries')).body['rows']).toMatchObject([
      { kind: 'order', amount: `-${quoted['charge']}` },
      { kind: 'credit', amount: '50.00', memo: 'for a test' },
    ])
    await expectExactLedger(buyer)
  })

  test('is sent to the provider once, moves along and completes', async () => {
    await behave({ secondsToComplete: 3 })
    const placed = await order(customer, {
      serviceId: services.plain.serviceId,
      link: `${link}&completes`,
      quantity: services.plain.min,
    })
    const id = placed.body['orderId']
    const done = await until(async () => {
      const { body } = await customer.page.call('GET', `/api/orders/${id}`)
      return body['state'] === 'completed' ? body : undefined
    }, 'completion')
    expect(done).toMatchObject({ remains: 0, refunded: '0.00' })
    expect((await providersOrders()).filter((taken) => taken.link === `${link}&completes`)).toHaveLength(1)
    expect((await customer.page.call('GET', '/api/orders?group=completed')).body['rows']).toMatchObject([{ orderId: id }])
  })

  test('that ends partial gives back exactly what was not delivered', async () => {
    await behave({ secondsToComplete: 1, partialRate: 1 })
    const buyer = await newCustomer('10')
    const placed = await order(buyer, { serviceId: services.plain.serviceId, link: `${link}&partial`, quantity: 1000 })
    await behave({ partialRate: 1 })
    const done = await until(async () => {
      const { body } = await buyer.page.call('GET', `/api/orders/${placed.body['orderId']}`)
      return body['state'] === 'partial' ? body : undefined
    }, 'the partial end')
    await behave({ partialRate: 0 })
    const micros = (text: unknown): bigint => BigInt(Math.round(Number(text) * 1e6))
    expect(micros(done['refunded'])).toBe((micros(placed.body['charge']) * 300n) / 1000n)
    await expectExactLedger(buyer)
  })

  test('with comments is charged by the line, and the provider gets the lines', async () => {
    const comments = Array.from({ length: services.comments.min }, (_, index) => `Comment ${index}`).join('\r\n')
    const placed = await order(customer, {
      serviceId: services.comments.serviceId,
      link: `${link}&comments`,
      comments: `${comments}\r\n\r\n`,
    })
    expect(placed.body).toMatchObject({ quantity: services.comments.min })
    expect((await customer.page.call('GET', `/api/orders/${placed.body['orderId']}`)).body['comments']).toBe(
      comments.replaceAll('\r\n', '\n'),
    )
    const taken = await until(async () => (await providersOrders()).find((one) => one.link === `${link}&comments`), 'submission')
    expect(new URLSearchParams(taken.raw.body).get('comments')).toBe(comments)
  })

  test('of a package charges its rate', async () => {
    const placed = await order(customer, { serviceId: services.pack.serviceId, link })
    expect(placed.body).toMatchObject({ quantity: 1 })
    expect(Number(placed.body['charge'])).toBe(Number(services.pack.rate))
  })

  test('with a link of 2,000 characters keeps every one of them', async () => {
    const long = `${link}&x=${'y'.repeat(2_000 - link.length - 3)}`
    const placed = await order(customer, { serviceId: services.plain.serviceId, link: long, quantity: services.plain.min })
    expect((await customer.page.call('GET', `/api/orders/${placed.body['orderId']}`)).body['link']).toBe(long)
    const taken = await until(async () => (await providersOrders()).find((one) => one.link === long), 'submission')
    expect(taken.link).toBe(long)
  })
})

describe('the same request twice', () => {
  test('at once is one order and one charge', async () => {
    const buyer = await newCustomer('50')
    const body = { requestId: randomUUID(), serviceId: services.plain.serviceId, link, quantity: services.plain.min }
    const replies = await Promise.all(Array.from({ length: 6 }, () => buyer.page.call('POST', '/api/orders', body)))
    expect(new Set(replies.map((reply) => `${reply.status} ${reply.body['orderId']}`)).size).toBe(1)
    expect((await buyer.page.call('GET', '/api/orders')).body['rows']).toHaveLength(1)
    await expectExactLedger(buyer)
  })

  test('with another order is refused, and charges nothing', async () => {
    const buyer = await newCustomer('50')
    const body = { requestId: randomUUID(), serviceId: services.plain.serviceId, link, quantity: services.plain.min }
    await buyer.page.call('POST', '/api/orders', body)
    const before = await available(buyer)
    expect(codeOf(await buyer.page.call('POST', '/api/orders', { ...body, quantity: body.quantity + 1 }))).toBe('request-id-reused')
    expect(await available(buyer)).toBe(before)
  })
})

test('50 orders at once with money for 20: exactly 20 are accepted, the wallet is exact, and the entries add up', async () => {
  const buyer = await newCustomer()
  const wish = { serviceId: services.plain.serviceId, link: `${link}&fifty`, quantity: services.plain.min }
  const charge = String((await buyer.page.call('POST', '/api/quotes', wish)).body['charge'])
  await creditTo(buyer, (Number(charge) * 20).toFixed(6))
  const replies = await Promise.all(Array.from({ length: 50 }, () => order(buyer, wish)))
  expect(replies.filter(({ status }) => status === 201)).toHaveLength(20)
  expect(replies.filter((reply) => codeOf(reply) === 'insufficient-funds')).toHaveLength(30)
  expect(await available(buyer)).toBe('0.00')
  await expectExactLedger(buyer)
  await until(
    async () => ((await providersOrders()).filter((taken) => taken.link === wish.link).length === 20 ? true : undefined),
    'all twenty at the provider',
  )
})

describe('bad input gets a clear error, and charges nothing', () => {
  const wish = () => ({ serviceId: services.plain.serviceId, link, quantity: services.plain.min })
  test.each([
    ['an unknown service', () => ({ ...wish(), serviceId: 2_000_000 }), 404, 'service-not-found'],
    ['a service number beyond 32 bits', () => ({ ...wish(), serviceId: 4_294_967_297 }), 400, 'invalid-request'],
    ['a quantity below the minimum', () => ({ ...wish(), quantity: services.plain.min - 1 }), 422, 'quantity-too-small'],
    ['a quantity above the maximum', () => ({ ...wish(), quantity: services.plain.max + 1 }), 422, 'quantity-too-large'],
    ['half a piece', () => ({ ...wish(), quantity: services.plain.min + 0.5 }), 400, 'invalid-request'],
    ['a negative quantity', () => ({ ...wish(), quantity: -5 }), 422, 'quantity-too-small'],
    ['a quantity in words', () => ({ ...wish(), quantity: '100' }), 400, 'invalid-request'],
    ['a link that is no address', () => ({ ...wish(), link: 'javascript:alert(1)' }), 422, 'link-invalid'],
    ['a link with credentials', () => ({ ...wish(), link: 'https://me:secret@video.social/x' }), 422, 'link-invalid'],
    ['a link to a private host', () => ({ ...wish(), link: 'http://192.168.0.1/x' }), 422, 'link-invalid'],
    ['a link of 10 KB', () => ({ ...wish(), link: `${link}${'x'.repeat(10_000)}` }), 422, 'link-invalid'],
    [
      '10,000 comments where fewer are the most',
      () => ({ serviceId: services.comments.serviceId, link, comments: 'nice\n'.repeat(10_000) }),
      422,
      'quantity-too-large',
    ],
    ['no request id', () => ({ ...wish(), requestId: undefined }), 400, 'invalid-request'],
  ])('%s', async (_, body, status, code) => {
    const before = await available(customer)
    const reply = await customer.page.call('POST', '/api/orders', { requestId: randomUUID(), ...body() })
    expect({ status: reply.status, code: codeOf(reply) }).toEqual({ status, code })
    expect((reply.body['error'] as { reference: string }).reference).toMatch(/^[0-9a-f-]{36}$/)
    expect(await available(customer)).toBe(before)
  })

  test.each([
    ['malformed JSON', '{"serviceId":', 'application/json', 400],
    ['1e309', '{"serviceId":1,"link":"https://video.social/x","quantity":1e309,"requestId":"12345678"}', 'application/json', 400],
    ['another content type', 'serviceId=1', 'application/x-www-form-urlencoded', 400],
    ['an array', '[]', 'application/json', 400],
    ['nothing', '', 'application/json', 400],
    ['a megabyte', JSON.stringify({ link: 'x'.repeat(1_000_000) }), 'application/json', 413],
  ])('a body of %s', async (_, body, contentType, status) => {
    const { cookie } = await cookieOf(customer)
    const reply = await fetch(`${at.site}/api/orders`, {
      method: 'POST',
      headers: { cookie, origin: at.site, 'content-type': contentType },
      body,
    })
    expect(reply.status).toBe(status)
    expect(await reply.json()).toMatchObject({
      error: { code: status === 413 ? 'body-too-large' : 'invalid-request', reference: expect.any(String) },
    })
  })

  test('what is the panel’s to say is not read from the request', async () => {
    const buyer = await newCustomer('5')
    const injected = {
      charge: '0',
      rate: '0.000001',
      available: '1000000',
      status: 'active',
      role: 'owner',
      customerId: customer.customerId,
      state: 'completed',
      refunded: '5',
      orderId: 1,
    }
    const placed = await order(buyer, { ...wish(), ...injected })
    const fair = (await buyer.page.call('POST', '/api/quotes', { ...wish(), ...injected })).body['charge']
    expect(placed.body).toMatchObject({ charge: fair, state: 'accepted', refunded: '0.00' })
    expect(placed.body['orderId']).not.toBe(1)
    expect((await buyer.page.call('GET', '/api/orders')).body['rows']).toHaveLength(1)
    await expectExactLedger(buyer)
  })
})

async function cookieOf({ email, password }: Customer): Promise<{ cookie: string }> {
  const reply = await fetch(`${at.site}/api/session`, {
    method: 'POST',
    headers: { origin: at.site, 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  })
  return {
    cookie: reply.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; '),
  }
}

test('somebody else’s order is not forbidden: it is not there', async () => {
  const placed = await order(customer, { serviceId: services.plain.serviceId, link, quantity: services.plain.min })
  const other = await newCustomer()
  const theirs = await other.page.call('GET', `/api/orders/${placed.body['orderId']}`)
  const none = await other.page.call('GET', '/api/orders/2147483647')
  const plain = (reply: typeof none) => JSON.stringify(reply).replaceAll(/"reference":"[^"]+"/g, '')
  expect(plain(theirs)).toBe(plain(none))
  expect(codeOf(theirs)).toBe('order-not-found')
})

test('pages of orders follow each other without gap or repetition', async () => {
  const buyer = await newCustomer('20')
  const placed: unknown[] = []
  for (let index = 0; index < 30; index++)
    placed.push(
      (await order(buyer, { serviceId: services.plain.serviceId, link: `${link}&p=${index}`, quantity: services.plain.min })).body[
        'orderId'
      ],
    )
  const first = (await buyer.page.call('GET', '/api/orders')).body
  const second = (await buyer.page.call('GET', `/api/orders?cursor=${first['cursor']}`)).body
  const ids = [...(first['rows'] as { orderId: number }[]), ...(second['rows'] as { orderId: number }[])].map(
    ({ orderId }) => orderId,
  )
  expect(ids).toEqual(placed.toReversed())
  expect(second['cursor']).toBeUndefined()
  expect(codeOf(await buyer.page.call('GET', '/api/orders?cursor=nonsense'))).toBe('invalid-request')
})

describe('a suspended account', () => {
  test('orders nothing from the moment on, keeps its money, and goes on when it is let', async () => {
    const buyer = await newCustomer('5')
    const console = await ownersConsole()
    const wish = { serviceId: services.plain.serviceId, link, quantity: services.plain.min }
    const set = (status: string) =>
      console.call('PUT', `/api/admin/customers/${buyer.customerId}/status`, { status, memo: 'for a test' })
    await set('suspended')
    expect(codeOf(await order(buyer, wish))).toBe('account-suspended')
    const again = browser(at.site)
    expect((await again.call('POST', '/api/session', buyer)).status).toBe(200)
    expect(codeOf(await order({ ...buyer, page: again }, wish))).toBe('account-suspended')
    await set('active')
    expect((await order(buyer, wish)).status).toBe(201)
    await expectExactLedger(buyer)
  })
})

describe('an account that is suspended while many orders come in', () => {
  test('has those that were answered with a number, and no other; the money says the same', async () => {
    const buyer = await newCustomer('5')
    const console = await ownersConsole()
    const wish = (index: number) => ({
      serviceId: services.plain.serviceId,
      link: `${link}&suspended${index}`,
      quantity: services.plain.min,
    })
    const first = Array.from({ length: 8 }, (_, index) => order(buyer, wish(index)))
    const set = (status: string) =>
      console.call('PUT', `/api/admin/customers/${buyer.customerId}/status`, { status, memo: 'for a test' })
    const suspending = set('suspended')
    const second = Array.from({ length: 8 }, (_, index) => order(buyer, wish(8 + index)))
    const answers = await Promise.all([...first, ...second])
    expect((await suspending).status).toBe(200)
    for (const answer of answers) if (answer.status !== 201) expect(codeOf(answer)).toBe('account-suspended')
    expect(codeOf(await order(buyer, wish(99)))).toBe('account-suspended')
    const { rows } = (await console.call('GET', `/api/admin/customers/${buyer.customerId}/orders`)).body as { rows: unknown[] }
    expect(rows).toHaveLength(answers.filter(({ status }) => status === 201).length)
    await set('active')
    await expectExactLedger(buyer)
  })
})

describe('when the provider misbehaves', () => {
  const wish = (name: string) => ({ serviceId: services.plain.serviceId, link: `${link}&${name}`, quantity: services.plain.min })
  const settled = async (name: string, addFault: string, states: readonly string[]) => {
    const buyer = await newCustomer('5')
    await behave({ faultRate: 1, addFault })
    const placed = await order(buyer, wish(name))
    const console = await ownersConsole()
    const found = await until(async () => {
      const { body } = await console.call('GET', `/api/admin/orders/${placed.body['orderId']}`)
      return states.includes(String(body['state'])) ? body : undefined
    }, `${states}`).finally(() => behave({ faultRate: 0 }))
    await expectExactLedger(buyer)
    return { buyer, found, taken: (await providersOrders()).filter((one) => one.link === wish(name).link).length }
  }

  test('a refusal gives the money back', async () => {
    const { buyer, found, taken } = await settled('refuse', 'refuse', ['refused'])
    expect(found).toMatchObject({ state: 'refused', reason: 'provider-refused', refunded: found['charge'] })
    expect(await available(buyer)).toBe('5.00')
    expect(taken).toBe(0)
  })

  test('a fault after it took the order leaves it unknown: not sent again, not refunded, before staff', async () => {
    const { buyer, found, taken } = await settled('http-500', 'http-500-after-accept', ['unknown'])
    expect(found).toMatchObject({ state: 'unknown', reason: 'answer-unclear', refunded: '0.00' })
    expect(Number(await available(buyer))).toBeLessThan(5)
    expect(taken).toBe(1)
    const console = await ownersConsole()
    const { rows } = (await console.call('GET', '/api/admin/orders?list=unknown')).body as { rows: { orderId: number }[] }
    expect(rows.map(({ orderId }) => orderId)).toContain(found['orderId'])
  })

  test('a page of HTML in place of an answer leaves it unknown', async () => {
    expect((await settled('html', 'html', ['unknown'])).found).toMatchObject({ refunded: '0.00' })
  })

  test('without funds at the provider, or with its link busy, the order is parked and nothing is refunded', async () => {
    expect((await settled('funds', 'out-of-funds', ['parked'])).found).toMatchObject({ reason: 'out-of-funds', refunded: '0.00' })
    expect((await settled('busy', 'link-duplicate', ['parked'])).found).toMatchObject({ reason: 'link-busy', refunded: '0.00' })
  })
})
