import type { ProviderId } from '../../core/ids.ts'
import type { Opened } from '../../core/need.ts'
import { isLow, readBalanceAmount } from '../../core/providers/balance.ts'
import { type Line, mustBeProbed, newLine, takesQuestions } from '../../core/providers/line.ts'
import { nextSync } from '../../core/providers/sync.ts'
import { iso, later } from '../../core/time.ts'
import { type ProviderBalance, readBalances } from '../../data/provider-balances.ts'
import { readLines } from '../../data/provider-lines.ts'
import { type Provider, readProviders, syncRulesOf } from '../../data/providers.ts'
import { readSyncs, type Sync } from '../../data/syncs.ts'
import { watchTasks } from '../../data/tasks.ts'
import type { TaskMessage } from '../../outside/queues/messages.ts'
import { pollQueue, tasksQueue } from '../../outside/queues/send.ts'
import { measure } from '../kit/measure.ts'
import { workSchedule } from '../kit/work.ts'
import { scheduleWorker } from '../kit/worker.ts'

/** How old what a provider said of its balance may become. */
const balanceSeconds = 900
/** How often a provider that is being deleted is looked at. */
const burialSeconds = 60

const uses = {
  providers: readProviders,
  lines: readLines,
  balances: readBalances,
  syncs: readSyncs,
  left: watchTasks,
  polls: pollQueue,
  tasks: tasksQueue,
}
type Uses = Opened<typeof uses>

export const askForPolls = scheduleWorker({
  name: 'workers.ask-for-polls',
  summary:
    'Every minute, asks for each provider’s open orders to be polled, for balances and price syncs that are due, and for tasks that were left to go on',
  on: { kind: 'schedule', every: 'minute' },
  failing: { hurts: 'customers do not see their orders move, and refunds are late', runbook: 'orders-not-polled' },
  timeoutSeconds: 30,
  uses,

  async run({ uses, now }) {
    const providers = await uses.providers.all()
    const lines = await uses.lines.all(now)
    // One that answers nothing is asked for its balance alone, ever more seldom, until it does.
    const asked = providers.filter(({ providerId }) => takesQuestions(lines.get(providerId) ?? newLine))
    await uses.polls.send(
      asked.map(({ providerId }) => ({ providerId, askedAt: iso(now) })),
      ({ providerId }) => providerId,
    )
    await askForTasks(providers, lines, uses, now)
  },
})

async function askForTasks(
  providers: readonly Provider[],
  lines: ReadonlyMap<ProviderId, Line>,
  uses: Uses,
  now: Date,
): Promise<void> {
  const [balances, syncs] = await Promise.all([uses.balances.all(), uses.syncs.all()])
  const due = providers.flatMap((provider): TaskMessage[] => {
    const { providerId, status, closingSince } = provider
    if (status === 'closing')
      return closingSince && closingSince < later(now, -burialSeconds) ? [{ providerId, due: 'burial' }] : []
    return [
      ...(isDue(balances.get(providerId), lines.get(providerId), now) ? [{ providerId, due: 'balance' as const }] : []),
      ...(isSyncDue(provider, syncs.get(providerId), now) ? [{ providerId, due: 'sync' as const }] : []),
    ]
  })
  const left = await uses.left.left(now)
  await uses.tasks.send([...due, ...left], ({ providerId }) => providerId)
  // For the alarm: told once, until it recovers.
  const low = providers.filter(({ providerId, lowBalance }) => isLow(amountOf(balances.get(providerId)), lowBalance))
  measure('ProvidersLowOnFunds', low.length)
  // So is this: a paused one is in somebody's hands already.
  const failing = providers.filter(({ providerId, status }) => status === 'active' && lines.get(providerId)?.failing)
  measure('ProvidersFailing', failing.length)
}

/** The balance of a failing provider is asked for when the next probe is due: the answer is what shows that it is well again. */
const isDue = (balance: ProviderBalance | undefined, line: Line | undefined, now: Date): boolean =>
  line?.failing?.phase === 'open' ? mustBeProbed(line, now.getTime()) : isOld(balance, now)

const isOld = (balance: ProviderBalance | undefined, now: Date): boolean =>
  balance === undefined || balance.askedAt < later(now, -balanceSeconds)

/** A provider that is paused is not asked: what was on sale of it is not sold at the moment. */
function isSyncDue(provider: Provider, sync: Sync | undefined, now: Date): boolean {
  const { everyHours } = syncRulesOf(provider)
  const due = nextSync(provider.providerId, everyHours, sync?.begunAt ?? provider.createdAt, sync?.held?.because)
  return provider.status === 'active' && due !== undefined && due <= now
}

const amountOf = (balance: ProviderBalance | undefined) =>
  balance?.amount === undefined ? undefined : readBalanceAmount(balance.amount)

export const handler = workSchedule(askForPolls)
