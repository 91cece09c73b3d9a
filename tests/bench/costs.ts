import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { customerId, sessionId, staffId } from '../../core/ids.ts'
import { dayOf } from '../../core/time.ts'
import { rotateEdgeSecrets } from '../../data/edge-secrets.ts'
import { keepCustomerSessions, keepStaffSessions } from '../../data/sessions.ts'
import { documentClient, useTable } from '../../data/table.ts'
import { endpoints } from '../../functions/index.ts'
import { must } from '../../local/demo/browser.ts'
import { mailed } from '../../local/demo/mailbox.ts'
import { newPassword, signInStaff, totpCode } from '../../local/demo/people.ts'
import { environment } from '../../local/environment.ts'
import { tableName } from '../../local/names.ts'
import { countCalls, watchCalls } from './calls.ts'
import { type Bill, type Meter, meter } from './capacity/meter.ts'
import { type BenchPanel, startBenchPanel } from './panel.ts'

/** What one warm call of a function costs. */
export interface Cost extends Bill {
  readonly name: string
  /** Calls to anything but the table: queues, buckets, the identity provider. */
  readonly otherCalls: number
  readonly outcome: string
}

/**
 * Every endpoint's calls and units, warm: the functions run in this process on the table of a quiet panel, with a meter
 * between. Then an order's whole life, step by step.
 */
export async function costs(): Promise<{ endpoints: Cost[]; life: Cost[] }> {
  const panel = await startBenchPanel('quiet')
  try {
    Object.assign(process.env, environment(panel.ports))
    watchCalls(panel.ports.database)
    const measured = meter(documentClient(), tableName)
    useTable({ db: measured.db, name: tableName })
    const bench = await setUp(panel, measured)
    const all: Cost[] = []
    const journey = await bench.staffJourney()
    // A key's use is written down at its first calls, and then once in five minutes: what is measured is a key in use.
    for (let times = 0; times < 4; times++) await bench.protocol('balance', () => ({ action: 'balance' }))
    const adds = [
      await bench.protocol('add, with a request id', () => ({ ...bench.add(), request_id: randomUUID() })),
      await bench.protocol('add', bench.add),
    ]
    // Before what follows gives the provider another address and another key.
    const life = await bench.life()
    for (const { name, route } of endpoints) all.push(journey.get(name) ?? (await bench.endpoint(name, route)))
    all.push(...adds)
    all.push(await bench.protocol('status of one', () => ({ action: 'status', order: '1' })))
    all.push(
      await bench.protocol('status of 100', () => ({
        action: 'status',
        orders: Array.from({ length: 100 }, (_, index) => index + 1).join(','),
      })),
    )
    all.push(await bench.protocol('balance', () => ({ action: 'balance' })))
    all.push(await bench.protocol('services', () => ({ action: 'services' })))
    return { endpoints: all, life }
  } finally {
    useTable(undefined)
    await panel.stop()
  }
}

const secret = 'bench-edge-secret'

