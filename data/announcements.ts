import * as z from 'zod/mini'
import type { Need } from '../core/need.ts'
import { type Announcement, audiences, importances } from '../core/policy/announcement.ts'
import { Refusal } from '../core/refusals.ts'
import type { AuditRecord } from '../core/staff/audit.ts'
import { epochSeconds, iso, later } from '../core/time.ts'
import { mayAudit, transactAudited } from './audit.ts'
import { getItems } from './get-items.ts'
import { keys } from './keys.ts'
import { newMailing } from './mailing-items.ts'
import { mailingKey } from './mailings.ts'
import { queryAll } from './query.ts'
import { time } from './read.ts'
import { append } from './transact.ts'
import { isLeft } from './unexpired.ts'

const announcementItem = z.object({
  sk: z.string(),
  title: z.string(),
  audience: z.enum(audiences),
  importance: z.enum(importances),
  from: time,
  until: time,
  writtenAt: time,
  withdrawnAt: z.optional(time),
})
const textItem = z.object({ pk: z.string(), text: z.string() })

const textPrefix = keys.announcementText('').pk

/** An id is when it begins and the request that wrote it. The request alone names the text, so that it writes one announcement. */
const requestOf = (announcementId: string): string => announcementId.split(' ').at(-1) ?? announcementId
const textKey = (announcementId: string) => keys.announcementText(requestOf(announcementId))

function readAnnouncement(item: unknown): Announcement {
  const { sk, ...rest } = announcementItem.parse(item)
  return { announcementId: sk, ...rest }
}

interface ReadAnnouncements {
  /** Every one there is, newest first. */
  all(now: Date): Promise<Announcement[]>
  /** Their texts, by their ids. */
  texts(ids: readonly string[]): Promise<ReadonlyMap<string, string>>
}

async function all(now: Date): Promise<Announcement[]> {
  const found: Announcement[] = []
  for await (const item of queryAll({
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': keys.announcement('').pk },
    ScanIndexForward: false,
  }))
    if (isLeft(item, now)) found.push(readAnnouncement(item))
  return found
}

const mayRead = [
  { on: 'table', actions: ['Query'], keys: ['ANNOUNCEMENT'] },
  { on: 'table', actions: ['BatchGetItem'], keys: ['ANNOUNCEMENT-TEXT#*'] },
] as const satisfies Need<unknown>['allow']

async function textsOf(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const items = ids.length === 0 ? [] : await getItems(ids.slice(0, 100).map(textKey))
  const byRequest = new Map(
    items.map((item) => {
      const { pk, text } = textItem.parse(item)
      return [pk.slice(textPrefix.length), text]
    }),
  )
  return new Map(
    ids.flatMap((id) => {
      const text = byRequest.get(requestOf(id))
      return text === undefined ? [] : [[id, text] as const]
    }),
  )
}

export const readAnnouncements = {
  allow: [...mayRead],
  open: () => ({
    all,
    texts: textsOf,
  }),
} satisfies Need<ReadAnnouncements>

type WrittenAnnouncement = Announcement & { readonly text: string }

interface WriteAnnouncements {
  /**
   * It is shown and mailed from its time on. The same again writes nothing; another one with the request's id of one that
   * was written is refused. Written with `audit`.
   */
  write(announcement: WrittenAnnouncement, audit: AuditRecord, now: Date): Promise<void>
  /** It is shown no more, and mailed to nobody else. Written with `audit`. */
  withdraw(announcementId: string, audit: AuditRecord, now: Date): Promise<void>
}

/** Whether just that was written before. */
async function isWritten({ announcementId, text, ...asked }: WrittenAnnouncement, now: Date): Promise<boolean> {
  const [written, texts] = await Promise.all([all(now), textsOf([announcementId])])
  const known = written.find((one) => one.announcementId === announcementId)
  return (
    known !== undefined &&
    texts.get(announcementId) === text &&
    (['title', 'audience', 'importance'] as const).every((part) => known[part] === asked[part]) &&
    known.until.getTime() === asked.until.getTime()
  )
}

/** Former ones can be looked up for so long. */
const keptSeconds = 400 * 86_400

export const writeAnnouncements = {
  allow: [
    {
      on: 'table',
      actions: ['PutItem'],
      keys: ['ANNOUNCEMENT', 'ANNOUNCEMENT-TEXT#*', 'MAILING'],
      onlyIn: 'TransactWriteItems',
    },
    { on: 'table', actions: ['UpdateItem'], keys: ['ANNOUNCEMENT', 'MAILING'], onlyIn: 'TransactWriteItems' },
    ...mayRead,
    ...mayAudit,
  ],
  open: () => ({
    async write(announcement, audit, now) {
      const { announcementId, title, audience, importance, from, until, writtenAt, text } = announcement
      const expiresAt = epochSeconds(later(until, keptSeconds))
      const refused = await transactAudited(audit, now, {
        announcement: append({
          ...keys.announcement(announcementId),
          title,
          audience,
          importance,
          from: iso(from),
          until: iso(until),
          writtenAt: iso(writtenAt),
          expiresAt,
        }),
        text: append({ ...textKey(announcementId), text, expiresAt }),
        mailing: append(newMailing({ kind: 'announcement', announcementId }, from)),
      })
      if (refused && !(await isWritten(announcement, now))) throw new Refusal('request-id-reused')
    },
    async withdraw(announcementId, audit, now) {
      const refused = await transactAudited(audit, now, {
        announcement: {
          Update: {
            Key: keys.announcement(announcementId),
            UpdateExpression: 'SET withdrawnAt = :now',
            ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(withdrawnAt)',
            ExpressionAttributeValues: { ':now': iso(now) },
          },
        },
        mailing: {
          Update: {
            Key: mailingKey({ kind: 'announcement', announcementId }),
            UpdateExpression: 'SET #state = :withdrawn REMOVE #after',
            ExpressionAttributeNames: { '#state': 'state', '#after': 'after' },
            ExpressionAttributeValues: { ':withdrawn': 'withdrawn' },
          },
        },
      })
      if (refused) throw new Refusal('announcement-not-found')
    },
  }),
} satisfies Need<WriteAnnouncements>
