import type { Browser } from '../../local/demo/browser.ts'

export interface Where {
  readonly site: string
  readonly console: string
  readonly mailbox: string
  readonly control: string
}

export type Until = (holds: () => Promise<boolean>, what: string) => Promise<void>

/** The customer as they come into being: who they are, and the doors that they and staff go through. */
export interface Planting {
  readonly at: Where
  readonly mark: string
  readonly customerId: string
  readonly email: string
  readonly page: Browser
  readonly console: Browser
  readonly until: Until
}
