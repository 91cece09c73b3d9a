import { createHash, randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { CustomerId } from '../../core/ids.ts'
import { fileId } from '../../core/ids.ts'
import { later } from '../../core/time.ts'
import {
  awaitedSeconds,
  beginUploads,
  checkFiles,
  discardFiles,
  getFile,
  keptUnusedSeconds,
  sweepDiscarded,
} from '../../data/files.ts'
import { readHolds, setHolds } from '../../data/privacy/holds.ts'
import { checkFile } from '../../functions/workers/check-file.ts'
import { sweepFiles } from '../../functions/workers/sweep-files.ts'
import { redrawImages, redrawWithin } from '../../outside/images/redraw.ts'
import { png } from '../fixtures/images.ts'
import { all, audit, newCustomer, now } from './people.ts'
import { onEachTable } from './tables.ts'

const died = new Error('out of memory')

/** One upload that was announced and posted, the bucket it lies in, and the worker that is handed word of it. */
async function uploaded(posted: Buffer, type: string) {
  const owner = await newCustomer()
  const file = fileId(randomUUID())
  await beginUploads.open().begin(owner, { fileId: file, purpose: 'attachment', type, bytes: posted.length }, now)
  const objects = new Map<string, Uint8Array>([['upload', posted]])
  const uploads = {
    get: async () => objects.get('upload'),
    keep: async (_: CustomerId, __: string, ___: string, bytes: Uint8Array) => {
      const digest = createHash('sha256').update(bytes).digest('hex')
      objects.set(digest, bytes)
      return digest
    },
    tidy: async (_: CustomerId, __: string, digest: string | undefined) => {
      for (const name of objects.keys()) if (name !== digest) objects.delete(name)
    },
  }
  const parts = { files: checkFiles.open(), uploads, images: redrawImages.open() }
  const handed = (attempt: number, over: Record<string, unknown> = {}): Promise<void> =>
    checkFile.run({ message: { owner, file }, uses: { ...parts, ...over } as never, now, clock: () => now, attempt })
  /** The worker dies where it was about to note what it kept. */
  const unnoted = { files: { ...parts.files, ready: () => Promise.reject(died), refuse: () => Promise.reject(died) } }
  const due = async () => (await all('DISCARD')).filter((item) => item['fileId'] === file).map(({ sk }) => String(sk).split(' ')[0])
  return {
    owner,
    file,
    objects,
    uploads,
    handed,
    unnoted,
    due,
    names: () => [...objects.keys()],
    found: () => getFile(owner, file),
  }
}

onEachTable(() => {
  describe('two checks of one file at once', () => {
    test('make one file: what the first that ended made', async () => {
      const { owner, file, found } = await uploaded(png(), 'image/png')
      const { take, ready, refuse, noted } = checkFiles.open()
      const [one, other] = [await take(owner, file), await take(owner, file)]
      if (!one || !other) throw new Error('both are awaited')
      await ready(owner, other, { type: 'image/png', bytes: 80, width: 20, height: 20, digest: 'other' }, now)
      await ready(owner, one, { type: 'image/jpeg', bytes: 90, width: 30, height: 30, digest: 'one' }, now)
      await refuse(owner, one, 'damaged')
      expect(await found()).toMatchObject({ state: 'ready', type: 'image/png', bytes: 80, width: 20 })
      expect(await noted(owner, file)).toBe('other')
      // Whatever is posted from now on is not awaited.
      expect(await take(owner, file)).toBeUndefined()
    })

    test('leave one object: who kept what nobody noted, and died, takes it away when it is tried again', async () => {
      const { objects, uploads, handed, unnoted, names, found } = await uploaded(Buffer.from('first'), 'text/plain')
      const keep = async (...given: Parameters<typeof uploads.keep>) => {
        // Posted once more, and that is checked and noted while the first is on its way.
        objects.set('upload', Buffer.from('second'))
        await handed(1)
        return uploads.keep(...given)
      }
      await expect(handed(1, { uploads: { ...uploads, keep }, ...unnoted })).rejects.toThrow(died)
      expect(names()).toHaveLength(2)
      await handed(2)
      const { digest = '' } = (await found()) ?? {}
      expect(names()).toEqual([digest])
      expect(Buffer.from(objects.get(digest) ?? []).toString()).toBe('second')
    })
  })

  describe('a check that dies between keeping and noting', () => {
    test('is finished by the next try: the same object, under the same name, and nothing beside it', async () => {
      const { handed, unnoted, names, found, due } = await uploaded(png(60, 40), 'image/png')
      await expect(handed(1, unnoted)).rejects.toThrow(died)
      const [, kept = ''] = names()
      expect(names()).toEqual(['upload', kept])
      expect(await due()).toEqual([later(now, awaitedSeconds).toISOString()])
      await handed(2)
      expect(names()).toEqual([kept])
      expect(await found()).toMatchObject({ state: 'ready', digest: kept, tries: 2 })
      // It has a day to belong to something.
      expect(await due()).toEqual([later(now, keptUnusedSeconds).toISOString()])
    })

    test('each time it is tried is refused the third time, and what was kept is gone', async () => {
      const { handed, unnoted, names, found } = await uploaded(Buffer.from('words'), 'text/plain')
      for (const attempt of [1, 2]) await expect(handed(attempt, unnoted)).rejects.toThrow(died)
      expect(names()).toHaveLength(2)
      await handed(3)
      expect(await found()).toMatchObject({ state: 'refused', why: 'damaged' })
      expect(names()).toEqual([])
    })

    test('and is given up is found by the sweep an hour after it was announced: row and objects are gone, unless a law holds them', async () => {
      const { owner, file, objects, handed, unnoted, names, found, due } = await uploaded(Buffer.from('words'), 'text/plain')
      for (const attempt of [1, 2, 3, 4, 5]) await expect(handed(attempt, unnoted)).rejects.toThrow(died)
      expect(await found()).toMatchObject({ state: 'awaiting' })
      const sweep = (at: Date) =>
        sweepFiles.run({
          uses: {
            discarded: sweepDiscarded.open(),
            holds: readHolds.open(),
            objects: { delete: async (_, deleted) => void (deleted === file && objects.clear()) },
          },
          now: at,
          clock: () => at,
        })
      await sweep(later(now, awaitedSeconds - 1))
      expect(names()).toHaveLength(2)
      await setHolds.open().set(owner, { ...audit, why: 'a court asks' }, now)
      await sweep(later(now, awaitedSeconds))
      expect(names()).toHaveLength(2)
      await setHolds.open().lift(owner, audit, now)
      await sweep(later(now, awaitedSeconds))
      expect([await found(), names(), await due()]).toEqual([undefined, [], []])
    })
  })

  test('a file that has cost its worker its life twice is refused the third time, without another look', async () => {
    const { handed, names, found } = await uploaded(png(), 'image/png')
    let looks = 0
    const images = { redraw: () => Promise.reject(looks++ < 2 ? died : new Error('a third look')) }
    for (const attempt of [1, 2]) await expect(handed(attempt, { images })).rejects.toThrow(died)
    expect(await found()).toMatchObject({ state: 'awaiting' })
    await handed(3, { images })
    expect(await found()).toMatchObject({ state: 'refused', why: 'damaged' })
    expect([looks, names()]).toEqual([2, []])
  })

  test('a picture at which the decoder hangs is given up by the worker itself, and refused the third time', async () => {
    const { handed, names, found } = await uploaded(png(), 'image/png')
    // No decoder answers within a millisecond: to the worker it hangs.
    const images = redrawWithin(1)
    for (const attempt of [1, 2]) await expect(handed(attempt, { images })).rejects.toThrow('took too long')
    expect(names()).toEqual(['upload'])
    await handed(3, { images })
    expect(await found()).toMatchObject({ state: 'refused', why: 'damaged' })
    expect(names()).toEqual([])
  })

  test('what staff attach takes none of the account’s room, and goes with the account', async () => {
    const owner = await newCustomer()
    const [own, reply] = [fileId(randomUUID()), fileId(randomUUID())]
    const { begin } = beginUploads.open()
    const { take, ready } = checkFiles.open()
    const room = async () => (await all(`STORED#${owner}`))[0]?.['bytes']
    await begin(owner, { fileId: own, purpose: 'attachment', type: 'text/plain', bytes: 7 }, now)
    await begin(owner, { fileId: reply, purpose: 'reply', type: 'text/plain', bytes: 500 }, now)
    const taken = await take(owner, reply)
    if (taken) await ready(owner, taken, { type: 'text/plain', bytes: 400, digest: 'of it' }, now)
    expect(await getFile(owner, reply)).toMatchObject({ state: 'ready', purpose: 'reply', bytes: 400 })
    expect(await room()).toBe(7)
    await discardFiles.open().discardAll(owner, now)
    expect(await getFile(owner, reply)).toBeUndefined()
    expect(await room()).toBeUndefined()
    const discarded = (await all('DISCARD')).filter(({ customerId }) => customerId === owner)
    expect(discarded.map((item) => item['fileId']).toSorted()).toEqual([own, reply].toSorted())
    for (const { sk } of discarded) expect(String(sk).startsWith(now.toISOString())).toBe(true)
  })
})
