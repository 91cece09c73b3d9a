import type { Opened } from '../../core/need.ts'
import { later } from '../../core/time.ts'
import { settings } from '../../data/settings.ts'
import { lapseSignUps } from '../../data/sign-ups.ts'
import { eraseIdentities } from '../../outside/identity/erase.ts'
import { type Identity, listIdentities } from '../../outside/identity/list-identities.ts'
import { workSchedule } from '../kit/work.ts'
import { scheduleWorker } from '../kit/worker.ts'

const uses = { identities: listIdentities, signUps: lapseSignUps, erasing: eraseIdentities, settings }
type Uses = Opened<typeof uses>

/** It stops then: the next run goes on where this one stopped. */
const workingSeconds = 780
/** So many confirmed identities of a page without an account, and more without than with one, are not people who went away. */
const tooMany = 10

/** P-RET-2: what was entered to sign up is not kept of somebody who never became a customer. */
export const sweepSignUps = scheduleWorker({
  name: 'workers.sweep-sign-ups',
  summary: 'Once a day, deletes the identities of those who signed up and never signed in, once their time is over',
  on: { kind: 'schedule', every: 'day' },
  failing: {
    hurts: 'emails and names of people who never finished signing up are kept for longer than was promised',
    runbook: 'sign-ups-not-swept',
  },
  timeoutSeconds: 900,
  uses,

  async run({ uses, now, clock }) {
    const before = later(now, -uses.settings.retention.unfinishedSignUpDays * 86_400)
    const until = later(now, workingSeconds)
    const faults: unknown[] = []
    let place = await uses.signUps.place()
    do {
      const { identities, next } = await uses.identities.page(place)
      const old = identities.filter(({ changedAt }) => changedAt < before)
      faults.push(...(await sweep(old, uses, now)))
      place = next
      await uses.signUps.goOnAt(place)
    } while (place !== undefined && clock() < until)
    // One that cannot be deleted keeps no other.
    if (faults.length > 0) throw new Error(`${faults.length} times sign-ups could not be swept`, { cause: faults[0] })
  },
})

/** Answers what went wrong. */
async function sweep(old: readonly Identity[], { signUps, erasing }: Uses, now: Date): Promise<unknown[]> {
  if (old.length === 0) return []
  const unopened = new Set(await signUps.unopened(old.map(({ customerId }) => customerId)))
  const without = old.filter(({ customerId }) => unopened.has(customerId))
  const faults = foreign(old, without)
  // Nobody has an account who never confirmed it: that is so in whatever table.
  const gone = faults.length === 0 ? without : without.filter(({ confirmed }) => !confirmed)
  for (const { customerId } of gone) {
    try {
      // By its own name, never by its email: somebody may have signed up with that anew.
      if (await signUps.lapse(customerId, now)) await erasing.erase(customerId)
    } catch (error) {
      faults.push(error)
    }
  }
  return faults
}

function foreign(old: readonly Identity[], without: readonly Identity[]): unknown[] {
  const [all, missing] = [old, without].map((some) => some.filter(({ confirmed }) => confirmed).length)
  if (all === undefined || missing === undefined || missing < tooMany || missing * 2 <= all) return []
  return [new Error(`of ${all} confirmed identities ${missing} have no account: is this their table?`)]
}

export const handler = workSchedule(sweepSignUps)
