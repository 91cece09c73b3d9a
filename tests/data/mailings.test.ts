import { randomUUID } from 'node:crypto'
import { SESv2ServiceException } from '@aws-sdk/client-sesv2'
import { beforeEach, describe, expect, test } from 'vitest'
import { firstPreferences, type Preferences } from '../../core/identity/preferences.ts'
import { type CustomerId, serviceId } from '../../core/ids.ts'
import { rate } from '../../core/money.ts'
import type { Announcement } from '../../core/policy/announcement.ts'
import { policyDocuments } from '../../core/policy/documents.ts'
import { later } from '../../core/time.ts'
import { acceptPolicies } from '../../data/acceptances.ts'
import { readAnnouncements, writeAnnouncements } from '../../data/announcements.ts'
import { keepPreferences, readCustomers, suspendAccounts } from '../../data/customers.ts'
import { keepFeed } from '../../data/feed.ts'
import { listMailings } from '../../data/mailings.ts'
import { closeAccounts } from '../../data/privacy/closures.ts'
import { settings } from '../../data/settings.ts'
import { table, useTable } from '../../data/table.ts'
import { opened } from '../../functions/kit/opened.ts'
import { tellCustomers } from '../../functions/workers/tell-customers.ts'
import type { Mail } from '../../outside/mail/send-mail.ts'
import { all, audit, available, newCustomer, now, place, sell } from './people.ts'
import { inMemory } from './tables.ts'

const facts = settings.open()
const { write: announce, withdraw } = writeAnnouncements.open()
const { keep } = keepPreferences.open()

beforeEach(() => useTable(inMemory()))

let sent: Mail[] = []
beforeEach(() => {
  sent = []
})
const toWhom = (about: RegExp) => sent.filter(({ subject }) => about.test(subject)).map(({ to }) => to.split('@')[0])

/** A run of the worker, a minute's; with what becomes of each mail. */
function run(at: Date, { most = 1_000, send = async () => true }: { most?: number; send?: (mail: Mail) => Promise<boolean> } = {}) {
  const uses = {
    ...opened(tellCustomers.uses)(),
    settings: { ...facts, announcementMailsPerMinute: most },
    mail: {
      async send(mail: Mail) {
        const taken = await send(mail)
        sent.push(mail)
        return taken
      },
    },
  }
  return tellCustomers.run({ uses, now: at, clock: () => at })
}
const customers = (count: number): Promise<CustomerId[]> => Promise.all(Array.from({ length: count }, () => newCustomer()))
const wants = (customer: CustomerId, part: Partial<Preferences>) => keep(customer, { ...firstPreferences, ...part })

const announcement = (over: Partial<Announcement & { text: string }> = {}) => ({
  announcementId: `${now.toISOString()} ${randomUUID()}`,
  title: 'Maintenance on Sunday',
  text: 'The panel rests for an hour.',
  audience: 'everybody' as const,
  importance: 'notice' as const,
  from: now,
  until: later(now, 7 * 86_400),
  writtenAt: now,
  ...over,
})
const mailing = async (about: string) => (await listMailings.open().all(now)).find(({ id }) => id.startsWith(about))
const refused = () => {
  throw new SESv2ServiceException({ name: 'TooManyRequestsException', $fault: 'client', $metadata: { httpStatusCode: 429 } })
}

