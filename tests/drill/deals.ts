import { randomUUID } from 'node:crypto'
import { must } from '../../local/demo/browser.ts'
import type { Planting } from './planting.ts'

/** A service as it is sold. */
interface Sold {
  readonly serviceId: number
  readonly name: string
  readonly type: string
  readonly min: number
}

/** Everything that an order can come to: refilled, canceled, in runs, tried elsewhere, lost and found, and words that nobody knows. */
export async function makeDeals(planting: Planting): Promise<void> {
  const shop = await shopOf(planting)
  await shop.behave({ faultRate: 0, partialRate: 0, secondsToComplete: 1 })
  const [done] = await Promise.all([plain(shop), refilled(shop), commented(shop), refilledByStaff(shop), inRuns(shop)])
  // Long enough to be canceled meanwhile.
  await shop.behave({ secondsToComplete: 8 })
  const ending = await Promise.all([underWay(shop), canceled(shop), canceledByStaff(shop)])
  const [stubborn] = ending
  await shop.behave({
    secondsToComplete: 1,
    faultRate: 1,
    addFault: 'new-words',
    words: `https://photo.network/${planting.mark} is not known to us`,
  })
  await Promise.all([notRefilled(shop, done), notCanceled(shop, stubborn), notUnderstood(shop)])
  await triedElsewhere(shop)
  await shop.behave({ addFault: 'http-500-after-accept' })
  ending.push(await lostAndFound(shop))
  await shop.behave({ faultRate: 0 })
  for (const order of ending) await shop.comesTo(order, ...over)
}

const over = ['completed', 'partial', 'canceled', 'refused']
type Body = Record<string, unknown>

async function shopOf(planting: Planting) {
  const { at, mark, page, console, until } = planting
  let sold: readonly Sold[] = []
  const found = (is: (service: Sold) => boolean): Sold => {
    const service = sold.find(is)
    if (!service) throw new Error('what the drill orders is not sold')
    return service
  }
  await until(async () => {
    sold = (await page.call('GET', '/api/catalogue')).body['services'] as readonly Sold[]
    return sold.length > 0
  }, 'the catalogue')
  const named = (name: string) => found((service) => service.name === `${name}, standard`)
  const shop = {
    ...planting,
    /** Its provider refills and cancels. */
    whole: named('Channel promotion through ad placements'),
    /** Its provider does neither, nor runs: people of the panel's own do, and the panel. */
    bare: named('Video views from in-feed advertising'),
    comments: found(({ type }) => type === 'Custom Comments'),
    behave: (how: Body) => fetch(`${at.control}/behaviour`, { method: 'POST', body: JSON.stringify(how) }),
    async order(service: Sold, what: string, more: Body = { quantity: service.min }): Promise<number> {
      const wish = { requestId: `request-${mark}-${what}`, serviceId: service.serviceId, ...more }
      const link = `https://photo.network/${mark}/${what}`
      return Number((await must(page.call('POST', '/api/orders', { ...wish, link }), what))['orderId'])
    },
    hears: (order: number, holds: (body: Body) => boolean, what: string): Promise<void> =>
      until(async () => holds((await page.call('GET', `/api/orders/${order}`)).body), `order ${order}: ${what}`),
    comesTo: (order: number, ...states: readonly string[]): Promise<void> =>
      shop.hears(order, ({ state }) => states.includes(String(state)), states.join(' or ')),
    async edit({ serviceId }: Sold, change: Body, path = '', method = 'PATCH'): Promise<void> {
      const service = `/api/admin/services/${serviceId}`
      const { revision } = await must(console.call('GET', service), 'a service')
      await must(console.call(method, `${service}${path}`, { revision, memo: 'for the drill', ...change }), 'changing a service')
    },
    /** What staff see of an order, once it is so. */
    async seen(order: number, state: string): Promise<Body> {
      let body: Body = {}
      await until(async () => {
        body = (await console.call('GET', `/api/admin/orders/${order}`)).body
        return body['state'] === state
      }, `order ${order} being ${state}`)
      return body
    },
    /** A wish of the customer's that staff have to see to. */
    async wished(what: 'refills' | 'cancellations', order: number): Promise<Body> {
      let wish: Body | undefined
      await until(async () => {
        const { body } = await console.call('GET', '/api/admin/requests')
        wish = (body[what] as Body[]).find((one) => one['orderId'] === order)
        return wish !== undefined
      }, `what is wished of order ${order}`)
      return wish ?? {}
    },
  }
  const { bare, whole } = shop
  await shop.edit(bare, { change: { refillDays: 30, cancel: true, dripFeed: true, denyDuplicates: true } })
  const { cost, providerId, providerServiceId, name } = await must(
    console.call('GET', `/api/admin/services/${bare.serviceId}`),
    'a service',
  )
  const elsewhere = { providerId, providerServiceId, name, quoted: cost, min: 1, max: 100_000 }
  await shop.edit(whole, { fallbacks: [elsewhere] }, '/fallbacks', 'PUT')
  return shop
}
type Shop = Awaited<ReturnType<typeof shopOf>>

const settling = ({ mark }: Shop, { state, reason, changedAt }: Body): Body => ({
  seen: { state, reason, changedAt },
  memo: `settled for ${mark}`,
  requestId: randomUUID(),
})

async function plain(shop: Shop): Promise<number> {
  const order = await shop.order(shop.whole, 'plain')
  await shop.comesTo(order, 'completed')
  return order
}

