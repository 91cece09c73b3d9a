import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { attempt, customerId, keyHash, keyId, providerId, sessionId, staffId, taskId } from '../../core/ids.ts'
import { inquiryDays } from '../../core/inquiries/inquiry.ts'
import { kindsWith } from '../../core/privacy/erasing.ts'
import { type ItemKind, impersonal } from '../../core/privacy/inventory.ts'
import { dayOf, epochSeconds, iso, later } from '../../core/time.ts'
import { readAnnouncements } from '../../data/announcements.ts'
import { findKeys } from '../../data/api-keys.ts'
import { knowDevices } from '../../data/devices.ts'
import { readEmailChanges } from '../../data/email-changes.ts'
import { readFeed } from '../../data/feed.ts'
import { countInquiries, listInquiries, readInquiries, readInquiryMail } from '../../data/inquiries/read-inquiries.ts'
import { readKeyUse } from '../../data/key-use.ts'
import { keys, openLists } from '../../data/keys.ts'
import { readLooks } from '../../data/looks.ts'
import { listMailings } from '../../data/mailings.ts'
import { readKeys } from '../../data/manage-keys.ts'
import { markRead } from '../../data/news.ts'
import { readSendings } from '../../data/orders/sendings.ts'
import { readArchives } from '../../data/privacy/archives.ts'
import { readEverything } from '../../data/privacy/read-everything.ts'
import { readAudit } from '../../data/read-audit.ts'
import { readSignals } from '../../data/read-signals.ts'
import { readSessions, readWithOwner } from '../../data/sessions.ts'
import { readSignIns } from '../../data/sign-ins.ts'
import { noProgress, readTasks } from '../../data/tasks.ts'
import { anOrder } from '../fixtures/order.ts'
import { now, write } from './people.ts'
import { onEachTable } from './tables.ts'

/** Kinds of which an item can have an expiry date. */
type Expiring = {
  [Kind in ItemKind]: 'expiresAt' extends (typeof impersonal)[Kind][number] ? Kind : never
}[ItemKind]

/** An item, and everything that serves it. */
interface Served {
  readonly item: Record<string, unknown>
  readonly by: Readonly<Record<string, (at: Date) => unknown>>
}

const day = 86_400
/** When each of them expires; and a moment before that, at which all of them are served. */
const until = later(now, 30 * day)
const before = later(until, -2 * day)
const ago = (days: number): string => iso(later(until, -days * day))

const customer = customerId(randomUUID())
const provider = providerId(randomUUID().slice(0, 8))
const id = randomUUID()
const session = { sessionId: 's', address: '198.51.100.7', browser: 'B', beganAt: ago(30), seenAt: ago(30) }
const inquiry = {
  ...keys.inquiry(id),
  inquiryId: id,
  kind: 'contact',
  email: 'a@example.com',
  language: 'en',
  subject: 'S',
  at: ago(inquiryDays),
  changedAt: ago(inquiryDays),
  status: 'open',
  answered: false,
  openOn: openLists.inquiries('contact'),
  acceptedAt: `${ago(inquiryDays)}#${id}`,
}
async function list<T>(found: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const one of found) all.push(one)
  return all
}

const ofRecords =
  'has an expiry date only when its account was erased: what is left of it then is cut, and under a number that names nobody'
const aLock = 'is compared, and never served'

