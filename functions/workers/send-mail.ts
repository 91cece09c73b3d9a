import * as z from 'zod/mini'
import { deviceOf } from '../../core/identity/device.ts'
import { firstPreferences } from '../../core/identity/preferences.ts'
import { suspensionReasons } from '../../core/identity/suspension.ts'
import { customerId, keyId } from '../../core/ids.ts'
import { words } from '../../core/mail/words.ts'
import type { Opened } from '../../core/need.ts'
import { iso } from '../../core/time.ts'
import { type Customer, readCustomers } from '../../data/customers.ts'
import { type EmailChange, readEmailChanges } from '../../data/email-changes.ts'
import { readInquiryMail } from '../../data/inquiries/read-inquiries.ts'
import { readKeys } from '../../data/manage-keys.ts'
import { readSessions } from '../../data/sessions.ts'
import { settings } from '../../data/settings.ts'
import { emailCodes, emailHolders } from '../../outside/identity/emails.ts'
import { type Mail, sendMail } from '../../outside/mail/send-mail.ts'
import { logWarning } from '../kit/log.ts'
import { workQueue } from '../kit/work.ts'
import { queueWorker } from '../kit/worker.ts'

const to = z.pipe(z.string(), z.transform(customerId))
const simple = [
  'sign-up-again',
  'password-changed',
  'second-factor-on',
  'second-factor-off',
  'recovery-used',
  'recovery-codes-new',
  'archive-ready',
  'account-kept',
] as const
const message = z.discriminatedUnion('template', [
  z.object({ template: z.enum(simple), to }),
  z.object({ template: z.enum(['email-asked', 'email-changed']), to, at: z.string() }),
  z.object({ template: z.enum(['key-made', 'key-rotated', 'key-widened']), to, keyId: z.pipe(z.string(), z.transform(keyId)) }),
  z.object({ template: z.literal('ticket-answered'), to, ticketId: z.int() }),
  z.object({ template: z.literal('inquiry-answered'), inquiryId: z.string(), message: z.string() }),
  z.object({ template: z.literal('account-closed'), to, at: z.string() }),
  z.object({ template: z.literal('account-suspended'), to, reason: z.optional(z.enum(suspensionReasons)) }),
  z.object({ template: z.literal('new-device'), to, device: z.string(), at: z.string() }),
])
type Message = z.output<typeof message>

const needs = {
  customers: readCustomers,
  sessions: readSessions,
  changes: readEmailChanges,
  keys: readKeys,
  inquiries: readInquiryMail,
  holders: emailHolders,
  codes: emailCodes,
  mail: sendMail,
  settings,
}
type Uses = Opened<typeof needs>

export const mailCustomers = queueWorker({
  name: 'workers.send-mail',
  summary: 'Mails customers; the address is looked up here and does not travel',
  on: { kind: 'queue', queue: 'mail', batchSize: 5, atOnce: 2 },
  failing: { hurts: 'customers do not get mail about their account', runbook: 'mail-not-sent' },
  timeoutSeconds: 30,
  read: (raw) => message.parse(raw),
  uses: needs,

  async run({ message, uses, now }) {
    for (const mail of await mailsOf(message, uses, now))
      if (!(await uses.mail.send(mail))) logWarning('no sender is set', { template: message.template })
  },
})

async function mailsOf(message: Message, uses: Uses, now: Date): Promise<Mail[]> {
  if (message.template === 'inquiry-answered') return answerTo(message, uses, now)
  const customer = await uses.customers.get(message.to)
  return customer ? written(message, customer, uses, now) : []
}

/** To somebody without an account. */
async function answerTo(
  { inquiryId, message }: Extract<Message, { template: 'inquiry-answered' }>,
  uses: Uses,
  now: Date,
): Promise<Mail[]> {
  const found = await uses.inquiries.of(inquiryId, message, now)
  if (!found) return []
  const { email, name, language, subject } = found.inquiry
  const about = { name: name ?? email, panel: uses.settings.panelName, subject, text: found.text }
  return [{ to: email, ...words[language].inquiryAnswered(about) }]
}

