import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type CustomerId, fileId, orderId } from '../../core/ids.ts'
import { later } from '../../core/time.ts'
import type { StoredFile } from '../../data/files.ts'
import { keys } from '../../data/keys.ts'
import { askForArchives, finishArchives, readArchives } from '../../data/privacy/archives.ts'
import { standingOf } from '../../data/privacy/closures.ts'
import { readEverything } from '../../data/privacy/read-everything.ts'
import { useTable } from '../../data/table.ts'
import { buildArchive } from '../../functions/workers/build-archive.ts'
import { unzip } from '../drill/unzip.ts'
import { newLocalTable } from './local-table.ts'
import { newCustomer, now, ordersOf, write } from './people.ts'

let local: Awaited<ReturnType<typeof newLocalTable>>
beforeAll(async () => {
  local = await newLocalTable()
  useTable(local)
})
afterAll(() => {
  useTable(undefined)
  local.stop()
})

/** The files in the archive that a customer asks for, whose uploads are these. */
async function archiveOf(customer: CustomerId, files: readonly StoredFile[] = [], objects = new Map<string, Uint8Array>()) {
  await askForArchives.open().ask(customer, later(now, 30 * 86_400), now)
  const packed: Uint8Array[] = []
  const uses = {
    archives: readArchives.open(),
    finished: finishArchives.open(),
    everything: readEverything.open(),
    identities: { read: async () => ({ email: 'ada@example.com' }) },
    listed: { of: async () => [...files] },
    files: { find: async (_: CustomerId, { fileId: id }: { readonly fileId: string }) => objects.get(id) },
    bucket: {
      write: async (_: CustomerId, __: Date, pieces: AsyncIterable<Uint8Array>) => {
        for await (const piece of pieces) packed.push(piece)
        return packed.length
      },
    },
    mail: { send: async () => undefined },
    settings: { panelName: 'Panel' },
  } as unknown as Parameters<typeof buildArchive.run>[0]['uses']
  await buildArchive.run({ message: { customerId: customer, at: now.toISOString() }, uses, now, clock: () => now } as Parameters<
    typeof buildArchive.run
  >[0])
  return unzip(Buffer.concat(packed))
}

/** Orders of which the table gives no more than three at once. */
async function largeOrders(customer: CustomerId, count: number, state = 'completed'): Promise<void> {
  const link = `https://social.example.com/${'x'.repeat(300_000)}`
  for (let number = 1; number <= count; number++)
    await write({ ...keys.order(customer, orderId(number)), customerId: customer, orderId: number, state, link })
}

describe('P-RT-1: an archive', () => {
  test('holds every order, however many pages the table answers with', async () => {
    const customer = await newCustomer()
    await largeOrders(customer, 7)
    const files = await archiveOf(customer)
    const { ORDER } = JSON.parse(files.get('archive.json')?.toString() ?? '')
    expect(ORDER.items.map(({ orderId }: { orderId: number }) => orderId)).toEqual([1, 2, 3, 4, 5, 6, 7])
  })

  test('is built without a file whose object is gone, and names it; what staff did not say yet is not in it', async () => {
    const customer = await newCustomer()
    const [there, gone, unsaid] = [fileId('there'), fileId('gone'), fileId('unsaid')]
    const ready = { state: 'ready', type: 'image/png', digest: 'of it' } as const
    const files = await archiveOf(
      customer,
      [
        { ...ready, fileId: there } as StoredFile,
        { ...ready, fileId: gone } as StoredFile,
        { ...ready, fileId: unsaid, purpose: 'reply' } as StoredFile,
      ],
      new Map([
        [there, Buffer.from('bytes')],
        [unsaid, Buffer.from('bytes')],
      ]),
    )
    expect([...files.keys()]).toEqual(['archive.json', 'archive.html', 'files/there.png', 'files/gone is missing.txt'])
    expect(files.get('files/there.png')?.toString()).toBe('bytes')
  })
})

describe('P-RET-2: an open order', () => {
  test('far back is not looked for while somebody waits, and is found before anything is erased', async () => {
    const customer = await newCustomer()
    await largeOrders(customer, 7)
    const [oldest] = await ordersOf(customer)
    await write({ ...oldest, state: 'pending' })
    expect((await standingOf(customer, 3)).obstacles).toEqual([])
    expect((await standingOf(customer)).obstacles).toEqual(['open-orders'])
  })
})
