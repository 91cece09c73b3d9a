import * as z from 'zod/mini'
import { deviceOf } from '../../core/identity/device.ts'
import type { SessionId } from '../../core/ids.ts'
import { iso } from '../../core/time.ts'
import { moment } from './fields.ts'

/** A session on the wire: the same to its owner and to staff. */
export const sessionView = z.object({
  sessionId: z.string(),
  /** As people call it, and as it calls itself. */
  device: z.string(),
  browser: z.string(),
  address: z.string(),
  beganAt: moment,
  seenAt: moment,
})

interface Shown {
  readonly sessionId: SessionId
  readonly address: string
  readonly browser: string
  readonly beganAt: Date
  readonly seenAt: Date
}

export const viewSession = ({ sessionId, browser, address, beganAt, seenAt }: Shown): z.input<typeof sessionView> => ({
  sessionId,
  device: deviceOf(browser),
  browser,
  address,
  beganAt: iso(beganAt),
  seenAt: iso(seenAt),
})
