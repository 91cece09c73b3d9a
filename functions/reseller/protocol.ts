import { type CustomerId, type OrderId, orderId, serviceId, shortInteger } from '../../core/ids.ts'
import { keyAction, permits } from '../../core/keys/scopes.ts'
import { formatMoney, minus } from '../../core/money.ts'
import type { Opened } from '../../core/need.ts'
import type { Order } from '../../core/orders/order.ts'
import { protocolStatus } from '../../core/orders/states.ts'
import { type Parameters, readParameters } from '../../core/protocol/parameters.ts'
import { placingRefusals, Refusal, refusals } from '../../core/refusals.ts'
import type { Wallet } from '../../core/wallet/wallet.ts'
import { findKeys, findKeysAndServices, hashKey, type Looked, type Presented } from '../../data/api-keys.ts'
import { anyone } from '../../data/door.ts'
import { noteKeyUse } from '../../data/key-use.ts'
import { type PlacingRead, placeOrders } from '../../data/orders/place-orders.ts'
import { readOrders } from '../../data/orders/read-orders.ts'
import { limitKeys } from '../../data/rates.ts'
import { settings } from '../../data/settings.ts'
import { readWallets } from '../../data/wallets.ts'
import { readSnapshots } from '../../outside/snapshots/snapshots.ts'
import { type Answer, json } from '../kit/answer.ts'
import { inConstantTime, stepForKeys } from '../kit/constant-time.ts'
import { packedAnswer } from '../kit/packed-answer.ts'
import { rawEndpoint, serveRaw } from '../kit/raw.ts'
import type { Incoming } from '../kit/request.ts'
import { description } from './protocol-description.ts'
import { cancel, idsIn, refill, refillStatus, requestUses } from './protocol-requests.ts'

const uses = {
  keys: findKeys,
  keysAndServices: findKeysAndServices,
  limits: limitKeys,
  use: noteKeyUse,
  wallets: readWallets,
  orders: readOrders,
  placing: placeOrders,
  snapshots: readSnapshots,
  ...requestUses,
  settings,
}
type Uses = Opened<typeof uses>

export const protocol = rawEndpoint({
  name: 'reseller.protocol',
  routes: ['POST /api/v2', 'GET /api/v2'],
  summary: 'The reseller protocol: services, add, status, refill, refill_status, cancel, balance',
  description,
  who: anyone,
  refuses: ['key-invalid', 'scope-forbids', 'refill-unavailable', 'refill-not-found', 'cancel-unavailable', ...placingRefusals],
  uses,

  async run({ request, uses, now }) {
    if (request.body.length > largestRequest) throw new Refusal('invalid-request')
    const parameters = await readParameters({
      query: request.query,
      contentType: request.headers.get('content-type') ?? '',
      authorization: request.headers.get('authorization'),
      apiKeyHeader: request.headers.get('x-api-key'),
      body: new Uint8Array(request.body),
    })
    const key = parameters.get('key')
    if (!key) throw new Refusal(actionOf(parameters) !== undefined ? 'key-invalid' : 'invalid-request')
    const presented = { hash: hashKey(key), address: request.viewer.address }
    const began = performance.now()
    const { owner, ...read } = await whoAndWhat(presented, parameters, uses, now)
    if (!owner.opens)
      // More is noted of a good key in the wrong place: the time must not tell it from a wrong one.
      return inConstantTime(() => uses.signals.badKey(owner, presented.address, now), { step: stepForKeys, began })
    if (!(await uses.limits.allow(presented.hash, now))) throw new Refusal('too-many-requests')
    const noted = uses.use.note(owner.customerId, owner.keyId, now)
    try {
      return await act({ owner, request, parameters, read, uses, now })
    } finally {
      // Beside the answer, and not after it: what an instance has not finished then, it may never finish.
      await noted
    }
  },

  /** 200 even for errors: two widely used clients throw the text away on any other status. */
  failed: (error, reference) => {
    if (!(error instanceof Refusal)) return json(500, { error: 'Internal error', reference })
    return json(error.code === 'too-many-requests' ? 429 : 200, { error: refusals[error.code].protocol })
  },
})

/** In bytes. The comments of an order may be long. */
const largestRequest = 400_000

/** Neither depends on the other, so an order waits for one reading and not for two. */
async function whoAndWhat(presented: Presented, parameters: Parameters, uses: Uses, now: Date) {
  const service = parameters.get('action') === 'add' ? shortInteger(parameters.get('service')?.trim() ?? '') : undefined
  return service === undefined
    ? { owner: await uses.keys.owner(presented, now), service: undefined, bindings: [] }
    : uses.keysAndServices.ownerAndService(presented, serviceId(service), now)
}