describe('P-USE-2: a mailing', () => {
  test('reaches every account that was ever opened, once, however many runs it takes', async () => {
    const everybody = await customers(60)
    expect((await all('ROLL')).map(({ sk }) => sk).sort()).toEqual([...everybody].sort())
    await announce(announcement(), audit, now)
    for (let minute = 1; minute <= 6; minute++) await run(later(now, minute * 60), { most: 17 })
    expect(toWhom(/Maintenance/).sort()).toEqual([...everybody].sort())
    expect(await mailing('announcement')).toMatchObject({ state: 'done', mailed: 60, unknown: 0 })
  })

  test('goes on after a crash between two mails, and after one that the service did not take: nobody twice, nobody missed', async () => {
    const everybody = await customers(40)
    await announce(announcement(), audit, now)
    let mails = 0
    await expect(run(later(now, 60), { send: async () => (++mails === 13 ? refused() : true) })).rejects.toThrow()
    expect(sent).toHaveLength(12)
    // Killed before it could note how far it was: what stands is what stood before.
    const before = table()
    const killed = {
      ...before,
      db: {
        send: async (command: never) => {
          if (JSON.stringify(command).includes('#after = :last')) throw new Error('killed')
          return before.db.send(command)
        },
      } as typeof before.db,
    }
    useTable(killed)
    await expect(run(later(now, 120), { most: 5 })).rejects.toThrow('killed')
    useTable(before)
    for (let minute = 3; minute <= 5; minute++) await run(later(now, minute * 60))
    expect(toWhom(/Maintenance/).sort()).toEqual([...everybody].sort())
    const { mailed = 0, unknown = 0, state } = (await mailing('announcement')) ?? {}
    expect([state, mailed + unknown, unknown]).toEqual(['done', 40, 5])
  })

  test('where nobody can know whether a mail went out, it is not sent again, and counted', async () => {
    const everybody = await customers(3)
    await announce(announcement(), audit, now)
    await run(later(now, 60), {
      send: async ({ to }) => {
        if (to.startsWith(String(everybody[0]))) throw new Error('no answer')
        return true
      },
    })
    await run(later(now, 120))
    expect(toWhom(/Maintenance/).sort()).toEqual(everybody.slice(1).sort())
    expect(await mailing('announcement')).toMatchObject({ state: 'done', mailed: 2, unknown: 1 })
  })

  test('stops where it stands when the announcement is withdrawn, and a second withdrawal finds none', async () => {
    await customers(30)
    const one = announcement()
    await announce(one, audit, now)
    await run(later(now, 60), { most: 10 })
    await withdraw(one.announcementId, audit, later(now, 90))
    for (const seconds of [120, 180]) await run(later(now, seconds))
    expect(sent).toHaveLength(10)
    expect(await mailing('announcement')).toMatchObject({ state: 'withdrawn', mailed: 10 })
    await expect(withdraw(one.announcementId, audit, later(now, 200))).rejects.toMatchObject({ code: 'announcement-not-found' })
  })

  test('withdrawn while a run is at it, ends with the mails that were on their way', async () => {
    await customers(60)
    const one = announcement()
    await announce(one, audit, now)
    await run(later(now, 60), {
      send: async () => {
        if (sent.length === 3) await withdraw(one.announcementId, audit, later(now, 61))
        return true
      },
    })
    // The rest of the batch of 25 in hand, and not one of the next.
    expect(sent).toHaveLength(25)
    await run(later(now, 120))
    expect(sent).toHaveLength(25)
  })

  test('is not begun before its time', async () => {
    await customers(2)
    await announce(announcement({ from: later(now, 3_600) }), audit, now)
    await run(later(now, 60))
    expect(sent).toEqual([])
    await run(later(now, 3_601))
    expect(sent).toHaveLength(2)
  })
})

describe('P-USE-2: who does not use the account', () => {
  const close = async (customer: CustomerId) =>
    closeAccounts.open().close(await readCustomers.open().own(customer), await available(customer), facts.retention, now)
  const suspend = (customer: CustomerId) => suspendAccounts.open().setStatus(customer, 'suspended', audit, now)

  test('is told of no announcement: neither who closed it nor who is suspended', async () => {
    const [active, closed, suspended] = [await newCustomer(), await newCustomer(), await newCustomer()]
    await close(closed)
    await suspend(suspended)
    await announce(announcement(), audit, now)
    await run(later(now, 60))
    expect(toWhom(/Maintenance/)).toEqual([active])
    expect(await mailing('announcement')).toMatchObject({ state: 'done', mailed: 1, passedOver: 2 })
  })

  test('is told of no changes of prices, though they were asked for', async () => {
    const service = await sell()
    const [active, suspended] = [await newCustomer(100_000_000n), await newCustomer(100_000_000n)]
    for (const person of [active, suspended]) {
      await wants(person, { changes: true })
      await place(person, service.serviceId)
    }
    await suspend(suspended)
    const { name, type, serviceId } = service
    const up = { kind: 'price-up' as const, name, type, serviceId, before: rate(1_000_000n), after: rate(1_500_000n) }
    await keepFeed.open().tell([{ ...up, at: now, sequence: '1' }])
    await run(later(now, 86_400))
    await run(later(now, 86_460))
    expect(toWhom(/./)).toEqual([active])
  })

  test('hears of a new policy while there is an account that it binds: who is suspended, and not who closed it', async () => {
    const [active, closed, suspended] = [await newCustomer(), await newCustomer(), await newCustomer()]
    await close(closed)
    await suspend(suspended)
    const { publishing } = opened(tellCustomers.uses)()
    const before = policyDocuments({ ...facts, retention: { ...facts.retention, accessLogDays: 7 } })
    await publishing.publish(before, later(now, -7_200))
    await run(now)
    await run(later(now, 60))
    expect(toWhom(/./).sort()).toEqual([active, suspended].sort())
  })
})

