import type { TestProject } from 'vitest/node'
import { startDatabase } from '../../local/database.ts'
import { findFree } from '../../local/ports.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where DynamoDB Local listens. */
    databasePort: number
  }
}

/** One DynamoDB Local for all store tests; each file makes a table of its own in it. */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const { database: port } = await findFree()
  const database = await startDatabase(port, undefined, undefined)
  provide('databasePort', port)
  return () => database.stop()
}
