import { createHash } from 'node:crypto'
import * as z from 'zod/mini'
import { keyHash, keyId, providerId, providerOrderId, serviceId } from '../../core/ids.ts'
import { targetOf } from '../../core/orders/link.ts'
import { type Fate, fates } from '../../core/privacy/fates.ts'
import type { Key } from '../get-items.ts'
import { keys } from '../keys.ts'
import type { Item } from '../query.ts'

type Through = {
  [Kind in keyof typeof fates]: (typeof fates)[Kind] extends { readonly found: { readonly through: string } } ? Kind : never
}[keyof typeof fates]

/** Items of a kind that another item leads to. What lies there may be somebody else's by now: then `condition` does not hold. */
interface Led {
  readonly key: Key
  readonly condition: string
  readonly names: Readonly<Record<string, string>>
  readonly values: Readonly<Record<string, unknown>>
}

const listedKey = z.object({ keyId: z.string(), hash: z.string(), prefix: z.string() })
const order = z.object({
  orderId: z.int(),
  customerId: z.string(),
  serviceId: z.int(),
  providerId: z.string(),
  providerOrderId: z.optional(z.string()),
  link: z.optional(z.string()),
})

const ofOrder = (key: Key, orderId: number): Led => ({
  key,
  condition: '#orderId = :orderId',
  names: { '#orderId': 'orderId' },
  values: { ':orderId': orderId },
})
const ofKey = (key: Key, id: string): Led => ({
  key,
  condition: '#keyId = :keyId',
  names: { '#keyId': 'keyId' },
  values: { ':keyId': id },
})

/** Where each kind that is found through another lies, by the other's items. */
export const ledTo: Readonly<Record<Through, (item: Item) => Led[]>> = {
  KEY(item) {
    const { hash, keyId: id } = listedKey.parse(item)
    return [ofKey(keys.key(keyHash(hash)), id)]
  },
  PREFIX(item) {
    const { prefix, keyId: id } = listedKey.parse(item)
    return [ofKey(keys.prefix(prefix, keyId(id)), id)]
  },
  TARGET(item) {
    const { orderId, serviceId: service, link } = order.parse(item)
    if (link === undefined) return []
    const target = createHash('sha256').update(targetOf(link)).digest('base64url')
    return [ofOrder(keys.target(serviceId(service), target), orderId)]
  },
  CONFIRMED(item) {
    const { orderId, providerId: provider, providerOrderId: number } = order.parse(item)
    return number === undefined ? [] : [ofOrder(keys.confirmed(providerId(provider), providerOrderId(number)), orderId)]
  },
}

export const isThrough = (kind: string): kind is Through => {
  const fate: Fate | undefined = kind in fates ? fates[kind as keyof typeof fates] : undefined
  return fate !== undefined && 'found' in fate && typeof fate.found === 'object'
}
export const sourceOf = (kind: Through) => fates[kind].found.through
