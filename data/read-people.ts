import type { CustomerId } from '../core/ids.ts'
import type { Need } from '../core/need.ts'
import { type Customer, readCustomer } from './customers.ts'
import { getItems } from './get-items.ts'
import { keys } from './keys.ts'

interface ReadPeople {
  /** Who they are, for veiling them in what they wrote. At most 100. */
  of(customers: readonly CustomerId[]): Promise<ReadonlyMap<CustomerId, Pick<Customer, 'fullName' | 'email'>>>
}

export const readPeople = {
  allow: [{ on: 'table', actions: ['BatchGetItem'], keys: ['CUSTOMER#*'] }],
  open: () => ({
    of: async (customers) =>
      new Map((await getItems(customers.map(keys.customer))).map(readCustomer).map((customer) => [customer.customerId, customer])),
  }),
} satisfies Need<ReadPeople>
