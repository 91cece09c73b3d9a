import * as z from 'zod/mini'
import { type CustomerId, customerId } from '../core/ids.ts'
import type { Need } from '../core/need.ts'
import { queryAll } from './query.ts'
import { id } from './read.ts'

/** How many of a key's characters lists show, and staff may find its owner by. */
export const keyPrefix = /^pk_[A-Za-z0-9_-]{6}$/

const prefixItem = z.object({ customerId: id(customerId) })

interface FindKeyOwners {
  /** Customers who have, or had, a key that begins like this. Mostly one: there are 2³⁶ beginnings. */
  byPrefix(prefix: string): Promise<CustomerId[]>
}

export const findKeyOwners = {
  allow: [{ on: 'table', actions: ['Query'], keys: ['PREFIX#*'] }],
  open: () => ({
    async byPrefix(prefix) {
      const owners = new Set<CustomerId>()
      const found = queryAll({ KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': `PREFIX#${prefix}` } })
      for await (const item of found) owners.add(prefixItem.parse(item).customerId)
      return [...owners]
    },
  }),
} satisfies Need<FindKeyOwners>
