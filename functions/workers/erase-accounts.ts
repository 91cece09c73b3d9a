import * as z from 'zod/mini'
import { customerId } from '../../core/ids.ts'
import type { Opened } from '../../core/need.ts'
import { isStep } from '../../core/privacy/erasing.ts'
import { later } from '../../core/time.ts'
import type { Closure } from '../../data/privacy/closures.ts'
import { eraseAccounts } from '../../data/privacy/erase-accounts.ts'
import { readHolds } from '../../data/privacy/holds.ts'
import { noteErasures } from '../../outside/archives/note-erasures.ts'
import { eraseFiles } from '../../outside/files/delete-files.ts'
import { eraseIdentities } from '../../outside/identity/erase.ts'
import { erasuresQueue } from '../../outside/queues/send.ts'
import { logWarning } from '../kit/log.ts'
import { workQueue } from '../kit/work.ts'
import { type Clock, queueWorker } from '../kit/worker.ts'

const message = z.object({ customerId: z.pipe(z.string(), z.transform(customerId)) })
/** Then it goes on with a new message: well before its time is up. */
const runSeconds = 180

const needs = {
  accounts: eraseAccounts,
  holds: readHolds,
  notes: noteErasures,
  identities: eraseIdentities,
  files: eraseFiles,
  more: erasuresQueue,
}
export type EraseUses = Opened<typeof needs>

/** P-RET-2. */
export const eraseClosedAccounts = queueWorker({
  name: 'workers.erase-accounts',
  summary:
    'Erases an account whose grace period is over, step by step, so that one that was cut off is gone on with; stops the expiry of records under a legal hold',
  on: { kind: 'queue', queue: 'erasures', batchSize: 1, atOnce: 2 },
  failing: { hurts: 'closed accounts are not erased when it was promised', runbook: 'erasures-stuck' },
  timeoutSeconds: 300,
  read: (raw) => message.parse(raw),
  uses: needs,

  async run({ message, uses, clock }) {
    if (await eraseOn(message.customerId, uses, clock)) return
    await uses.more.send([message])
  },
})

/** Goes on with an erasure until it is done, or held up, or the time is over: false for that. */
export async function eraseOn(customer: Closure['customerId'], uses: EraseUses, clock: Clock): Promise<boolean> {
  const end = later(clock(), runSeconds)
  while (clock() < end) {
    const [hold, closure] = await Promise.all([uses.holds.get(customer), uses.accounts.get(customer)])
    const held = hold !== undefined && !hold.lifted
    if (hold) await uses.accounts.setClock(customer, !held)
    if (!closure || held) return true
    const waitsFor = await uses.accounts.begin(closure, clock())
    if (waitsFor !== undefined) {
      logWarning('an erasure waits', { for: waitsFor })
      return true
    }
    // A page of it, and another look at whether somebody set a hold.
    if (!(await isMore(closure, uses, clock()))) await uses.accounts.goOn(closure, clock())
  }
  return false
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
