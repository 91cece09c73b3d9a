import { createHash, randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { challengeBits, isFound } from '../../core/inquiries/challenge.ts'
import { unknownAttributes } from '../../core/privacy/inventory.ts'
import { issueChallenges, takeSolutions } from '../../data/challenges.ts'
import { answerInquiries } from '../../data/inquiries/answer-inquiries.ts'
import { countInquiries, listInquiries, readInquiries, readInquiryMail } from '../../data/inquiries/read-inquiries.ts'
import { sendInquiries } from '../../data/inquiries/send-inquiries.ts'
import { all, audit, now, outcomes, staff } from './people.ts'
import { onEachTable } from './tables.ts'

const hash = (text: string) => createHash('sha256').update(text).digest()
function solved(challenge: string, holds = (found: boolean) => found): string {
  for (let tried = 0; ; tried++) if (holds(isFound(hash(`${challenge}.${tried}`), challengeBits))) return String(tried)
}
const later = (seconds: number): Date => new Date(now.getTime() + seconds * 1_000)

onEachTable(() => {
  const [issuing, taking] = [issueChallenges.open(), takeSolutions.open()]

  describe('a challenge', () => {
    const failed = { code: 'challenge-failed' }
    test('is solved once, however many try at the same moment', async () => {
      const challenge = await issuing.issue(now)
      const solution = solved(challenge)
      const tries = Array.from({ length: 5 }, () => taking.take(challenge, solution, later(30)))
      expect(await outcomes(tries)).toEqual({ done: 1, 'challenge-failed': 4 })
    })

    test('that is unsolved, altered, of another day or an hour old opens nothing', async () => {
      const challenge = await issuing.issue(now)
      await expect(
        taking.take(
          challenge,
          solved(challenge, (found) => !found),
          now,
        ),
      ).rejects.toMatchObject(failed)
      const [at = '', salt = '', seal = ''] = challenge.split('.')
      for (const forged of [`${at}.${salt}x.${seal}`, `${Number(at) + 1}.${salt}.${seal}`, 'nonsense', '..'])
        await expect(taking.take(forged, solved(forged), now)).rejects.toMatchObject(failed)
      const solution = solved(challenge)
      await expect(taking.take(challenge, solution, later(3_601))).rejects.toMatchObject(failed)
      await expect(taking.take(challenge, solution, later(-86_400))).rejects.toMatchObject(failed)
      await taking.take(challenge, solution, later(3_599))
    })
  })

  const wish = { kind: 'contact', name: 'Ada', email: 'ada@example.com', language: 'en', subject: 'A question', at: now } as const

  test('what somebody without an account wrote is listed until it is closed, and goes within a year (P-COL-3)', async () => {
    const before = await countInquiries.open().count('contact', now)
    const { inquiryId } = await sendInquiries.open().send({ ...wish, text: 'My card is 4111 1111 1111 1111' })
    expect(await countInquiries.open().count('contact', now)).toBe(before + 1)
    const doing = { inquiryId, by: staff, audit, at: later(60) }
    const requestId = randomUUID()
    await answerInquiries.open().answer(doing, 'Never send it.', requestId)
    await answerInquiries.open().answer(doing, 'Never send it.', requestId)
    expect(await readInquiries.open().messages(inquiryId, now)).toEqual([
      { at: now, author: 'sender', text: 'My card is [card number removed]' },
      { at: later(60), author: 'staff', by: staff, text: 'Never send it.' },
    ])
    expect(await readInquiryMail.open().of(inquiryId, requestId, now)).toMatchObject({
      inquiry: { email: wish.email },
      text: 'Never send it.',
    })
    const listed = async () =>
      (await listInquiries.open().page('contact', undefined, 50, now)).inquiries.map((one) => one.inquiryId)
    expect(await listed()).toContain(inquiryId)
    await answerInquiries.open().close(doing, 'answered')
    expect(await listed()).not.toContain(inquiryId)
    for (const kind of ['INQUIRY', 'INQUIRY-MESSAGE'])
      for (const item of await all(`${kind}#${inquiryId}`)) {
        expect(unknownAttributes(item)).toEqual([])
        expect(item['expiresAt']).toBe(now.getTime() / 1_000 + 365 * 86_400)
      }
  })

  test('P-COL-3, P-COL-4: what slipped into any field of a form is masked before it is written', async () => {
    const slips = { name: 'Ada 4111 1111 1111 1111', subject: 'pw: hunter2', text: 'IBAN DE89-3704-0044-0532-0130-00' }
    const target = 'ada, password: Sommer24'
    const { inquiryId } = await sendInquiries.open().send({ ...wish, kind: 'abuse', ...slips, target })
    const kept = JSON.stringify([...(await all(`INQUIRY#${inquiryId}`)), ...(await all(`INQUIRY-MESSAGE#${inquiryId}`))])
    expect(kept.match(/removed\]/g)).toHaveLength(4)
    for (const slip of ['4111', 'hunter2', 'DE89', 'Sommer24']) expect(kept).not.toContain(slip)
  })

  test('all of them can be read, the oldest first, a page at a time', async () => {
    const report = { ...wish, kind: 'abuse', target: 'https://photos.example.com/page', text: 'Mine.' } as const
    const sent: string[] = []
    for (let nth = 0; nth < 5; nth++) sent.push((await sendInquiries.open().send({ ...report, at: later(nth) })).inquiryId)
    const found: string[] = []
    let cursor: string | undefined
    do {
      const page = await listInquiries.open().page('abuse', cursor, 2, later(10))
      expect(page.inquiries.length).toBeLessThanOrEqual(2)
      found.push(...page.inquiries.map(({ inquiryId }) => inquiryId))
      cursor = page.cursor
    } while (cursor !== undefined)
    expect(found.filter((one) => sent.includes(one))).toEqual(sent)
    expect(new Set(found).size).toBe(found.length)
    await expect(listInquiries.open().page('abuse', 'nonsense', 2, now)).rejects.toMatchObject({ code: 'invalid-request' })
  })

  test('a report of abuse has a code of its own', async () => {
    const report = { ...wish, kind: 'abuse', target: 'https://photos.example.com/ada', text: 'Mine.' } as const
    const [one, other] = [await sendInquiries.open().send(report), await sendInquiries.open().send(report)]
    expect(one.code).toMatch(/^owner-[0-9a-f]{8}$/)
    expect(other.code).not.toBe(one.code)
  })
})
