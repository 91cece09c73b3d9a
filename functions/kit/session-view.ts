import * as z from 'zod/mini'
import { deviceOf } from '../../core/identity/device.ts'
import { iso } from '../../core/time.ts'
import type { Session } from '../../data/sessions.ts'
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

export const viewSession = ({ sessionId, browser, address, beganAt, seenAt }: Session): z.input<typeof sessionView> => ({
  sessionId,
  device: deviceOf(browser),
  browser,
  address,
  beganAt: iso(beganAt),
  seenAt: iso(seenAt),
})
