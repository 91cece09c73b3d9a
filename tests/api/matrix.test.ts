import { beforeAll, describe, expect, inject, test } from 'vitest'
import { staffRoles } from '../../core/staff/roles.ts'
import { endpoints, rawEndpoints } from '../../functions/index.ts'
import type { Browser } from '../../local/demo/browser.ts'
import { at, browser, type Customer, newCustomer, newStaff, ownersConsole } from './people.ts'

type Caller =
  | 'nobody'
  | 'customer'
  | 'suspended customer'
  | 'reseller key'
  | 'owner'
  | 'finance'
  | 'support'
  | 'catalogue'
  | 'read-only'
type Name = (typeof endpoints)[number]['name']

const everybody: readonly Caller[] = [
  'nobody',
  'customer',
  'suspended customer',
  'reseller key',
  'owner',
  'finance',
  'support',
  'catalogue',
  'read-only',
]
/** Whose account it is, suspended or not (P-RT-1, P-USE-3). */
const evenSuspended: readonly Caller[] = ['customer', 'suspended customer']
const anyStaff: readonly Caller[] = ['owner', 'finance', 'support', 'catalogue', 'read-only']

/** Who gets past the door, written by hand. Whoever is not named must not. */
const mayCall: Readonly<Record<Name, readonly Caller[]>> = {
  'public.read-catalogue': everybody,
  'public.list-changes': everybody,
  'public.read-change-feed': everybody,
  'public.read-currencies': everybody,
  'public.read-challenge': everybody,
  'public.send-contact': everybody,
  'public.report-abuse': everybody,
  'public.read-policy': everybody,
  'public.list-policies': everybody,
  'public.opt-out': everybody,
  'public.sign-up': everybody,
  'public.confirm-sign-up': everybody,
  'public.resend-code': everybody,
  'public.sign-in': everybody,
  'public.finish-sign-in': everybody,
  'public.recover-account': everybody,
  'public.refresh-session': everybody,
  'public.forgot-password': everybody,
  'public.reset-password': everybody,
  'customer.read-me': evenSuspended,
  'customer.read-acceptance': evenSuspended,
  'customer.accept-policy': ['customer'],
  'customer.list-announcements': ['customer'],
  'customer.mark-announcement': ['customer'],
  'customer.sign-out': evenSuspended,
  'customer.list-sessions': ['customer'],
  'customer.list-sign-ins': ['customer'],
  'customer.revoke-session': ['customer'],
  'customer.revoke-other-sessions': ['customer'],
  'customer.change-password': ['customer'],
  'customer.set-preferences': ['customer'],
  'customer.change-name': ['customer'],
  'customer.set-avatar': ['customer'],
  'customer.remove-avatar': ['customer'],
  'customer.begin-upload': evenSuspended,
  'customer.read-upload': evenSuspended,
  'customer.read-file': evenSuspended,
  'customer.change-email': ['customer'],
  'customer.confirm-email': ['customer'],
  'customer.read-second-factor': evenSuspended,
  'customer.enrol-second-factor': ['customer'],
  'customer.turn-on-second-factor': ['customer'],
  'customer.turn-off-second-factor': ['customer'],
  'customer.renew-recovery-codes': ['customer'],
  'customer.request-archive': evenSuspended,
  'customer.list-archives': evenSuspended,
  'customer.link-archive': evenSuspended,
  'customer.read-closure': evenSuspended,
  'customer.close-account': evenSuspended,
  'customer.keep-account': ['customer'],
  'customer.read-wallet': ['customer'],
  'customer.list-entries': ['customer'],
  'customer.quote-order': ['customer'],
  'customer.place-order': ['customer'],
  'customer.list-orders': ['customer'],
  'customer.read-order': ['customer'],
  'customer.request-refill': ['customer'],
  'customer.request-cancel': ['customer'],
  'customer.list-runs': ['customer'],
  'customer.steer-runs': ['customer'],
  'customer.open-ticket': evenSuspended,
  'customer.list-tickets': evenSuspended,
  'customer.read-ticket': evenSuspended,
  'customer.write-message': evenSuspended,
  'customer.see-ticket': evenSuspended,
  'customer.close-ticket': evenSuspended,
  'customer.create-key': ['customer'],
  'customer.list-keys': ['customer'],
  'customer.change-key': ['customer'],
  'customer.rotate-key': ['customer'],
  'customer.revoke-key': ['customer'],
  'reseller.read-balance': ['reseller key'],
  'admin.sign-in': everybody,
  'admin.set-password': everybody,
  'admin.enrol-totp': everybody,
  'admin.finish-sign-in': everybody,
  'admin.refresh-session': everybody,
  'admin.read-me': anyStaff,
  'admin.sign-out': anyStaff,
  'admin.find-customer': ['owner', 'finance', 'support'],
  'admin.find-customer-by-key': ['owner', 'finance', 'support'],
  'admin.read-customer': ['owner', 'finance', 'support'],
  'admin.make-disclosure': ['owner'],
  'admin.list-disclosures': ['owner'],
  'admin.read-disclosure': ['owner'],
  'admin.show-customer': ['owner', 'finance', 'support'],
  'admin.list-customer-orders': ['owner', 'finance', 'support'],
  'admin.list-customer-entries': ['owner', 'finance', 'support'],
  'admin.adjust-wallet': ['owner', 'finance'],
  'admin.list-credit-requests': ['owner', 'finance'],
  'admin.decide-credit': ['owner', 'finance'],
  'admin.set-customer-status': ['owner', 'finance', 'support'],
  'admin.list-customer-sessions': ['owner', 'finance', 'support'],
  'admin.list-customer-sign-ins': ['owner', 'finance', 'support'],
  'admin.end-customer-sessions': ['owner', 'support'],
  'admin.list-customer-notes': ['owner', 'finance', 'support'],
  'admin.add-customer-note': ['owner', 'finance', 'support'],
  'admin.list-privacy-requests': ['owner', 'finance', 'support'],
  'admin.read-privacy': ['owner', 'finance', 'support'],
  'admin.request-archive': ['owner', 'support'],
  'admin.close-account': ['owner', 'support'],
  'admin.set-legal-hold': ['owner'],
  'admin.let-erase': ['owner'],
  'admin.list-customer-keys': ['owner', 'finance', 'support'],
  'admin.revoke-customer-key': ['owner', 'finance', 'support'],
  'admin.list-tickets': ['owner', 'finance', 'support'],
  'admin.count-tickets': ['owner', 'finance', 'support'],
  'admin.list-customer-tickets': ['owner', 'finance', 'support'],
  'admin.read-ticket': ['owner', 'finance', 'support'],
  'admin.answer-ticket': ['owner', 'finance', 'support'],
  'admin.begin-upload': ['owner', 'finance', 'support'],
  'admin.read-upload': ['owner', 'finance', 'support'],
  'admin.add-ticket-note': ['owner', 'finance', 'support'],
  'admin.steer-ticket': ['owner', 'finance', 'support'],
  'admin.assign-ticket': ['owner', 'finance', 'support'],
  'admin.list-support-staff': ['owner', 'finance', 'support'],
  'admin.list-saved-replies': ['owner', 'finance', 'support'],
  'admin.save-reply': ['owner', 'support'],
  'admin.delete-saved-reply': ['owner', 'support'],
  'admin.list-inquiries': ['owner', 'finance', 'support'],
  'admin.read-inquiry': ['owner', 'finance', 'support'],
  'admin.show-inquiry': ['owner', 'finance', 'support'],
  'admin.answer-inquiry': ['owner', 'finance', 'support'],
  'admin.close-inquiry': ['owner', 'finance', 'support'],
  'admin.list-blocked-targets': ['owner', 'finance', 'support'],
  'admin.block-target': ['owner', 'support'],
  'admin.list-blocked-orders': ['owner', 'finance', 'support'],
  'admin.unblock-target': ['owner', 'support'],
  'admin.read-customer-file': ['owner', 'finance', 'support'],
  'admin.list-signals': ['owner', 'finance', 'support'],
  'admin.read-traffic': anyStaff,
  'admin.list-suspicious-access': ['owner', 'finance', 'support'],
  'admin.show-addresses': ['owner', 'finance', 'support'],
  'admin.list-accesses': ['owner', 'finance', 'support'],
  'admin.mark-signal': ['owner', 'finance', 'support'],
  'admin.find-order': ['owner', 'finance', 'support', 'read-only'],
  'admin.list-runs': ['owner', 'finance', 'support', 'read-only'],
  'admin.steer-runs': ['owner', 'finance', 'support'],
  'admin.find-orders': ['owner', 'finance', 'support', 'read-only'],
  'admin.list-orders': ['owner', 'finance', 'support', 'read-only'],
  'admin.confirm-order': ['owner', 'finance', 'support'],
  'admin.send-order-again': ['owner', 'finance'],
  'admin.settle-order': ['owner', 'finance'],
  'admin.leave-order': ['owner', 'finance', 'support'],
  'admin.count-error-texts': ['owner', 'finance', 'support', 'read-only'],
  'admin.list-error-texts': ['owner', 'finance', 'support', 'read-only'],
  'admin.classify-error-text': ['owner', 'finance'],
  'admin.preview-error-text': ['owner', 'finance', 'support', 'read-only'],
  'admin.settle-error-text': ['owner', 'finance'],
  'admin.list-requests': ['owner', 'finance', 'support', 'read-only'],
  'admin.request-cancel': ['owner', 'finance', 'support'],
  'admin.decide-refill': ['owner', 'support'],
  'admin.decide-cancel': ['owner', 'support'],
  'admin.list-policies': ['owner', 'finance', 'support', 'read-only'],
  'admin.bind-policy': ['owner'],
  'admin.list-announcements': anyStaff,
  'admin.write-announcement': ['owner', 'support'],
  'admin.withdraw-announcement': ['owner', 'support'],
  'admin.list-services': anyStaff,
  'admin.read-service': anyStaff,
  'admin.list-manual-orders': ['owner', 'finance', 'support', 'read-only'],
  'admin.take-manual-order': ['owner', 'finance', 'support'],
  'admin.work-manual-order': ['owner', 'finance', 'support'],
  'admin.add-service': ['owner', 'catalogue'],
  'admin.edit-service': ['owner', 'catalogue'],
  'admin.list-fallbacks': ['owner', 'finance', 'support', 'catalogue', 'read-only'],
  'admin.set-fallbacks': ['owner', 'catalogue'],
  'admin.preview-services': ['owner', 'catalogue'],
  'admin.edit-services': ['owner', 'catalogue'],
  'admin.list-categories': anyStaff,
  'admin.add-category': ['owner', 'catalogue'],
  'admin.rename-category': ['owner', 'catalogue'],
  'admin.place-category': ['owner', 'catalogue'],
  'admin.delete-category': ['owner', 'catalogue'],
  'admin.add-provider': ['owner', 'catalogue'],
  'admin.list-providers': ['owner', 'finance', 'support', 'catalogue', 'read-only'],
  'admin.set-provider-status': ['owner', 'catalogue'],
  'admin.import-services': ['owner', 'catalogue'],
  'admin.set-provider-sync': ['owner', 'catalogue'],
  'admin.sync-provider': ['owner', 'catalogue'],
  'admin.settle-sync': ['owner', 'catalogue'],
  'admin.read-provider': ['owner', 'finance', 'support', 'catalogue', 'read-only'],
  'admin.edit-provider': ['owner', 'catalogue'],
  'admin.replace-provider-key': ['owner', 'catalogue'],
  'admin.set-provider-money': ['owner', 'catalogue'],
  'admin.read-rates': ['owner', 'finance', 'support', 'catalogue', 'read-only'],
  'admin.settle-rate': ['owner', 'catalogue'],
  'admin.set-provider-limits': ['owner', 'catalogue'],
  'admin.trust-provider': ['owner', 'catalogue'],
  'admin.delete-provider': ['owner', 'catalogue'],
  'admin.test-provider': ['owner', 'catalogue'],
  'admin.fetch-offer': ['owner', 'catalogue'],
  'admin.read-offer': ['owner', 'catalogue'],
  'admin.read-task': ['owner', 'finance', 'support', 'catalogue', 'read-only'],
  'admin.list-task-notes': ['owner', 'finance', 'support', 'catalogue', 'read-only'],
  'admin.list-paused-services': ['owner', 'finance', 'support', 'catalogue', 'read-only'],
  'admin.settle-paused-services': ['owner', 'catalogue'],
  'admin.invite-staff': ['owner'],
  'admin.read-currencies': ['owner', 'finance', 'read-only'],
  'admin.set-currencies': ['owner', 'finance'],
  'admin.list-staff': ['owner'],
  'admin.set-staff-role': ['owner'],
  'admin.remove-staff': ['owner'],
  'admin.reset-staff-totp': ['owner'],
  'admin.list-audit': ['owner'],
}

