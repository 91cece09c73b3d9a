import { createHash, randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Browser } from '../../local/demo/browser.ts'
import { mailAbout } from './mailbox.ts'
import { at, behave, browser, type Customer, must, newCustomer, newKey, newStaff, protocol, serviceOf, until } from './people.ts'
import { auditOf, everything } from './table.ts'

let support: Browser
let someone: Customer
const nobody = browser(at.site)

beforeAll(async () => {
  ;[support, someone] = await Promise.all([newStaff('support'), newCustomer('50')])
})

/** What a browser works out before it sends. */
async function solved(): Promise<{ challenge: string; solution: string }> {
  const { challenge, bits } = (await must(nobody.call('GET', '/api/challenge'), 'a challenge')) as {
    challenge: string
    bits: number
  }
  for (let tried = 0; ; tried++)
    if (createHash('sha256').update(`${challenge}.${tried}`).digest().readUInt32BE(0) >>> (32 - bits) === 0)
      return { challenge, solution: String(tried) }
}
const codeOf = (body: Record<string, unknown>) => (body['error'] as { code?: string } | undefined)?.code
const letter = async (more: object = {}) => ({
  name: 'Nora Nobody',
  email: `${randomUUID().slice(0, 8)}@elsewhere.test`,
  subject: 'Do you sell to companies?',
  text: 'We would like to know.',
  ...(await solved()),
  ...more,
})
const listed = async (kind: string) =>
  (await support.call('GET', `/api/admin/inquiries?kind=${kind}`)).body['rows'] as {
    inquiryId: string
    subject: string
    target?: string
  }[]

describe('the contact form', () => {
  test('needs no account: staff read what was written, and answer by mail (P-COL-3)', async () => {
    const subject = `Question ${randomUUID()}`
    const sent = await letter({ subject })
    expect((await nobody.call('POST', '/api/contact', sent)).status).toBe(202)
    const { inquiryId } = (await listed('contact')).find((one) => one.subject === subject) ?? { inquiryId: '' }
    const path = `/api/admin/inquiries/${inquiryId}`
    await must(support.call('GET', path), 'reading')
    await must(support.call('POST', `${path}/messages`, { text: 'Yes, we do.', requestId: randomUUID() }), 'answering')
    const mail = await mailAbout(sent.email, new RegExp(subject))
    expect(mail.text).toMatch(/Hello Nora Nobody,\s+Yes, we do\./)
    await must(support.call('PUT', `${path}/closed`, { memo: 'answered' }), 'closing')
    expect((await listed('contact')).map((one) => one.inquiryId)).not.toContain(inquiryId)
    // P-SEC-2
    expect((await auditOf(`inquiry ${inquiryId}`)).map(({ action }) => action).toSorted()).toEqual([
      'admin.answer-inquiry',
      'admin.close-inquiry',
      'admin.read-inquiry',
    ])
  })

  test('does not say who wrote until a member of staff says what for; then that one sees it, and answering never needs it (P-SEC-2)', async () => {
    const name = 'Nora Nobody'
    const sent = await letter({ name, subject: `Of ${name}, ${randomUUID()}`, text: `Mail me. ${name}` })
    sent.text += `, ${sent.email}`
    expect((await nobody.call('POST', '/api/contact', sent)).status).toBe(202)
    const rows = await listed('contact')
    const veiledSubject = sent.subject.replace(name, 'N••• N•••')
    const { inquiryId } = rows.find(({ subject }) => subject === veiledSubject) ?? { inquiryId: '' }
    const path = `/api/admin/inquiries/${inquiryId}`
    const veiled = await must(support.call('GET', path), 'reading')
    expect(veiled).toMatchObject({ name: 'N••• N•••', email: expect.stringMatching(/^.•••@•••\.test$/) })
    expect(veiled).not.toHaveProperty('shownUntil')
    for (const secret of [name, sent.email]) expect(JSON.stringify([veiled, rows])).not.toContain(secret)

    await must(support.call('POST', `${path}/messages`, { text: 'We will.', requestId: randomUUID() }), 'answering')
    expect((await mailAbout(sent.email, /Of Nora Nobody/)).text).toMatch(/Hello Nora Nobody,\s+We will\./)

    for (const body of [{ memo: 'because' }, { for: 'curiosity', memo: 'because' }, { for: 'misuse', memo: ' ' }])
      expect((await support.call('POST', `${path}/look`, body)).status).toBe(400)
    const none = await support.call('POST', '/api/admin/inquiries/none/look', { for: 'misuse', memo: 'because' })
    expect(codeOf(none.body)).toBe('inquiry-not-found')
    const asked = { for: 'request-of-theirs', memo: 'they ask which email we have' }
    const { until } = await must(support.call('POST', `${path}/look`, asked), 'asking')
    expect(await must(support.call('GET', path), 'reading')).toMatchObject({
      name,
      email: sent.email,
      subject: sent.subject,
      shownUntil: until,
      conversation: [{ text: sent.text }, { text: 'We will.' }],
    })
    const colleague = await newStaff('support')
    expect(await must(colleague.call('GET', path), 'reading')).toMatchObject({ name: 'N••• N•••' })
    expect(await auditOf(`inquiry ${inquiryId}`)).toContainEqual(
      expect.objectContaining({
        action: 'admin.show-inquiry',
        why: asked.memo,
        after: expect.objectContaining({ for: asked.for }),
      }),
    )
  })

  test('takes nothing from a machine: unsolved, solved once for two letters, or with the field filled that nobody sees', async () => {
    const subject = `Machine ${randomUUID()}`
    const once = await letter({ subject: 'First' })
    expect((await nobody.call('POST', '/api/contact', once)).status).toBe(202)
    expect(codeOf((await nobody.call('POST', '/api/contact', { ...once, subject })).body)).toBe('challenge-failed')
    expect(codeOf((await nobody.call('POST', '/api/contact', { ...(await letter({ subject })), solution: '1' })).body)).toBe(
      'challenge-failed',
    )
    expect((await nobody.call('POST', '/api/contact', await letter({ subject, website: 'https://spam.example' }))).status).toBe(202)
    expect(JSON.stringify(await everything())).not.toContain(subject)
  })

  test('hears five letters a day from one email', async () => {
    const email = `${randomUUID().slice(0, 8)}@elsewhere.test`
    const codes = []
    for (let nth = 0; nth < 6; nth++) codes.push(codeOf((await nobody.call('POST', '/api/contact', await letter({ email }))).body))
    expect(codes).toEqual([undefined, undefined, undefined, undefined, undefined, 'too-many-requests'])
  })
})

