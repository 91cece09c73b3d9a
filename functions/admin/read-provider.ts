import * as z from 'zod/mini'
import { providerId } from '../../core/ids.ts'
import { isPermitted } from '../../core/staff/permissions.ts'
import { staff } from '../../data/door.ts'
import { listPausedServices } from '../../data/paused-services.ts'
import { readBalances } from '../../data/provider-balances.ts'
import { readProviders } from '../../data/providers.ts'
import { settings } from '../../data/settings.ts'
import { readTasks } from '../../data/tasks.ts'
import { endpoint } from '../kit/endpoint.ts'
import { providerView, viewProvider, withoutQuery } from '../kit/provider-view.ts'
import { serve } from '../kit/serve.ts'
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
  }),
  refuses: ['provider-not-found'],
  uses: { providers: readProviders, balances: readBalances, tasks: readTasks, paused: listPausedServices, settings },

  async run({ caller, path, uses }) {
    const provider = await uses.providers.get(providerId(path.providerId))
    const [balances, tasks, underWay, paused] = await Promise.all([
      uses.balances.all(),
      uses.tasks.latest(provider.providerId, 20),
      uses.tasks.underWay(provider.providerId),
      uses.paused.count(provider.providerId),
    ])
    return {
      ...viewProvider(provider, balances.get(provider.providerId), uses.settings.currency),
      url: isPermitted(caller.role, 'admin.edit-provider') ? provider.url : withoutQuery(provider.url),
      ledgerCurrency: uses.settings.currency,
      underWay,
      tasks: tasks.map(viewTask),
      paused,
    }
  },
})

export const handler = serve(readProvider)
