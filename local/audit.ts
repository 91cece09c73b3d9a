import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import * as z from 'zod/mini'
import { verifyAudit } from '../data/verify-audit.ts'
import { tableOf } from './deployed.ts'
import { environment } from './environment.ts'
import { portsFrom } from './ports.ts'
import { Unable } from './unable.ts'

const usage = 'npm run audit -- verify [--data FOLDER | --stage NAME | --table NAME] [--noted NUMBER:HASH]'
/** More than this many are counted, and not named one by one. */
const mostNamed = 50

/** `npm run audit -- verify`: walks the audit trail, of the panel that runs here or of a deployed one, and names what was altered. */
async function main(): Promise<boolean> {
  const { values, positionals } = wished()
  if (positionals.join(' ') !== 'verify') throw new Unable(`This is understood: ${usage}`)
  const where = (values.table ?? values.stage) ? deployed(values) : running(values.data)
  const kept = values.noted === undefined ? undefined : noted(values.noted)
  const { links, head, broken, erased, expired } = await verifyAudit(new Date(), kept).catch((error: unknown) => {
    throw new Unable(`The audit trail of ${where} could not be read: ${error instanceof Error ? error.message : String(error)}`)
  })
  const gone = [
    ...(erased === 0 ? [] : [`${erased} records erased with closed accounts`]),
    ...(expired === 0 ? [] : [`${expired} expired`]),
  ]
  console.log([`${where}: ${links} links`, ...gone].join(', '))
  for (const { seq, what } of broken.slice(0, mostNamed)) console.log(`  ${seq}: ${what}`)
  if (broken.length > mostNamed) console.log(`  … and ${broken.length - mostNamed} more`)
  console.log(
    broken.length === 0
      ? `The audit trail holds. Its head, to be noted down elsewhere: ${head.seq}:${head.hash}`
      : `The audit trail does not hold: ${broken.length} ${broken.length === 1 ? 'place' : 'places'}.`,
  )
  return broken.length === 0
}

function wished() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        data: { type: 'string', default: '.panel' },
        stage: { type: 'string' },
        table: { type: 'string' },
        noted: { type: 'string' },
      },
    })
  } catch (error) {
    throw new Unable(`${error instanceof Error ? error.message.split('. ')[0] : String(error)}. This is understood: ${usage}`)
  }
}

/** With one's own AWS credentials. */
function deployed({ stage, table }: { readonly stage?: string; readonly table?: string }): string {
  process.env['TABLE_NAME'] = table ?? tableOf(stage ?? '')
  return `table ${process.env['TABLE_NAME']}`
}

const card = z.object({ site: z.url() })

function running(folder: string): string {
  const file = join(folder, 'panel.json')
  if (!existsSync(file)) throw new Unable(`There is no panel in ${folder}. ${usage}`)
  const { site } = card.parse(JSON.parse(readFileSync(file, 'utf8')))
  Object.assign(process.env, environment(portsFrom(Number(new URL(site).port))))
  return `the panel at ${site}`
}

function noted(text: string): { seq: number; hash: string } {
  const [, seq, hash] = /^(\d+):([0-9a-f]{64})$/.exec(text) ?? []
  if (seq === undefined || hash === undefined)
    throw new Unable(`--noted ${text}: a number and a hash are wanted, as verify prints them.`)
  return { seq: Number(seq), hash }
}

try {
  process.exit((await main()) ? 0 : 1)
} catch (error) {
  console.error(error instanceof Unable ? `\n  ${error.message}\n` : error)
  process.exit(1)
}
