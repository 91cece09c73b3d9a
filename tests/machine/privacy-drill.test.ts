import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { exportedOf } from '../../core/archive/pages.ts'
import { kindsWith } from '../../core/privacy/erasing.ts'
import { browser, must } from '../../local/demo/browser.ts'
import { mailed } from '../../local/demo/mailbox.ts'
import { newPassword, signUp } from '../../local/demo/people.ts'
import { holdToGrants, rulesFor } from '../../local/functions/guard.ts'
import type { Canary } from '../drill/canary.ts'
import { atLast, catchUp, closeIt, eraseIt, isLetter, leftOf, longAfter, type Search, search, unfound } from '../drill/drill.ts'
import { type DrillPanel, ownersConsole, startDrill, until } from '../drill/panel.ts'
import type { Item } from '../drill/places.ts'
import { recoveryCopy, replayErasures, restore, restoredTable } from '../drill/restore.ts'
import { unzip } from '../drill/unzip.ts'

let drill: DrillPanel
let at: DrillPanel['at']
let canary: Canary

beforeAll(async () => {
  drill = await startDrill()
  at = drill.at
  canary = drill.canary
}, 120_000)
afterAll(() => drill?.stop())

describe('P-RT-1: an archive of everything', () => {
  let files: Map<string, Buffer>
  const ask = (more: object) => canary.page.call('POST', '/api/me/archives', { password: canary.password, ...more })

  test('is asked for with the password and a code, made once at a time, and told by mail', async () => {
    expect((await ask({ password: 'wrong', code: canary.nextCode() })).status).toBe(422)
    expect((await ask({})).body['error']).toMatchObject({ code: 'second-factor-needed' })
    expect((await ask({ code: canary.nextCode() })).status).toBe(202)
    await mailed(at.mailbox, canary.email, /everything that (\S+) holds about you/)
  })

  test('is given to its owner alone, with the password once more', async () => {
    const [archive] = (await must(canary.page.call('GET', '/api/me/archives'), 'archives'))['rows'] as {
      at: string
      state: string
    }[]
    expect(archive?.state).toBe('ready')
    const wish = { at: archive?.at, password: canary.password }
    expect((await canary.page.call('POST', '/api/me/archives/link', wish)).body['error']).toMatchObject({
      code: 'second-factor-needed',
    })
    const other = { fullName: 'Casey Customer', email: `${randomUUID()}@customer.test`, password: newPassword() }
    const page = await signUp(at.site, at.mailbox, other)
    expect((await page.call('POST', '/api/me/archives/link', { ...wish, password: other.password })).status).toBe(404)
    expect((await browser(at.site).call('POST', '/api/me/archives/link', wish)).status).toBe(401)
    const { url } = await must(canary.page.call('POST', '/api/me/archives/link', { ...wish, code: canary.nextCode() }), 'the link')
    files = unzip(Buffer.from(await (await fetch(String(url))).arrayBuffer()))
  })

  test('holds every kind the inventory exports, for programs and for people, and nothing of it runs', () => {
    expect([...files.keys()].slice(0, 2)).toEqual(['archive.json', 'archive.html'])
    const archive = JSON.parse(files.get('archive.json')?.toString() ?? '') as Record<string, { items?: object[] }>
    const kinds = kindsWith(({ found }) => typeof found === 'string').filter((kind) => exportedOf(kind).length > 0)
    const empty = kinds.filter((kind) => !archive[kind]?.items?.length && kind !== 'CLOSURE' && kind !== 'CREDIT-REQUEST')
    expect(empty).toEqual([])
    const text = JSON.stringify(archive)
    for (const part of ['Name', 'mail-', 'Browser-', 'memo ', 'note ', 'subject ', 'text ', 'comment 0 ', 'Key '])
      expect(text, part).toContain(part)
    expect(text).not.toContain(canary.password)
    const html = files.get('archive.html')?.toString() ?? ''
    expect(html).toContain(`Name &#60;b&#62;${canary.mark}`)
    expect(html).not.toContain('<b>canary')
  })
})

