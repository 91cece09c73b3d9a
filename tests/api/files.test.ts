import { randomUUID } from 'node:crypto'
import { AdminGetUserCommand, CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider'
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3'
import { beforeAll, describe, expect, inject, test } from 'vitest'
import { customerId } from '../../core/ids.ts'
import { objects } from '../../core/privacy/inventory.ts'
import { discardFiles } from '../../data/files.ts'
import { environment } from '../../local/environment.ts'
import { pools } from '../../local/identity/pools.ts'
import { filesBucket } from '../../local/names.ts'
import { eraseFiles } from '../../outside/files/delete-files.ts'
import {
  gif,
  gifAndScript,
  html,
  jpeg,
  look,
  movingWebp,
  png,
  pngBomb,
  pngDeflateBomb,
  quarters,
  svg,
  webp,
  withExif,
} from '../fixtures/images.ts'
import { functionsOf } from './functions.ts'
import { at, type Customer, must, newCustomer, newStaff, ownersConsole, until } from './people.ts'
import { auditOf, everything } from './table.ts'

const { ports } = inject('panel')
const s3 = new S3Client({
  region: 'us-east-1',
  endpoint: `http://127.0.0.1:${ports.queues}`,
  forcePathStyle: true,
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
})
const objectsOf = async ({ customerId }: Pick<Customer, 'customerId'>): Promise<string[]> => {
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: filesBucket }))
  return Contents.flatMap(({ Key = '' }) => (Key.includes(customerId) ? Key : []))
}

/** What is kept of a file is named by what is in it. */
const nameOf = ({ customerId }: Customer, fileId: string) => new RegExp(`^files/${customerId}/${fileId}/[0-9a-f]{32}$`)

interface Form {
  readonly fileId: string
  readonly url: string
  readonly fields: Readonly<Record<string, string>>
}
type Purpose = 'avatar' | 'attachment'

const announce = async (who: Customer, purpose: Purpose, type: string, bytes: number): Promise<Form> => {
  const { fileId, url, fields } = await must(who.page.call('POST', '/api/uploads', { purpose, type, bytes }), 'announcing')
  return { fileId: String(fileId), url: String(url), fields: fields as Form['fields'] }
}
const post = ({ url, fields }: Form, file: Uint8Array, more: Readonly<Record<string, string>> = {}): Promise<Response> => {
  const form = new FormData()
  for (const [name, value] of Object.entries({ ...fields, ...more })) form.append(name, value)
  form.append('file', new Blob([Uint8Array.from(file)]))
  return fetch(url, { method: 'POST', body: form })
}
const ended = (who: Customer, fileId: string) =>
  until(async () => {
    const { body } = await who.page.call('GET', `/api/uploads/${fileId}`)
    return body['state'] === 'awaiting' ? undefined : body
  }, 'the check of a file')

/** Announces, posts, and waits for what becomes of it. */
async function upload(who: Customer, file: Uint8Array, { purpose = 'attachment' as Purpose, type = 'image/png' } = {}) {
  const form = await announce(who, purpose, type, file.length)
  expect((await post(form, file)).status).toBe(204)
  return { fileId: form.fileId, ...(await ended(who, form.fileId)) } as { fileId: string } & Record<string, unknown>
}

let anna: Customer
let bob: Customer
beforeAll(async () => {
  ;[anna, bob] = [await newCustomer(), await newCustomer()]
})

