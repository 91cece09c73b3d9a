import { GetCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import { linkPatternNames } from '../core/catalogue/link-patterns.ts'
import { followingFields, origins, type Service } from '../core/catalogue/service.ts'
import { readServiceType } from '../core/catalogue/service-types.ts'
import { categoryId, providerId, providerServiceId, type ServiceId, serviceId, staffId } from '../core/ids.ts'
import type { Need } from '../core/need.ts'
import { iso } from '../core/time.ts'
import { keys } from './keys.ts'
import { queryAll } from './query.ts'
import { id, integer, microsPer1000, numberId, time } from './read.ts'
import { table } from './table.ts'

const serviceItem = z.object({
  serviceId: numberId(serviceId),
  name: z.string(),
  categoryId: id(categoryId),
  description: z.string(),
  type: z.pipe(
    z.string(),
    z.transform((name, context) => readServiceType(name) ?? unknownType(context, name)),
  ),
  rate: microsPer1000,
  min: integer,
  max: integer,
  refillDays: integer,
  cancel: z.boolean(),
  dripFeed: z.boolean(),
  denyDuplicates: z.boolean(),
  linkPattern: z.enum(linkPatternNames()),
  origin: z.enum(origins),
  attested: z.optional(z.object({ by: id(staffId), at: time })),
  enabled: z.boolean(),
  sort: integer,
  everSold: z.boolean(),
  byHand: z.array(z.enum(followingFields)),
  revision: integer,
  source: z.object({
    providerId: id(providerId),
    providerServiceId: id(providerServiceId),
    cost: microsPer1000,
    name: z.string(),
    category: z.string(),
    min: integer,
    max: integer,
    refill: z.boolean(),
    cancel: z.boolean(),
    dripFeed: z.boolean(),
  }),
})

function unknownType(context: z.core.ParsePayload, name: string): never {
  context.issues.push({ code: 'custom', input: name, message: `no such service type: ${name}` })
  return z.NEVER
}

export const readService = (item: unknown): Service => serviceItem.parse(item)
export const serviceAsItem = (service: Service) => ({
  ...keys.service(service.serviceId),
  ...service,
  attested: service.attested && { by: service.attested.by, at: iso(service.attested.at) },
})

/** A service in place of what was read of it; not over what somebody else made of it meanwhile. */
export const replacing = (seen: Service, next: Service) => ({
  Item: serviceAsItem({ ...next, revision: seen.revision + 1 }),
  ConditionExpression: 'revision = :seen',
  ExpressionAttributeValues: { ':seen': seen.revision },
})

/** The service, or undefined. */
export async function getService(id: ServiceId): Promise<Service | undefined> {
  const { db, name: TableName } = table()
  const { Item } = await db.send(new GetCommand({ TableName, Key: keys.service(id) }))
  return Item && readService(Item)
}

interface ReadServices {
  /** The service, or undefined. */
  get(id: ServiceId): Promise<Service | undefined>
}

/** One service, as an order needs it. */
export const readServices = {
  allow: [{ on: 'table', actions: ['GetItem'], keys: ['CATALOGUE'] }],
  open: () => ({
    get: getService,
  }),
} satisfies Need<ReadServices>

interface ListServices {
  /** The whole catalogue, by number, page by page and as it stands now. For workers: it reads every service. */
  each(): AsyncGenerator<Service>
}

export const listServices = {
  allow: [{ on: 'table', actions: ['Query'], keys: ['CATALOGUE'] }],
  open: () => ({
    async *each() {
      const found = queryAll({
        KeyConditionExpression: 'pk = :catalogue',
        ExpressionAttributeValues: { ':catalogue': 'CATALOGUE' },
        // Read a moment late, the last of a burst of changes would not be published.
        ConsistentRead: true,
      })
      for await (const item of found) yield readService(item)
    },
  }),
} satisfies Need<ListServices>
