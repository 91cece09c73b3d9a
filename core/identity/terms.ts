/** The version of the terms and the privacy policy that a new customer accepts: the day it was written. */
export const currentTerms = '2026-11-22'
