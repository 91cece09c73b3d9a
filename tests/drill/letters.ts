import { createHash, randomUUID } from 'node:crypto'
import { must } from '../../local/demo/browser.ts'
import { png } from '../fixtures/images.ts'
import type { Planting } from './planting.ts'

/** Everything that is written, shown and told: pictures, tickets, a letter without an account, an announcement, a disclosure. */
export async function writeLetters(planting: Planting): Promise<void> {
  const [attachment] = await Promise.all([upload(planting, 'attachment'), pictured(planting), noted(planting), announced(planting)])
  await Promise.all([ticket(planting, attachment), inquiry(planting)])
  await disclosed(planting)
}

/** A picture that says who took it: what is kept of it is drawn anew, and does not. */
async function upload({ page, mark, until }: Planting, purpose: 'avatar' | 'attachment'): Promise<string> {
  const file = png(40, 30, [['tEXt', `Author\0${mark}`]])
  const wish = { purpose, type: 'image/png', bytes: file.length }
  const { fileId, url, fields } = await must(page.call('POST', '/api/uploads', wish), 'announcing a file')
  const form = new FormData()
  for (const [name, value] of Object.entries(fields as Record<string, string>)) form.append(name, value)
  form.append('file', new Blob([Uint8Array.from(file)]))
  const { status } = await fetch(String(url), { method: 'POST', body: form })
  if (status !== 204) throw new Error(`a file was not taken: ${status}`)
  await until(
    async () => (await page.call('GET', `/api/uploads/${String(fileId)}`)).body['state'] === 'ready',
    'the check of a file',
  )
  return String(fileId)
}

async function pictured(planting: Planting): Promise<void> {
  const fileId = await upload(planting, 'avatar')
  await must(planting.page.call('PUT', '/api/me/avatar', { fileId }), 'the avatar')
}

async function noted({ console, customerId, mark }: Planting): Promise<void> {
  const path = `/api/admin/customers/${customerId}`
  await must(console.call('POST', `${path}/notes`, { text: `note ${mark}`, requestId: randomUUID() }), 'a note')
  await must(console.call('POST', `${path}/look`, { for: 'request-of-theirs', memo: `look ${mark}` }), 'a look')
}

/** What concerns everybody names nobody: that it was read is the customer's. */
async function announced({ console, page }: Planting): Promise<void> {
  const [from, until] = [new Date(Date.now() - 60_000), new Date(Date.now() + 86_400_000)].map((at) => at.toISOString())
  const announcement = { title: 'A change', text: 'Something changes.', audience: 'everybody', importance: 'notice', from, until }
  const wish = { ...announcement, memo: 'for the drill', requestId: randomUUID() }
  const { announcementId } = await must(console.call('POST', '/api/admin/announcements', wish), 'an announcement')
  const path = `/api/announcements/${encodeURIComponent(String(announcementId))}/read`
  await must(page.call('PUT', path), 'reading it')
}

async function ticket({ page, console, customerId, mark }: Planting, file: string): Promise<void> {
  const wish = { category: 'other', subject: `subject ${mark}`, text: `text ${mark}`, files: [file], requestId: randomUUID() }
  const { ticketId } = await must(page.call('POST', '/api/tickets', wish), 'a ticket')
  const path = `/api/admin/tickets/${customerId}/${String(ticketId)}`
  const write = (what: string, text: string) => console.call('POST', `${path}/${what}`, { text, requestId: randomUUID() })
  await must(write('notes', `ticket note ${mark}`), 'a note on the ticket')
  await must(write('messages', `answer to ${mark}`), 'an answer')
}

/** From the customer's email, without signing in. */
async function inquiry({ page, email, mark }: Planting): Promise<void> {
  const { challenge, bits } = await must(page.call('GET', '/api/challenge'), 'a challenge')
  const isRight = (solution: number) =>
    createHash('sha256')
      .update(`${String(challenge)}.${solution}`)
      .digest()
      .readUInt32BE(0) >>>
      (32 - Number(bits)) ===
    0
  let solution = 0
  while (!isRight(solution)) solution++
  const letter = { email, name: `Name ${mark}`, subject: `letter ${mark}`, text: `text of the letter ${mark}` }
  await must(page.call('POST', '/api/contact', { ...letter, challenge, solution: String(solution) }), 'a letter')
}

/** To an authority: what it was given lies in the bucket, with everything of the customer that it asked for. That it was stays on record. */
async function disclosed({ console, customerId }: Planting): Promise<void> {
  const asked = { authority: 'District court', legalBasis: 'Code of procedure, 1', reference: 'File 17' }
  const wish = { ...asked, parts: ['account', 'sign-ins', 'orders', 'money', 'tickets'], memo: 'for the drill' }
  const path = `/api/admin/customers/${customerId}/disclosures`
  await must(console.call('POST', path, { ...wish, requestId: randomUUID() }), 'a disclosure')
}