/** What somebody whose key is good asks for. */
interface Call {
  readonly owner: Extract<Looked, { opens: true }>
  readonly request: Incoming
  readonly parameters: Parameters
  /** For an order that is to be added. */
  readonly read: PlacingRead
  readonly uses: Uses
  readonly now: Date
}

async function act(call: Call): Promise<Answer> {
  const { owner, parameters, uses } = call
  const { customerId: customer } = owner
  const action = keyAction(actionOf(parameters))
  if (!action) throw new Refusal('invalid-request')
  if (!permits(owner.scope, action)) throw new Refusal('scope-forbids')
  switch (action) {
    case 'services':
      return services(call)
    case 'balance':
      return balance(await activeWallet(customer, uses), uses.settings.currency)
    case 'add':
      return add(call)
    case 'status':
      return status(call)
    case 'refill':
    case 'refill_status':
    case 'cancel': {
      await activeWallet(customer, uses)
      if (action === 'refill_status') return refillStatus(call)
      return action === 'refill' ? refill(call) : cancel(call)
    }
  }
}

/** The protocol's own published class forgets to say what it wants when it asks how a refill stands. */
const actionOf = (parameters: Parameters): string | undefined =>
  parameters.get('action') ?? (parameters.has('refill') || parameters.has('refills') ? 'refill_status' : undefined)

async function activeWallet(customer: CustomerId, uses: Uses): Promise<Wallet> {
  const wallet = await uses.wallets.get(customer)
  if (!wallet.active) throw new Refusal('account-suspended')
  return wallet
}

/** What is sold, as it was published: it is the largest answer there is, and nothing of it is made here. */
async function services({ owner, request, uses, now }: Call): Promise<Answer> {
  const [published] = await Promise.all([
    uses.snapshots.read('protocol-services.json.gz', now),
    activeWallet(owner.customerId, uses),
  ])
  return published ? packedAnswer(published, request) : json(200, [])
}

/** What can be spent: what a client compares a price with. */
const balance = (wallet: Wallet, currency: string): Answer => json(200, { balance: formatMoney(wallet.available), currency })

async function add({ owner, parameters, read, uses, now }: Call): Promise<Answer> {
  const number = shortInteger(parameters.get('service')?.trim() ?? '')
  if (number === undefined) throw new Refusal(parameters.has('service') ? 'service-not-found' : 'invalid-request')
  const requestId = parameters.get('request_id')
  if (requestId !== undefined && !/^[\x21-\x7e]{1,64}$/.test(requestId)) throw new Refusal('invalid-request')
  const placement = {
    customer: owner.customerId,
    serviceId: serviceId(number),
    ask: {
      link: parameters.get('link'),
      quantity: wholeNumber(parameters.get('quantity')),
      comments: parameters.get('comments'),
      runs: wholeNumber(parameters.get('runs')),
      interval: wholeNumber(parameters.get('interval')),
    },
    requestId: requestId === undefined ? undefined : `v2 ${requestId}`,
    at: now,
  }
  const order = await uses.placing.place(placement, read)
  return json(200, { order: order.orderId })
}

/** NaN for what is not one, which no quantity is; undefined where nothing was said. */
const wholeNumber = (text: string | undefined): number | undefined =>
  text === undefined || text.trim() === '' ? undefined : /^\d{1,15}$/.test(text.trim()) ? Number(text) : Number.NaN

async function status({ owner, parameters, uses, now }: Call): Promise<Answer> {
  const { customerId: customer, keyId } = owner
  const { ids: asked, alone } = idsIn(parameters, 'order', 'orders')
  const numbers = [...new Set(asked.flatMap((id): OrderId[] => numberOf(id)))]
  const [, found] = await Promise.all([activeWallet(customer, uses), numbers.length > 0 ? uses.orders.some(customer, numbers) : []])
  await uses.signals.strangeOrders(customer, keyId, numbers.length - found.length, now)
  const rows = new Map(found.map((order) => [order.orderId, statusRow(order, uses.settings.currency)]))
  const rowOf = (id: string) =>
    numberOf(id).flatMap((number) => rows.get(number) ?? [])[0] ?? { error: refusals['order-not-found'].protocol }
  return json(200, alone ? rowOf(asked[0] ?? '') : Object.fromEntries(asked.map((id) => [id, rowOf(id)])))
}

function numberOf(id: string): OrderId[] {
  const number = shortInteger(id)
  return number === undefined ? [] : [orderId(number)]
}

/** Every value a string. */
const statusRow = (order: Order, currency: string) => ({
  charge: formatMoney(minus(order.charge, order.refunded)),
  start_count: String(order.startCount ?? 0),
  status: protocolStatus(order.state),
  remains: String(order.remains ?? order.quantity),
  currency,
})

export const handler = serveRaw(protocol)
