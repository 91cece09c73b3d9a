import type { KeyScope } from '../../../core/keys/scopes.ts'

/** What a scope is called, and what it lets a program do. */
export const scopeWords: Readonly<Record<KeyScope, { readonly word: string; readonly words: string }>> = {
  all: { word: 'Everything', words: 'Services, orders, statuses, refills and the balance, and whatever the API learns later.' },
  order: { word: 'Order', words: 'Services, placing orders, their statuses, refills and canceling. It is not told your balance.' },
  read: { word: 'Read only', words: 'Services, statuses and the balance. It cannot spend anything.' },
}
