/** What a member of staff may need a customer's personal data for. */
export const lookReasons = ['request-of-theirs', 'order-or-payment', 'misuse', 'privacy-request', 'authority'] as const

/** How long it is shown to whoever asked. */
export const lookMinutes = 30
