import { setTimeout as sleep } from 'node:timers/promises'
import { browser, must } from '../../local/demo/browser.ts'
import { signInStaff } from '../../local/demo/people.ts'
import { type Load, load } from './load.ts'
import { type BenchPanel, startBenchPanel } from './panel.ts'

export interface Acceptance extends Load {
  readonly providerMilliseconds: number
  /** Of the accepted orders, how many the provider had 60 seconds after the end, and when it had the last. */
  readonly atProviderAfter60: number
  readonly lastAtProviderSeconds: number
  /** CPU of the whole panel for an order's way to the provider, and of the emulators. */
  readonly ownCpuMilliseconds: number
  readonly emulatorsCpuMilliseconds: number
}

const atOnce = 16

/** Orders accepted a second through /api/v2 while everything else runs: relay, submission, polling, sweeps. */
export async function acceptance(seconds: number): Promise<Acceptance[]> {
  const panel = await startBenchPanel('whole')
  try {
    const body = await orderBody(panel)
    const url = new URL(`${panel.at.site}/api/v2`)
    // Soon completed: a minute of polling is two seconds here, and what lies open would be asked about all the time.
    await behave(panel, { latencyMs: 0, secondsToComplete: 5 })
    await load(url, body, Math.max(5, seconds / 4), atOnce) // The first seconds belong to the compiler.
    await drained(panel, 60)
    const rounds: Acceptance[] = []
    // There and back: what a machine loses or gains with time is not the provider's doing.
    for (const latencyMs of [0, 300, 300, 0]) {
      await behave(panel, { latencyMs })
      const before = await taken(panel)
      const cpuBefore = await panel.cpu()
      const result = await load(url, body, seconds / 2, atOnce)
      const end = performance.now()
      let had = 0
      while (had < result.accepted && performance.now() - end < 60_000) {
        had = (await taken(panel)) - before
        if (had < result.accepted) await sleep(250)
      }
      const cpu = await panel.cpu()
      rounds.push({
        ...result,
        providerMilliseconds: latencyMs,
        atProviderAfter60: had,
        lastAtProviderSeconds: (performance.now() - end) / 1000,
        ownCpuMilliseconds: (cpu.own - cpuBefore.own) / result.accepted,
        emulatorsCpuMilliseconds: (cpu.emulators - cpuBefore.emulators) / result.accepted,
      })
      await sleep(8_000) // The last of them are completed.
    }
    return rounds
  } finally {
    await panel.stop()
  }
}

/** CPU of one `add` alone: function, SDK and gateway, with no worker running. */
export async function cpuOfAdd(
  seconds: number,
): Promise<{ readonly ownMilliseconds: number; readonly emulatorsMilliseconds: number; readonly perSecond: number }> {
  const panel = await startBenchPanel('quiet')
  try {
    const body = await orderBody(panel)
    const url = new URL(`${panel.at.site}/api/v2`)
    await load(url, body, Math.max(8, seconds / 2), atOnce)
    const before = await panel.cpu()
    const { accepted, perSecond } = await load(url, body, seconds, atOnce)
    const after = await panel.cpu()
    return {
      ownMilliseconds: (after.own - before.own) / accepted,
      emulatorsMilliseconds: (after.emulators - before.emulators) / accepted,
      perSecond,
    }
  } finally {
    await panel.stop()
  }
}

/** An order of the cheapest service, with money for a great many of them. */
async function orderBody({ at, demo }: BenchPanel): Promise<(index: number) => string> {
  const console = await signInStaff(at.console, demo.staff)
  const { customerId } = await must(
    console.call('POST', '/api/admin/customers/find', { email: demo.customer.email }),
    'finding the customer',
  )
  const credit = { kind: 'credit', amount: '100000', memo: 'for the bench', requestId: 'bench-credit' }
  await must(console.call('POST', `/api/admin/customers/${customerId}/adjustments`, credit), 'crediting')
  const { services } = (await browser(at.site).call('GET', '/api/catalogue')).body as {
    services: { serviceId: number; type: string; min: number }[]
  }
  const service = services.find(({ type }) => type === 'Default')
  return (index) =>
    `key=${demo.customer.apiKey}&action=add&service=${service?.serviceId}&link=https%3A%2F%2Fphoto.network%2F${index}&quantity=${service?.min}`
}

const behave = ({ at }: BenchPanel, behaviour: object) =>
  fetch(`${at.control}/behaviour`, { method: 'POST', body: JSON.stringify(behaviour) })
const taken = async ({ at }: BenchPanel): Promise<number> =>
  ((await (await fetch(`${at.control}/count`)).json()) as { orders: number }).orders

async function drained(panel: BenchPanel, seconds: number): Promise<void> {
  const end = performance.now() + seconds * 1000
  for (let last = -1; performance.now() < end; await sleep(500)) {
    const now = await taken(panel)
    if (now === last) return
    last = now
  }
}
