import { parseArgs } from 'node:util'
import { eraseAccounts } from '../data/privacy/erase-accounts.ts'
import { readHolds } from '../data/privacy/holds.ts'
import { eraseOn } from '../functions/workers/erase-accounts.ts'
import { notedErasures, noteErasures } from '../outside/archives/note-erasures.ts'
import { eraseFiles } from '../outside/files/delete-files.ts'
import { eraseIdentities } from '../outside/identity/erase.ts'
import { storeOf, tableOf } from './deployed.ts'
import { Unable } from './unable.ts'

const usage = 'npm run replay-erasures -- --stage NAME [--table NAME] [--bucket NAME] [--pool ID]'

/**
 * `npm run replay-erasures`: erases again whoever was erased before the table was restored (P-RET-2), with one's own AWS
 * credentials, before the panel opens. The list of them lies in the bucket of files, where no restore reaches.
 */
async function main(): Promise<boolean> {
  const { stage, table, bucket, pool, help } = wished()
  if (help) {
    console.log(
      `${usage}\n\nErases again whoever was erased before the table was restored; run it before the panel opens, where it was deployed from.`,
    )
    return true
  }
  if (stage === undefined) throw new Unable(`This is understood: ${usage}`)
  const outputs = storeOf(stage)
  process.env['TABLE_NAME'] = table ?? tableOf(stage)
  process.env['FILES_BUCKET'] = bucket ?? outputs?.['FilesBucketName']
  process.env['CUSTOMERS_POOL_ID'] = pool ?? outputs?.['CustomersPoolId']
  if (!process.env['FILES_BUCKET'] || !process.env['CUSTOMERS_POOL_ID'])
    throw new Unable(
      'The bucket of files or the customers’ pool is not known: run this where `npm run deploy` ran, or name them with --bucket and --pool.',
    )
  const accounts = eraseAccounts.open()
  const uses = {
    accounts,
    holds: readHolds.open(),
    notes: noteErasures.open(),
    identities: eraseIdentities.open(),
    files: eraseFiles.open(),
    // What is not done in one go is gone on with here.
    more: { send: async () => undefined },
  }
  let [erased, left] = [0, 0]
  for await (const note of notedErasures()) {
    await accounts.replay(note, new Date())
    while (!(await eraseOn(note.customerId, uses, () => new Date())));
    if (await accounts.get(note.customerId)) {
      left++
      console.log(`  ${note.customerId} is not erased: there is a legal hold on it`)
    } else erased++
  }
  console.log(
    `${erased === 1 ? '1 account is' : `${erased} accounts are`} erased, ${left === 0 ? 'nobody is left' : `${left} not yet`}.`,
  )
  return left === 0
}

function wished() {
  try {
    return parseArgs({
      options: {
        stage: { type: 'string' },
        table: { type: 'string' },
        bucket: { type: 'string' },
        pool: { type: 'string' },
        help: { type: 'boolean' },
      },
    }).values
  } catch (error) {
    throw new Unable(`${error instanceof Error ? error.message.split('. ')[0] : String(error)}. This is understood: ${usage}`)
  }
}

try {
  process.exit((await main()) ? 0 : 1)
} catch (error) {
  console.error(error instanceof Unable ? `\n  ${error.message}\n` : error)
  process.exit(1)
}
