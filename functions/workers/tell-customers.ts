import type { FeedLine } from '../../core/catalogue/changes.ts'
import { serviceTypeRule } from '../../core/catalogue/service-types.ts'
import { words } from '../../core/mail/words.ts'
import { formatMoney } from '../../core/money.ts'
import type { Opened } from '../../core/need.ts'
import { standing } from '../../core/policy/announcement.ts'
import { policyDocuments } from '../../core/policy/documents.ts'
import type { Mailing, MailingSubject, Progress } from '../../core/policy/mailing.ts'
import { dayOf, iso, later } from '../../core/time.ts'
import { readAnnouncements } from '../../data/announcements.ts'
import type { Customer } from '../../data/customers.ts'
import { readFeed } from '../../data/feed.ts'
import { workMailings } from '../../data/mailings.ts'
import { readKeys } from '../../data/manage-keys.ts'
import { claimMails } from '../../data/news.ts'
import { signOptOuts } from '../../data/opt-out.ts'
import { readOrders } from '../../data/orders/read-orders.ts'
import { publishPolicies, readPolicies } from '../../data/policies.ts'
import { settings } from '../../data/settings.ts'
import { isRefusedForGood, type Mail, sendMail, takesAll, wasNotTaken } from '../../outside/mail/send-mail.ts'
import { logWarning } from '../kit/log.ts'
import { workSchedule } from '../kit/work.ts'
import { type Clock, scheduleWorker } from '../kit/worker.ts'

const uses = {
  publishing: publishPolicies,
  policies: readPolicies,
  mailings: workMailings,
  announcements: readAnnouncements,
  feed: readFeed,
  orders: readOrders,
  keys: readKeys,
  claims: claimMails,
  optOuts: signOptOuts,
  mail: sendMail,
  settings,
}
type Uses = Opened<typeof uses>

/** Customers looked at between two notes of how far it is. */
const batch = 25
/** So many refused one after the other are asked about before anybody else is. */
const mostRefusedInARow = 10
/** It stops then: the next run goes on. */
const workingSeconds = 45

export const tellCustomers = scheduleWorker({
  name: 'workers.tell-customers',
  summary:
    'Every minute, publishes the policy where it is another, and goes on mailing announcements, policies and the daily changes',
  on: { kind: 'schedule', every: 'minute' },
  failing: {
    hurts: 'customers are not told of announcements and of new terms; mail about accounts is not touched by it',
    runbook: 'customers-not-told',
  },
  timeoutSeconds: 60,
  uses,

  async run({ uses, now, clock }) {
    await uses.publishing.publish(policyDocuments(uses.settings), now)
    const all = await uses.mailings.all(now)
    const yesterday = dayOf(later(now, -86_400))
    if (!all.some(({ subject }) => subject.kind === 'changes' && subject.day === yesterday))
      await uses.mailings.begin({ kind: 'changes', day: yesterday }, now)
    let left = uses.settings.announcementMailsPerMinute
    const due = all.filter(({ state, from }) => state === 'waiting' && from <= now)
    for (const mailing of due.toSorted((one, other) => one.from.getTime() - other.from.getTime())) {
      if (left <= 0) return
      left -= await goOn(mailing, left, uses, clock, later(now, workingSeconds))
    }
  },
})

/** Answers how many mails it sent. */
async function goOn(begun: Mailing, most: number, uses: Uses, clock: Clock, until: Date): Promise<number> {
  const write = await writerOf(begun, uses, clock())
  let mailing: Mailing | undefined = begun
  let sent = 0
  while (mailing && sent < most && clock() < until) {
    const customers: readonly Customer[] = write ? await uses.mailings.next(mailing, Math.min(batch, most - sent)) : []
    const { progress, last, failed } = await tellAll(customers, mailing.id, write, uses, clock)
    // The next run begins with whom this one failed at.
    const isAtItsEnd = customers.length === 0
    const next: Mailing | undefined = last || isAtItsEnd ? await uses.mailings.advance(mailing, progress, last, clock()) : undefined
    if (failed) throw failed.by
    if (progress.refused > 0) logWarning('mails refused for good', { mailing: mailing.id, count: progress.refused })
    sent += progress.mailed + progress.unknown
    mailing = next
    if (isAtItsEnd) break
  }
  return sent
}

