import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'

/** The part of the document client that the stores use: `send` alone, so that a simulated table can stand in. */
export type DocumentClient = Pick<DynamoDBDocumentClient, 'send'>

export interface Table {
  readonly db: DocumentClient
  readonly name: string
}

let opened: Table | undefined

/** The one table. Opened at first use, because a module must be inert while it loads. */
export function table(): Table {
  opened ??= { db: documentClient(), name: process.env['TABLE_NAME'] ?? '' }
  return opened
}

let openedLog: Table | undefined

/** The access log's own table. */
export function logTable(): Table {
  openedLog ??= { db: documentClient(), name: process.env['LOG_TABLE_NAME'] ?? '' }
  return openedLog
}

export function useLogTable(other: Table | undefined): void {
  openedLog = other
}

/** Lets a simulation or a test stand its own table in. */
export function useTable(other: Table | undefined): void {
  opened = other
}

export function documentClient(): DynamoDBDocumentClient {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({}), { marshallOptions: { removeUndefinedValues: true } })
  // It copies every request and answer for a log that nobody has asked for: a tenth to a third of a call's CPU.
  client.middlewareStack.remove('loggerMiddleware')
  return client
}
