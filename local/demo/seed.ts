import { setTimeout as sleep } from 'node:timers/promises'
import { makeOwner } from '../owner.ts'
import { sandboxKey } from '../provider/protocol.ts'
import { type Browser, must } from './browser.ts'
import { type DemoCustomer, type DemoStaff, enrolStaff, newPassword, signUp } from './people.ts'

export interface Demo {
  readonly customer: DemoCustomer & { readonly apiKey: string }
  readonly staff: DemoStaff
}

interface Where {
  readonly site: string
  readonly console: string
  readonly mailbox: string
  readonly provider: string
}

/** Somebody to be, a provider to buy from, services to sell and money to spend: all made the way people make them. */
export async function seed(where: Where, tell: (step: string) => void): Promise<Demo> {
  tell('making the first member of staff')
  const firstPassword = newPassword()
  await makeOwner('owner@panel.test', firstPassword)
  const { staff, page: console } = await enrolStaff(where.console, 'owner@panel.test', firstPassword)

  tell('importing the sandbox provider’s catalogue')
  await importCatalogue(console, where.provider)

  tell('signing a customer up')
  const person = { fullName: 'Dana Demo', email: 'dana@customer.test', password: newPassword() }
  const page = await signUp(where.site, where.mailbox, person)
  const { key } = await must(page.call('POST', '/api/keys', { name: 'First key' }), 'the API key')
  const { customerId } = await must(
    console.call('POST', '/api/admin/customers/find', { email: person.email }),
    'finding the customer',
  )
  const credit = { kind: 'credit', amount: '100.00', memo: 'Welcome to the local panel', requestId: 'demo-credit-1' }
  await must(console.call('POST', `/api/admin/customers/${customerId}/adjustments`, credit), 'the credit')
  await published(page)
  return { customer: { email: person.email, password: person.password, apiKey: String(key) }, staff }
}

export async function importCatalogue(console: Browser, url: string): Promise<void> {
  const { providerId } = await must(
    console.call('POST', '/api/admin/providers', { name: 'Sandbox', url, apiKey: sandboxKey }),
    'the provider',
  )
  const { taskId } = await must(
    console.call('POST', `/api/admin/providers/${providerId}/imports`, { percent: 25, origin: 'incentivised people' }),
    'the import',
  )
  await until(
    async () => (await console.call('GET', `/api/admin/providers/${providerId}/tasks/${taskId}`)).body['state'] === 'done',
    'the import',
  )
}

const published = (page: Browser): Promise<void> =>
  until(async () => {
    const { services } = (await page.call('GET', '/api/catalogue')).body
    return Array.isArray(services) && services.length > 0
  }, 'the catalogue')

async function until(holds: () => Promise<boolean>, what: string): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    if (await holds()) return
    await sleep(200)
  }
  throw new Error(`${what} was not there within a minute`)
}