/** What the door itself says. All else comes from behind it. */
const turnedAway = new Set([
  'session-required',
  'session-ended',
  'account-suspended',
  'role-forbids',
  'key-invalid',
  'foreign-origin',
  'not-through-the-edge',
])
/** Public endpoints that themselves ask for a session in progress. */
const asksForMore: ReadonlySet<string> = new Set(['public.refresh-session', 'admin.refresh-session'])

let pages: Readonly<Record<Exclude<Caller, 'reseller key'>, Browser>>
const key = inject('panel').demo.customer.apiKey

beforeAll(async () => {
  const [customer, suspended, owner, finance, support, catalogue, readOnly] = await Promise.all([
    newCustomer(),
    newCustomer(),
    ownersConsole(),
    newStaff('finance'),
    newStaff('support'),
    newStaff('catalogue'),
    newStaff('read-only'),
  ])
  await suspend(suspended)
  pages = {
    nobody: browser(''),
    customer: customer.page,
    'suspended customer': suspended.page,
    owner,
    finance,
    support,
    catalogue,
    'read-only': readOnly,
  }
})

async function suspend({ customerId }: Customer): Promise<void> {
  await (await ownersConsole()).call('PUT', `/api/admin/customers/${customerId}/status`, {
    status: 'suspended',
    memo: 'for a test',
  })
}