/** Of each kind how it is served; or why nothing of it is. */
const kinds: Readonly<Record<Expiring, Served | string>> = {
  SESSION: {
    item: { ...keys.session(customer, sessionId('s')), ...session },
    by: {
      'the list of sessions': (at) => readSessions.open().list(customer, at),
      'whoever asks whether it is signed in': async (at) =>
        (await readWithOwner(keys.session(customer, sessionId('s')), keys.customer(customer), at)).session,
    },
  },
  'STAFF-SESSION': {
    item: { ...keys.staffSession(staffId('p'), sessionId('s')), ...session },
    by: {
      'whoever asks whether it is signed in': async (at) =>
        (await readWithOwner(keys.staffSession(staffId('p'), sessionId('s')), keys.staff(staffId('p')), at)).session,
    },
  },
  DEVICE: {
    item: { ...keys.device(customer, 'Firefox on Linux'), seenAt: ago(365) },
    by: { 'whoever asks whether it is known': (at) => knowDevices.open().knows(customer, 'Firefox on Linux', at) },
  },
  'SIGN-IN': {
    item: { ...keys.signIn(customer, now, 'x'), outcome: 'password', address: 'a', browser: 'b', at: ago(90), times: 1 },
    by: {
      'the history of sign-ins': async (at) => {
        const { cameIn, failed } = await readSignIns.open().list(customer, at)
        return [...cameIn, ...failed]
      },
    },
  },
  'SECOND-FACTOR':
    'of it only that a code was used, for three minutes: a code that is used again is refused (second-factors.test.ts)',
  'EMAIL-CHANGE': {
    item: { ...keys.emailChange(customer, ago(2)), from: 'a@example.com', to: 'b@example.com', attempts: 0 },
    by: { 'the mails about it': (at) => readEmailChanges.open().get(customer, ago(2), at) },
  },
  NEWS: {
    item: { ...keys.news(customer, 'read x'), at: ago(400) },
    by: { 'the announcements': (at) => markRead.open().of(customer, at) },
  },
  INQUIRY: {
    item: inquiry,
    by: {
      'its page': (at) => readInquiries.open().get(id, at),
      'the list': async (at) => (await listInquiries.open().page('contact', undefined, 50, at)).inquiries,
      'the count': (at) => countInquiries.open().count('contact', at),
    },
  },
  'INQUIRY-MESSAGE': {
    item: { ...keys.inquiryMessage(id, 'r'), at: ago(inquiryDays), author: 'sender', text: 'T' },
    by: {
      'its page': (at) => readInquiries.open().messages(id, at),
      'the answer by mail': (at) => readInquiryMail.open().of(id, 'r', at),
    },
  },
  SENDING: {
    item: { ...keys.sending(customer, anOrder().orderId, attempt('a')), sentAt: ago(90), providerId: 'p' },
    by: { 'the page of an order': (at) => readSendings.open().of(anOrder({ customerId: customer }), at) },
  },
  LOOK: {
    item: { ...keys.look(staffId('p'), customer), until: iso(until) },
    by: { 'whether personal data is shown': (at) => readLooks.open().until(staffId('p'), customer, at) },
  },
  KEY: {
    item: { ...keys.key(keyHash(id)), customerId: customer, keyId: 'k', closesAt: iso(until) },
    by: {
      'the gateway': (at) => findKeys.open().isOpen(keyHash(id), at),
      'a call with it': async (at) => (await findKeys.open().owner({ hash: keyHash(id), address: '' }, at)).opens,
    },
  },
  KEYS: {
    item: {
      ...keys.keyOf(customer, keyId('k')),
      keyId: 'k',
      name: 'K',
      prefix: 'pk_abcdef',
      hash: 'h',
      createdAt: ago(90),
      revokedAt: ago(90),
    },
    by: { 'the list of keys': (at) => readKeys.open().of(customer, at) },
  },
  USE: {
    item: { ...keys.keyUse(customer, dayOf(later(until, -31 * day)), keyId('k')), keyId: 'k', calls: 1, usedAt: ago(31) },
    by: { 'the list of keys': (at) => readKeyUse.open().lately(customer, at) },
  },
  SIGNAL: {
    item: {
      ...keys.signal(ago(30).slice(0, 10), 'foreign-addresses', 'x'),
      kind: 'foreign-addresses',
      times: 9,
      firstAt: ago(30),
      lastAt: ago(30),
    },
    by: { 'the page of signals': async (at) => (await readSignals.open().ofDay(ago(30).slice(0, 10), at)).signals },
  },
  ARCHIVE: {
    item: { ...keys.archive(customer, ago(8)), customerId: customer, at: ago(8), dueAt: ago(7), state: 'ready', readyAt: ago(7) },
    by: {
      'the list of archives': (at) => readArchives.open().of(customer, at),
      'its link': (at) => readArchives.open().get(customer, later(until, -8 * day), at),
      'the page of requests': (at) => readArchives.open().all(at),
    },
  },
  FEED: {
    item: {
      ...keys.feed('new', later(until, -400 * day), '1'),
      kind: 'new',
      serviceId: 1,
      name: 'N',
      type: 'Default',
      at: ago(400),
    },
    by: { 'the feed': async (at) => (await readFeed.open().page('new', undefined, 5, at)).lines },
  },
  ANNOUNCEMENT: {
    item: {
      ...keys.announcement('a'),
      title: 'T',
      audience: 'everybody',
      importance: 'notice',
      from: ago(401),
      until: ago(400),
      writtenAt: ago(401),
    },
    by: { 'the page of announcements': (at) => readAnnouncements.open().all(at) },
  },
  MAILING: {
    item: {
      ...keys.mailing('changes x'),
      kind: 'changes',
      day: 'x',
      state: 'done',
      from: ago(7),
      mailed: 0,
      passedOver: 0,
      unknown: 0,
      refused: 0,
    },
    by: { 'the page of announcements': (at) => listMailings.open().all(at) },
  },
  TASK: {
    item: {
      ...keys.task(provider, taskId('t')),
      taskId: 't',
      providerId: provider,
      kind: 'test',
      state: 'done',
      startedAt: ago(90),
      progress: noProgress,
    },
    by: {
      'its page': (at) => readTasks.open().get(provider, taskId('t'), at),
      'the provider’s page': (at) => readTasks.open().latest(provider, 5, at),
    },
  },
  WALLET: ofRecords,
  ENTRY: ofRecords,
  CAUSE: ofRecords,
  ORDER: ofRecords,
  REFILL: ofRecords,
  'REFILL-NUMBER': ofRecords,
  CANCEL: ofRecords,
  TRIED: ofRecords,
  RUN: ofRecords,
  CONFIRMED: ofRecords,
  ERASED: ofRecords,
  AUDITED: {
    item: { ...keys.audited(ago(3_653).slice(0, 10), 1), by: 's', action: 'a', on: 'inquiry 1', at: ago(3_653), salt: 'x' },
    by: {
      'the page of the trail': async (at) => (await readAudit.open().ofDay(ago(3_653).slice(0, 10), {}, undefined, 9, at)).records,
    },
  },
  'TICKET-REQUEST': aLock,
  TARGET: aLock,
  'FEED-SLOT': aLock,
  LAPSED: aLock,
  CREDITED: 'is asked for on its own day',
  RATE: 'is asked for within its own window',
  PEPPER: 'is asked for on its own day, and the day after',
  PLAN: 'is read by the task that it is of',
  NOTE: 'is read through the task that it is of',
  'ANNOUNCEMENT-TEXT': 'is read through the announcement that it is of',
  'EXCHANGE-RATES': 'the newest there are go, with their day, however old they are',
}

