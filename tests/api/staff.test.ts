import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { beforeAll, describe, expect, inject, onTestFinished, test } from 'vitest'
import type { StaffRole } from '../../core/staff/roles.ts'
import { documentClient } from '../../data/table.ts'
import { type Browser, browser } from '../../local/demo/browser.ts'
import { mailed } from '../../local/demo/mailbox.ts'
import { enrolStaff } from '../../local/demo/people.ts'
import { environment } from '../../local/environment.ts'
import { at, must, newCustomer, newStaff, ownersConsole } from './people.ts'

const codeOf = ({ body }: { readonly body: unknown }): string | undefined => (body as { error?: { code: string } }).error?.code
const memo = 'for a test'

let owner: Browser
beforeAll(async () => {
  owner = await ownersConsole()
})

const idOf = async (page: Browser): Promise<string> =>
  String((await must(page.call('GET', '/api/admin/me'), 'who am I'))['staffId'])
const meOf = async (page: Browser) => (await page.call('GET', '/api/admin/me')).body as { role: StaffRole; may: string[] }
const setRole = (by: Browser, id: string, role: string) => by.call('PUT', `/api/admin/staff/${id}/role`, { role, memo })

describe('colleagues', () => {
  test('a role holds from the next request on, and the console is told what it may do', async () => {
    const page = await newStaff('support')
    expect((await meOf(page)).may).not.toContain('admin.adjust-wallet')
    await must(setRole(owner, await idOf(page), 'finance'), 'changing a role')
    expect(await meOf(page)).toMatchObject({ role: 'finance', may: expect.arrayContaining(['admin.adjust-wallet']) })
    expect(codeOf(await page.call('GET', '/api/admin/staff'))).toBe('role-forbids')
  })

  test('nobody raises themselves, removes themselves or takes their own second factor away', async () => {
    const own = await idOf(owner)
    expect(codeOf(await setRole(owner, own, 'owner'))).toBe('not-on-oneself')
    expect(codeOf(await owner.call('POST', `/api/admin/staff/${own}/removal`, { memo }))).toBe('not-on-oneself')
    expect(codeOf(await owner.call('POST', `/api/admin/staff/${own}/totp-reset`, { memo }))).toBe('not-on-oneself')
    const finance = await newStaff('finance')
    expect(codeOf(await setRole(finance, await idOf(finance), 'owner'))).toBe('role-forbids')
    expect((await meOf(finance)).role).toBe('finance')
  })

  test.each([
    ['a role nobody knows', { role: 'root', memo }],
    ['a role in a list', { role: ['owner'], memo }],
    ['a role with something injected', { role: "owner' OR 1=1", memo }],
    ['permissions beside a role', { memo, may: ['admin.adjust-wallet'] }],
    ['no reason', { role: 'owner' }],
  ])('%s changes nothing', async (_, body) => {
    const page = await newStaff('read-only')
    const reply = await owner.call('PUT', `/api/admin/staff/${await idOf(page)}/role`, body)
    expect(codeOf(reply)).toBe('invalid-request')
    expect((await meOf(page)).role).toBe('read-only')
  })

  test('who is removed is let in nowhere at once, cannot sign in, and can be invited again', async () => {
    const email = `leaves-${randomUUID().slice(0, 8)}@panel.test`
    await must(owner.call('POST', '/api/admin/staff', { email, role: 'support', memo }), 'inviting')
    const { page, staff } = await enrolStaff(at.console, email, await mailed(at.mailbox, email, /password (\S+)/))
    const id = await idOf(page)
    await must(owner.call('POST', `/api/admin/staff/${id}/removal`, { memo }), 'removing')
    expect(codeOf(await page.call('GET', '/api/admin/orders'))).toBe('session-ended')
    expect(codeOf(await page.call('POST', '/api/admin/session/refresh', {}))).toMatch(/session/)
    expect(codeOf(await browser(at.console).call('POST', '/api/admin/session', { email, password: staff.password }))).toBe(
      'credentials-invalid',
    )
    expect(codeOf(await setRole(owner, id, 'owner'))).toBe('staff-not-found')
    // Once more is no harm: what follows may not have come about the first time.
    await must(owner.call('POST', `/api/admin/staff/${id}/removal`, { memo }), 'removing again')
    await must(owner.call('POST', '/api/admin/staff', { email, role: 'catalogue', memo }), 'inviting again')
  })

  test('a lost authenticator is replaced at the next sign-in, and every session of before is over', async () => {
    const email = `lost-${randomUUID().slice(0, 8)}@panel.test`
    await must(owner.call('POST', '/api/admin/staff', { email, role: 'support', memo }), 'inviting')
    const { page, staff } = await enrolStaff(at.console, email, await mailed(at.mailbox, email, /password (\S+)/))
    await must(owner.call('POST', `/api/admin/staff/${await idOf(page)}/totp-reset`, { memo }), 'resetting')
    expect(codeOf(await page.call('GET', '/api/admin/orders'))).toBe('session-ended')
    const again = await browser(at.console).call('POST', '/api/admin/session', { email, password: staff.password })
    expect(again.body).toMatchObject({ next: 'enrol-totp' })
  })
})