/** The code of the answer to a call that says nothing; undefined when it was let in and went well. */
async function knock(caller: Caller, route: string): Promise<string | undefined> {
  const [method = '', template = ''] = route.split(' ')
  const path = template.replaceAll(/\{\w+\}/g, 'x')
  const origin = template.startsWith('/api/admin/') ? at.console : at.site
  if (caller === 'reseller key') {
    const reply = await fetch(`${origin}${path}`, { method, headers: { 'x-api-key': key, origin } })
    return codeOf(await reply.json())
  }
  // A page of one address carries no cookie to the other: the names differ, and in production so do the hosts.
  const page = caller === 'nobody' ? browser(origin) : pages[caller]
  const body = method === 'GET' ? undefined : {}
  const isOwnAddress = staffRoles.some((role) => role === caller) === template.startsWith('/api/admin/')
  return codeOf((await (isOwnAddress || caller === 'nobody' ? page : browser(origin)).call(method, path, body)).body)
}

function codeOf(body: unknown): string | undefined {
  const { error, message } = body as { error?: { code: string }; message?: string }
  return error?.code ?? message
}

test('the table names every endpoint there is, and no other', () => {
  expect(Object.keys(mayCall).toSorted()).toEqual(endpoints.map(({ name }) => name).toSorted())
  expect(rawEndpoints.map(({ name }) => name)).toEqual(['reseller.protocol', 'public.opt-out-by-mail'])
})

describe.each(everybody)('%s', (caller) => {
  // Signing out ends what the other calls need: it goes last.
  const inOrder = endpoints.toSorted((a, b) => Number(a.name.endsWith('sign-out')) - Number(b.name.endsWith('sign-out')))
  test.each(inOrder.map(({ name, route }) => [name, route] as const))('%s', async (name, route) => {
    const code = await knock(caller, route)
    const away = code !== undefined && turnedAway.has(code) && !(asksForMore.has(name) && code === 'session-required')
    expect({ code, letIn: !away }).toMatchObject({ letIn: mayCall[name]?.includes(caller) })
  })
})
