import { randomUUID } from 'node:crypto'
import type { TestProject } from 'vitest/node'
import { type Browser, must } from '../../local/demo/browser.ts'
import { mailed } from '../../local/demo/mailbox.ts'
import { type DemoStaff, enrolStaff } from '../../local/demo/people.ts'
import type { Demo } from '../../local/demo/seed.ts'
import { findChromium } from '../fixtures/chromium.ts'
import { startTestPanel, type TestPanel } from '../fixtures/panel.ts'
import { staffSession } from './staff.ts'

/** The panel of this run, with its pages. */
export interface PagesPanel {
  readonly at: TestPanel['at']
  readonly demo: Demo
  /** The port of the panel's table: for what no page can bring about. */
  readonly database: number
  /** An owner for each file of tests: a code of the authenticator is good once, and nobody should wait for another's. */
  readonly owners: readonly DemoStaff[]
}

declare module 'vitest' {
  export interface ProvidedContext {
    pages: PagesPanel
  }
}

/** Each is one file's own, by its number: a code of an authenticator is good once. */
const ownersNeeded = 31
const ownersAtOnce = 4

/** One panel for all stories, with the built site and console. */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  // Missing, it is said now and not by every story.
  findChromium()
  const { at, demo, stop, panel } = await startTestPanel({ sites: true })
  const console = await staffSession(at.console, demo.staff)
  const owners: DemoStaff[] = []
  // Some at a time: each is a link of the one chain of the trail, and thirty at once would wait for each other for too long.
  while (owners.length < ownersNeeded)
    owners.push(...(await Promise.all(Array.from({ length: ownersAtOnce }, () => newOwner(at, console)))))
  provide('pages', { at, demo, owners, database: panel.ports.database })
  return stop
}

async function newOwner(at: TestPanel['at'], console: Browser): Promise<DemoStaff> {
  const email = `owner-${randomUUID().slice(0, 8)}@panel.test`
  await must(console.call('POST', '/api/admin/staff', { email, role: 'owner', memo: 'for a test' }), 'inviting')
  const firstPassword = await mailed(at.mailbox, email, /password (\S+)/)
  return (await enrolStaff(at.console, email, firstPassword)).staff
}