describe('P-COL-2: an upload', () => {
  test('is kept as a picture drawn anew: what can be seen is there, where and with what it was taken is not', async () => {
    const canary = `canary-${randomUUID()}`
    const photograph = withExif(jpeg(400, 300), { orientation: 6, canary })
    // The search can find.
    expect(photograph.includes(canary)).toBe(true)
    expect(photograph.includes('GPS')).toBe(true)
    const { fileId, state, type } = await upload(anna, photograph, { type: 'image/jpeg' })
    expect({ state, type }).toEqual({ state: 'ready', type: 'image/jpeg' })
    const { bytes, headers, status } = await anna.page.read(`/api/files/${fileId}`)
    expect(status).toBe(200)
    for (const mark of [canary, 'GPS', 'Exif']) expect(bytes.includes(mark)).toBe(false)
    // It lay on its side, and stands now: what was below left is above left.
    const { width, height, at } = look(bytes)
    expect([width, height]).toEqual([300, 400])
    const [red = 0, green = 0, blue = 0] = at(40, 40)
    expect([red < 40, green < 40, blue > 200]).toEqual([true, true, true])
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-type': 'image/jpeg',
      'content-disposition': expect.stringMatching(/^inline; filename="attachment-[0-9a-f]{8}\.jpg"$/),
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining("default-src 'none'"),
    })
    expect(await objectsOf(anna)).toEqual([expect.stringMatching(nameOf(anna, fileId))])
  })

  test('stays a drawing where it was one, with its transparency; a film becomes its first picture', async () => {
    const drawing = await upload(anna, png(60, 40, [['tEXt', 'Comment\0canary-in-text']]))
    expect(drawing).toMatchObject({ state: 'ready', type: 'image/png' })
    const kept = (await anna.page.read(`/api/files/${drawing.fileId}`)).bytes
    expect(look(kept).at(50, 35)).toEqual([...quarters(60, 40)(50, 35)])
    expect(kept.includes('canary-in-text')).toBe(false)
    expect(await upload(anna, webp(30, 20), { type: 'image/webp' })).toMatchObject({ state: 'ready', type: 'image/png' })
    const film = await upload(anna, gif(20, 10, { frames: 500 }), { type: 'image/gif' })
    expect(look((await anna.page.read(`/api/files/${film.fileId}`)).bytes)).toMatchObject({ width: 20, height: 10 })
  })

  test('that is a picture and a program at once is a picture afterwards', async () => {
    const { fileId, state } = await upload(anna, gifAndScript(), { type: 'image/gif' })
    expect(state).toBe('ready')
    const { bytes } = await anna.page.read(`/api/files/${fileId}`)
    expect(bytes.includes('alert')).toBe(false)
    expect(bytes.includes('/*')).toBe(false)
  })

  test.each([
    ['a picture of 50,000 by 50,000', pngBomb, 'too-many-pixels'],
    ['a drawing as SVG', svg, 'not-accepted'],
    ['a page as HTML', html, 'not-accepted'],
    ['a film as WebP', movingWebp, 'moving'],
    ['a picture that was cut off', () => jpeg(200, 200).subarray(0, 900), 'damaged'],
    ['a picture with nothing in it', () => png(40, 30).fill(7, 45, 60), 'damaged'],
  ])('that is %s is refused, and nothing of it is kept', async (_, file, why) => {
    const before = await objectsOf(bob)
    const { fileId, ...what } = await upload(bob, file())
    expect(what).toMatchObject({ state: 'refused', why })
    // It is refused first, and gone then.
    await expect.poll(() => objectsOf(bob)).toEqual(before)
    expect((await bob.page.read(`/api/files/${fileId}`)).status).toBe(409)
  })

  test('that unpacks to a thousand times what it says does not take the worker down', async () => {
    const { state } = await upload(bob, pngDeflateBomb())
    expect(['ready', 'refused']).toContain(state)
    expect(await upload(bob, png())).toMatchObject({ state: 'ready' })
  })

  test('of plain text is saved without what nobody should keep (P-COL-4), and never shown as anything else', async () => {
    const text = 'order 7 waits\r\ncard 4111 1111 1111 1111, password: Hunter2!x\r\n'
    const { fileId, state } = await upload(anna, Buffer.from(text), { type: 'text/plain' })
    expect(state).toBe('ready')
    const { bytes, headers } = await anna.page.read(`/api/files/${fileId}`)
    expect(bytes.toString()).toBe('order 7 waits\ncard [card number removed], password: [password removed]\n')
    expect(headers.get('content-type')).toBe('text/plain; charset=utf-8')
    expect(headers.get('content-disposition')).toMatch(/^attachment; /)
  })
})

describe('what may be announced', () => {
  test('is a picture, or text with a ticket, and 10 MB at most', async () => {
    const say = async (purpose: Purpose, type: string, bytes: number) => {
      const { status, body } = await anna.page.call('POST', '/api/uploads', { purpose, type, bytes })
      return status === 201 ? 201 : (body['error'] as { code: string }).code
    }
    expect(await say('avatar', 'image/svg+xml', 100)).toBe('file-type-refused')
    expect(await say('avatar', 'text/plain', 100)).toBe('file-type-refused')
    expect(await say('attachment', 'application/pdf', 100)).toBe('file-type-refused')
    expect(await say('attachment', 'image/png', 50_000_000)).toBe('file-too-large')
    expect(await say('attachment', 'text/plain', 2_000_000)).toBe('file-too-large')
    expect(await say('attachment', 'text/plain', 100)).toBe(201)
  })

  test('is bounded: by the hour, and by what an account may hold', async () => {
    const eager = await newCustomer()
    const large = { purpose: 'attachment', type: 'image/png', bytes: 10_000_000 }
    const answers: number[] = []
    for (let nth = 0; nth < 21; nth++) answers.push((await eager.page.call('POST', '/api/uploads', large)).status)
    expect(answers.filter((status) => status === 201)).toHaveLength(20)
    expect(answers.at(-1)).toBe(409)
    const small = { purpose: 'attachment', type: 'image/png', bytes: 1 }
    for (let nth = 0; nth < 40; nth++) await eager.page.call('POST', '/api/uploads', small)
    expect((await eager.page.call('POST', '/api/uploads', small)).status).toBe(429)
  })
})

