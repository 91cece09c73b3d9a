import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { readRecoveryCode, recoveryCode } from '../../core/identity/recovery-codes.ts'
import { customerId } from '../../core/ids.ts'
import { later } from '../../core/time.ts'
import { keepSecondFactors, readSecondFactors, spendCodes } from '../../data/second-factors.ts'
import { now } from './people.ts'
import { onEachTable } from './tables.ts'

const factors = keepSecondFactors.open()
const spend = spendCodes.open()
const standing = readSecondFactors.open()
const somebody = () => customerId(randomUUID())

onEachTable(() => {
  test('a recovery code is taken once, however many come with it at once', async () => {
    const customer = somebody()
    const [code = ''] = await factors.giveCodes(customer, now)
    const taken = await Promise.all(Array.from({ length: 20 }, () => spend.recovery(customer, code)))
    expect(taken.filter(Boolean)).toHaveLength(1)
    expect((await standing.of(customer))?.codesLeft).toBe(9)
  })

  test('a recovery code is taken of the account it was given to alone', async () => {
    const [one, other] = [somebody(), somebody()]
    const [code = ''] = await factors.giveCodes(one, now)
    await factors.giveCodes(other, now)
    expect(await spend.recovery(other, code)).toBe(false)
  })

  test('new recovery codes made at once by several leave one set that is good', async () => {
    const customer = somebody()
    await factors.giveCodes(customer, now)
    const sets = await Promise.all(Array.from({ length: 4 }, (_, index) => factors.giveCodes(customer, later(now, index + 1))))
    expect((await standing.of(customer))?.codesLeft).toBe(10)
    const good = await Promise.all(sets.map(async (codes) => spend.recovery(customer, codes[0] ?? '')))
    expect(good.filter(Boolean)).toHaveLength(1)
  })

  test('new recovery codes do not make it younger, and noting it leaves the codes there are', async () => {
    const customer = somebody()
    await factors.giveCodes(customer, now)
    await factors.giveCodes(customer, later(now, 60))
    await factors.note(customer, later(now, 90))
    expect(await standing.of(customer)).toEqual({ since: now, codesLeft: 10 })
  })

  test('a code of the app is taken once within its time, and is another code after it', async () => {
    const customer = somebody()
    const taken = await Promise.all(Array.from({ length: 10 }, () => spend.ofApp(customer, '123456', now)))
    expect(taken.filter(Boolean)).toHaveLength(1)
    expect(await spend.ofApp(customer, '123457', now)).toBe(true)
    expect(await spend.ofApp(somebody(), '123456', now)).toBe(true)
    expect(await spend.ofApp(customer, '123456', later(now, 179))).toBe(false)
    expect(await spend.ofApp(customer, '123456', later(now, 181))).toBe(true)
  })

  test('what is forgotten leaves nothing, and no code of it opens anything', async () => {
    const customer = somebody()
    const [code = ''] = await factors.giveCodes(customer, now)
    await factors.forget(customer)
    expect(await standing.of(customer)).toBeUndefined()
    expect(await spend.recovery(customer, code)).toBe(false)
  })
})

describe('a recovery code', () => {
  test('is read however it was typed', () => {
    const code = recoveryCode(Uint8Array.from([0, 255, 16, 8, 4, 2, 1, 128, 64, 32]))
    expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/)
    expect(readRecoveryCode(code)).toBe(code)
    expect(readRecoveryCode(code.toLowerCase().replaceAll('-', ''))).toBe(code)
    expect(readRecoveryCode(` ${code.replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')}\n`)).toBe(code)
  })

  test.each(['', '123456', 'AAAA-BBBB-CCCC', 'UUUU-UUUU-UUUU-UUUU', 'AAAA-BBBB-CCCC-DDDD-E', 'AAAA-BBBB-CCCC-DDD!'])(
    '%o is none',
    (typed) => {
      expect(readRecoveryCode(typed)).toBeUndefined()
    },
  )
})
