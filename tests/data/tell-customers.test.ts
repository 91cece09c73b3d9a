import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { policyDocuments } from '../../core/policy/documents.ts'
import { later } from '../../core/time.ts'
import { readCustomers } from '../../data/customers.ts'
import { publishPolicies } from '../../data/policies.ts'
import { settings } from '../../data/settings.ts'
import { tellCustomers } from '../../functions/workers/tell-customers.ts'
import { takesAll } from '../../outside/mail/send-mail.ts'
import { newCustomer, now } from './people.ts'
import { onEachTable } from './tables.ts'

interface Refusal {
  readonly status: number
  readonly type: string
  readonly message: string
}
/** Speaks the service's protocol, and refuses whom it is told to, as it would. */
const refusals = new Map<string, Refusal>()
let arrived: string[] = []
const written: string[] = []
let service: Server

beforeAll(async () => {
  service = createServer(async (request, response) => {
    let body = ''
    for await (const piece of request) body += piece
    const { Destination } = JSON.parse(body) as { Destination: { ToAddresses: string[] } }
    const to = Destination.ToAddresses[0] ?? ''
    const refusal = refusals.get(to)
    if (!refusal) arrived.push(to)
    if (!refusal) written.push(body)
    response.writeHead(refusal?.status ?? 200, {
      'content-type': 'application/json',
      ...(refusal ? { 'x-amzn-errortype': refusal.type } : {}),
    })
    response.end(JSON.stringify(refusal ? { message: refusal.message } : { MessageId: '1' }))
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
const forGood = { status: 400, type: 'BadRequestException', message: 'no' }
const forNow = { status: 429, type: 'TooManyRequestsException', message: 'no' }
/** What it says of an account in the sandbox, and of a sender that nobody verified. */
const notVerified = {
  status: 400,
  type: 'MessageRejected',
  message: 'Email address is not verified. The following identities failed the check in region EU-CENTRAL-1: panel@example.com',
}
const ofTheSender = [
  'AccountSuspendedException',
  'SendingPausedException',
  'MailFromDomainNotVerifiedException',
  'LimitExceededException',
]

onEachTable(() => {
  const facts = settings.open()
  let emails: string[]
  let minutes = 0
  let versions = 0
  const nextRun = () => run(later(now, 60 * ++minutes))
  const mailing = async () =>
    (await tellCustomers.uses.mailings.open().all(now)).findLast(({ subject }) => subject.kind === 'policy')

  beforeAll(async () => {
    const ids = []
    for (let count = 0; count < 12; count++) ids.push(await newCustomer())
    // In the order in which they are told.
    const customers = await Promise.all(ids.toSorted().map((id) => readCustomers.open().own(id)))
    emails = customers.map(({ email }) => email)
    await publish()
  })
  beforeEach(async () => {
    refusals.clear()
    arrived = []
    await publish()
  })

  /** Another version, which everybody is to be told of. */
  const publish = async () =>
    publishPolicies
      .open()
      .publish(
        policyDocuments({ ...facts, retention: { ...facts.retention, accessLogDays: 7 + versions } }),
        later(now, 60 * minutes - 1_000 + versions++),
      )
  const refuse = (refusal: Refusal, whom: readonly (string | undefined)[]) => {
    for (const one of whom) refusals.set(one ?? '', refusal)
  }

  test('P-USE-2: where everybody is refused it is no matter of addresses: nobody is passed over', async () => {
    refuse(forGood, [...emails, takesAll])
    await expect(nextRun()).rejects.toThrow('no')
    await expect(nextRun()).rejects.toThrow('no')
    expect(await mailing()).toMatchObject({ state: 'waiting', mailed: 0, refused: 0 })
  })

  test('P-USE-2: where the sender is refused from the last few on, the mailing waits for them, and tells them once it may', async () => {
    refuse(forGood, [...emails.slice(9), takesAll])
    await expect(nextRun()).rejects.toThrow('no')
    expect(arrived).toEqual(emails.slice(0, 9))
    expect(await mailing()).toMatchObject({ state: 'waiting', mailed: 9, refused: 0 })
    refusals.clear()
    await nextRun()
    expect(arrived).toEqual(emails)
    expect(await mailing()).toMatchObject({ state: 'done', mailed: 12, refused: 0 })
  })

  test('P-USE-2: a sender that is not verified is told from an address, whatever the service’s own mailbox takes', async () => {
    refuse(notVerified, emails.slice(11))
    await expect(nextRun()).rejects.toThrow('not verified')
    expect(await mailing()).toMatchObject({ state: 'waiting', mailed: 11, refused: 0 })
  })

  test.each(ofTheSender)('P-USE-2: %s is of the account: nobody is passed over', async (type) => {
    refuse({ status: 400, type, message: 'no' }, emails.slice(10))
    await expect(nextRun()).rejects.toThrow('no')
    expect(await mailing()).toMatchObject({ state: 'waiting', mailed: 10, refused: 0 })
  })

  test('P-USE-2: a mail refused for now waits, and everybody after it; none goes out twice', async () => {
    refuse(forNow, [emails[4]])
    await expect(nextRun()).rejects.toThrow('no')
    expect(arrived).toEqual(emails.slice(0, 4))
    refusals.clear()
    await nextRun()
    expect(arrived).toEqual(emails)
  })

  test('P-USE-2: addresses refused for good are passed over and counted, the last ones too, and all others are told', async () => {
    const bad = [4, 7, 8, 10, 11]
    refuse(
      forGood,
      bad.map((at) => emails[at]),
    )
    await nextRun()
    expect(arrived).toEqual([...emails.filter((_, at) => !bad.includes(at)), takesAll])
    expect(await mailing()).toMatchObject({ state: 'done', mailed: 7, refused: 5, unknown: 0 })
  })

  test('P-USE-2: what is tried elsewhere names nobody', async () => {
    refuse(forGood, emails)
    await nextRun()
    expect(await mailing()).toMatchObject({ state: 'done', refused: 12 })
    expect(new Set(arrived)).toEqual(new Set([takesAll]))
    expect(written.at(-1)).toContain(facts.panelName)
    expect(written.at(-1)).not.toContain('Ada')
  })
})
