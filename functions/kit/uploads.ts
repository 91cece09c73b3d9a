import * as z from 'zod/mini'
import {
  acceptedTypes,
  type FilePurpose,
  fileFaults,
  filePurposes,
  largestUpload,
  type UploadType,
  uploadType,
} from '../../core/files/rules.ts'
import { Refusal } from '../../core/refusals.ts'
import { iso } from '../../core/time.ts'
import { moment } from './fields.ts'

/** What is said of a file before it comes. */
export const announcement = {
  /** As the browser names it: `image/png`. */
  type: z.string().check(z.trim(), z.toLowerCase(), z.maxLength(100)),
  /** Exactly as many as will come. */
  bytes: z.int().check(z.minimum(1)),
}

/** Refuses a kind or a size that is not taken. */
export function acceptedType(purpose: FilePurpose, announced: { readonly type: string; readonly bytes: number }): UploadType {
  const type = uploadType(purpose, announced.type)
  if (!type) throw new Refusal('file-type-refused', { accepted: acceptedTypes[purpose] })
  if (announced.bytes > largestUpload(type)) throw new Refusal('file-too-large', { bytes: largestUpload(type) })
  return type
}

/** The form by which it is posted. */
export const formView = z.object({
  fileId: z.string(),
  url: z.string(),
  /** In this order, before the file itself, which is the last field: `file`. */
  fields: z.record(z.string(), z.string()),
})

/** What became of it. */
export const uploadView = z.object({
  fileId: z.string(),
  purpose: z.enum(filePurposes),
  state: z.enum(['awaiting', 'ready', 'refused']),
  why: z.optional(z.enum(fileFaults)),
  type: z.string(),
  bytes: z.int(),
  createdAt: moment,
})

interface Announced extends Omit<z.input<typeof uploadView>, 'createdAt'> {
  readonly createdAt: Date
}

/** Refuses a file that is not there, or was announced by the other side. */
export function viewUpload(file: Announced | undefined, side: 'customer' | 'staff'): z.input<typeof uploadView> {
  if (!file || (file.purpose === 'reply') !== (side === 'staff')) throw new Refusal('file-not-found')
  return { ...file, createdAt: iso(file.createdAt) }
}
