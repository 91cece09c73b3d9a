import { existsSync, readFileSync } from 'node:fs'
import * as z from 'zod/mini'
import { Unable } from './unable.ts'

export const outputsFile = 'cdk.out/outputs.json'
const outputs = z.record(z.string(), z.record(z.string(), z.string()))

/** What the last deploy from here said of a stage's store; undefined where none ran. */
export const storeOf = (stage: string): Readonly<Record<string, string>> | undefined =>
  existsSync(outputsFile) ? outputs.parse(JSON.parse(readFileSync(outputsFile, 'utf8')))[`${stage}-store`] : undefined

export function tableOf(stage: string): string {
  const table = storeOf(stage)?.['TableName']
  if (table === undefined)
    throw new Unable(`${outputsFile} does not say which table: run this where \`npm run deploy\` ran, or name it with --table.`)
  return table
}
