import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { testDisk } from '../fixtures/disk.ts'
import { killTest } from '../kill/kill-test.ts'

const folder = mkdtempSync(join(testDisk(), 'panel-kill-'))
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 }))

/** The short form of `npm run kill-test`. */
test('orders survive that everything is killed while their provider misbehaves: none lost, none twice, money exact', async () => {
  const figures = await killTest({ orders: 40, kills: 3, folder, lives: [2, 4], tell: () => undefined })
  expect(figures.wrong).toEqual([])
  expect(Object.values(figures.states).reduce((sum, count) => sum + count, 0)).toBe(40)
}, 400_000)
