import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { policyDocuments } from '../../core/policy/documents.ts'
import { later } from '../../core/time.ts'
import { readCustomers } from '../../data/customers.ts'
import { publishPolicies } from '../../data/policies.ts'
import { settings } from '../../data/settings.ts'
import { tellCustomers } from '../../functions/workers/tell-customers.ts'
import { newCustomer, now } from './people.ts'
import { onEachTable } from './tables.ts'

/** Speaks the service's protocol, and refuses whom it is told to, as it would. */
const refusals = new Map<string, { readonly status: number; readonly type: string }>()
let arrived: string[] = []
let service: Server

beforeAll(async () => {
  service = createServer(async (request, response) => {
    let body = ''
    for await (const piece of request) body += piece
    const { Destination } = JSON.parse(body) as { Destination: { ToAddresses: string[] } }
    const to = Destination.ToAddresses[0] ?? ''
    const refusal = refusals.get(to)
    if (!refusal) arrived.push(to)
    response.writeHead(refusal?.status ?? 200, {
      'content-type': 'application/json',
      ...(refusal ? { 'x-amzn-errortype': refusal.type } : {}),
    })
    response.end(JSON.stringify(refusal ? { message: 'no' } : { MessageId: '1' }))
  }).listen(0, '127.0.0.1')
  await once(service, 'listening')
  const address = service.address()
  Object.assign(process.env, {
    MAIL_FROM: 'panel@example.com',
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_MAX_ATTEMPTS: '1',
    AWS_ENDPOINT_URL_SESV2: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`,
  })
})
afterAll(() => service.close())

const run = (at: Date) => {
  const opened = Object.fromEntries(Object.entries(tellCustomers.uses).map(([name, need]) => [name, need.open()]))
  return tellCustomers.run({ uses: opened as Parameters<typeof tellCustomers.run>[0]['uses'], now: at, clock: () => at })
}
const policyMailing = async () => (await tellCustomers.uses.mailings.open().all()).find(({ id }) => id === 'policy 0000000002')

onEachTable(() => {
  const forGood = { status: 400, type: 'BadRequestException' }
  const forNow = { status: 429, type: 'TooManyRequestsException' }
  const facts = settings.open()
  let emails: string[]

  beforeAll(async () => {
    refusals.clear()
    arrived = []
    await publishPolicies
      .open()
      .publish(policyDocuments({ ...facts, retention: { ...facts.retention, accessLogDays: 7 } }), later(now, -7_200))
    const ids = []
    for (let count = 0; count < 12; count++) ids.push(await newCustomer())
    // In the order in which they are told.
    const customers = await Promise.all(ids.toSorted().map((id) => readCustomers.open().own(id)))
    emails = customers.map(({ email }) => email)
  })

  test('P-USE-2: where it is everybody who is refused it is no matter of addresses: nobody is passed over', async () => {
    for (const email of emails) refusals.set(email, { status: 400, type: 'MessageRejected' })
    await expect(run(now)).rejects.toThrow('no')
    await expect(run(later(now, 60))).rejects.toThrow('no')
    expect(await policyMailing()).toMatchObject({ state: 'waiting', mailed: 0, refused: 0 })
  })

  test('P-USE-2: a mail refused for now waits, and everybody after it; none goes out twice', async () => {
    refusals.clear()
    refusals.set(emails[4] ?? '', forNow)
    await expect(run(later(now, 120))).rejects.toThrow('no')
    expect(arrived).toEqual(emails.slice(0, 4))
  })

  test('P-USE-2: an address refused for good is passed over and counted, and whoever comes after it is told', async () => {
    refusals.clear()
    for (const at of [4, 7, 8]) refusals.set(emails[at] ?? '', forGood)
    await run(later(now, 180))
    expect(arrived).toEqual(emails.filter((_, at) => ![4, 7, 8].includes(at)))
    expect(await policyMailing()).toMatchObject({ state: 'done', mailed: 9, refused: 3, unknown: 0 })
  })
})
