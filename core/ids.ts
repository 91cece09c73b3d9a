/** Identifiers that cannot be mixed up: each is made in one place, and a string is none of them. */
type Id<Of extends string> = string & { readonly __is: Of }

/** The customer's subject in the customers' user pool. */
export type CustomerId = Id<'customer'>
/** The subject in the staff's user pool. */
export type StaffId = Id<'staff'>
/** The token family a sign-in began (Cognito's `origin_jti`). */
export type SessionId = Id<'session'>
export type ProviderId = Id<'provider'>
/** Something a worker does with a provider. */
export type TaskId = Id<'task'>
export type CategoryId = Id<'category'>
/** Names an API key without opening anything. */
export type KeyId = Id<'key'>
/** SHA-256 of an API key, hex: what the table and the gateway hold in place of the key. */
export type KeyHash = Id<'key-hash'>
/** The service's number in the catalogue of its provider, which may hold letters. */
export type ProviderServiceId = Id<'provider-service'>
/** The order's number at its provider: `[A-Za-z0-9_-]{1,64}`, digit for digit. */
export type ProviderOrderId = Id<'provider-order'>
/** A refill's number at its provider. */
export type ProviderRefillId = Id<'provider-refill'>
/** Something a customer uploaded. */
export type FileId = Id<'file'>
/** One try at submitting an order: whoever holds it may record what came of it. */
export type Attempt = Id<'attempt'>

/** A short integer, because clients of the reseller protocol store it in 32 bits. */
export type OrderId = number & { readonly __is: 'order' }
export type ServiceId = number & { readonly __is: 'service' }
export type RefillId = number & { readonly __is: 'refill' }
export type TicketId = number & { readonly __is: 'ticket' }

export const customerId = (text: string): CustomerId => text as CustomerId
export const staffId = (text: string): StaffId => text as StaffId
export const sessionId = (text: string): SessionId => text as SessionId
export const providerId = (text: string): ProviderId => text as ProviderId
export const taskId = (text: string): TaskId => text as TaskId
export const categoryId = (text: string): CategoryId => text as CategoryId
export const keyId = (text: string): KeyId => text as KeyId
export const keyHash = (hex: string): KeyHash => hex as KeyHash
export const providerServiceId = (text: string): ProviderServiceId => text as ProviderServiceId
export const providerOrderId = (text: string): ProviderOrderId => text as ProviderOrderId
export const providerRefillId = (text: string): ProviderRefillId => text as ProviderRefillId
export const fileId = (text: string): FileId => text as FileId
export const attempt = (text: string): Attempt => text as Attempt
export const orderId = (number: number): OrderId => number as OrderId
export const refillId = (number: number): RefillId => number as RefillId
export const ticketId = (number: number): TicketId => number as TicketId
export const serviceId = (number: number): ServiceId => number as ServiceId

/** The largest number that a client storing 32 bits can hold. */
export const largestShortInteger = 2_147_483_647

/** Reads an order or service number as people and clients write it; undefined when it cannot be one. */
export function shortInteger(text: string): number | undefined {
  const number = /^\d{1,10}$/.test(text) ? Number(text) : 0
  return number >= 1 && number <= largestShortInteger ? number : undefined
}