async function setUp(panel: BenchPanel, measured: Meter) {
  const { at, demo } = panel
  const console = await signInStaff(at.console, demo.staff)
  const found = await must(
    console.call('POST', '/api/admin/customers/find', { email: demo.customer.email }),
    'finding the customer',
  )
  const customer = customerId(String(found['customerId']))
  const staff = staffId(String((await console.call('GET', '/api/admin/me')).body['staffId']))
  const catalogue = await must(console.call('GET', '/api/admin/providers'), 'the providers')
  const provider = (catalogue['rows'] as { providerId: string }[])[0]?.providerId ?? ''
  await rotateEdgeSecrets.open().know(secret)
  const now = new Date()
  const session = { sessionId: sessionId('bench'), address: '127.0.0.1', browser: 'bench', beganAt: now }
  await keepCustomerSessions.open().begin(customer, session)
  await keepStaffSessions.open().begin(staff, session)
  const { services } = (await (await fetch(`${at.site}/api/catalogue`)).json()) as {
    services: { serviceId: number; type: string; min: number }[]
  }
  const service = services.find(({ type }) => type === 'Default')
  const wish = () => ({
    serviceId: service?.serviceId,
    link: 'https://photo.network/p/abc',
    quantity: service?.min,
    requestId: randomUUID(),
  })

  const bodies: Readonly<Record<string, () => object>> = {
    'public.sign-up': () => ({
      fullName: 'B',
      email: `${randomUUID()}@b.test`,
      password: 'bench-pass-1',
      acceptedTerms: '2026-11-22',
    }),
    'public.confirm-sign-up': () => ({ email: 'nobody@b.test', code: '123456' }),
    'public.resend-code': () => ({ email: 'nobody@b.test' }),
    'public.sign-in': () => ({ email: demo.customer.email, password: demo.customer.password }),
    'public.forgot-password': () => ({ email: 'nobody@b.test' }),
    'public.reset-password': () => ({ email: 'nobody@b.test', code: '123456', password: 'bench-pass-1' }),
    'customer.quote-order': wish,
    'customer.place-order': wish,
    'customer.create-key': () => ({ name: 'bench' }),
    'customer.change-key': () => ({ name: 'bench', scope: 'all', addresses: [] }),
    'customer.rotate-key': () => ({ overlapHours: 0 }),
    'admin.sign-in': () => ({ email: demo.staff.email, password: demo.staff.password }),
    'admin.set-password': () => ({ password: 'bench-pass-1' }),
    'admin.finish-sign-in': () => ({ code: '123456' }),
    'admin.find-customer': () => ({ email: demo.customer.email }),
    'admin.find-customer-by-key': () => ({ prefix: demo.customer.apiKey.slice(0, 9) }),
    'admin.end-customer-sessions': () => ({ sessionId: 'none', memo: 'bench' }),
    'admin.add-customer-note': () => ({ text: 'bench', requestId: randomUUID() }),
    'admin.find-orders': () => ({ link: 'https://photo.network/p/abc' }),
    'admin.adjust-wallet': () => ({ kind: 'credit', amount: '100', memo: 'bench', requestId: randomUUID() }),
    'admin.revoke-customer-key': () => ({ memo: 'bench' }),
    'admin.mark-signal': () => ({ day: dayOf(new Date()), kind: 'bad-keys', subject: 'nobody', memo: 'bench' }),
    'admin.set-customer-status': () => ({ status: 'active', memo: 'bench' }),
    'admin.add-provider': () => ({ name: 'B', url: 'https://provider.social/api/v2', apiKey: 'x' }),
    'admin.set-provider-status': () => ({ status: 'active', memo: 'bench' }),
    'admin.edit-provider': () => ({ name: 'B', url: 'https://provider.social/api/v2', apiKey: 'x', memo: 'bench' }),
    'admin.replace-provider-key': () => ({ apiKey: 'x', memo: 'bench' }),
    'admin.set-provider-money': () => ({ currency: 'EUR', exchange: '1.08', memo: 'bench' }),
    'admin.trust-provider': () => ({ memo: 'bench' }),
    'admin.set-provider-limits': () => ({ atOnce: 10, memo: 'bench' }),
    'admin.set-provider-sync': () => ({ everyHours: 6, jumpUp: 50, jumpDown: 50, memo: 'bench' }),
    'admin.settle-sync': () => ({ heldId: 'none', verdict: 'ignore', memo: 'bench' }),
    'admin.delete-provider': () => ({ memo: 'bench' }),
    'admin.import-services': () => ({ percent: 25, origin: 'incentivised people' }),
    'admin.settle-paused-services': () => ({ serviceIds: [1], verdict: 'sell', memo: 'bench' }),
    'admin.invite-staff': () => ({ email: `${randomUUID()}@b.test`, role: 'support', memo: 'a bench' }),
  }

  const event = (
    name: string,
    route: string,
    more: { readonly path?: object; readonly cookies?: readonly string[]; readonly body?: object } = {},
  ) => {
    const [method = ''] = route.split(' ')
    const body = more.body ?? bodies[name]?.()
    return {
      ...(name.startsWith('reseller.') ? { httpMethod: method } : {}),
      rawQueryString: '',
      headers: {
        'x-panel-edge': secret,
        origin: at.site,
        'x-viewer-origin': at.site,
        'x-viewer-address': '127.0.0.1',
        'content-type': 'application/json',
      },
      cookies: more.cookies ?? [],
      pathParameters: { customerId: customer, orderId: '1', providerId: provider, taskId: 'none', keyId: 'none', ...more.path },
      ...(body ? { body: JSON.stringify(body) } : {}),
      requestContext: {
        requestId: 'bench',
        http: { method },
        authorizer: name.startsWith('reseller.')
          ? { customerId: customer, keyId: 'bench', scope: 'all' }
          : { jwt: { claims: { sub: name.startsWith('admin.') ? staff : customer, origin_jti: 'bench', token_use: 'access' } } },
      },
    }
  }

  const newKey = async () => ({ keyId: JSON.parse(bodyOf(await call('customer.create-key')))['keyId'] })
  /** What must be so before the measured call, for endpoints that use something up. */
  const prepared: Readonly<Record<string, () => Promise<Parameters<typeof event>[2]>>> = {
    'public.refresh-session': async () => ({ cookies: cookiesOf(await call('public.sign-in')) }),
    'customer.sign-out': async () => void (await keepCustomerSessions.open().begin(customer, session)),
    'admin.sign-out': async () => void (await keepStaffSessions.open().begin(staff, session)),
    'admin.revoke-customer-key': async () => ({ path: await newKey() }),
    'customer.change-key': async () => ({ path: await newKey() }),
    'customer.rotate-key': async () => ({ path: await newKey() }),
    'customer.revoke-key': async () => ({ path: await newKey() }),
    'admin.read-task': async () => ({ path: { taskId: await aTask() } }),
    'admin.list-task-notes': async () => ({ path: { taskId: await aTask() } }),
  }
  const aTask = async (): Promise<string> => JSON.parse(bodyOf(await call('admin.test-provider')))['taskId']
  const routeOf = (name: string): string => endpoints.find((endpoint) => endpoint.name === name)?.route ?? ''
  const call = async (name: string, more?: Parameters<typeof event>[2]) =>
    (await handlerOf(name))(event(name, routeOf(name), more), {})

  /** The second call is the warm one. */
  const measure = async (name: string, run: () => Promise<unknown>, warmUp: () => Promise<unknown> = run): Promise<Cost> => {
    await warmUp()
    measured.read()
    const { result, calls } = await countCalls(run)
    const answer = result as { statusCode?: number; body?: string } | undefined
    const code = /"code":"([^"]+)"/.exec(answer?.body ?? '')?.[1]
    return {
      name,
      ...measured.read(),
      otherCalls: calls,
      outcome: answer?.statusCode === undefined ? 'done' : `${answer.statusCode}${code ? ` ${code}` : ''}`,
    }
  }

  const handlerOf = async (name: string): Promise<(event: unknown, context: unknown) => Promise<unknown>> => {
    const [folder, file] = name.split('.')
    return (await import(`../../functions/${folder}/${file}.ts`)).handler
  }

  return {
    add: () => ({
      action: 'add',
      service: String(service?.serviceId),
      link: 'https://photo.network/p/abc',
      quantity: String(service?.min),
    }),
    endpoint: async (name: string, route: string): Promise<Cost> => {
      const handler = await handlerOf(name)
      await handler(event(name, route), {})
      const more = await prepared[name]?.()
      const cost = await measure(
        name,
        () => handler(event(name, route, more), {}),
        async () => undefined,
      )
      await prepared[name]?.()
      return cost
    },
    /** A new member of staff's first sign-in, and the refresh after it: each step needs what the one before gave. */
    staffJourney: async (): Promise<Map<string, Cost>> => {
      const email = `${randomUUID()}@b.test`
      await call('admin.invite-staff', { body: { email, role: 'support', memo: 'a bench' } })
      const password = await mailed(at.mailbox, email, /password (\S+)/)
      const steps = new Map<string, Cost>()
      let last: unknown
      const step = async (name: string, more: Parameters<typeof event>[2]): Promise<void> => {
        const cost = await measure(
          name,
          async () => {
            last = await call(name, more)
            return last
          },
          () => call(name),
        )
        steps.set(name, cost)
      }
      await step('admin.sign-in', { body: { email, password } })
      await step('admin.set-password', { cookies: cookiesOf(last), body: { password: newPassword() } })
      await step('admin.enrol-totp', { cookies: cookiesOf(last) })
      await step('admin.finish-sign-in', { cookies: cookiesOf(last), body: { code: totpCode(JSON.parse(bodyOf(last))['secret']) } })
      await step('admin.refresh-session', { cookies: cookiesOf(last) })
      return steps
    },
    protocol: async (what: string, parameters: () => Record<string, string>): Promise<Cost> => {
      const handler = await handlerOf('reseller.protocol')
      const ask = () =>
        handler(
          {
            headers: { 'x-panel-edge': secret, 'content-type': 'application/x-www-form-urlencoded' },
            body: new URLSearchParams({ key: demo.customer.apiKey, ...parameters() }).toString(),
            requestContext: { requestId: 'bench', http: { method: 'POST' } },
          },
          {},
        )
      return measure(`/api/v2 ${what}`, ask)
    },
    life: () => life(panel, measured, handlerOf, customer, provider),
  }
}

