import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { killTest } from './kill-test.ts'

/** `npm run kill-test -- [--orders 500] [--kills 20] [--shortest 2] [--longest 8]` (seconds between two kills) `[--keep]` */
const { values } = parseArgs({
  options: {
    orders: { type: 'string', default: '500' },
    kills: { type: 'string', default: '20' },
    shortest: { type: 'string', default: '2' },
    longest: { type: 'string', default: '8' },
    keep: { type: 'boolean', default: false },
  },
})
const folder = mkdtempSync(join(tmpdir(), 'panel-kill-'))
const { wrong, states, reasons, askedAgain, taken, seconds } = await killTest({
  orders: Number(values.orders),
  kills: Number(values.kills),
  folder,
  lives: [Number(values.shortest), Number(values.longest)],
  tell: (line) => console.log(`  … ${line}`),
})
console.log(`${values.orders} orders, ${values.kills} kills, in ${seconds} s`)
console.log(`  calls made again for want of an answer  ${askedAgain}`)
console.log(`  orders that the provider took           ${taken}`)
for (const [name, count] of [...Object.entries(states), ...Object.entries(reasons)]) console.log(`  ${name.padEnd(38)}  ${count}`)
console.log(wrong.length === 0 ? '  0 lost, 0 doubled, money exact' : wrong.map((one) => `✗ ${one}`).join('\n'))
// What went wrong is worth a look.
if (values.keep || wrong.length > 0) console.log(`  the panel’s folder: ${folder}`)
else rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 })
process.exit(wrong.length === 0 ? 0 : 1)