async function underWay(shop: Shop): Promise<number> {
  const order = await shop.order(shop.whole, 'stubborn')
  await shop.comesTo(order, 'pending', 'in-progress')
  return order
}

/** By its provider. */
async function refilled(shop: Shop): Promise<void> {
  const order = await shop.order(shop.whole, 'refilled')
  await shop.comesTo(order, 'completed')
  await must(shop.page.call('POST', `/api/orders/${order}/refills`), 'a refill')
}

/** Its provider says why not. */
async function notRefilled(shop: Shop, order: number): Promise<void> {
  await must(shop.page.call('POST', `/api/orders/${order}/refills`), 'a refill')
  await shop.hears(order, ({ refills }) => (refills as Body[])[0]?.['state'] === 'rejected', 'the refill turned down')
}

/** Its provider says why not. */
async function notCanceled(shop: Shop, order: number): Promise<void> {
  await must(shop.page.call('POST', `/api/orders/${order}/cancellation`), 'canceling')
  await shop.hears(
    order,
    ({ cancelRequest }) => (cancelRequest as Body | undefined)?.['state'] === 'refused',
    'canceling turned down',
  )
}

async function commented(shop: Shop): Promise<void> {
  const { comments, mark } = shop
  const lines = Array.from({ length: comments.min }, (_, nth) => `comment ${nth} ${mark}`)
  await shop.comesTo(await shop.order(comments, 'comments', { comments: lines.join('\n') }), 'completed')
}

async function refilledByStaff(shop: Shop): Promise<void> {
  const order = await shop.order(shop.bare, 'refilled-by-staff')
  await shop.comesTo(order, 'completed')
  await must(shop.page.call('POST', `/api/orders/${order}/refills`), 'a refill')
  const { refillId } = await shop.wished('refills', order)
  const decision = { decision: 'reject', memo: `no refill for ${shop.mark}` }
  await must(shop.console.call('PUT', `/api/admin/refills/${shop.customerId}/${String(refillId)}`, decision), 'turning it down')
}

async function inRuns(shop: Shop): Promise<void> {
  const order = await shop.order(shop.bare, 'runs', { quantity: shop.bare.min, runs: 3, interval: 1_000 })
  await shop.until(
    async () => ((await shop.page.call('GET', `/api/orders/${order}/runs`)).body['rows'] as Body[]).length > 0,
    'the first run',
  )
  await must(shop.page.call('POST', `/api/orders/${order}/runs`, { step: 'cancel' }), 'canceling the others')
  await shop.comesTo(order, ...over)
}

async function canceled(shop: Shop): Promise<number> {
  const order = await shop.order(shop.whole, 'canceled')
  await shop.comesTo(order, 'pending', 'in-progress')
  await must(shop.page.call('POST', `/api/orders/${order}/cancellation`), 'canceling')
  return order
}

async function canceledByStaff(shop: Shop): Promise<number> {
  const order = await shop.order(shop.bare, 'kept')
  await shop.comesTo(order, 'pending', 'in-progress')
  await must(shop.page.call('POST', `/api/orders/${order}/cancellation`), 'canceling')
  await shop.wished('cancellations', order)
  const decision = { decision: 'refuse', memo: `not canceled for ${shop.mark}` }
  await must(shop.console.call('PUT', `/api/admin/cancellations/${shop.customerId}/${order}`, decision), 'turning it down')
  return order
}

/** Nobody knows whether its provider has it, until staff ask there. */
async function lostAndFound(shop: Shop): Promise<number> {
  const order = await shop.order(shop.whole, 'lost')
  const seen = await shop.seen(order, 'unknown')
  const { orders } = (await (await fetch(`${shop.at.control}/orders`)).json()) as { orders: { order: number; link: string }[] }
  const taken = orders.find(({ link }) => link.endsWith(`${shop.mark}/lost`))
  const found = { ...settling(shop, seen), providerOrderId: String(taken?.order) }
  await must(shop.console.call('POST', `/api/admin/orders/${order}/confirmation`, found), 'confirming')
  return order
}

/** Its provider says something that nobody has heard before, until staff say what it means. */
async function notUnderstood(shop: Shop): Promise<void> {
  const { console, mark } = shop
  const order = await shop.order(shop.whole, 'words')
  const { changedAt } = await shop.seen(order, 'unknown')
  const { rows } = await must(console.call('GET', '/api/admin/error-texts'), 'error texts')
  const text = (rows as Body[]).find(({ said }) => String(said).includes(mark))
  const path = `/api/admin/providers/${String(text?.['providerId'])}/error-texts/${String(text?.['textId'])}`
  // What concerns a provider names nobody.
  await must(console.call('PUT', path, { meaning: 'refused', memo: 'for the drill' }), 'saying what it means')
  const wish = { meaning: 'refused', memo: `settled for ${mark}`, requestId: randomUUID() }
  const settled = { ...wish, orders: [{ orderId: order, changedAt }] }
  await must(console.call('POST', `${path}/orders`, settled), 'settling by it')
  await shop.comesTo(order, ...over)
}

/** One after the other says no. */
async function triedElsewhere(shop: Shop): Promise<void> {
  const quantity = Math.max(shop.whole.min, shop.bare.min)
  await shop.comesTo(await shop.order(shop.whole, 'tried', { quantity }), ...over)
}
