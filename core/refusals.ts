/**
 * Every reason this panel says no, with the status it says it in, what the reseller protocol says for it, and the
 * sentence a person reads. Whatever is not here is a fault: logged with its cause, answered with 500 and a reference.
 */
export const refusals = {
  'invalid-request': {
    status: 400,
    protocol: 'Incorrect request',
    says: 'Something in the request is missing or malformed. Nothing was changed.',
  },
  'body-too-large': {
    status: 413,
    protocol: 'Incorrect request',
    says: 'The request is larger than this panel accepts. Nothing was changed.',
  },
  'not-found': { status: 404, protocol: 'Incorrect request', says: 'There is nothing here.' },

  'not-through-the-edge': {
    status: 403,
    protocol: 'Incorrect request',
    says: 'Requests must come through the panel’s own address.',
  },
  'foreign-origin': {
    status: 403,
    protocol: 'Incorrect request',
    says: 'This request came from another site and was not carried out.',
  },
  'session-required': { status: 401, protocol: 'Invalid API key', says: 'Sign in to continue.' },
  'session-ended': { status: 401, protocol: 'Invalid API key', says: 'This session has ended. Sign in again.' },
  'key-invalid': { status: 401, protocol: 'Invalid API key', says: 'This API key does not exist or was revoked.' },
  'account-suspended': {
    status: 403,
    protocol: 'Invalid API key',
    says: 'This account is suspended. Your balance is kept; contact support.',
  },
  'account-closed': {
    status: 403,
    protocol: 'Invalid API key',
    says: 'This account is closed. Sign in on the site to keep it, while there is time.',
  },
  'scope-forbids': {
    status: 403,
    protocol: 'Not allowed with this API key',
    says: 'This API key’s scope does not allow this. Nothing was changed.',
  },
  'role-forbids': { status: 403, protocol: 'Incorrect request', says: 'Your role does not allow this.' },
  'too-many-requests': {
    status: 429,
    protocol: 'Rate limit exceeded',
    says: 'Too many requests. Nothing was changed; wait a moment and try again.',
  },

  'credentials-invalid': {
    status: 401,
    protocol: 'Invalid API key',
    says: 'Email or password is wrong, or the email is not confirmed yet.',
  },
  'code-invalid': { status: 422, protocol: 'Incorrect request', says: 'The code is wrong or has expired.' },
  'password-wrong': { status: 422, protocol: 'Incorrect request', says: 'The current password is not right. Nothing was changed.' },
  'second-factor-needed': {
    status: 422,
    protocol: 'Incorrect request',
    says: 'This account has a second factor: type a code of the app, or a recovery code, too. Nothing was changed.',
  },
  'second-factor-on': {
    status: 409,
    protocol: 'Incorrect request',
    says: 'The second factor is on already. Turn it off first to set up another app.',
  },
  'second-factor-off': { status: 409, protocol: 'Incorrect request', says: 'The second factor is not on. Nothing was changed.' },
  'email-same': { status: 422, protocol: 'Incorrect request', says: 'This is the email of your account already.' },
  'password-too-weak': {
    status: 422,
    protocol: 'Incorrect request',
    says: 'The password needs at least 10 characters, with a letter and a digit, and must not be a common one.',
  },
  'terms-outdated': {
    status: 409,
    protocol: 'Incorrect request',
    says: 'The terms have changed. Read and accept the current version.',
  },
  'policy-not-accepted': {
    status: 409,
    protocol: 'neworder.error.terms_not_accepted',
    says: 'The terms have changed. Read and accept the current version on the site to go on ordering. Nothing was charged.',
  },
  'policy-version-not-found': { status: 404, protocol: 'Incorrect request', says: 'There is no such version of the policy.' },
  'announcement-not-found': { status: 404, protocol: 'Incorrect request', says: 'There is no such announcement.' },
  'opt-out-invalid': {
    status: 422,
    protocol: 'Incorrect request',
    says: 'This link is not complete. Sign in and choose under Settings which mails come.',
  },
  'sign-in-expired': { status: 401, protocol: 'Invalid API key', says: 'This sign-in took too long. Start again.' },

  'closure-obstructed': {
    status: 409,
    protocol: 'Incorrect request',
    says: 'The account cannot be closed while an order is open or money is being cleared up. Nothing was changed.',
  },
  'balance-not-given-up': {
    status: 409,
    protocol: 'Incorrect request',
    says: 'The balance is another one than the one you agreed to give up. Nothing was changed.',
  },
  'account-not-closed': { status: 409, protocol: 'Incorrect request', says: 'This account is not closed. Nothing was changed.' },
  'erasure-not-waiting': {
    status: 409,
    protocol: 'Incorrect request',
    says: 'Nothing of this account waits for a decision about its erasure. Nothing was changed.',
  },
  'erasure-begun': {
    status: 409,
    protocol: 'Incorrect request',
    says: 'The time to keep this account is over: it is being erased.',
  },
  'archive-not-found': {
    status: 404,
    protocol: 'Incorrect request',
    says: 'There is no such archive any more. Ask for a new one.',
  },
  'archive-under-way': {
    status: 409,
    protocol: 'Incorrect request',
    says: 'An archive is being made already. You get mail when it is ready.',
  },
  'hold-exists': { status: 409, protocol: 'Incorrect request', says: 'There is a hold on this account already.' },
  'hold-not-found': { status: 404, protocol: 'Incorrect request', says: 'There is no hold on this account.' },

  'service-not-found': {
    status: 404,
    protocol: 'Incorrect service ID',
    says: 'This service does not exist or is not sold at the moment. Nothing was charged.',
  },
  'link-invalid': {
    status: 422,
    protocol: 'neworder.error.link',
    says: 'The link must be a public http(s) address without a user name or password. Nothing was charged.',
  },
  'link-of-another-kind': {
    status: 422,
    protocol: 'neworder.error.link',
    says: 'This service is for another kind of link. Nothing was charged.',
  },
  'target-blocked': {
    status: 409,
    protocol: 'neworder.error.link',
    says: 'Whoever owns this profile or page asked that no orders are taken for it. Nothing was charged.',
  },
  'link-taken': {
    status: 409,
    protocol: 'neworder.error.link_duplicate',
    says: 'An order for this link is still under way with this service. Wait until it is over. Nothing was charged.',
  },
  'quantity-too-small': {
    status: 422,
    protocol: 'neworder.error.min_quantity',
    says: 'The quantity is below this service’s minimum. Nothing was charged.',
  },
  'quantity-too-large': {
    status: 422,
    protocol: 'neworder.error.max_quantity',
    says: 'The quantity is above this service’s maximum. Nothing was charged.',
  },
  'comments-invalid': {
    status: 422,
    protocol: 'neworder.error.comment',
    says: 'Write at least one comment, one per line, 250 KB at most. Nothing was charged.',
  },
  'drip-feed-unavailable': {
    status: 422,
    protocol: 'Incorrect request',
    says: 'This service is not delivered in runs. Nothing was charged.',
  },
  'runs-invalid': {
    status: 422,
    protocol: 'neworder.error.runs',
    says: 'An order is delivered in 1 to 1,000 runs, and not in more than there are numbers for. Nothing was charged.',
  },
  'interval-invalid': {
    status: 422,
    protocol: 'neworder.error.interval',
    says: 'Between two runs lie 1 minute to 7 days, and between the first and the last half a year. Nothing was charged.',
  },
  'too-many-runs': {
    status: 409,
    protocol: 'Too many drip-feed orders are open: wait until one is over',
    says: 'An account has 50 places for drip-feed orders that are open; an order takes one for each 200 of its runs, and too few are free. Wait until one is over, or cancel what is left of one. Nothing was charged.',
  },
  'no-runs-left': {
    status: 409,
    protocol: 'Incorrect request',
    says: 'This order has no runs left that could be paused, resumed or canceled. Nothing was changed.',
  },
  'runs-held-by-staff': {
    status: 409,
    protocol: 'Incorrect request',
    says: 'Support has paused the runs of this order. Write to them; nothing was changed.',
  },
  'insufficient-funds': {
    status: 402,
    protocol: 'neworder.error.not_enough_funds',
    says: 'Your balance does not cover this. Nothing was charged.',
  },
  'order-not-found': { status: 404, protocol: 'Incorrect order ID', says: 'There is no order of yours with this number.' },
  'order-needs-no-settling': {
    status: 409,
    protocol: 'Incorrect request',
    says: 'This order cannot be settled so: it went on by itself, or somebody settled it. Nothing was changed.',
  },
  'provider-number-taken': {
    status: 409,
    protocol: 'Incorrect request',
    says: 'Another order goes by this number at its provider. Nothing was changed.',
  },
  'error-text-not-found': { status: 404, protocol: 'Incorrect request', says: 'This provider was not heard to say that.' },
  'error-text-cut': {
    status: 422,
    protocol: 'Incorrect request',
    says: 'This error is longer than what is kept of it: what is missing may say otherwise. Settle its orders one by one. Nothing was changed.',
  },
  'refill-unavailable': {
    status: 409,
    protocol: 'Order not eligible for refill',
    says: 'This order cannot be refilled now. Nothing was changed.',
  },
  'cancel-unavailable': {
    status: 409,
    protocol: 'Order cannot be canceled',
    says: 'This order cannot be canceled now. Nothing was changed.',
  },
  'refill-not-found': { status: 404, protocol: 'Incorrect refill ID', says: 'There is no such refill.' },
  'cancel-request-not-found': { status: 404, protocol: 'Incorrect request', says: 'Nobody asked to cancel this order.' },
  'ticket-not-found': { status: 404, protocol: 'Incorrect request', says: 'There is no ticket of this number.' },
  'ticket-closed': {
    status: 409,
    protocol: 'Incorrect request',
    says: 'This ticket is closed, and the time in which it could be opened again is over. Open a new one; nothing was sent.',
  },
  'ticket-full': {
    status: 409,
    protocol: 'Incorrect request',
    says: 'This ticket has as many messages as one can have. Open a new one and name this one in it; nothing was sent.',
  },
  'too-many-tickets': {
    status: 409,
    protocol: 'Incorrect request',
    says: 'As many of your tickets wait for us as can at once: ten, and two privacy requests. Write on in one of them, or close one that is settled; nothing was sent.',
  },
  'too-many-replies': {
    status: 409,
    protocol: 'Incorrect request',
    says: 'There are 200 saved replies already. Delete one first.',
  },
  'challenge-failed': {
    status: 422,
    protocol: 'Incorrect request',
    says: 'What shows that no machine sends this has expired or was used before. Send it once more; nothing was sent.',
  },
  'inquiry-not-found': { status: 404, protocol: 'Incorrect request', says: 'This is not there any more: it is kept for a year.' },
  'block-not-found': { status: 404, protocol: 'Incorrect request', says: 'This target is not blocked any more.' },
  'target-too-wide': {
    status: 422,
    protocol: 'Incorrect request',
    says: 'This is no public link, or it would block a whole network. Name the profile or the page. Nothing was changed.',
  },
  'saved-reply-not-found': { status: 404, protocol: 'Incorrect request', says: 'There is no such saved reply any more.' },
  'request-id-reused': {
    status: 409,
    protocol: 'Incorrect request',
    says: 'This request id was used for something else. Nothing was changed.',
  },

  'customer-not-found': { status: 404, protocol: 'Incorrect request', says: 'There is no such customer.' },
  'sign-up-unfinished': {
    status: 404,
    protocol: 'Incorrect request',
    says: 'Somebody signed up with this email and never signed in. There is no account, and what they entered is deleted by itself, when the privacy policy says.',
  },
  'disclosure-not-found': { status: 404, protocol: 'Incorrect request', says: 'There is no such disclosure.' },
  'disclosure-too-large': {
    status: 422,
    protocol: 'Incorrect request',
    says: 'That is more than is put together at once. Make a disclosure of each part. Nothing was handed over.',
  },
  'credit-request-not-found': {
    status: 404,
    protocol: 'Incorrect request',
    says: 'This credit does not wait any more: somebody has decided on it. No money moved by this.',
  },
  'staff-not-found': { status: 404, protocol: 'Incorrect request', says: 'There is no such member of staff.' },
  'changed-meanwhile': {
    status: 409,
    protocol: 'Incorrect request',
    says: 'Somebody changed this meanwhile. What they made of it was left alone; look again and decide anew.',
  },
  'not-on-oneself': {
    status: 409,
    protocol: 'Incorrect request',
    says: 'Nobody changes their own role, removes themselves or agrees to what they asked for. Ask a colleague.',
  },
  'signal-not-found': {
    status: 404,
    protocol: 'Incorrect request',
    says: 'There is no such signal; perhaps it is older than 30 days.',
  },
  'key-not-found': { status: 404, protocol: 'Incorrect request', says: 'There is no such key.' },
  'session-not-found': { status: 404, protocol: 'Incorrect request', says: 'There is no such session; perhaps it has ended.' },
  'key-rotated': {
    status: 409,
    protocol: 'Incorrect request',
    says: 'This key was rotated already: a newer one stands in its place. Nothing was changed.',
  },
  'too-many-keys': {
    status: 409,
    protocol: 'Incorrect request',
    says: 'An account can hold 10 API keys, and 10 rotated ones that still open. Revoke one first.',
  },
  'addresses-invalid': {
    status: 422,
    protocol: 'Incorrect request',
    says: 'Each line must be an IPv4 or IPv6 address or network, such as 198.51.100.7 or 2001:db8::/48, and not everybody. Nothing was changed.',
  },
  'already-exists': { status: 409, protocol: 'Incorrect request', says: 'This exists already. Nothing was changed.' },
  'provider-not-found': { status: 404, protocol: 'Incorrect request', says: 'There is no such provider.' },
  'provider-address-refused': {
    status: 422,
    protocol: 'Incorrect request',
    says: 'A provider’s address must be public, use https, and be written as it is called.',
  },
  'provider-key-needed': {
    status: 422,
    protocol: 'Incorrect request',
    says: 'A provider that moves to another host needs its key typed anew: it would be sent there. Nothing was changed.',
  },
  'category-not-found': { status: 404, protocol: 'Incorrect request', says: 'There is no such category. Nothing was changed.' },
  'category-not-empty': {
    status: 409,
    protocol: 'Incorrect request',
    says: 'There are services under this category, or somebody just put some there. Move them first.',
  },
  'change-refused': {
    status: 422,
    protocol: 'Incorrect request',
    says: 'This would make a service that cannot be sold: below its cost, without a price, with crossed bounds, or of reviews. Nothing was changed.',
  },
  'provider-changed': {
    status: 409,
    protocol: 'Incorrect request',
    says: 'This provider was changed or is being deleted. Nothing was changed; look at it again.',
  },
  'provider-busy': {
    status: 409,
    protocol: 'Incorrect request',
    says: 'This provider is being worked on already. Nothing was begun; wait until that is done.',
  },
  'sync-settled': {
    status: 409,
    protocol: 'Incorrect request',
    says: 'Somebody has decided this meanwhile, or the provider was asked again. Nothing was changed; look at it again.',
  },
  'rate-unknown': {
    status: 409,
    protocol: 'Incorrect request',
    says: 'There is no daily rate for that currency. Nothing was changed; set a rate of your own.',
  },
  'rate-settled': {
    status: 409,
    protocol: 'Incorrect request',
    says: 'Somebody has decided this meanwhile, or another day’s rate came. Nothing was changed; look at it again.',
  },
  'provider-has-open-orders': {
    status: 409,
    protocol: 'Incorrect request',
    says: 'This provider still has open orders. Pause it, and delete it when they are over. Nothing was changed.',
  },
  'offer-not-found': {
    status: 404,
    protocol: 'Incorrect request',
    says: 'This catalogue of the provider is not at hand any more. Fetch it again.',
  },
  'file-not-found': { status: 404, protocol: 'Incorrect request', says: 'There is no such file; perhaps it was removed.' },
  'file-not-ready': {
    status: 409,
    protocol: 'Incorrect request',
    says: 'This file is still being checked, or was not taken. Nothing was changed.',
  },
  'file-type-refused': {
    status: 422,
    protocol: 'Incorrect request',
    says: 'Files of this kind are not taken: PNG, JPEG, WebP and GIF images are, and plain text with a ticket.',
  },
  'file-too-large': { status: 413, protocol: 'Incorrect request', says: 'This file is too large. Nothing was uploaded.' },
  'storage-full': {
    status: 409,
    protocol: 'Incorrect request',
    says: 'Your account holds as many files as it may. Nothing was uploaded.',
  },
  'task-not-found': { status: 404, protocol: 'Incorrect request', says: 'There is no such task.' },
} as const satisfies Record<
  string,
  { status: 400 | 401 | 402 | 403 | 404 | 409 | 413 | 422 | 429 | 502; protocol: string; says: string }
>

export type RefusalCode = keyof typeof refusals

/** Facts that help the caller, safe to be seen by the caller. */
export type RefusalDetail = Readonly<Record<string, string | number | boolean | readonly string[]>>

/** The one way to say no. `detail` is shown to the caller: nothing secret, nothing of another person's. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly code: RefusalCode
  readonly detail: RefusalDetail

  constructor(code: RefusalCode, detail: RefusalDetail = {}) {
    super(code)
    this.code = code
    this.detail = detail
  }
}

/** What pricing an order may refuse. */
export const quoteRefusals: readonly RefusalCode[] = [
  'service-not-found',
  'link-invalid',
  'link-of-another-kind',
  'target-blocked',
  'quantity-too-small',
  'quantity-too-large',
  'comments-invalid',
  'drip-feed-unavailable',
  'runs-invalid',
  'interval-invalid',
]

/** What placing it may refuse, by whichever door it comes in. */
export const placingRefusals: readonly RefusalCode[] = [
  ...quoteRefusals,
  'link-taken',
  'too-many-runs',
  'policy-not-accepted',
  'insufficient-funds',
  'request-id-reused',
  'customer-not-found',
]