interface Told {
  readonly progress: Progress
  /** The last who is certainly done with. */
  readonly last?: Customer['customerId']
  readonly failed?: { readonly by: unknown }
}

/**
 * Whoever is refused is only passed over when it is sure that it is a matter of their address: when a mail was taken after
 * theirs, or theirs is for somebody else. Until then it may be the panel that may not send, and nobody is to go without the mail for that.
 */
async function tellAll(
  customers: readonly Customer[],
  mailing: string,
  write: Writer | undefined,
  uses: Uses,
  clock: Clock,
): Promise<Told> {
  let told: Told = { progress: { mailed: 0, passedOver: 0, unknown: 0, refused: 0 } }
  let sure = told
  let refused: Customer[] = []
  try {
    for (const [at, customer] of customers.entries()) {
      const outcome = await tell(customer, mailing, write, uses, clock())
      told = { progress: { ...told.progress, [outcome]: told.progress[outcome] + 1 }, last: customer.customerId }
      if (outcome === 'mailed') refused = []
      if (outcome === 'refused') refused.push(customer)
      const [one] = refused
      if (one && (refused.length === mostRefusedInARow || at === customers.length - 1)) {
        await tryElsewhere(one, write, uses)
        refused = []
      }
      if (refused.length === 0) sure = told
    }
  } catch (error) {
    return { ...sure, failed: { by: error } }
  }
  return sure
}

/** Fails where the sender, or what is written, is refused whomever it is for. The name is nobody's. */
async function tryElsewhere(customer: Customer, write: Writer | undefined, { mail, settings }: Uses): Promise<void> {
  const written = await write?.({ ...customer, fullName: settings.panelName })
  if (written) await mail.send({ ...written, to: takesAll })
}

/**
 * P-USE-2: whoever closed the account is written to no more, but for its safety. Who is suspended hears of policies, because
 * they go on binding him, and of nothing that he cannot use.
 */
const mayHear = ({ status }: Customer, { kind }: MailingSubject): boolean =>
  status === 'active' || (status === 'suspended' && (kind === 'policy' || kind === 'binding'))

/** Writes to a customer; undefined for whom it does not concern. */
type Writer = (customer: Customer) => Promise<Mail | undefined>

/**
 * At most once: whoever claims the mail sends it. Where the service said that it did not take it, somebody tries again,
 * unless it never will; where nobody can know, nobody does.
 */
async function tell(
  customer: Customer,
  mailing: string,
  write: Writer | undefined,
  uses: Uses,
  now: Date,
): Promise<keyof Progress> {
  const mail = await write?.(customer)
  if (!mail) return 'passedOver'
  // Claimed by a run that was cut off before it could say what came of it.
  if (!(await uses.claims.claim(customer.customerId, mailing, now))) return 'unknown'
  try {
    return (await uses.mail.send(mail)) ? 'mailed' : 'passedOver'
  } catch (error) {
    if (!wasNotTaken(error)) return 'unknown'
    await uses.claims.release(customer.customerId, mailing)
    if (isRefusedForGood(error)) return 'refused'
    throw error
  }
}

