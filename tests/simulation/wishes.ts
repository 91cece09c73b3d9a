import { type CustomerId, customerId, orderId, staffId } from '../../core/ids.ts'
import type { AuditRecord } from '../../core/staff/audit.ts'
import { decideCancels, readCancelRequests } from '../../data/orders/cancel-requests.ts'
import { decideRefills } from '../../data/orders/decide-refills.ts'
import { readRefills } from '../../data/orders/refills.ts'
import type { Panel } from './panel.ts'
import type { People } from './people.ts'
import type { Way } from './requests.ts'
import type { Item } from './table/values.ts'
import type { World } from './world.ts'

/** What somebody wants of an order that was sent, how its provider takes that each time, and what staff say in the end. */
interface Told {
  readonly wish: 'refill' | 'cancel'
  readonly ways: readonly Way[]
  readonly decisions: readonly ('start' | 'complete' | 'reject' | 'resend' | 'take' | 'refuse')[]
}
const told: Readonly<Record<string, Told>> = {
  refilled: { wish: 'refill', ways: ['does it'], decisions: [] },
  'refill turned down': { wish: 'refill', ways: ['says no'], decisions: [] },
  'refill sent again': { wish: 'refill', ways: ['is silent and does nothing', 'does it'], decisions: ['resend'] },
  'refilled by hand': { wish: 'refill', ways: [], decisions: ['start', 'complete'] },
  stopped: { wish: 'cancel', ways: ['does it'], decisions: [] },
  'not stopped': { wish: 'cancel', ways: ['says no'], decisions: [] },
  'stopped, they say': { wish: 'cancel', ways: ['is silent and does it'], decisions: ['take'] },
  'not to be stopped': { wish: 'cancel', ways: [], decisions: ['refuse'] },
}

export const isWished = (name: string): boolean => name in told

/** For a script: how the provider takes the wish about an order of this name, which it was told of so many times. */
export const wayAsTold = (name: string, before: number): Way | undefined => told[name]?.ways[before]

/** For a script: asks as the name says, as soon as that may be asked for, and has staff decide what is before them. */
export async function wishAsTold(name: string, order: () => Item | undefined, people: People, world: World, panel: Panel) {
  const wanted = told[name]
  if (!wanted) return
  const { wish, decisions } = wanted
  const ripe = wish === 'refill' ? ['completed'] : ['pending', 'in-progress', 'processing']
  if (!(await comes(world, () => ripe.includes(String(order()?.['state']))))) return
  const [customer, number] = [customerId(String(order()?.['customerId'])), Number(order()?.['orderId'])]
  await people.wish(wish, customer, number)
  const request = (): Item | undefined =>
    [...world.table.all(`${wish === 'refill' ? 'REFILL' : 'CANCEL'}#${customer}`)].find((one) => one['orderId'] === number)
  for (const decision of decisions) {
    if (!(await comes(world, () => request()?.['askedOf'] === 'staff' && !isOver(request())))) return
    // Nothing came of it, they know; or they answer for it themselves.
    if (decision === 'resend') panel.requests.heard[wish].delete(number)
    else panel.requests.byStaff.add(number)
    await people.insist(`${decision} a ${wish}`, () => decide(wish, customer, number, decision))
  }
}

async function decide(wish: Told['wish'], customer: CustomerId, number: number, decision: string): Promise<void> {
  const audit: AuditRecord = { by: staffId('s'), action: `admin.decide-${wish}`, on: `order ${number}`, why: 'a memo' }
  if (wish === 'refill') {
    const [refill] = await readRefills.open().of(customer, orderId(number))
    const what = (['start', 'complete', 'reject', 'resend'] as const).find((one) => one === decision)
    if (refill && what) await decideRefills.open().decide(refill, what, audit, new Date())
    return
  }
  const request = await readCancelRequests.open().of(customer, orderId(number))
  const what = (['take', 'refuse', 'resend'] as const).find((one) => one === decision)
  if (request && what) await decideCancels.open().decide(request, what, audit, new Date())
}

const isOver = (request: Item | undefined): boolean =>
  ['completed', 'rejected', 'error', 'taken', 'refused', 'over'].includes(String(request?.['state']))

async function comes(world: World, what: () => boolean): Promise<boolean> {
  for (let waited = 0; waited < 1_200 && !what(); waited++) await world.clock.sleep(1_000)
  return what()
}