describe('the form that was signed', () => {
  test('takes exactly the file that was announced: not a larger one, not a smaller one, not under another name or type', async () => {
    const form = await announce(bob, 'attachment', 'image/png', 1_000)
    const file = Buffer.alloc(1_000)
    const codeOf = async (response: Promise<Response>) => /<Code>(\w+)</.exec(await (await response).text())?.[1]
    expect(await codeOf(post(form, Buffer.alloc(50_000_000)))).toBe('EntityTooLarge')
    expect(await codeOf(post(form, Buffer.alloc(1_001)))).toBe('EntityTooLarge')
    expect(await codeOf(post(form, Buffer.alloc(999)))).toBe('EntityTooSmall')
    expect(await codeOf(post(form, file, { key: `files/${anna.customerId}/x` }))).toBe('AccessDenied')
    expect(await codeOf(post(form, file, { 'Content-Type': 'text/html' }))).toBe('AccessDenied')
    expect(await codeOf(post(form, file, { acl: 'public-read' }))).toBe('AccessDenied')
    expect(await codeOf(post(form, file, { 'x-amz-signature': '0'.repeat(64) }))).toBe('SignatureDoesNotMatch')
    const wider = JSON.parse(Buffer.from(form.fields['policy'] ?? '', 'base64').toString())
    wider.conditions.pop()
    expect(await codeOf(post(form, file, { policy: Buffer.from(JSON.stringify(wider)).toString('base64') }))).toBe(
      'SignatureDoesNotMatch',
    )
    expect(await objectsOf(bob)).not.toContain(`uploads/${bob.customerId}/${form.fileId}`)
  })

  test('that is posted four times at once leaves one picture: the one that the panel describes', async () => {
    const who = await newCustomer()
    const pictures = [png(60, 40), png(30, 20), png(50, 30), png(20, 10)]
    const most = Math.max(...pictures.map(({ length }) => length))
    const form = await announce(who, 'attachment', 'image/png', most)
    // What stands behind a picture's end is not the picture's.
    await Promise.all(pictures.map((picture) => post(form, Buffer.concat([picture, Buffer.alloc(most - picture.length)]))))
    expect(await ended(who, form.fileId)).toMatchObject({ state: 'ready' })
    const names = await until(async () => {
      const found = await objectsOf(who)
      return found.length === 1 ? found : undefined
    }, 'one object alone')
    expect(names[0]?.startsWith(`files/${who.customerId}/${form.fileId}/`)).toBe(true)
    const item = (await everything()).find(({ pk, sk }) => pk === `FILE#${who.customerId}` && sk === form.fileId)
    const { bytes } = await who.page.read(`/api/files/${form.fileId}`)
    const { width, height } = look(bytes)
    expect(item).toMatchObject({ width, height, bytes: bytes.length })
  })

  test('may be posted from pages of the site and of the console, and they may post nowhere else', async () => {
    const form = await announce(bob, 'attachment', 'image/png', 10)
    const preflight = await fetch(form.url, {
      method: 'OPTIONS',
      headers: { origin: at.site, 'access-control-request-method': 'POST' },
    })
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*')
    const policyOf = async (site: string) => (await fetch(site)).headers.get('content-security-policy')
    for (const pages of [at.site, at.console])
      expect(await policyOf(pages)).toContain(`connect-src 'self' ${new URL(form.url).origin};`)
  })
})

describe('whose a file is', () => {
  test('somebody else’s file is not there; staff who look are on record, and who may not look learns nothing', async () => {
    const { fileId } = await upload(anna, png())
    for (const path of [`/api/files/${fileId}`, `/api/uploads/${fileId}`]) expect((await bob.page.read(path)).status).toBe(404)
    expect((await bob.page.call('PUT', '/api/me/avatar', { fileId })).status).toBe(404)
    const path = `/api/admin/customers/${anna.customerId}/files/${fileId}`
    const catalogue = await newStaff('catalogue')
    expect((await catalogue.read(path)).status).toBe(403)
    const looks = async () =>
      (await auditOf(`customer ${anna.customerId}`)).filter(({ action }) => action === 'admin.read-customer-file')
    expect(await looks()).toHaveLength(0)
    expect((await (await ownersConsole()).read(path)).bytes.subarray(1, 4).toString()).toBe('PNG')
    // P-SEC-2
    expect(await looks()).toMatchObject([{ after: { file: fileId } }])
  })
})

