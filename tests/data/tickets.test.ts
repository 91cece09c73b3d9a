import { randomUUID } from 'node:crypto'
import { describe, expect, test, vi } from 'vitest'
import { type CustomerId, fileId, orderId, staffId, ticketId } from '../../core/ids.ts'
import { unknownAttributes } from '../../core/privacy/inventory.ts'
import { mostMessages, mostPrivacyRequests, mostWaiting, type Ticket } from '../../core/tickets/ticket.ts'
import { keys } from '../../data/keys.ts'
import { readArchives } from '../../data/privacy/archives.ts'
import { readClosures } from '../../data/privacy/closures.ts'
import { readHolds } from '../../data/privacy/holds.ts'
import { addStaff } from '../../data/staff.ts'
import { listWaitingTickets } from '../../data/tickets/list-waiting.ts'
import { readTicketNotes, readTickets } from '../../data/tickets/read-tickets.ts'
import { keepSavedReplies, readSavedReplies } from '../../data/tickets/saved-replies.ts'
import { answerTickets, workOnTickets } from '../../data/tickets/staff-tickets.ts'
import { openTickets, type TicketWish, writeInTickets } from '../../data/tickets/write-tickets.ts'
import { sweepClosures } from '../../functions/workers/sweep-closures.ts'
import { all, audit, newCustomer, now, outcomes, place, sell, staff, write } from './people.ts'
import { onEachTable } from './tables.ts'

const rules = { privacyRequestDays: 30, answerHours: 24 }
const day = 86_400_000
const at = (days: number): Date => new Date(now.getTime() + days * day)

const opened = (customer: CustomerId, more: Partial<TicketWish> = {}): Promise<Ticket> =>
  openTickets
    .open()
    .open(
      { customer, category: 'other', subject: 'A question', text: 'How?', orders: [], requestId: randomUUID(), at: now, ...more },
      rules,
    )
const doing = ({ customerId, ticketId }: Ticket, days = 1) => ({
  customer: customerId,
  ticket: ticketId,
  by: staff,
  audit,
  at: at(days),
})
const reply = (text: string, requestId: string, close = false) => ({ text, requestId, close })
const writing = ({ customerId, ticketId }: Ticket, days: number, text = 'And?') => ({
  customer: customerId,
  ticket: ticketId,
  text,
  requestId: randomUUID(),
  at: at(days),
})

async function waiting(list: AsyncIterable<Ticket>, { customerId }: Ticket): Promise<number[]> {
  const found: number[] = []
  for await (const ticket of list) if (ticket.customerId === customerId) found.push(ticket.ticketId)
  return found
}

