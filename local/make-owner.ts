import { parseArgs } from 'node:util'
import { outputsFile, storeOf } from './deployed.ts'
import { makeOwner } from './owner.ts'
import { Unable } from './unable.ts'

/** `npm run owner -- --email you@example.com`: the first member of staff of a deployed panel, with one's own AWS credentials. */
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
  const deployed = storeOf(values.stage)
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