type ToCustomers = Exclude<Message, { template: 'inquiry-answered' }>

/** The mails of a message, each to whom it concerns. */
async function written(message: ToCustomers, customer: Customer, uses: Uses, now: Date): Promise<Mail[]> {
  const panel = uses.settings.panelName
  const named = { name: customer.fullName, panel }
  const to = customer.email
  const say = words[customer.preferences.language]
  switch (message.template) {
    case 'sign-up-again':
      return [{ to, ...say.signUpAgain(named) }]
    case 'password-changed':
      return [{ to, ...say.passwordChanged(named) }]
    case 'second-factor-on':
      return [{ to, ...say.secondFactorOn(named) }]
    case 'second-factor-off':
      return [{ to, ...say.secondFactorOff(named) }]
    case 'recovery-used':
      return [{ to, ...say.recoveryUsed(named) }]
    case 'recovery-codes-new':
      return [{ to, ...say.recoveryCodesNew(named) }]
    case 'ticket-answered':
      return customer.preferences.ticketMails ? [{ to, ...say.ticketAnswered({ ...named, ticket: message.ticketId }) }] : []
    case 'archive-ready':
      return [{ to, ...say.archiveReady(named) }]
    case 'account-kept':
      return [{ to, ...say.accountKept(named) }]
    case 'account-suspended':
      return [{ to, ...say.accountSuspended({ ...named, reason: message.reason }) }]
    case 'account-closed':
      return [{ to, ...say.accountClosed({ ...named, at: message.at }) }]
    case 'new-device':
      return [{ to, ...say.newDevice({ ...named, ...message, address: await addressOf(message, uses, now) }) }]
    case 'key-made':
    case 'key-rotated':
    case 'key-widened': {
      const key = (await uses.keys.of(message.to, now)).find((one) => one.keyId === message.keyId)
      if (!key) return []
      const { prefix, scope, addresses } = key
      const about = { ...named, key: key.name, prefix, scope, addresses: addresses.length }
      return [{ to, ...say[keyWords[message.template]](about) }]
    }
    case 'email-asked': {
      const change = await uses.changes.get(message.to, message.at, now)
      if (!change) return []
      return [{ to: change.from, ...say.emailAsked({ ...named, to: change.to }) }, await toTheNewAddress(customer, change, uses)]
    }
    case 'email-changed': {
      const change = await uses.changes.get(message.to, message.at, now)
      const changed = say.emailChanged({ ...named, to: change?.to ?? to })
      return [...new Set([change?.from ?? to, change?.to ?? to])].map((address) => ({ to: address, ...changed }))
    }
  }
}

const keyWords = { 'key-made': 'keyMade', 'key-rotated': 'keyRotated', 'key-widened': 'keyWidened' } as const

/** A code; or, where the address is the email of another account, a word to its owner. */
async function toTheNewAddress({ customerId, preferences }: Customer, change: EmailChange, uses: Uses): Promise<Mail> {
  const panel = uses.settings.panelName
  const holder = await uses.holders.of(change.to)
  if (holder === undefined || holder === customerId)
    return {
      to: change.to,
      ...words[preferences.language].emailCode({ panel, code: await uses.codes.of({ customerId, ...change }) }),
    }
  const owner = await uses.customers.get(holder)
  const say = words[owner?.preferences.language ?? firstPreferences.language]
  return { to: change.to, ...say.emailTaken({ name: owner?.fullName ?? change.to, panel }) }
}

/** Where a session that began then came from; undefined when it was ended meanwhile. */
async function addressOf({ to, device, at }: Extract<Message, { template: 'new-device' }>, { sessions }: Uses, now: Date) {
  const began = (await sessions.list(to, now)).filter(({ beganAt }) => iso(beganAt) === at)
  return began.find(({ browser }) => deviceOf(browser) === device)?.address
}

export const handler = workQueue(mailCustomers)
