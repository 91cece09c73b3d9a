import {
  ProvisionedThroughputExceededException,
  TransactionCanceledException,
  TransactionInProgressException,
} from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb'
import { mockClient } from 'aws-sdk-client-mock'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { usePatience } from '../../data/patience.ts'
import { documentClient, useTable } from '../../data/table.ts'
import { append, transact } from '../../data/transact.ts'

// What the emulator cannot do: it never raises a conflict and never throttles.
process.env['AWS_REGION'] = 'us-east-1'
const mock = mockClient(DynamoDBDocumentClient)
const pauses: number[] = []

beforeEach(() => {
  mock.reset()
  pauses.length = 0
  useTable({ db: documentClient(), name: 'table' })
  usePatience({ pause: async (milliseconds) => pauses.push(milliseconds), random: () => 0.5 })
})
afterEach(() => {
  useTable(undefined)
  usePatience(undefined)
})

const canceled = (...codes: string[]) =>
  new TransactionCanceledException({ message: '', $metadata: {}, CancellationReasons: codes.map((Code) => ({ Code })) })
const legs = { wallet: append({ pk: 'a' }), order: append({ pk: 'b' }), entry: append({ pk: 'c' }) }

test('everything written is nothing refused', async () => {
  mock.on(TransactWriteCommand).resolves({})
  expect(await transact(legs)).toBeUndefined()
  expect(mock.commandCalls(TransactWriteCommand)[0]?.args[0].input.TransactItems).toHaveLength(3)
})

test('the leg that was refused is told by its name, the first in the order given', async () => {
  mock.on(TransactWriteCommand).rejects(canceled('None', 'ConditionalCheckFailed', 'ConditionalCheckFailed'))
  expect(await transact(legs)).toBe('order')
})

test('a conflict with another transaction is tried again, with growing pauses that differ by chance', async () => {
  mock
    .on(TransactWriteCommand)
    .rejectsOnce(canceled('TransactionConflict', 'None', 'None'))
    .rejectsOnce(new TransactionInProgressException({ message: '', $metadata: {} }))
    .resolves({})
  expect(await transact(legs)).toBeUndefined()
  expect(pauses).toEqual([10, 20])
})

test('a conflict beside a condition that does not hold is the refusal', async () => {
  mock.on(TransactWriteCommand).rejects(canceled('ConditionalCheckFailed', 'TransactionConflict', 'None'))
  expect(await transact(legs)).toBe('wallet')
})

test('a condition that does not hold behind a leg in conflict is no refusal yet: that leg may be the reason', async () => {
  mock
    .on(TransactWriteCommand)
    .rejectsOnce(canceled('TransactionConflict', 'ConditionalCheckFailed', 'None'))
    .rejectsOnce(canceled('ConditionalCheckFailed', 'ConditionalCheckFailed', 'None'))
  expect(await transact(legs)).toBe('wallet')
})

test('a conflict that does not end is a fault after ten tries, not a wait without end', async () => {
  mock.on(TransactWriteCommand).rejects(canceled('TransactionConflict'))
  await expect(transact(legs)).rejects.toThrow(TransactionCanceledException)
  expect(mock.commandCalls(TransactWriteCommand)).toHaveLength(10)
  expect(Math.max(...pauses)).toBeLessThanOrEqual(500)
})

test.each([
  ['throttling of the table', new ProvisionedThroughputExceededException({ message: 'throttled', $metadata: {} }), 'throttled'],
  ['throttling of one leg', canceled('ThrottlingError', 'None'), ''],
  ['a lost connection', new Error('socket hang up'), 'socket hang up'],
])('%s is a fault: whether anything was written is not known', async (_, error, message) => {
  mock.on(TransactWriteCommand).rejects(error)
  await expect(transact(legs)).rejects.toThrow(message)
  expect(pauses).toEqual([])
})
