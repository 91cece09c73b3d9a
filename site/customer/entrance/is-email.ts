/** What is wrong with an email as typed; null when nothing is. */
export const isEmail = (email: string): string | null =>
  /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email.trim()) ? null : 'Type an email address, like name@example.org.'
