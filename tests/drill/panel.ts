import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser } from '../../local/demo/browser.ts'
import { enrolStaff, newPassword } from '../../local/demo/people.ts'
import { makeOwner } from '../../local/owner.ts'
import { startTestPanel, type TestPanel } from '../fixtures/panel.ts'
import { type Canary, plant } from './canary.ts'

export interface DrillPanel extends TestPanel {
  /** A console with an owner signed in. */
  readonly console: Browser
  readonly canary: Canary
}

/** A panel of the drill's own: it moves the clock of the trail, and nothing may come after that. */
export async function startDrill(): Promise<DrillPanel> {
  const started = await startTestPanel({ recycled: false })
  try {
    const { at } = started
    const calm = { faultRate: 0, partialRate: 0, secondsToComplete: 1 }
    await fetch(`${at.control}/behaviour`, { method: 'POST', body: JSON.stringify(calm) })
    const console = await ownersConsole(at.console)
    return { ...started, console, canary: await plant(at, console, until) }
  } catch (error) {
    await started.stop()
    throw error
  }
}

export async function ownersConsole(console: string): Promise<Browser> {
  const [email, firstPassword] = [`drill-${randomUUID().slice(0, 8)}@panel.test`, newPassword()]
  await makeOwner(email, firstPassword)
  return (await enrolStaff(console, email, firstPassword)).page
}

export async function until(holds: () => Promise<boolean>, what: string): Promise<void> {
  for (let tries = 0; tries < 120; tries++) {
    if (await holds()) return
    await sleep(250)
  }
  throw new Error(`${what} was not there within thirty seconds`)
}