describe('P-RET-2: the drill', () => {
  let before: Search
  let eraseAt: Date
  let copy: Item[]

  test('before the account is closed, every kind of item is found where the inventory says it is', async () => {
    before = await search(canary, drill.log(), new Date())
    expect(unfound(before)).toEqual([])
    const places = [
      /: ACCESS$/,
      /: INQUIRY$/,
      /: INQUIRY-MESSAGE$/,
      /files.*: files\//,
      /files.*: disclosures\//,
      /log.*\.gz$/,
      /identity record/,
    ]
    for (const place of places) expect(before.found, String(place)).toContainEqual(expect.stringMatching(place))
    // P-LOG-4: the log never had any of it.
    expect(before.found.filter((where) => where === 'the log')).toEqual([])
    copy = await recoveryCopy()
  })

  test('a search for somebody else finds no kind of item: one that is not there is noticed', async () => {
    const stranger = {
      ...canary,
      mark: randomUUID(),
      customerId: randomUUID(),
      orders: new Set<number>(),
      apiKey: randomUUID(),
      email: 'nobody@customer.test',
    }
    const found = await search(stranger, drill.log(), new Date())
    expect(unfound(found)).toEqual([...before.kinds.keys(), ...before.cuts.keys()])
    expect(found.found).toEqual([])
  })

  test('what becomes of everything is told beforehand, and of no kind it is not', async () => {
    const { becomes, obstacles } = (await canary.page.call('GET', '/api/me/closure')).body as {
      becomes: { what: string; fate: string }[]
      obstacles: string[]
    }
    expect(obstacles).toEqual([])
    expect(becomes.length).toBe(kindsWith(() => true).length + 3)
  })

  test('closed, it ends every session and key; it can be kept, and closed again', async () => {
    eraseAt = await closeIt(canary)
    expect((await canary.page.call('GET', '/api/me')).status).toBe(401)
    const balance = await fetch(`${at.site}/api/v2`, {
      method: 'POST',
      body: new URLSearchParams({ key: canary.apiKey, action: 'balance' }),
    })
    expect(await balance.json()).toEqual({ error: 'Invalid API key' })
    await signInAgain()
    expect((await canary.page.call('GET', '/api/me')).body['error']).toMatchObject({ code: 'account-closed' })
    expect((await canary.page.call('GET', '/api/me/closure')).body['closed']).toMatchObject({ canBeKept: true })
    await must(canary.page.call('DELETE', '/api/me/closure'), 'keeping it')
    expect((await canary.page.call('GET', '/api/me')).status).toBe(200)
    eraseAt = await closeIt(canary)
  })

  test('after its time nothing of it is found, in any table, bucket, queue or log, nor where identities are kept', async () => {
    holdToGrants(rulesFor(drill.panel.ports))
    await eraseIt(canary, longAfter(eraseAt))
    await until(async () => (await search(canary, '', longAfter(eraseAt))).found.every(isLetter), 'the end of it').catch(
      () => undefined,
    )
    const after = await search(canary, drill.log(), longAfter(eraseAt))
    expect(leftOf(after).filter((where) => !isLetter(where))).toEqual([])
    // Nobody knows whose it is what was written without an account: it goes a year after it was written.
    expect(after.found).not.toEqual([])
    expect(leftOf(await search(canary, drill.log(), atLast(eraseAt)))).toEqual([])
    expect(after.looked['items']).toBeGreaterThan(100)
    expect(after.looked['objects']).toBeGreaterThan(2)
    expect((await browser(at.site).call('POST', '/api/session', canary)).status).toBe(401)
  })

  test('what expired in the trail is served to nobody', async () => {
    await catchUp(longAfter(eraseAt))
    const console = await ownersConsole(at.console)
    const today = new Date().toISOString().slice(0, 10)
    const { body } = await console.call('GET', `/api/admin/audit?day=${today}&on=customer%20${canary.customerId}`)
    expect(JSON.stringify(body)).not.toContain(canary.mark)
  })

  test('restored from a copy they are in again, and erased once more by the list in the bucket before the panel opens', async () => {
    await restore(copy)
    const inRestored = ({ found }: Search) => found.filter((where) => where.startsWith(`${restoredTable}: `))
    const again = await search(canary, '', new Date())
    expect(inRestored(again).length).toBeGreaterThan(10)
    expect(unfound(again)).toEqual([])
    expect(await replayErasures()).toContain('1 account is erased, nobody is left.')
    const after = await search(canary, '', longAfter(eraseAt))
    expect(inRestored(after).filter((where) => !isLetter(where))).toEqual([])
    expect(leftOf(after).filter((where) => !isLetter(where))).toEqual([])
    expect(await replayErasures()).toContain('nobody is left')
  })

  async function signInAgain(): Promise<void> {
    await must(canary.page.call('POST', '/api/session', canary), 'signing in')
    const { email, password } = canary
    await must(canary.page.call('POST', '/api/session/recovery', { email, password, code: canary.nextCode() }), 'the recovery code')
  }
})
