import { existsSync, readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import * as z from 'zod/mini'
import { makeOwner } from './owner.ts'
import { Unable } from './unable.ts'

/** `npm run owner -- --email you@example.com`: the first member of staff of a deployed panel, with one's own AWS credentials. */
const outputsFile = 'cdk.out/outputs.json'
const outputs = z.record(z.string(), z.record(z.string(), z.string()))

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      email: { type: 'string' },
      stage: { type: 'string', default: 'panel' },
      table: { type: 'string' },
      pool: { type: 'string' },
    },
  })
  if (values.email === undefined || !/^[^@\s]+@[^@\s]+$/.test(values.email))
    throw new Unable('Whom to make an owner: npm run owner -- --email you@example.com')
  const deployed = existsSync(outputsFile)
    ? outputs.parse(JSON.parse(readFileSync(outputsFile, 'utf8')))[`${values.stage}-store`]
    : undefined
  const table = values.table ?? deployed?.['TableName']
  const pool = values.pool ?? deployed?.['StaffPoolId']
  if (table === undefined || pool === undefined)
    throw new Unable(
      `${outputsFile} does not say which table and pool: run this where \`npm run deploy\` ran, or name both with --table and --pool.`,
    )
  Object.assign(process.env, { TABLE_NAME: table, STAFF_POOL_ID: pool })
  await makeOwner(values.email)
  console.log(`A first password is on its way to ${values.email}. Sign in at the console's address with it.`)
}

try {
  await main()
} catch (error) {
  console.error(error instanceof Unable ? `\n  ${error.message}\n` : error)
  process.exit(1)
}
