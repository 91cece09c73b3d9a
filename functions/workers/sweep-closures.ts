import { later } from '../../core/time.ts'
import { readArchives } from '../../data/privacy/archives.ts'
import { readClosures } from '../../data/privacy/closures.ts'
import { readHolds } from '../../data/privacy/holds.ts'
import { listWaitingTickets } from '../../data/tickets/list-waiting.ts'
import { archivesQueue, erasuresQueue } from '../../outside/queues/send.ts'
import { measure } from '../kit/measure.ts'
import { workSchedule } from '../kit/work.ts'
import { scheduleWorker } from '../kit/worker.ts'

/** An archive that waits for longer fell out of the queue. */
const archiveSeconds = 1_800
/** An erasure that is not done a day after it was due is late (P-RT-3). */
const lateSeconds = 86_400

export const sweepClosures = scheduleWorker({
  name: 'workers.sweep-closures',
  summary:
    'Every hour, sends on accounts whose grace period is over, archives that wait, and holds to be put into effect; counts what is late, privacy tickets too',
  on: { kind: 'schedule', every: 'hour' },
  failing: { hurts: 'closed accounts are not erased, and archives not made, when it was promised', runbook: 'closures-not-swept' },
  timeoutSeconds: 120,
  uses: {
    closures: readClosures,
    holds: readHolds,
    archives: readArchives,
    tickets: listWaitingTickets,
    erasures: erasuresQueue,
    building: archivesQueue,
  },

  async run({ uses, now }) {
    const [closures, holds, archives] = await Promise.all([uses.closures.all(), uses.holds.all(), uses.archives.all(now)])
    const held = new Set(holds.filter(({ lifted }) => !lifted).map(({ customerId }) => customerId))
    const due = closures.filter(({ customerId, eraseAt }) => eraseAt <= now && !held.has(customerId))
    const names = new Set([...due, ...holds].map(({ customerId }) => customerId))
    await uses.erasures.send([...names].map((customerId) => ({ customerId })))
    const waiting = archives.filter(({ state, at }) => state === 'waiting' && at < later(now, -archiveSeconds))
    await uses.building.send(waiting.map(({ customerId, at }) => ({ customerId, at: at.toISOString() })))
    const lateErasures = due.filter(({ eraseAt }) => eraseAt < later(now, -lateSeconds))
    const lateArchives = waiting.filter(({ dueAt }) => dueAt < now)
    let lateTickets = 0
    for await (const { dueAt } of uses.tickets.privacyRequests()) if (dueAt && dueAt < now) lateTickets++
    measure('PrivacyRequestsLate', lateErasures.length + lateArchives.length + lateTickets)
  },
})

export const handler = workSchedule(sweepClosures)
