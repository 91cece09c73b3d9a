import * as z from 'zod/mini'
import type { StaffId } from '../../core/ids.ts'
import { iso } from '../../core/time.ts'
import { moment } from './fields.ts'

export const blockView = z.object({
  blockId: z.string(),
  target: z.string(),
  at: moment,
  by: z.string(),
  memo: z.string(),
  inquiryId: z.optional(z.string()),
})

interface Block {
  readonly blockId: string
  readonly target: string
  readonly at: Date
  readonly by: StaffId
  readonly memo: string
  readonly inquiryId?: string | undefined
}

export const viewBlock = (block: Block): z.input<typeof blockView> => ({ ...block, at: iso(block.at) })
