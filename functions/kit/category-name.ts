import * as z from 'zod/mini'
import { sellsReviews } from '../../core/catalogue/refused.ts'

/** One line of text, and not of reviews, which are not sold here. */
export const categoryName = z.string().check(
  z.trim(),
  z.minLength(1),
  z.maxLength(100),
  z.regex(/^[^\p{Cc}]*$/u),
  z.refine((name) => !sellsReviews(name)),
)
