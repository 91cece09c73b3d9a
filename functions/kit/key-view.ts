import * as z from 'zod/mini'
import type { KeyId } from '../../core/ids.ts'
import { iso } from '../../core/time.ts'
import { moment } from './fields.ts'

export const keyView = z.object({
  keyId: z.string(),
  name: z.string(),
  prefix: z.string(),
  createdAt: moment,
  revokedAt: z.optional(moment),
})

export const viewKey = (key: {
  readonly keyId: KeyId
  readonly name: string
  readonly prefix: string
  readonly createdAt: Date
  readonly revokedAt?: Date | undefined
}): z.input<typeof keyView> => ({ ...key, createdAt: iso(key.createdAt), revokedAt: key.revokedAt && iso(key.revokedAt) })
