/** Without letters that are mistaken for digits: 80 random bits are 16 of these. */
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** How many an account is given at a time; each opens it once. */
export const recoveryCodesGiven = 10

/** A code as it is shown, from ten random bytes: `7QK2-M0XD-9RPA-4HTE`. */
export function recoveryCode(random: Uint8Array): string {
  const bits = [...random].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  const text = (bits.match(/.{5}/g) ?? []).map((five) => letters[Number.parseInt(five, 2)]).join('')
  return text.match(/.{4}/g)?.join('-') ?? ''
}

/** A code as somebody types it; undefined when it cannot be one. */
export function readRecoveryCode(typed: string): string | undefined {
  const text = typed.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1')
  return /^[0-9A-HJKMNP-TV-Z]{16}$/.test(text) ? text.match(/.{4}/g)?.join('-') : undefined
}
