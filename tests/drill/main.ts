import { setTimeout as sleep } from 'node:timers/promises'
import { enrolStaff, newPassword } from '../../local/demo/people.ts'
import { holdToGrants, rulesFor } from '../../local/functions/guard.ts'
import { makeOwner } from '../../local/owner.ts'
import { startTestPanel } from '../fixtures/panel.ts'
import { plant } from './canary.ts'
import { closeIt, eraseIt, leftOf, longAfter, type Search, search, unfound } from './drill.ts'

/** `npm run privacy:drill`: a customer with every kind of item closes the account; what is found before, and after. */
async function main(): Promise<boolean> {
  const { panel, at, log, stop } = await startTestPanel({ recycled: false })
  try {
    await fetch(`${at.control}/behaviour`, {
      method: 'POST',
      body: JSON.stringify({ faultRate: 0, partialRate: 0, secondsToComplete: 1 }),
    })
    const firstPassword = newPassword()
    await makeOwner('drill@panel.test', firstPassword)
    const { page: console_ } = await enrolStaff(at.console, 'drill@panel.test', firstPassword)
    const canary = await plant(at, console_, until)
    console.log(`Planted: ${canary.mark}, customer ${canary.customerId}`)
    console.log(`  by hand, because no endpoint was asked for it: ${canary.byHand.join(', ') || 'nothing'}`)
    const before = await search(canary, log(), new Date())
    print('Before the account is closed', before)
    const missing = unfound(before)
    if (missing.length > 0) {
      console.log(`The drill proves nothing: of these kinds nothing was found where it should be: ${missing.join(', ')}`)
      return false
    }
    const eraseAt = await closeIt(canary)
    console.log(`Closed; to be erased at ${eraseAt.toISOString()}. The clock is moved to ${longAfter(eraseAt).toISOString()}.`)
    holdToGrants(rulesFor(panel.ports))
    await eraseIt(canary, longAfter(eraseAt))
    await until(async () => (await search(canary, '', longAfter(eraseAt))).found.length === 0, 'the end of it').catch(
      () => undefined,
    )
    const after = await search(canary, log(), longAfter(eraseAt))
    print('After the erasure', after)
    const left = leftOf(after)
    for (const where of left) console.log(`  LEFT: ${where}`)
    console.log(left.length === 0 ? 'Nothing of the customer is found.' : `${left.length} things are left.`)
    return left.length === 0
  } finally {
    if (process.argv.includes('--log'))
      console.log(
        log()
          .split('\n')
          .filter((line) => line.includes('"fault"'))
          .join('\n'),
      )
    await stop()
  }
}

function print(when: string, { looked, found, expired, kinds }: Search): void {
  console.log(
    `${when}: looked through ${Object.entries(looked)
      .map(([place, count]) => `${count} ${place}`)
      .join(', ')}`,
  )
  for (const [where, count] of Map.groupBy(found, (one) => one)
    .entries()
    .map(([where, all]) => [where, all.length] as const))
    console.log(`  found in ${where}${count === 1 ? '' : `, ${count} times`}`)
  if (expired.length > 0) console.log(`  expired, served to nobody and about to be removed: ${expired.length}`)
  console.log(`  items of the customer’s number, by kind: ${[...kinds].map(([kind, count]) => `${kind} ${count}`).join(', ')}`)
}

async function until(holds: () => Promise<boolean>, what: string): Promise<void> {
  for (let tries = 0; tries < 60; tries++) {
    if (await holds()) return
    await sleep(500)
  }
  throw new Error(`${what} was not there within thirty seconds`)
}

try {
  process.exit((await main()) ? 0 : 1)
} catch (error) {
  console.error(error)
  process.exit(1)
}
