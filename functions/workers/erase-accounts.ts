import * as z from 'zod/mini'
import { customerId, orderId } from '../../core/ids.ts'
import type { Opened } from '../../core/need.ts'
import { isStep } from '../../core/privacy/erasing.ts'
import { later } from '../../core/time.ts'
import { orderByNumber } from '../../data/orders/find-orders.ts'
import type { Closure } from '../../data/privacy/closures.ts'
import { eraseAccounts } from '../../data/privacy/erase-accounts.ts'
import { type Hold, readHolds } from '../../data/privacy/holds.ts'
import { noteErasures } from '../../outside/archives/note-erasures.ts'
import { eraseFiles } from '../../outside/files/delete-files.ts'
import { eraseIdentities } from '../../outside/identity/erase.ts'
import { erasuresQueue } from '../../outside/queues/send.ts'
import { logWarning } from '../kit/log.ts'
import { workQueue } from '../kit/work.ts'
import { type Clock, queueWorker } from '../kit/worker.ts'

const message = z.union([
  z.object({ customerId: z.pipe(z.string(), z.transform(customerId)) }),
  z.object({ orderId: z.pipe(z.int(), z.transform(orderId)) }),
])
/** Then it goes on with a new message: well before its time is up. */
const runSeconds = 180

const needs = {
  accounts: eraseAccounts,
  holds: readHolds,
  notes: noteErasures,
  identities: eraseIdentities,
  files: eraseFiles,
  more: erasuresQueue,
  orders: orderByNumber,
}
export type EraseUses = Omit<Opened<typeof needs>, 'orders'>

/** P-RET-2. */
export const eraseClosedAccounts = queueWorker({
  name: 'workers.erase-accounts',
  summary:
    'Erases an account whose grace period is over, step by step, so that one that was cut off is gone on with; has what is written about it later expire as well, and nothing under a legal hold',
  on: { kind: 'queue', queue: 'erasures', batchSize: 1, atOnce: 2 },
  failing: { hurts: 'closed accounts are not erased when it was promised', runbook: 'erasures-stuck' },
  timeoutSeconds: 300,
  read: (raw) => message.parse(raw),
  uses: needs,

  async run({ message, uses, clock }) {
    const customer = 'orderId' in message ? (await uses.orders.get(message.orderId))?.customerId : message.customerId
    if (customer === undefined || (await eraseOn(customer, uses, clock))) return
    await uses.more.send([{ customerId: customer }])
  },
})

/** Goes on with an erasure, and with what was written after it, until it is done, or held up, or the time is over: false for that. */
export async function eraseOn(customer: Closure['customerId'], uses: EraseUses, clock: Clock): Promise<boolean> {
  const { accounts, holds } = uses
  const end = later(clock(), runSeconds)
  while (clock() < end) {
    const [hold, closure] = await Promise.all([holds.get(customer), accounts.get(customer)])
    // Lifted or set while its word was carried out, it is asked again: somebody else may have done the opposite at the same time.
    if (lasts(hold)) {
      await accounts.stopExpiry(customer, clock())
      if (lasts(await holds.get(customer))) return true
      continue
    }
    if (!closure) {
      if (!(await settleLate(customer, uses, clock, end))) return false
      if (lasts(await holds.get(customer))) continue
      if (hold) await accounts.forgetHold(customer)
      return true
    }
    if (hold) await accounts.forgetHold(customer)
    if (closure.state === 'grace' && closure.eraseAt > clock()) return true
    const waitsFor = await accounts.begin(closure, clock())
    if (waitsFor !== undefined) {
      logWarning('an erasure waits', { for: waitsFor })
      return true
    }
    // A page of it, and another look at whether somebody set a hold.
    if (!(await isMore(closure, uses, clock()))) await accounts.goOn(closure, clock())
  }
  return false
}

const lasts = (hold: Hold | undefined): boolean => hold?.lifted === false

/** False when the time is over. */
async function settleLate(customer: Closure['customerId'], { accounts }: EraseUses, clock: Clock, end: Date): Promise<boolean> {
  await accounts.settleLate(customer)
  while (await accounts.settleLateTrail(customer, clock())) if (clock() >= end) return false
  return true
}

/** Does what comes next in the step: true while something of it is left. */
async function isMore(closure: Closure, { accounts, notes, identities, files }: EraseUses, now: Date): Promise<boolean> {
  const { customerId, step } = closure
  switch (step) {
    case 'noted':
      await notes.note(closure)
      return false
    case 'identity':
      await identities.erase(customerId)
      return false
    case 'balance':
      await accounts.takeBalance(closure, now)
      return false
    case 'trail':
      return accounts.dayOfTrail(closure, now)
    case 'files':
      await files.erase(customerId)
      return false
    default:
      if (!isStep(step)) throw new Error(`an erasure is at ${step}, which is no step any more`)
      return accounts.page(closure)
  }
}

export const handler = workQueue(eraseClosedAccounts)
