type Meant =
  | { readonly kind: 'email'; readonly email: string }
  | { readonly kind: 'order'; readonly orderId: number }
  | { readonly kind: 'key'; readonly prefix: string }
  | { readonly kind: 'customer'; readonly customerId: string }

/** Whom somebody means by what they typed; undefined for nothing that a customer could be found by. */
export function customerMeantBy(typed: string): Meant | undefined {
  const text = typed.trim()
  if (text.includes('@')) return { kind: 'email', email: text }
  const digits = text.replace(/^#/, '')
  if (/^\d{1,10}$/.test(digits) && Number(digits) > 0) return { kind: 'order', orderId: Number(digits) }
  const [prefix] = /^pk_[A-Za-z0-9_-]{6}/.exec(text) ?? []
  if (prefix) return { kind: 'key', prefix }
  return /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text) ? { kind: 'customer', customerId: text.toLowerCase() } : undefined
}
