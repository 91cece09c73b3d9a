import { randomUUID } from 'node:crypto'
import { inject } from 'vitest'
import { type Browser, must } from '../../local/demo/browser.ts'
import { type DemoStaff, newPassword, signUp } from '../../local/demo/people.ts'
import { staffSession } from './staff.ts'

export const { at, owners } = inject('pages')

export interface Customer {
  readonly email: string
  readonly password: string
  readonly fullName: string
  readonly customerId: string
  /** The same account without a page. */
  readonly session: Browser
}

/** Makes customers through the panel itself, with one owner's help. */
export function people(owner: DemoStaff | undefined) {
  if (!owner) throw new Error('there are fewer owners than files that need one')
  let opened: Promise<Browser> | undefined
  const console = (): Promise<Browser> => {
    opened ??= staffSession(at.console, owner)
    return opened
  }
  const made: Customer[] = []
  return {
    console,
    /** Before the stories, all at once: most of the time it takes is the panel's own patience. */
    async makeCustomers(count: number, credit: string): Promise<void> {
      made.push(...(await Promise.all(Array.from({ length: count }, async () => newCustomer(await console(), credit)))))
    },
    /** One of them, whom no other story has. */
    customer(): Customer {
      const next = made.pop()
      if (!next) throw new Error('there are fewer customers than stories that need one')
      return next
    },
  }
}

async function newCustomer(staff: Browser, credit: string): Promise<Customer> {
  const who = { email: `${randomUUID().slice(0, 8)}@customer.test`, password: newPassword(), fullName: 'Casey Customer' }
  const session = await signUp(at.site, at.mailbox, who)
  const { customerId } = await must(staff.call('POST', '/api/admin/customers/find', { email: who.email }), 'finding')
  if (Number(credit) > 0) {
    const adjustment = { kind: 'credit', amount: credit, memo: 'For a story', requestId: randomUUID() }
    await must(staff.call('POST', `/api/admin/customers/${customerId}/adjustments`, adjustment), 'crediting')
  }
  return { ...who, customerId: String(customerId), session }
}

/** How the sandbox provider behaves from now on. */
export async function providerBehaves(behaviour: Readonly<Record<string, number | string>>): Promise<void> {
  await fetch(`${at.control}/behaviour`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(behaviour),
  })
}

export interface ListedService {
  readonly serviceId: number
  readonly name: string
  readonly type: string
  readonly rate: string
}

/** A service of the catalogue by the beginning of its name. */
export async function serviceNamed(name: string): Promise<ListedService> {
  const { services } = (await (await fetch(`${at.site}/api/catalogue`)).json()) as { services: ListedService[] }
  const found = services.find((service) => service.name.startsWith(name))
  if (!found) throw new Error(`no service is called ${name}`)
  return found
}
