import { describe, expect, test } from 'vitest'
import { later } from '../../core/time.ts'
import { publishCatalogue } from '../../functions/workers/publish-catalogue.ts'

const now = new Date('2026-11-22T10:00:00.000Z')

/** What becomes of a message while a catalogue of so many bytes lies there since so many seconds. */
async function asked(because: 'services-changed' | 'put-off' | 'deployed', last?: { bytes: number; seconds: number }) {
  const put = { written: 0, off: [] as unknown[] }
  await publishCatalogue.run({
    message: { because },
    now,
    clock: () => now,
    uses: {
      settings: publishCatalogue.uses.settings.open(),
      categories: { all: async () => [] },
      services: { async *each() {} },
      measured: { figures: async () => ({ services: new Map(), providers: new Map() }) },
      snapshots: {
        last: async () => last && { at: later(now, -last.seconds), bytes: last.bytes },
        version: async () => undefined,
        write: async () => ++put.written > 0,
      },
      queue: { sendLater: async (message, seconds) => void put.off.push([message.because, seconds]) },
    },
  })
  return put
}

const published = { written: 2, off: [] }

describe('a change of the catalogue', () => {
  test('is published at once where there is none yet, where it is small, and where it had rested', async () => {
    expect(await asked('services-changed')).toEqual(published)
    expect(await asked('services-changed', { bytes: 4_000, seconds: 0 })).toEqual(published)
    expect(await asked('services-changed', { bytes: 200_000, seconds: 20 })).toEqual(published)
  })

  test('waits until a large catalogue has rested, 20 seconds at most whatever the clocks say', async () => {
    expect(await asked('services-changed', { bytes: 50_000, seconds: 4 })).toEqual({ written: 0, off: [['put-off', 6]] })
    expect(await asked('services-changed', { bytes: 900_000, seconds: -60 })).toEqual({ written: 0, off: [['put-off', 20]] })
  })

  test('is put off once, and never at a deployment', async () => {
    expect(await asked('put-off', { bytes: 900_000, seconds: 0 })).toEqual(published)
    expect(await asked('deployed', { bytes: 900_000, seconds: 0 })).toEqual(published)
  })
})
