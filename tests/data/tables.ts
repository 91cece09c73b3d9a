import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb'
import { afterAll, beforeAll, describe } from 'vitest'
import { forgetNumbers } from '../../data/numbers.ts'
import { usePatience } from '../../data/patience.ts'
import { type DocumentClient, type Table, useTable } from '../../data/table.ts'
import { FakeTable } from '../simulation/fake-table.ts'
import { Random } from '../simulation/random.ts'
import { newLocalTable } from './local-table.ts'

/** The same tests on DynamoDB Local and on the table in memory, which also lets transactions meet. */
export function onEachTable(tests: () => void): void {
  describe('on DynamoDB Local', () => {
    let local: Awaited<ReturnType<typeof newLocalTable>>
    beforeAll(async () => {
      local = await newLocalTable()
      stand(local)
    })
    afterAll(() => {
      useTable(undefined)
      local.stop()
    })
    tests()
  })
  describe('on the table in memory', () => {
    beforeAll(() => {
      stand(inMemory())
      usePatience({ pause: (milliseconds) => turns(Math.ceil(milliseconds / 4)), random: Math.random })
    })
    afterAll(() => {
      useTable(undefined)
      usePatience(undefined)
    })
    tests()
  })
}

function stand(table: Table): void {
  forgetNumbers()
  useTable(table)
}

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise((go) => setImmediate(go))
}

/** Requests take a while, and a transaction holds its items meanwhile: who comes in between is told of a conflict. */
export function inMemory(): Table {
  const table = new FakeTable()
  const random = new Random(1)
  const send = async (command: unknown): Promise<unknown> => {
    await turns(random.between(0, 3))
    if (!(command instanceof TransactWriteCommand)) return table.run(command)
    const transaction = table.begin(command.input)
    await turns(1)
    transaction.commit()
    await turns(random.between(0, 3))
    return {}
  }
  return { db: { send } as unknown as DocumentClient, name: 'panel' }
}