describe('a report of abuse', () => {
  test('with the owner’s proof has the target blocked: quotes, orders and the protocol refuse it, what waits is paid back, what runs is listed', async () => {
    await behave({ faultRate: 0, secondsToComplete: 600 })
    const { page, customerId } = someone
    const profile = `https://photo.network/${randomUUID().slice(0, 12)}`
    const { serviceId, min } = await serviceOf('Default')
    const ask = { serviceId, link: `${profile}/p/1`, quantity: min }
    const placed = await must(page.call('POST', '/api/orders', { ...ask, requestId: randomUUID() }), 'ordering')
    const order = String(placed['orderId'])
    const stands = async () => (await support.call('GET', `/api/admin/orders/${order}`)).body
    await until(async () => ((await stands())['providerOrderId'] ? true : undefined), 'the order’s way to its provider')

    const { name: _, subject: __, ...rest } = await letter()
    const { code } = await must(
      nobody.call('POST', '/api/abuse', { ...rest, target: profile, text: 'I never asked for these.' }),
      'reporting',
    )
    const { inquiryId } = (await listed('abuse')).find(({ target }) => target === profile) ?? { inquiryId: '' }
    expect((await support.call('GET', `/api/admin/inquiries/${inquiryId}`)).body).toMatchObject({
      code,
      covers: profile.slice('https://'.length),
    })

    const block = { link: profile, memo: 'The code is in the bio.', inquiryId }
    expect(
      codeOf((await support.call('POST', '/api/admin/blocked-targets', { ...block, link: 'https://instagram.com' })).body),
    ).toBe('target-too-wide')
    const { blockId } = await must(support.call('POST', '/api/admin/blocked-targets', block), 'blocking')
    expect(codeOf((await page.call('POST', '/api/quotes', ask)).body)).toBe('target-blocked')
    expect(codeOf((await page.call('POST', '/api/orders', { ...ask, requestId: randomUUID() })).body)).toBe('target-blocked')
    const key = await newKey(someone)
    const answer = await protocol({
      key,
      action: 'add',
      service: serviceId,
      link: profile.toUpperCase().replace('HTTPS', 'https'),
      quantity: min,
    })
    expect(answer.error).toBe('neworder.error.link')

    const under = await must(support.call('GET', `/api/admin/blocked-targets/${blockId}/orders`), 'looking')
    expect(under).toMatchObject({ complete: true, rows: [{ orderId: Number(order), customerId }] })
    const wished = await support.call('POST', `/api/admin/orders/${order}/cancel`, { memo: 'The owner wants none.' })
    expect([201, 200, 409]).toContain(wished.status)

    expect((await support.call('DELETE', `/api/admin/blocked-targets/${blockId}`, {})).status).toBe(400)
    await must(support.call('DELETE', `/api/admin/blocked-targets/${blockId}`, { memo: 'It was somebody else.' }), 'unblocking')
    await must(page.call('POST', '/api/quotes', ask), 'quoting')
  })
})
