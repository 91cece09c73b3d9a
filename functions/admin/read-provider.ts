import * as z from 'zod/mini'
import { providerId } from '../../core/ids.ts'
import { isPermitted } from '../../core/staff/permissions.ts'
import { readHeldRates } from '../../data/daily-rates.ts'
import { staff } from '../../data/door.ts'
import { listPausedServices } from '../../data/paused-services.ts'
import { readBalances } from '../../data/provider-balances.ts'
import { readLines } from '../../data/provider-lines.ts'
import { readProviders, syncRulesOf } from '../../data/providers.ts'
import { settings } from '../../data/settings.ts'
import { readSyncs } from '../../data/syncs.ts'
import { readTasks, type Task } from '../../data/tasks.ts'
import { readMeasured } from '../../outside/snapshots/measured.ts'
import { endpoint } from '../kit/endpoint.ts'
import { lineView, viewLine } from '../kit/line-view.ts'
import { measuredView } from '../kit/measured-view.ts'
import { providerView, viewProvider, withoutQuery } from '../kit/provider-view.ts'
import { serve } from '../kit/serve.ts'
import { syncView, viewSync } from '../kit/sync-view.ts'
import { taskView, viewTask } from '../kit/task-view.ts'

export const readProvider = endpoint({
  name: 'admin.read-provider',
  route: 'GET /api/admin/providers/{providerId}',
  summary: 'A provider with its address, what is being done with it, and how many of its services wait for a person',
  who: staff('admin.read-provider'),
  returns: z.extend(providerView, {
    url: z.string(),
    ledgerCurrency: z.string(),
    underWay: z.optional(z.string()),
    tasks: z.array(taskView),
    paused: z.int(),
    sync: syncView,
    line: lineView,
    /** How its last orders ended. */
    outcomes: measuredView.outcomes,
  }),
  refuses: ['provider-not-found'],
  uses: {
    providers: readProviders,
    balances: readBalances,
    tasks: readTasks,
    paused: listPausedServices,
    syncs: readSyncs,
    lines: readLines,
    held: readHeldRates,
    measured: readMeasured,
    settings,
  },

  async run({ caller, path, uses, now }) {
    const provider = await uses.providers.get(providerId(path.providerId))
    const [balances, tasks, underWay, paused, sync, measured, lines, held] = await Promise.all([
      uses.balances.all(),
      uses.tasks.latest(provider.providerId, 60, now),
      uses.tasks.underWay(provider.providerId),
      uses.paused.count(provider.providerId),
      uses.syncs.get(provider.providerId),
      uses.measured.figures(),
      uses.lines.all(now),
      uses.held.get(provider.providerId),
    ])
    return {
      ...viewProvider(provider, balances.get(provider.providerId), held, uses.settings.currency, now),
      url: isPermitted(caller.role, 'admin.edit-provider') ? provider.url : withoutQuery(provider.url),
      ledgerCurrency: uses.settings.currency,
      underWay,
      tasks: tasks.filter(isTold).map(viewTask),
      paused,
      sync: viewSync(provider, syncRulesOf(provider), sync),
      line: viewLine(lines.get(provider.providerId)),
      outcomes: measured.providers.get(provider.providerId)?.outcomes,
    }
  },
})

/** Syncs by the clock that changed nothing would be all there is to see; the last one is told of in any case. */
function isTold(task: Task, _: number, tasks: readonly Task[]): boolean {
  const { kind, by, state, progress } = task
  const isQuiet = kind === 'sync' && by === undefined && state === 'done' && progress.changed === 0
  return !isQuiet || task === tasks.find((one) => one.kind === 'sync')
}

export const handler = serve(readProvider)
