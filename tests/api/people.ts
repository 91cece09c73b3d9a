import { randomUUID } from 'node:crypto'
import { inject } from 'vitest'
import type { StaffRole } from '../../core/staff/roles.ts'
import { type Browser, browser, must } from '../../local/demo/browser.ts'
import { mailed } from '../../local/demo/mailbox.ts'
import { enrolStaff, newPassword, signIn, signUp } from '../../local/demo/people.ts'
import { environment } from '../../local/environment.ts'
import { makeOwner } from '../../local/owner.ts'
import { forgetLines } from './table.ts'

const panel = inject('panel')
export const { at } = panel

export interface Customer {
  readonly page: Browser
  readonly email: string
  readonly password: string
  readonly customerId: string
}

let owner: Promise<Browser> | undefined
/** The console of an owner of this file's own: a code of the authenticator is good once, and nobody waits for another's. */
export const ownersConsole = (): Promise<Browser> => {
  owner ??= newOwner()
  return owner
}

async function newOwner(): Promise<Browser> {
  Object.assign(process.env, environment(panel.ports))
  const [email, firstPassword] = [`owner-${randomUUID().slice(0, 8)}@panel.test`, newPassword()]
  await makeOwner(email, firstPassword)
  return (await enrolStaff(at.console, email, firstPassword)).page
}

/** A new customer, signed in, with this much to spend. */
export async function newCustomer(credit = '0'): Promise<Customer> {
  const email = `${randomUUID().slice(0, 8)}@customer.test`
  const password = newPassword()
  const page = await signUp(at.site, at.mailbox, { fullName: 'Casey Customer', email, password })
  const console = await ownersConsole()
  const { customerId } = await must(console.call('POST', '/api/admin/customers/find', { email }), 'finding a customer')
  const customer = { page, email, password, customerId: String(customerId) }
  if (credit !== '0') await creditTo(customer, credit)
  return customer
}

export async function creditTo({ customerId }: Pick<Customer, 'customerId'>, amount: string): Promise<void> {
  const console = await ownersConsole()
  const adjustment = { kind: 'credit', amount, memo: 'for a test', requestId: randomUUID() }
  await must(console.call('POST', `/api/admin/customers/${customerId}/adjustments`, adjustment), 'crediting')
}

export const newKey = async ({ page }: Customer): Promise<string> =>
  String((await must(page.call('POST', '/api/keys', { name: 'test' }), 'a key'))['key'])

/** Somebody of the staff in a role, signed in with both factors. */
export async function newStaff(role: StaffRole): Promise<Browser> {
  const email = `${role}-${randomUUID().slice(0, 8)}@panel.test`
  const console = await ownersConsole()
  await must(console.call('POST', '/api/admin/staff', { email, role, memo: 'for a test' }), 'inviting')
  const firstPassword = await mailed(at.mailbox, email, /password (\S+)/)
  return (await enrolStaff(at.console, email, firstPassword)).page
}

export { browser, must, signIn }

/** A call to the reseller protocol. */
export async function protocol(
  parameters: Readonly<Record<string, string | number>>,
): Promise<Record<string, unknown> & { readonly order?: number; readonly error?: string }> {
  const form = new URLSearchParams(Object.entries(parameters).map(([name, value]) => [name, String(value)]))
  return (await (await fetch(`${at.site}/api/v2`, { method: 'POST', body: form })).json()) as Record<string, unknown>
}

/** A service of the catalogue, by its type. */
export async function serviceOf(type: string): Promise<{ serviceId: number; rate: string; min: number; max: number }> {
  const { services } = (await must(browser(at.site).call('GET', '/api/catalogue'), 'the catalogue')) as {
    services: { type: string; serviceId: number; rate: string; min: number; max: number }[]
  }
  const found = services.find((service) => service.type === type)
  if (!found) throw new Error(`nothing of type ${type} is sold`)
  return found
}

/** Waits until something holds. */
export async function until<T>(look: () => Promise<T | undefined>, what: string, seconds = 30): Promise<T> {
  const end = Date.now() + seconds * 1000
  while (Date.now() < end) {
    const found = await look()
    if (found !== undefined) return found
    await new Promise((wake) => setTimeout(wake, 150))
  }
  throw new Error(`${what} did not happen within ${seconds} s`)
}

/** Tells the sandbox provider how to behave. What the panel knows of its bad answers is forgotten: the next test begins with one that is well. */
export const behave = async (behaviour: Readonly<Record<string, unknown>>): Promise<void> => {
  await fetch(`${at.control}/behaviour`, { method: 'POST', body: JSON.stringify(behaviour) })
  await forgetLines()
}
export interface ProviderOrder {
  readonly order: number
  readonly link: string
  readonly raw: { readonly requestLine: string; readonly headers: Readonly<Record<string, string>>; readonly body: string }
}
export const providersOrders = async (): Promise<ProviderOrder[]> =>
  ((await (await fetch(`${at.control}/orders`)).json()) as { orders: ProviderOrder[] }).orders
