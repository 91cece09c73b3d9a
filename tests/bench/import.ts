import { setTimeout as sleep } from 'node:timers/promises'
import { type Browser, must } from '../../local/demo/browser.ts'
import { signInStaff } from '../../local/demo/people.ts'
import { sandboxKey } from '../../local/provider/protocol.ts'
import { type BenchPanel, startBenchPanel } from './panel.ts'

export interface ImportRun {
  readonly name: string
  readonly services: number
  readonly seconds: number
  /** Of the process that all functions run in: before, and at most while it ran. */
  readonly megabytesBefore: number
  readonly megabytesAtMost: number
}

const size = 8_000

/** A provider's 8,000 services taken over, again as they are, and again with every price another, on the whole panel. */
export async function importRuns(): Promise<ImportRun[]> {
  const panel = await startBenchPanel('whole')
  try {
    const staff = await signInStaff(panel.at.console, panel.demo.staff)
    await account(panel, {})
    const key = { name: 'Large', url: panel.at.provider, apiKey: `${sandboxKey}:large` }
    const { providerId } = await must(staff.call('POST', '/api/admin/providers', key), 'the provider')
    const runs = [await run(panel, staff, String(providerId), 'all new')]
    await published(panel)
    runs.push(await run(panel, staff, String(providerId), 'again, nothing new'))
    await account(panel, { rates: 1.1 })
    runs.push(await run(panel, staff, String(providerId), 'again, every price 10 % up'))
    return runs
  } finally {
    await panel.stop()
  }
}

async function account({ at }: BenchPanel, wish: object): Promise<void> {
  await fetch(`${at.control}/account`, { method: 'POST', body: JSON.stringify({ account: 'large', size, ...wish }) })
}

async function run(panel: BenchPanel, staff: Browser, provider: string, name: string): Promise<ImportRun> {
  const before = await panel.megabytes()
  const began = performance.now()
  const wish = { percent: 25, origin: 'advertising' }
  const { taskId } = await must(staff.call('POST', `/api/admin/providers/${provider}/imports`, wish), 'the import')
  let most = before
  for (;;) {
    await sleep(250)
    most = Math.max(most, await panel.megabytes())
    const { body } = await staff.call('GET', `/api/admin/providers/${provider}/tasks/${taskId}`)
    if (body['state'] === 'failed') throw new Error('the import failed')
    if (body['state'] === 'done') {
      const seconds = (performance.now() - began) / 1000
      const { steps } = body['progress'] as { steps: number }
      return { name, services: steps, seconds, megabytesBefore: before, megabytesAtMost: most }
    }
  }
}

/** The catalogue is written anew while an import runs: the next run begins when that has ended. */
async function published({ at }: BenchPanel): Promise<void> {
  for (let tries = 0; tries < 240; tries++) {
    const { services } = (await (await fetch(`${at.site}/api/catalogue`)).json()) as { services: unknown[] }
    if (services.length > size - 20) return
    await sleep(250)
  }
}