describe('the picture of an account', () => {
  test('is 256 by 256, replaces the one before it, and is deleted when it is removed', async () => {
    const who = await newCustomer()
    const avatar = { purpose: 'avatar' as const }
    const first = await upload(who, png(300, 200), avatar)
    expect(first).toMatchObject({ type: 'image/jpeg' })
    await must(who.page.call('PUT', '/api/me/avatar', { fileId: first.fileId }), 'setting')
    expect((await who.page.call('GET', '/api/me')).body['avatar']).toBe(first.fileId)
    expect(look((await who.page.read(`/api/files/${first.fileId}`)).bytes)).toMatchObject({ width: 256, height: 256 })

    const second = await upload(who, jpeg(300, 300), avatar)
    await must(who.page.call('PUT', '/api/me/avatar', { fileId: second.fileId }), 'replacing')
    expect((await who.page.read(`/api/files/${first.fileId}`)).status).toBe(404)
    const sweep = async () => (await functionsOf(ports))('workers.sweep-files', {})
    await sweep()
    expect(await objectsOf(who)).toEqual([expect.stringMatching(nameOf(who, second.fileId))])

    await must(who.page.call('DELETE', '/api/me/avatar'), 'removing')
    expect((await who.page.call('GET', '/api/me')).body).not.toHaveProperty('avatar')
    await sweep()
    expect(await objectsOf(who)).toEqual([])
    const left = (await everything()).filter(
      (item) => JSON.stringify(item).includes(first.fileId) || JSON.stringify(item).includes(second.fileId),
    )
    expect(left).toEqual([])
  })

  test('is only what was uploaded as one and is ready', async () => {
    const attached = await upload(anna, png())
    const code = async (fileId: string) =>
      ((await anna.page.call('PUT', '/api/me/avatar', { fileId })).body['error'] as { code: string }).code
    expect(await code(attached.fileId)).toBe('file-not-found')
    const awaited = await announce(anna, 'avatar', 'image/png', 10)
    expect(await code(awaited.fileId)).toBe('file-not-ready')
    const refused = await upload(anna, svg(), { purpose: 'avatar' })
    expect(await code(refused.fileId)).toBe('file-not-ready')
  })
})

describe('the end of an account’s files', () => {
  test('leaves nothing: neither what items name, nor what no item names any more', async () => {
    const who = await newCustomer()
    const { fileId } = await upload(who, png(), { purpose: 'avatar' })
    await must(who.page.call('PUT', '/api/me/avatar', { fileId }), 'setting')
    await upload(who, Buffer.from('words'), { type: 'text/plain' })
    Object.assign(process.env, environment(ports))
    const owner = customerId(who.customerId)
    // What was posted goes when what was made of it is noted.
    await expect.poll(() => eraseFiles.open().list(owner)).toHaveLength(2)
    await discardFiles.open().discardAll(owner, new Date())
    expect(await eraseFiles.open().erase(owner)).toBe(2)
    expect(await objectsOf(who)).toEqual([])
    await (await functionsOf(ports))('workers.sweep-files', {})
    const kinds = (await everything())
      .filter((item) => JSON.stringify(item).includes(who.customerId))
      .map((item) => String(item['pk']).split('#')[0])
    expect(kinds.filter((kind) => ['FILE', 'STORED', 'DISCARD'].includes(kind ?? ''))).toEqual([])
  })
})

describe('P-COL-6: what lies in the bucket', () => {
  test('lies where the inventory says that something personal lies, under its owner’s name', async () => {
    const { fileId } = await upload(anna, png())
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: filesBucket }))
    const names = Contents.map(({ Key = '' }) => Key)
    expect(names).toContainEqual(expect.stringMatching(nameOf(anna, fileId)))
    for (const name of names) expect(Object.keys(objects)).toContain(name.split('/')[0])
  })
})

describe('P-RT-2: one’s own name', () => {
  test('is corrected in the account and where identities are kept', async () => {
    const who = await newCustomer()
    await must(who.page.call('PUT', '/api/me/name', { fullName: '  Grace Hopper ' }), 'correcting')
    expect((await who.page.call('GET', '/api/me')).body['fullName']).toBe('Grace Hopper')
    const pool = new CognitoIdentityProviderClient({
      region: 'us-east-1',
      endpoint: `http://127.0.0.1:${ports.identity}`,
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    })
    const record = await pool.send(new AdminGetUserCommand({ UserPoolId: pools.customers.id, Username: who.email }))
    expect(record.UserAttributes).toContainEqual({ Name: 'name', Value: 'Grace Hopper' })
    expect((await who.page.call('PUT', '/api/me/name', { fullName: ' ' })).status).toBe(400)
  })
})