onEachTable(() => {
  const [writer, reader, answering, listing] = [
    writeInTickets.open(),
    readTickets.open(),
    { ...answerTickets.open(), ...workOnTickets.open() },
    listWaitingTickets.open(),
  ]
  const again = ({ customerId, ticketId }: Ticket) => reader.get(customerId, ticketId)

  describe('a ticket', () => {
    test('is asked, answered, asked again, closed and opened again; each side is told what it has not seen', async () => {
      const ticket = await opened(await newCustomer())
      expect(ticket).toMatchObject({ status: 'open', messages: 1, unread: 0, unreadByStaff: 1 })
      expect(await waiting(listing.all(), ticket)).toEqual([ticket.ticketId])
      await answering.answer(doing(ticket), reply('So.', 'answer-1'))
      expect(await again(ticket)).toMatchObject({ status: 'answered', messages: 2, unread: 1, unreadByStaff: 0, assignedTo: staff })
      expect((await again(ticket)).waitingSince).toBeUndefined()
      expect(await waiting(listing.all(), ticket)).toEqual([])
      // Seen up to the first message, when there were two: what came since stays unread.
      await writer.see(ticket.customerId, ticket.ticketId, 1)
      expect((await again(ticket)).unread).toBe(1)
      await writer.see(ticket.customerId, ticket.ticketId, 2)
      expect((await again(ticket)).unread).toBe(0)
      await writer.write(writing(ticket, 2))
      await writer.write(writing(ticket, 3))
      expect(await again(ticket)).toMatchObject({ status: 'open', messages: 4, unreadByStaff: 2, waitingSince: at(2) })
      expect(await waiting(listing.all(), ticket)).toEqual([ticket.ticketId])
      await answering.answer(doing(ticket, 4), reply('That is all.', 'answer-2', true))
      expect(await again(ticket)).toMatchObject({ status: 'closed', closedAt: at(4), unread: 1 })
      expect(await waiting(listing.all(), ticket)).toEqual([])
      await writer.write(writing(ticket, 17))
      expect(await again(ticket)).toMatchObject({ status: 'open', waitingSince: at(17) })
      expect((await again(ticket)).closedAt).toBeUndefined()
      const said = await reader.messages(ticket.customerId, ticket.ticketId)
      expect(said.map(({ author }) => author)).toEqual(['customer', 'staff', 'customer', 'customer', 'staff', 'customer'])
    })

    test('is not opened again after two weeks', async () => {
      const ticket = await opened(await newCustomer())
      await writer.close(ticket.customerId, ticket.ticketId, at(1))
      await expect(writer.write(writing(ticket, 15.1))).rejects.toMatchObject({ code: 'ticket-closed' })
      expect(await reader.messages(ticket.customerId, ticket.ticketId)).toHaveLength(1)
    })

    test('is opened once by ten clicks, and a message is written once', async () => {
      const customer = await newCustomer()
      const [requestId, message] = [randomUUID(), randomUUID()]
      const clicks = await Promise.all(Array.from({ length: 10 }, () => opened(customer, { requestId })))
      expect(new Set(clicks.map(({ ticketId }) => ticketId)).size).toBe(1)
      const [ticket] = clicks
      if (!ticket) throw new Error('there is no ticket')
      await Promise.all(Array.from({ length: 10 }, () => writer.write({ ...writing(ticket, 1), requestId: message })))
      expect(await again(ticket)).toMatchObject({ messages: 2, unreadByStaff: 2 })
    })

    test('loses no message when everybody writes at once', async () => {
      const ticket = await opened(await newCustomer())
      const writes = [
        ...Array.from({ length: 6 }, () => writer.write(writing(ticket, 1))),
        ...Array.from({ length: 6 }, (_, nth) => answering.answer(doing(ticket), reply('So.', `answer-${nth}x`))),
      ]
      expect(await outcomes(writes)).toEqual({ done: 12 })
      expect((await again(ticket)).messages).toBe(13)
      expect(await reader.messages(ticket.customerId, ticket.ticketId)).toHaveLength(13)
    })

    test('names orders of one’s own alone', async () => {
      const [mine, other] = [await newCustomer(5_000_000n), await newCustomer(5_000_000n)]
      const { serviceId } = await sell()
      const [own, strange] = [await place(mine, serviceId), await place(other, serviceId)]
      expect((await opened(mine, { orders: [own.orderId] })).orderIds).toEqual([own.orderId])
      for (const orders of [[own.orderId, strange.orderId], [orderId(2_000_000_000)]])
        await expect(opened(mine, { orders })).rejects.toMatchObject({ code: 'order-not-found' })
    })

    test('of somebody else is not there', async () => {
      const [ticket, other] = [await opened(await newCustomer()), await newCustomer()]
      const gone = { code: 'ticket-not-found' }
      await expect(reader.get(other, ticket.ticketId)).rejects.toMatchObject(gone)
      await expect(writer.write({ ...writing(ticket, 1), customer: other })).rejects.toMatchObject(gone)
      await expect(writer.close(other, ticket.ticketId, at(1))).rejects.toMatchObject(gone)
      expect(await reader.messages(other, ticket.ticketId)).toEqual([])
      await expect(reader.get(other, ticketId(1_000_000_000))).rejects.toMatchObject(gone)
    })

    test('is full at two hundred messages', async () => {
      const ticket = await opened(await newCustomer())
      for (let nth = 1; nth < mostMessages; nth++) await writer.write(writing(ticket, 1))
      await expect(writer.write(writing(ticket, 1))).rejects.toMatchObject({ code: 'ticket-full' })
      await expect(answering.answer(doing(ticket), reply('So.', 'one-too-many'))).rejects.toMatchObject({ code: 'ticket-full' })
    })

    test('has a page of the newest, and the next', async () => {
      const customer = await newCustomer()
      const made = [await opened(customer), await opened(customer), await opened(customer)].map(({ ticketId }) => ticketId)
      const first = await reader.page(customer, undefined, 2)
      const second = await reader.page(customer, first.cursor, 2)
      expect([...first.tickets, ...second.tickets].map(({ ticketId }) => ticketId)).toEqual(made.toReversed())
      expect(second.cursor).toBeUndefined()
    })
  })

  test('P-RT-3: a privacy request has a due date and stays on the list until it is closed, whoever’s turn it is', async () => {
    const ticket = await opened(await newCustomer(), { category: 'privacy-request' })
    expect(ticket.dueAt).toEqual(at(30))
    const listed = () => waiting(listing.privacyRequests(), ticket)
    expect(await listed()).toEqual([ticket.ticketId])
    await answering.answer(doing(ticket), reply('We look.', 'answer-p'))
    expect(await listed()).toEqual([ticket.ticketId])
    await answering.steer(doing(ticket), 'hold')
    expect(await listed()).toEqual([ticket.ticketId])
    await answering.steer(doing(ticket), 'close')
    expect(await listed()).toEqual([])
    await answering.steer(doing(ticket, 2), 'reopen')
    expect(await listed()).toEqual([ticket.ticketId])
    expect((await again(ticket)).dueAt).toEqual(at(30))
  })

  describe('one account cannot stand before everybody else', () => {
    const full = { code: 'too-many-tickets' }
    const many = (count: number, open: () => Promise<Ticket>) => Promise.all(Array.from({ length: count }, open))

    test('ten of its tickets wait at once, and two privacy requests, however many are opened at the same moment', async () => {
      const customer = await newCustomer()
      const tries = Array.from({ length: mostWaiting + 4 }, () => opened(customer))
      expect(await outcomes(tries)).toEqual({ done: mostWaiting, 'too-many-tickets': 4 })
      const requests = Array.from({ length: 5 }, () => opened(customer, { category: 'privacy-request' }))
      expect(await outcomes(requests)).toEqual({ done: mostPrivacyRequests, 'too-many-tickets': 3 })
    })

    test('the last of them, sent twice, is one ticket and no refusal', async () => {
      const customer = await newCustomer()
      await many(mostWaiting - 1, () => opened(customer))
      const requestId = randomUUID()
      const clicks = await many(4, () => opened(customer, { requestId }))
      expect(new Set(clicks.map(({ ticketId }) => ticketId)).size).toBe(1)
    })

    test('what is answered or closed makes room, and writing on is never refused for it', async () => {
      const customer = await newCustomer()
      const [answered, closed, waits] = await many(mostWaiting, () => opened(customer))
      if (!answered || !closed || !waits) throw new Error('there are no tickets')
      await expect(opened(customer)).rejects.toMatchObject(full)
      await answering.answer(doing(answered), reply('So.', 'answer-1'))
      await writer.close(customer, closed.ticketId, at(1))
      await answering.steer(doing(waits), 'hold')
      await many(2, () => opened(customer))
      await expect(opened(customer)).rejects.toMatchObject(full)
      await writer.write(writing(answered, 2))
    })

    test('a privacy request makes room when it is closed, and not when it is answered: it stays before staff', async () => {
      const customer = await newCustomer()
      const [one] = await many(mostPrivacyRequests, () => opened(customer, { category: 'privacy-request' }))
      if (!one) throw new Error('there is no request')
      await answering.answer(doing(one), reply('We look.', 'answer-1'))
      await expect(opened(customer, { category: 'privacy-request' })).rejects.toMatchObject(full)
      await answering.steer(doing(one), 'close')
      await opened(customer, { category: 'privacy-request' })
    })

    test('closing, opening others and opening the closed ones again brings no more of them', async () => {
      const customer = await newCustomer()
      const first = await many(mostWaiting, () => opened(customer))
      for (const { ticketId } of first) await writer.close(customer, ticketId, at(1))
      await many(mostWaiting - 1, () => opened(customer))
      const again = first.map((ticket) => writer.write(writing(ticket, 2)))
      expect(await outcomes(again)).toEqual({ done: 1, 'too-many-tickets': mostWaiting - 1 })
    })
  })

  describe('the queue', () => {
    /** Opened so many days after the others of this file, by somebody each. */
    const openedOn = async (days: number, more: Partial<TicketWish> = {}) =>
      (await opened(await newCustomer(), { at: at(days), ...more })).ticketId
    const walked = async (wanted: (ticket: Ticket) => boolean, limit: number) => {
      const [found, pages]: [number[], number[]] = [[], []]
      let cursor: string | undefined
      do {
        const page = await listing.page(rules, wanted, cursor, limit)
        found.push(...page.tickets.map(({ ticketId }) => ticketId))
        pages.push(page.tickets.length)
        cursor = page.cursor
      } while (cursor !== undefined)
      return { found, pages }
    }

    test('has what must be dealt with first first, page by page: no category hides another', async () => {
      const request = { category: 'privacy-request' } as const
      // Due on day 1030, 1031, 1032; then tickets that are to be answered a day after they came.
      const requests = [await openedOn(1000, request), await openedOn(1001, request), await openedOn(1002, request)]
      const tickets = [await openedOn(1003), await openedOn(1029.5), await openedOn(1030.5)]
      const [first, second, third, fourth, fifth, sixth] = [
        tickets[0],
        requests[0],
        tickets[1],
        requests[1],
        tickets[2],
        requests[2],
      ]
      const wanted = [...requests, ...tickets]
      const mine = ({ ticketId }: Ticket) => wanted.includes(ticketId)
      const { found, pages } = await walked(mine, 2)
      expect(found).toEqual([first, second, third, fourth, fifth, sixth])
      expect(pages).toEqual([2, 2, 2])
      expect((await walked((ticket) => mine(ticket) && ticket.category === 'other', 10)).found).toEqual(tickets)
    })

    test('refuses a cursor that is none', async () => {
      await expect(listing.page(rules, () => true, 'nonsense', 10)).rejects.toMatchObject({ code: 'invalid-request' })
    })
  })

  test('P-RT-3: past its due date it counts as late each hour, answered in between or not, until it is closed', async () => {
    const [soon, late] = [await lateAt(29), await lateAt(31)]
    const ticket = await opened(await newCustomer(), { category: 'privacy-request' })
    await opened(await newCustomer())
    expect(await lateAt(29)).toBe(soon)
    expect(await lateAt(31)).toBe(late + 1)
    await answering.answer(doing(ticket, 31), reply('We still look.', 'answer-late', false))
    expect(await lateAt(31)).toBe(late + 1)
    await answering.steer(doing(ticket, 31), 'close')
    expect(await lateAt(31)).toBe(late)
  })

  /** What the hourly sweep tells the alarm, so many days later. */
  async function lateAt(days: number): Promise<number> {
    const told = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
    const queue = { send: async () => undefined }
    const uses = {
      closures: readClosures.open(),
      holds: readHolds.open(),
      archives: readArchives.open(),
      tickets: listing,
      erasures: queue,
      building: queue,
    }
    await sweepClosures.run({ uses: uses as never, now: at(days), clock: () => at(days) })
    const lines = told.mock.calls.map(([line]) => String(line))
    told.mockRestore()
    return Number(lines.map((line) => /"PrivacyRequestsLate":(\d+)/.exec(line)?.[1]).find(Boolean) ?? 0)
  }

  test('P-COL-3, P-COL-4: what slipped in is masked before it is written, from either side', async () => {
    const ticket = await opened(await newCustomer(), { subject: 'password: hunter2', text: 'My card 4111 1111 1111 1111' })
    await writer.write(writing(ticket, 1, 'IBAN DE89370400440532013000'))
    await answering.answer(doing(ticket), reply('Not your password: hunter2', 'answer-m'))
    await answering.note(doing(ticket), 'wrote card 4111111111111111', 'note-masked')
    const items = JSON.stringify([
      ...(await all(`TICKET#${ticket.customerId}`)),
      ...(await all(`MESSAGE#${ticket.customerId}`)),
      ...(await all(`TICKET-NOTE#${ticket.customerId}`)),
    ])
    expect(items.match(/removed\]/g)).toHaveLength(5)
    for (const slip of ['hunter2', '4111', 'DE89']) expect(items).not.toContain(slip)
  })

  test('P-SEC-2: an answer remembers by which name it addressed its customer, so that a former one is known', async () => {
    const ticket = await opened(await newCustomer())
    await answering.answer(doing(ticket), reply('Hello {name}', 'answer-n'))
    await answering.answer(doing(ticket), reply('Hello', 'answer-o'))
    const [, first, second] = await reader.messages(ticket.customerId, ticket.ticketId)
    expect(first?.text).toBe(`Hello ${first?.named}`)
    expect(first?.named).toMatch(/\S/)
    expect(second?.named).toBeUndefined()
  })

  test('files are attached once, one’s own and checked alone, and a retry attaches nothing more', async () => {
    const [customer, other] = [await newCustomer(), await newCustomer()]
    const [mine, unchecked, theirs] = [fileId(randomUUID()), fileId(randomUUID()), fileId(randomUUID())]
    const dueAt = at(1).toISOString()
    const file = { purpose: 'attachment', type: 'text/plain', bytes: 5, createdAt: now.toISOString(), dueAt, tries: 1 }
    await write({ ...keys.file(customer, mine), ...file, fileId: mine, state: 'ready' })
    await write({ ...keys.file(customer, unchecked), ...file, fileId: unchecked, state: 'awaiting' })
    await write({ ...keys.file(other, theirs), ...file, fileId: theirs, state: 'ready' })
    await write({ ...keys.discard(dueAt, customer, mine), customerId: customer, fileId: mine })
    const ticket = await opened(customer)
    await expect(writer.write({ ...writing(ticket, 1), files: [theirs] })).rejects.toMatchObject({ code: 'file-not-found' })
    await expect(writer.write({ ...writing(ticket, 1), files: [unchecked] })).rejects.toMatchObject({ code: 'file-not-ready' })
    const carrying = { ...writing(ticket, 1), files: [mine] }
    await writer.write(carrying)
    await writer.write(carrying)
    await expect(writer.write({ ...writing(ticket, 1), files: [mine] })).rejects.toMatchObject({ code: 'file-not-ready' })
    const said = await reader.messages(customer, ticket.ticketId)
    expect(said.map(({ files }) => files)).toEqual([undefined, [mine]])
    // It is on the list of what nobody keeps no more.
    expect((await all('DISCARD')).filter((item) => item['fileId'] === mine)).toEqual([])
  })

  test('staff attach what they uploaded for this customer, once; neither side attaches what is the other’s', async () => {
    const [customer, other] = [await newCustomer(), await newCustomer()]
    const [theirs, ours, elsewhere] = [fileId(randomUUID()), fileId(randomUUID()), fileId(randomUUID())]
    const dueAt = at(1).toISOString()
    const file = { state: 'ready', type: 'text/plain', bytes: 5, createdAt: now.toISOString(), dueAt, tries: 1 }
    await write({ ...keys.file(customer, theirs), ...file, fileId: theirs, purpose: 'attachment' })
    await write({ ...keys.file(customer, ours), ...file, fileId: ours, purpose: 'reply' })
    await write({ ...keys.file(other, elsewhere), ...file, fileId: elsewhere, purpose: 'reply' })
    await write({ ...keys.discard(dueAt, customer, ours), customerId: customer, fileId: ours })
    const ticket = await opened(customer)
    const notFound = { code: 'file-not-found' }
    for (const files of [[theirs], [elsewhere]])
      await expect(answering.answer(doing(ticket), { ...reply('So.', randomUUID()), files })).rejects.toMatchObject(notFound)
    await expect(writer.write({ ...writing(ticket, 1), files: [ours] })).rejects.toMatchObject(notFound)
    const carrying = { ...reply('See.', randomUUID()), files: [ours] }
    await answering.answer(doing(ticket), carrying)
    await answering.answer(doing(ticket), carrying)
    await expect(answering.answer(doing(ticket), { ...carrying, requestId: randomUUID() })).rejects.toMatchObject({
      code: 'file-not-ready',
    })
    expect((await reader.messages(customer, ticket.ticketId)).map(({ files }) => files)).toEqual([undefined, [ours]])
    expect((await all(`FILE#${customer}`)).find((item) => item['fileId'] === ours)).toMatchObject({
      keptFor: `ticket ${ticket.ticketId}`,
    })
    expect((await all('DISCARD')).filter((item) => item['fileId'] === ours)).toEqual([])
  })

  test('staff note for colleagues apart from what customers can read, and hand tickets on to those who answer', async () => {
    const ticket = await opened(await newCustomer())
    await answering.note(doing(ticket), 'A regular.', 'note-12345')
    await answering.note(doing(ticket), 'A regular.', 'note-12345')
    expect(await readTicketNotes.open().of(ticket.customerId, ticket.ticketId)).toEqual([
      { at: at(1), by: staff, text: 'A regular.' },
    ])
    expect(JSON.stringify(await reader.messages(ticket.customerId, ticket.ticketId))).not.toContain('regular')
    const [support, catalogue] = [staffId(randomUUID()), staffId(randomUUID())]
    const member = { email: 'x@panel.test', status: 'active' as const, createdAt: now }
    await addStaff.open().add({ ...member, staffId: support, role: 'support' }, audit)
    await addStaff.open().add({ ...member, staffId: catalogue, role: 'catalogue' }, audit)
    await answering.assign(doing(ticket), support)
    expect((await again(ticket)).assignedTo).toBe(support)
    await expect(answering.assign(doing(ticket), catalogue)).rejects.toMatchObject({ code: 'staff-not-found' })
    await answering.assign(doing(ticket), undefined)
    expect((await again(ticket)).assignedTo).toBeUndefined()
  })

  test('an answer opens no ticket that was closed meanwhile', async () => {
    const ticket = await opened(await newCustomer())
    await writer.close(ticket.customerId, ticket.ticketId, at(1))
    await expect(answering.answer(doing(ticket), reply('So.', 'answer-late'))).rejects.toMatchObject({ code: 'changed-meanwhile' })
  })

  test('two who change one saved reply at once: the second is told', async () => {
    const replyId = randomUUID()
    const keeping = keepSavedReplies.open()
    await keeping.keep({ replyId, title: 'Hello', text: 'Hello {name}', revision: 0 }, audit, now)
    const change = (title: string) => keeping.keep({ replyId, title, text: 'x', revision: 1 }, audit, now)
    expect(await outcomes([change('A'), change('B')])).toEqual({ done: 1, 'changed-meanwhile': 1 })
    expect(await readSavedReplies.open().all()).toContainEqual(expect.objectContaining({ replyId, revision: 2 }))
    await keeping.remove(replyId, audit, now)
    await expect(keeping.remove(replyId, audit, now)).rejects.toMatchObject({ code: 'saved-reply-not-found' })
  })

  test('P-COL-6: the inventory knows every attribute, and a ticket with all there is to it stays within a kilobyte', async () => {
    const ticket = await opened(await newCustomer(), { subject: 'ü'.repeat(120), category: 'privacy-request' })
    await answering.answer(doing(ticket), reply('So.', 'answer-k', true))
    await answering.note(doing(ticket), 'Noted.', 'note-98765')
    for (const kind of ['TICKET', 'MESSAGE', 'TICKET-NOTE', 'TICKET-REQUEST', 'TICKET-PLACE'])
      for (const item of await all(`${kind}#${ticket.customerId}`)) {
        expect(unknownAttributes(item)).toEqual([])
        expect(Buffer.byteLength(JSON.stringify(item))).toBeLessThan(1_024)
      }
  })
})