describe('the audit trail', () => {
  test('tells who changed whom, how they stood before and after, and why', async () => {
    const page = await newStaff('support')
    const id = await idOf(page)
    await must(setRole(owner, id, 'catalogue'), 'changing a role')
    const { rows } = (await owner.call('GET', `/api/admin/audit?on=${encodeURIComponent(`staff ${id}`)}`)).body as {
      rows: Record<string, unknown>[]
    }
    expect(rows).toMatchObject([
      {
        by: await idOf(owner),
        action: 'admin.set-staff-role',
        why: memo,
        before: { role: 'support' },
        after: { role: 'catalogue' },
      },
      { by: id, action: 'admin.finish-sign-in' },
      { action: 'admin.invite-staff', why: 'for a test', after: { role: 'support' } },
    ])
  })

  test('is read a page at a time, newest first, without a gap, and the look at it is in it', async () => {
    const first = (await owner.call('GET', '/api/admin/audit')).body as { rows: { seq: number; action: string }[]; cursor?: string }
    const numbers = first.rows.map(({ seq }) => seq)
    expect(numbers).toEqual(numbers.toSorted((a, b) => b - a))
    const second = (await owner.call('GET', '/api/admin/audit')).body as typeof first
    expect(second.rows[0]).toMatchObject({ action: 'admin.list-audit' })
    expect(codeOf(await owner.call('GET', '/api/admin/audit?cursor=forged'))).toBe('invalid-request')
  })

  test('is verified from the command line, which names the one record that was altered by hand', async () => {
    // The folder of a panel that runs, as far as the command looks for it.
    const data = mkdtempSync(join(tmpdir(), 'panel-audit-'))
    onTestFinished(() => rmSync(data, { recursive: true }))
    writeFileSync(join(data, 'panel.json'), JSON.stringify({ site: at.site }))
    const verify = async (): Promise<{ code: number; said: string }> => {
      const command = ['--disable-warning=ExperimentalWarning', 'local/audit.ts', 'verify', '--data', data]
      const ended = await promisify(execFile)(process.execPath, command).catch((error: { code: number; stdout: string }) => error)
      return { code: 'code' in ended ? ended.code : 0, said: ended.stdout }
    }
    const holds = {
      code: 0,
      said: expect.stringMatching(/: \d+ links\nThe audit trail holds\. Its head, to be noted down elsewhere: \d+:[0-9a-f]{64}\n$/),
    }
    expect(await verify()).toEqual(holds)
    const { rows } = (await owner.call('GET', '/api/admin/audit')).body as { rows: { seq: number; at: string; on: string }[] }
    const altered = rows[0]
    Object.assign(process.env, environment(inject('panel').ports))
    const alter = (on: string | undefined) =>
      documentClient().send(
        new UpdateCommand({
          TableName: process.env['TABLE_NAME'],
          Key: { pk: `AUDITED#${altered?.at.slice(0, 10)}`, sk: String(altered?.seq).padStart(10, '0') },
          UpdateExpression: 'SET #on = :on',
          ExpressionAttributeNames: { '#on': 'on' },
          ExpressionAttributeValues: { ':on': on },
        }),
      )
    await alter('nobody in particular')
    const { code, said } = await verify()
    expect(code).toBe(1)
    expect(said).toContain(` links\n  ${altered?.seq}: its record was altered\nThe audit trail does not hold: 1 place.\n`)
    await alter(altered?.on)
    expect(await verify()).toEqual(holds)
  })
})

describe('a large credit', () => {
  test('waits for a second person of finance, is on record with both, and nobody agrees with themselves', async () => {
    const [customer, asking, agreeing] = [await newCustomer(), await newStaff('finance'), await newStaff('finance')]
    const requestId = randomUUID()
    const body = { kind: 'credit', amount: '100000.01', memo: 'wire 4711', requestId }
    const path = `/api/admin/customers/${customer.customerId}/adjustments`
    expect((await asking.call('POST', path, body)).body).toMatchObject({ waits: true, available: '0.00' })
    const decide = (page: Browser, decision: string) =>
      page.call('PUT', `/api/admin/credit-requests/${customer.customerId}/${requestId}`, {
        decision,
        memo: 'seen on the bank’s statement',
      })
    const waiting = async (page: Browser) =>
      (
        (await page.call('GET', '/api/admin/credit-requests')).body as { rows: { requestId: string; own: boolean; memo: string }[] }
      ).rows.find((row) => row.requestId === requestId)
    expect(await waiting(asking)).toMatchObject({ own: true, memo: 'wire 4711' })
    expect(codeOf(await decide(asking, 'agree'))).toBe('not-on-oneself')
    expect(codeOf(await decide(await newStaff('support'), 'agree'))).toBe('role-forbids')
    expect(await waiting(agreeing)).toMatchObject({ own: false })
    await must(decide(agreeing, 'agree'), 'agreeing')
    expect(codeOf(await decide(agreeing, 'agree'))).toBe('credit-request-not-found')
    const entries = (await asking.call('GET', `/api/admin/customers/${customer.customerId}/entries`)).body
    expect(entries).toMatchObject({
      rows: [{ amount: '100000.01', memo: 'wire 4711', by: await idOf(asking), agreedBy: await idOf(agreeing) }],
    })
    expect((await asking.call('POST', path, body)).body).toMatchObject({ waits: false, available: '100000.01' })
  })
})