/** Undefined where there is nothing to tell any more. */
async function writerOf({ subject, id }: Mailing, uses: Uses, now: Date): Promise<Writer | undefined> {
  const { panelName: panel, siteOrigin } = uses.settings
  const named = ({ fullName: name }: Customer) => ({ name, panel })
  switch (subject.kind) {
    case 'policy':
    case 'binding': {
      const [latest, text] = await Promise.all([uses.policies.latest(), uses.policies.text(subject.version)])
      // A newer version tells of itself.
      if (!text || (subject.kind === 'policy' && latest?.version !== subject.version)) return undefined
      const news = { version: subject.version, changes: text.changes.map(({ heading }) => heading), address: `${siteOrigin}/new` }
      return async (customer) => {
        if (!mayHear(customer, subject) || customer.terms.version >= subject.version) return undefined
        const say = words[customer.preferences.language]
        const of = { ...named(customer), ...news }
        const mail = subject.kind === 'policy' ? say.policyNew(of) : say.policyBinds({ ...of, from: iso(subject.from) })
        return { to: customer.email, ...mail }
      }
    }
    case 'announcement': {
      const announcement = (await uses.announcements.all(now)).find(
        ({ announcementId }) => announcementId === subject.announcementId,
      )
      const text = (await uses.announcements.texts([subject.announcementId])).get(subject.announcementId)
      if (!announcement || text === undefined || standing(announcement, true, now) !== 'shown') return undefined
      return async (customer) => {
        if (!mayHear(customer, subject) || !customer.preferences.announcements) return undefined
        if (announcement.audience === 'resellers' && !(await isReseller(customer, uses, now))) return undefined
        const links = await optOutLinks(customer, 'announcements', uses)
        const { title } = announcement
        const say = words[customer.preferences.language].announced({ ...named(customer), title, text, optOut: links.page })
        return { to: customer.email, ...say, oneClick: links.oneClick }
      }
    }
    case 'changes': {
      const lines = await linesOf(subject.day, uses, now)
      if (lines.length === 0) return undefined
      return async (customer) => {
        if (!mayHear(customer, subject) || !customer.preferences.changes) return undefined
        const { orders } = await uses.orders.page(customer.customerId, () => true, undefined, ordersLookedAt)
        const ordered = new Set(orders.map(({ serviceId }) => serviceId))
        const concern = lines.filter(({ serviceId }) => ordered.has(serviceId)).slice(0, linesMailed)
        if (concern.length === 0) return undefined
        const links = await optOutLinks(customer, 'changes', uses)
        const say = words[customer.preferences.language]
        const told = concern.map((line) => lineOf(line, say.change[line.kind], uses.settings.currency))
        return {
          to: customer.email,
          ...say.changesOf({ ...named(customer), day: subject.day, lines: told, optOut: links.page }),
          oneClick: links.oneClick,
        }
      }
    }
    default:
      throw new Error(`nobody knows how to tell of ${id}`)
  }
}

/** Services among so many of somebody's last orders are those that they ordered. */
const ordersLookedAt = 100
const linesMailed = 50
const linesOfADay = 5_000

async function isReseller({ customerId }: Customer, uses: Uses, now: Date): Promise<boolean> {
  const keys = await uses.keys.of(customerId, now)
  return keys.some(({ revokedAt, closesAt }) => revokedAt === undefined && (closesAt === undefined || closesAt > now))
}

async function optOutLinks({ customerId }: Customer, what: 'announcements' | 'changes', { optOuts, settings }: Uses) {
  const token = await optOuts.token(customerId, what)
  return {
    page: `${settings.siteOrigin}/opt-out?token=${token}`,
    oneClick: `${settings.siteOrigin}/webhooks/opt-out?token=${token}`,
  }
}

/** What changed on a day, newest first. What is new is of nobody who ordered it. */
async function linesOf(day: string, { feed }: Uses, now: Date): Promise<FeedLine[]> {
  const found: FeedLine[] = []
  let cursor: string | undefined
  do {
    const page = await feed.page(undefined, cursor, 500, now)
    found.push(...page.lines.filter(({ at, kind }) => dayOf(at) === day && kind !== 'new'))
    const oldest = page.lines.at(-1)
    cursor = oldest && dayOf(oldest.at) >= day ? page.cursor : undefined
  } while (cursor !== undefined && found.length < linesOfADay)
  return found
}

function lineOf({ serviceId, name, type, before, after }: FeedLine, what: string, currency: string): string {
  const prices = [before, after].flatMap((price) => (price === undefined ? [] : [formatMoney(price)])).join(' → ')
  return `${what}: ${name} (#${serviceId}), ${prices} ${currency}${serviceTypeRule(type).charged === 'one package' ? '' : ' / 1,000'}`
}

export const handler = workSchedule(tellCustomers)
