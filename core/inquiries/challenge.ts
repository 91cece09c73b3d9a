/**
 * What a form without an account asks a browser to work out, so that a thousand letters cost somebody something: a number
 * that, hashed with the challenge, begins with so many zero bits. On average 2 to the power of that are tried.
 */
export const challengeBits = 16

/** For so long a challenge can be answered: writing takes its time. */
export const challengeSeconds = 3_600

/** Whether a SHA-256 begins with so many zero bits. */
export const isFound = (hash: Uint8Array, bits: number): boolean => {
  const whole = bits >> 3
  for (let at = 0; at < whole; at++) if (hash[at] !== 0) return false
  return (hash[whole] ?? 0) >> (8 - (bits & 7)) === 0
}
