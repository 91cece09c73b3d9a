import * as z from 'zod/mini'
import { customerId } from '../../core/ids.ts'
import { readCustomers } from '../../data/customers.ts'
import { settings } from '../../data/settings.ts'
import { sendMail } from '../../outside/mail/send-mail.ts'
import { logWarning } from '../kit/log.ts'
import { workQueue } from '../kit/work.ts'
import { queueWorker } from '../kit/worker.ts'

const message = z.object({ template: z.enum(['sign-up-again', 'password-changed']), to: z.string() })

export const mailCustomers = queueWorker({
  name: 'workers.send-mail',
  summary: 'Mails customers; the address is looked up here and does not travel',
  on: { kind: 'queue', queue: 'mail', batchSize: 5, atOnce: 2 },
  failing: { hurts: 'customers do not get mail about their account', runbook: 'mail-not-sent' },
  timeoutSeconds: 30,
  read: (raw) => {
    const read = message.parse(raw)
    return { template: read.template, to: customerId(read.to) }
  },
  uses: { customers: readCustomers, mail: sendMail, settings },

  async run({ message, uses }) {
    const customer = await uses.customers.get(message.to)
    if (!customer) return
    const { subject, text } = write[message.template](customer.fullName, uses.settings.panelName)
    if (!(await uses.mail.send({ to: customer.email, subject, text })))
      logWarning('no sender is set', { template: message.template })
  },
})

const write = {
  'sign-up-again': (name: string, panel: string) => ({
    subject: `You already have an account at ${panel}`,
    text: `Hello ${name},\n\nsomebody, perhaps you, tried to sign up at ${panel} with this email address. You have an account already, and nothing about it was changed.\n\nIf it was you: sign in, or choose “Forgot password” to set a new one. If it was not: there is nothing you need to do.\n`,
  }),
  'password-changed': (name: string, panel: string) => ({
    subject: `Your password at ${panel} was changed`,
    text: `Hello ${name},\n\nthe password of your account at ${panel} was changed just now, and every other browser was signed out.\n\nIf it was you, there is nothing you need to do. If it was not: choose “Forgot password” on the sign-in page at once, and then look at your orders and API keys.\n`,
  }),
} as const

export const handler = workQueue(mailCustomers)
