/** Where to go on after signing in: a page of this address, and nothing else. */
export const safeReturn = (to: string | undefined, otherwise: string): string => (to && /^\/(?![/\\])/.test(to) ? to : otherwise)
