import * as z from 'zod/mini'

/** How a provider is described. */
export const providerName = z.string().check(z.trim(), z.minLength(1), z.maxLength(80))
export const providerAddress = z.string().check(z.maxLength(500))
export const providerKey = z.string().check(z.trim(), z.minLength(1), z.maxLength(200))
