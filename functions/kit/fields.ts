import * as z from 'zod/mini'
import { languages, themes } from '../../core/identity/preferences.ts'
import { masked } from '../../core/privacy/slips.ts'

/** Fields that several endpoints have in common. */
export const email = z.pipe(z.string().check(z.trim(), z.toLowerCase(), z.maxLength(254)), z.email())
export const fullName = z.string().check(z.trim(), z.minLength(1), z.maxLength(100))
export const password = z.string().check(z.minLength(1), z.maxLength(256))
export const code = z.string().check(z.trim(), z.regex(/^\d{6}$/))
/** A code of the app, or a recovery code however it is spaced. */
export const typedCode = z.string().check(z.trim(), z.minLength(6), z.maxLength(40))
/** Shown once: the panel keeps their hashes. */
export const recoveryCodes = z.object({ codes: z.array(z.string()) })
export const preferences = z.object({
  language: z.enum(languages),
  theme: z.enum(themes),
  currency: z.optional(z.string().check(z.regex(/^[A-Z]{3}$/))),
  announcements: z.boolean(),
  ticketMails: z._default(z.boolean(), true),
  changes: z._default(z.boolean(), false),
})
/** What nobody should keep is masked before anything is done with it (P-COL-4). */
export const memo = z.string().check(z.trim(), z.overwrite(masked), z.minLength(3), z.maxLength(300))
export const requestId = z.string().check(z.regex(/^[A-Za-z0-9_-]{8,64}$/))
export const cursor = z.optional(z.string().check(z.maxLength(500)))

/** Nothing to say but that it is done. */
export const done = z.object({ done: z.literal(true) })

/** A plain decimal in the ledger currency, exact: `12.50`. */
export const amount = z.string()
export const moment = z.string()
