/** Access tokens that the panel hands to a browser have this scope, and routes demand it: an ID token has none. */
export const sessionScope = 'panel/session'

/**
 * What the pools give every access token of their own accord: whoever holds it may change the account at the pool itself,
 * past the panel.
 */
export const selfServiceScope = 'aws.cognito.signin.user.admin'

/** How a function says that it wants the scope for a call of its own. Nobody refreshes without the client's secret. */
export const ownCall = { purpose: 'own-call' } as const

/** Which scopes a token gets that is about to be made. */
export function scopesFor(asked: Readonly<Record<string, string>>): { readonly add: string[]; readonly suppress: string[] } {
  // A token for the panel's own call opens no route: where it got out, it would be a token of another kind.
  if (asked['purpose'] === ownCall.purpose) return { add: [], suppress: [] }
  return { add: [sessionScope], suppress: [selfServiceScope] }
}
