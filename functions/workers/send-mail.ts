import * as z from 'zod/mini'
import { deviceOf } from '../../core/identity/device.ts'
import { type CustomerId, customerId } from '../../core/ids.ts'
import type { Opened } from '../../core/need.ts'
import { iso } from '../../core/time.ts'
import { readCustomers } from '../../data/customers.ts'
import { readSessions } from '../../data/sessions.ts'
import { settings } from '../../data/settings.ts'
import { sendMail } from '../../outside/mail/send-mail.ts'
import { logWarning } from '../kit/log.ts'
import { workQueue } from '../kit/work.ts'
import { queueWorker } from '../kit/worker.ts'
import { type Written, words } from './send-mail-words.ts'

const to = z.pipe(z.string(), z.transform(customerId))
const message = z.discriminatedUnion('template', [
  z.object({ template: z.literal('sign-up-again'), to }),
  z.object({ template: z.literal('password-changed'), to }),
  z.object({ template: z.literal('new-device'), to, device: z.string(), at: z.string() }),
])
type Message = z.output<typeof message>

const needs = { customers: readCustomers, sessions: readSessions, mail: sendMail, settings }

export const mailCustomers = queueWorker({
  name: 'workers.send-mail',
  summary: 'Mails customers; the address is looked up here and does not travel',
  on: { kind: 'queue', queue: 'mail', batchSize: 5, atOnce: 2 },
  failing: { hurts: 'customers do not get mail about their account', runbook: 'mail-not-sent' },
  timeoutSeconds: 30,
  read: (raw) => message.parse(raw),
  uses: needs,

  async run({ message, uses, now }) {
    const customer = await uses.customers.get(message.to)
    if (!customer) return
    const { subject, text } = await written(message, { name: customer.fullName, panel: uses.settings.panelName }, uses, now)
    if (!(await uses.mail.send({ to: customer.email, subject, text })))
      logWarning('no sender is set', { template: message.template })
  },
})

type Named = { readonly name: string; readonly panel: string }

async function written(message: Message, named: Named, uses: Opened<typeof needs>, now: Date): Promise<Written> {
  switch (message.template) {
    case 'sign-up-again':
      return words.signUpAgain(named)
    case 'password-changed':
      return words.passwordChanged(named)
    case 'new-device':
      return words.newDevice({ ...named, ...message, address: await addressOf(message, uses.sessions, now) })
  }
}

/** Where a session that began then came from; undefined when it was ended meanwhile. */
async function addressOf(
  { to, device, at }: { readonly to: CustomerId; readonly device: string; readonly at: string },
  sessions: Opened<typeof needs>['sessions'],
  now: Date,
): Promise<string | undefined> {
  const began = (await sessions.list(to, now)).filter(({ beganAt }) => iso(beganAt) === at)
  return began.find(({ browser }) => deviceOf(browser) === device)?.address
}

export const handler = workQueue(mailCustomers)
