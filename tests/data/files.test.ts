import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { fileId } from '../../core/ids.ts'
import { beginUploads, checkFiles, getFile } from '../../data/files.ts'
import { checkFile } from '../../functions/workers/check-file.ts'
import { newCustomer, now } from './people.ts'
import { onEachTable } from './tables.ts'

onEachTable(() => {
  describe('two checks of one file at once', () => {
    test('make one file: what the first that ended made, and the other is told that it is not', async () => {
      const owner = await newCustomer()
      const file = fileId(randomUUID())
      await beginUploads.open().begin(owner, { fileId: file, purpose: 'attachment', type: 'image/png', bytes: 500 }, now)
      const { take, ready, refuse } = checkFiles.open()
      const [one, other] = [await take(owner, file), await take(owner, file)]
      if (!one || !other) throw new Error('both are awaited')
      expect(await ready(owner, other, { type: 'image/png', bytes: 80, width: 20, height: 20 })).toBe(true)
      expect(await ready(owner, one, { type: 'image/jpeg', bytes: 90, width: 30, height: 30 })).toBe(false)
      await refuse(owner, one, 'damaged')
      expect(await getFile(owner, file)).toMatchObject({ state: 'ready', type: 'image/png', bytes: 80, width: 20, version: 2 })
      // Whatever is posted from now on is not awaited.
      expect(await take(owner, file)).toBeUndefined()
    })
  })

  test('a file that has cost its worker its life twice is refused the third time, without another look', async () => {
    const owner = await newCustomer()
    const file = fileId(randomUUID())
    await beginUploads.open().begin(owner, { fileId: file, purpose: 'attachment', type: 'image/png', bytes: 500 }, now)
    const looks: string[] = []
    const uploads = {
      get: async () => {
        looks.push('got')
        // As the worker's death is seen by its queue.
        throw new Error('out of memory')
      },
      drop: async () => void looks.push('dropped'),
    }
    const uses = { files: checkFiles.open(), uploads, images: {} } as never
    const handed = (attempt: number) => checkFile.run({ message: { owner, file }, uses, now, clock: () => now, attempt })
    for (const attempt of [1, 2]) await expect(handed(attempt)).rejects.toThrow('out of memory')
    expect(await getFile(owner, file)).toMatchObject({ state: 'awaiting' })
    await handed(3)
    expect(await getFile(owner, file)).toMatchObject({ state: 'refused', why: 'damaged' })
    expect(looks).toEqual(['got', 'got', 'dropped'])
  })
})