const served = Object.entries(kinds).flatMap(([kind, how]) => (typeof how === 'string' ? [] : [[kind, how] as const]))

/** Whether an answer holds anything. */
function isThere(answer: unknown): boolean {
  if (Array.isArray(answer)) return answer.length > 0
  if (answer instanceof Set) return answer.size > 0
  return Boolean(answer)
}

test('of every kind that expires it is said how it is served', () => {
  const expiring = Object.entries(impersonal).flatMap(([kind, names]) => (names.some((name) => name === 'expiresAt') ? [kind] : []))
  expect(Object.keys(kinds).toSorted()).toEqual(expiring.toSorted())
})

onEachTable(() => {
  test.each(served)('P-RET-2: %s that has expired is served by nothing, though the table still has it', async (_, { item, by }) => {
    await write({ ...item, expiresAt: epochSeconds(until) })
    for (const [where, read] of Object.entries(by)) {
      expect(isThere(await read(before)), `${where}, before`).toBe(true)
      const after = await Promise.resolve(read(until)).catch(() => undefined)
      expect(isThere(after), where).toBe(false)
    }
  })

  test('P-RT-1: what has expired is in no archive and no disclosure', async () => {
    const owned = kindsWith(({ found }) => found === 'by owner')
    const expiring = served.flatMap(([kind, { item }]) => {
      const one = owned.find((own) => own === kind)
      return one ? [{ kind: one, item }] : []
    })
    for (const { item } of expiring) await write({ ...item, expiresAt: epochSeconds(until) })
    const found = async (at: Date) => {
      const there: string[] = []
      for await (const { kind, rows } of readEverything.open().of(customer, at)) if ((await list(rows)).length > 0) there.push(kind)
      return there
    }
    expect(await found(before)).toEqual(
      expect.arrayContaining(['SESSION', 'DEVICE', 'SIGN-IN', 'EMAIL-CHANGE', 'NEWS', 'KEYS', 'USE']),
    )
    expect(await found(until)).toEqual([])
  })
})
