/** What a key may be used for, as its owner chose. */
export const keyScopes = ['read', 'order', 'all'] as const
export type KeyScope = (typeof keyScopes)[number]

/** What programs do with a key, on whichever API. */
export const keyActions = ['services', 'status', 'balance', 'add', 'refill', 'refill_status', 'cancel'] as const
export type KeyAction = (typeof keyActions)[number]
export const keyAction = (text: string | undefined): KeyAction | undefined => keyActions.find((action) => action === text)

/**
 * `read` looks and never spends; `order` places orders, follows them, has them refilled and cancels them, and is not told what the account holds; `all` is
 * everything there is, and whatever is added later.
 */
const permitted: Readonly<Record<KeyScope, readonly KeyAction[]>> = {
  read: ['services', 'status', 'refill_status', 'balance'],
  order: ['services', 'status', 'add', 'refill', 'refill_status', 'cancel'],
  all: keyActions,
}

export const permits = (scope: KeyScope, action: KeyAction): boolean => permitted[scope].includes(action)