describe('an announcement', () => {
  test('asked for again is the same one; with another text, title, time or end under the same request it is refused', async () => {
    const one = announcement()
    await announce(one, audit, now)
    await announce(one, audit, later(now, 5))
    const another: object[] = [
      { text: 'The panel rests for a day.' },
      { title: 'Maintenance on Monday' },
      { audience: 'resellers' },
      { importance: 'important' },
      { until: later(now, 60) },
      { from: later(now, 60), announcementId: one.announcementId.replace(now.toISOString(), later(now, 60).toISOString()) },
    ]
    for (const part of another)
      await expect(announce({ ...one, ...part }, audit, later(now, 10))).rejects.toMatchObject({ code: 'request-id-reused' })
    const { all: read, texts } = readAnnouncements.open()
    expect(await read(now)).toEqual([expect.objectContaining({ announcementId: one.announcementId, title: one.title })])
    expect(await texts([one.announcementId])).toEqual(new Map([[one.announcementId, one.text]]))
    await customers(1)
    await run(later(now, 120))
    expect(sent).toHaveLength(1)
  })
})

describe('P-RT-4: a new version of the policy', () => {
  test('is mailed to whoever accepted an older one, though announcements are off; a newer one tells of itself alone', async () => {
    const [reader, silent, accepted] = await Promise.all([newCustomer(), newCustomer(), newCustomer()])
    await wants(silent, { announcements: false })
    const { publishing } = opened(tellCustomers.uses)()
    const days = (accessLogDays: number) => policyDocuments({ ...facts, retention: { ...facts.retention, accessLogDays } })
    const [second, third] = [days(7), policyDocuments(facts)]
    await publishing.publish(days(3), later(now, -7_200))
    await publishing.publish(second, later(now, -3_700))
    await acceptPolicies.open().accept(accepted, { version: 2, at: now })
    // The worker publishes what the settings say, which is the third; the second is overtaken before anybody heard of it.
    await run(now)
    await run(later(now, 60))
    expect(second).not.toEqual(third)
    expect(toWhom(/./).sort()).toEqual([reader, silent, accepted].sort())
    const mailings = (await listMailings.open().all(now)).filter(({ subject }) => subject.kind === 'policy')
    expect(mailings.map(({ subject, state, mailed }) => [subject.kind === 'policy' && subject.version, state, mailed])).toEqual([
      [2, 'done', 0],
      [3, 'done', 3],
    ])
    await run(later(now, 180))
    expect(sent).toHaveLength(3)
  })
})

describe('the daily changes', () => {
  test('are mailed to whoever asked for them and ordered what changed; nobody else hears, and one click ends them', async () => {
    const [asked, unasked, elsewhere] = await Promise.all([
      newCustomer(100_000_000n),
      newCustomer(100_000_000n),
      newCustomer(100_000_000n),
    ])
    const [service, other] = [await sell(), await sell()]
    for (const customer of [asked, unasked]) await place(customer, service.serviceId)
    await place(elsewhere, other.serviceId)
    for (const customer of [asked, elsewhere]) await wants(customer, { changes: true })
    const { name, type } = service
    const up = { kind: 'price-up' as const, name, type, before: rate(1_000_000n), after: rate(1_500_000n) }
    const feed = keepFeed.open()
    await feed.tell([
      { ...up, serviceId: service.serviceId, at: now, sequence: '1' },
      // Today's is for tomorrow's mail.
      { ...up, serviceId: service.serviceId, at: later(now, 86_400), sequence: '2', after: rate(9_000_000n) },
      { ...up, serviceId: serviceId(999_999), at: now, sequence: '3' },
    ])
    const tomorrow = later(now, 86_400)
    await run(tomorrow)
    await run(later(tomorrow, 60))
    expect(sent.map(({ to }) => to)).toEqual([`${asked}@example.com`])
    expect(sent[0]?.text).toContain(`(#${service.serviceId})`)
    expect(sent[0]?.text).toMatch(/1\.00?.* → 1\.50?/)
    expect(sent[0]?.text).not.toMatch(/9\.00|999999/)
    expect(sent[0]?.oneClick).toMatch(/\/webhooks\/opt-out\?token=/)
    // The day after: nothing more for whoever ended them.
    await wants(asked, { changes: false })
    const dayAfter = later(now, 2 * 86_400)
    for (const seconds of [0, 60, 120]) await run(later(dayAfter, seconds))
    expect(sent).toHaveLength(1)
  })
})
