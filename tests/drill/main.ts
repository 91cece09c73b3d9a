import { parseArgs } from 'node:util'
import { holdToGrants, rulesFor } from '../../local/functions/guard.ts'
import { atLast, closeIt, eraseIt, isLetter, leftOf, longAfter, type Search, search, unfound } from './drill.ts'
import { startDrill, until } from './panel.ts'

const help = `npm run privacy:drill [-- --log]

A customer with every kind of item closes the account, the clock moves, and every item, object, message, log line and
identity record is searched for them, before and after. On a panel of its own, in memory; it ends with 1 if it found
nothing before, or something after.

  --log    print the faults that the panel logged`

/** `npm run privacy:drill`: a customer with every kind of item closes the account; what is found before, and after. */
async function main(): Promise<boolean> {
  const { values } = parseArgs({ options: { log: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } } })
  if (values.help) {
    console.log(help)
    return true
  }
  const { panel, canary, log, stop } = await startDrill()
  try {
    console.log(`Planted: ${canary.mark}, customer ${canary.customerId}`)
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
    await until(async () => (await search(canary, '', longAfter(eraseAt))).found.every(isLetter), 'the end of it').catch(
      () => undefined,
    )
    const after = await search(canary, log(), longAfter(eraseAt))
    print('After the erasure', after)
    const later = await search(canary, log(), atLast(eraseAt))
    print(`At ${atLast(eraseAt).toISOString()}, when letters without an account have expired too`, later)
    const left = [...leftOf(after).filter((where) => !isLetter(where)), ...leftOf(later)]
    for (const where of left) console.log(`  LEFT: ${where}`)
    console.log(left.length === 0 ? 'Nothing of the customer is found.' : `${left.length} things are left.`)
    return left.length === 0
  } finally {
    if (values.log)
      console.log(
        log()
          .split('\n')
          .filter((line) => line.includes('"fault"'))
          .join('\n'),
      )
    await stop()
  }
}

function print(when: string, { looked, found, expired, kinds, cuts }: Search): void {
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
  const listed = (counts: ReadonlyMap<string, number>) => [...counts].map(([what, count]) => `${what} ${count}`).join(', ')
  console.log(`  items of the customer’s number, by kind: ${listed(kinds)}`)
  console.log(`  and how many of them name the customer where what stays is to be cut: ${listed(cuts)}`)
}

try {
  process.exit((await main()) ? 0 : 1)
} catch (error) {
  console.error(error)
  process.exit(1)
}
