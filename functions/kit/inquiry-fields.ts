import * as z from 'zod/mini'
import { languages } from '../../core/identity/preferences.ts'
import { email } from './fields.ts'
import { text } from './ticket-views.ts'

/** What every form has that needs no account. */
export const inquiryFields = {
  email,
  text,
  language: z._default(z.enum(languages), 'en'),
  /** A field that nobody sees: whatever fills it is no person, and hears what a person would. */
  website: z._default(z.string().check(z.maxLength(500)), ''),
  challenge: z.string().check(z.minLength(20), z.maxLength(200)),
  solution: z.string().check(z.regex(/^\d{1,12}$/)),
}