const cookiesOf = (answer: unknown): string[] =>
  ((answer as { cookies?: string[] }).cookies ?? []).map((cookie) => cookie.split(';')[0] ?? '')
const bodyOf = (answer: unknown): string => (answer as { body: string }).body

/** What a Default order costs from its acceptance to its completion: each step by the worker that takes it. */
async function life(
  { at }: BenchPanel,
  measured: Meter,
  handlerOf: (name: string) => Promise<(event: unknown, context: unknown) => Promise<unknown>>,
  customer: string,
  provider: string,
): Promise<Cost[]> {
  const { listOrders } = await import('../../data/orders/list-orders.ts')
  await fetch(`${at.control}/behaviour`, {
    method: 'POST',
    body: JSON.stringify({ secondsToComplete: 20, latencyMs: 0, faultRate: 0 }),
  })
  const { orders } = await listOrders.open().page({}, [], new Date(), undefined, 1)
  const order = orders[0]
  if (!order) throw new Error('no order was placed')
  const steps: Cost[] = []
  const step = async (name: string, run: () => Promise<unknown>): Promise<void> => {
    measured.read()
    const { calls } = await countCalls(run)
    steps.push({ name, ...measured.read(), otherCalls: calls, outcome: 'done' })
  }
  const submit = await handlerOf('workers.submit-order')
  const message = (body: object) => ({ Records: [{ messageId: 'm', body: JSON.stringify(body) }] })
  await step('submit', () => submit(message({ customerId: customer, orderId: order.orderId, providerId: provider }), {}))
  const {
    orders: [sent],
  } = await listOrders.open().page({}, [], new Date(), undefined, 1)
  if (sent?.state !== 'pending')
    throw new Error(`the order is ${sent?.state} (${sent?.reason}, ${sent?.said}), not with its provider`)
  const poll = await handlerOf('workers.poll-orders')
  const ask = () => poll(message({ providerId: provider, askedAt: new Date().toISOString() }), {})
  await step('poll: nothing new', ask)
  await sleep(5_000)
  await step('poll: in progress', ask)
  await sleep(16_000)
  await step('poll: completed', ask)
  return steps
}
