import { type StaffRole, staffRoles } from './roles.ts'

const everyRole = staffRoles.filter((role) => role !== 'owner')

/**
 * Who of the staff may do what: the one table, endpoint × role. An owner may do everything, so no row names him; what is
 * not in here is let through for nobody. The expected answers stand once more, by hand, in the test of the matrix.
 */
export const permissions = {
  'admin.read-me': everyRole,
  'admin.sign-out': everyRole,

  'admin.find-customer': ['finance', 'support'],
  'admin.find-customer-by-key': ['finance', 'support'],
  'admin.read-customer': ['finance', 'support'],
  'admin.show-customer': ['finance', 'support'],
  'admin.list-customer-orders': ['finance', 'support'],
  'admin.list-customer-entries': ['finance', 'support'],
  'admin.adjust-wallet': ['finance'],
  'admin.list-credit-requests': ['finance'],
  'admin.decide-credit': ['finance'],
  'admin.set-customer-status': ['finance', 'support'],
  'admin.list-customer-sessions': ['finance', 'support'],
  'admin.list-customer-sign-ins': ['finance', 'support'],
  'admin.end-customer-sessions': ['support'],
  'admin.list-customer-notes': ['finance', 'support'],
  'admin.add-customer-note': ['finance', 'support'],
  'admin.list-customer-keys': ['finance', 'support'],
  'admin.revoke-customer-key': ['finance', 'support'],
  'admin.read-customer-file': ['finance', 'support'],

  'admin.list-tickets': ['finance', 'support'],
  'admin.count-tickets': ['finance', 'support'],
  'admin.list-customer-tickets': ['finance', 'support'],
  'admin.read-ticket': ['finance', 'support'],
  'admin.answer-ticket': ['finance', 'support'],
  'admin.begin-upload': ['finance', 'support'],
  'admin.read-upload': ['finance', 'support'],
  'admin.add-ticket-note': ['finance', 'support'],
  'admin.steer-ticket': ['finance', 'support'],
  'admin.assign-ticket': ['finance', 'support'],
  'admin.list-support-staff': ['finance', 'support'],
  'admin.list-saved-replies': ['finance', 'support'],
  'admin.save-reply': ['support'],
  'admin.delete-saved-reply': ['support'],

  'admin.list-inquiries': ['finance', 'support'],
  'admin.read-inquiry': ['finance', 'support'],
  'admin.show-inquiry': ['finance', 'support'],
  'admin.answer-inquiry': ['finance', 'support'],
  'admin.close-inquiry': ['finance', 'support'],
  'admin.list-blocked-targets': ['finance', 'support'],
  'admin.block-target': ['support'],
  'admin.list-blocked-orders': ['finance', 'support'],
  'admin.unblock-target': ['support'],
  'admin.list-privacy-requests': ['finance', 'support'],
  'admin.read-privacy': ['finance', 'support'],
  'admin.request-archive': ['support'],
  'admin.close-account': ['support'],
  'admin.set-legal-hold': [],
  'admin.let-erase': [],

  'admin.list-signals': ['finance', 'support'],
  'admin.mark-signal': ['finance', 'support'],
  'admin.read-traffic': ['finance', 'support', 'catalogue', 'read-only'],
  'admin.list-suspicious-access': ['finance', 'support'],
  'admin.show-addresses': ['finance', 'support'],
  'admin.list-accesses': ['finance', 'support'],

  'admin.find-order': ['finance', 'support', 'read-only'],
  'admin.list-runs': ['finance', 'support', 'read-only'],
  'admin.steer-runs': ['finance', 'support'],
  'admin.find-orders': ['finance', 'support', 'read-only'],
  'admin.list-orders': ['finance', 'support', 'read-only'],
  'admin.confirm-order': ['finance', 'support'],
  'admin.send-order-again': ['finance'],
  'admin.settle-order': ['finance'],
  'admin.leave-order': ['finance', 'support'],
  'admin.count-error-texts': ['finance', 'support', 'read-only'],
  'admin.list-error-texts': ['finance', 'support', 'read-only'],
  'admin.classify-error-text': ['finance'],
  'admin.preview-error-text': ['finance', 'support', 'read-only'],
  'admin.settle-error-text': ['finance'],
  'admin.list-requests': ['finance', 'support', 'read-only'],
  'admin.request-cancel': ['finance', 'support'],
  'admin.decide-refill': ['support'],
  'admin.decide-cancel': ['support'],
  'admin.list-manual-orders': ['finance', 'support', 'read-only'],
  'admin.take-manual-order': ['finance', 'support'],
  'admin.work-manual-order': ['finance', 'support'],

  'admin.list-services': ['finance', 'support', 'catalogue', 'read-only'],
  'admin.read-service': ['finance', 'support', 'catalogue', 'read-only'],
  'admin.add-service': ['catalogue'],
  'admin.edit-service': ['catalogue'],
  'admin.list-fallbacks': ['finance', 'support', 'catalogue', 'read-only'],
  'admin.set-fallbacks': ['catalogue'],
  'admin.preview-services': ['catalogue'],
  'admin.edit-services': ['catalogue'],
  'admin.list-categories': ['finance', 'support', 'catalogue', 'read-only'],
  'admin.add-category': ['catalogue'],
  'admin.rename-category': ['catalogue'],
  'admin.place-category': ['catalogue'],
  'admin.delete-category': ['catalogue'],

  'admin.list-providers': ['finance', 'support', 'catalogue', 'read-only'],
  'admin.add-provider': ['catalogue'],
  'admin.set-provider-status': ['catalogue'],
  'admin.read-provider': ['finance', 'support', 'catalogue', 'read-only'],
  'admin.edit-provider': ['catalogue'],
  'admin.replace-provider-key': ['catalogue'],
  'admin.set-provider-money': ['catalogue'],
  'admin.read-rates': ['finance', 'support', 'catalogue', 'read-only'],
  'admin.settle-rate': ['catalogue'],
  'admin.set-provider-limits': ['catalogue'],
  'admin.trust-provider': ['catalogue'],
  'admin.delete-provider': ['catalogue'],
  'admin.test-provider': ['catalogue'],
  'admin.fetch-offer': ['catalogue'],
  'admin.read-offer': ['catalogue'],
  'admin.import-services': ['catalogue'],
  'admin.set-provider-sync': ['catalogue'],
  'admin.sync-provider': ['catalogue'],
  'admin.settle-sync': ['catalogue'],
  'admin.read-task': ['finance', 'support', 'catalogue', 'read-only'],
  'admin.list-task-notes': ['finance', 'support', 'catalogue', 'read-only'],
  'admin.list-paused-services': ['finance', 'support', 'catalogue', 'read-only'],
  'admin.settle-paused-services': ['catalogue'],

  'admin.list-policies': ['finance', 'support', 'read-only'],
  'admin.bind-policy': [],
  'admin.list-announcements': ['finance', 'support', 'catalogue', 'read-only'],
  'admin.write-announcement': ['support'],
  'admin.withdraw-announcement': ['support'],

  'admin.list-staff': [],
  'admin.invite-staff': [],
  'admin.set-staff-role': [],
  'admin.remove-staff': [],
  'admin.reset-staff-totp': [],
  'admin.list-audit': [],
  'admin.make-disclosure': [],
  'admin.list-disclosures': [],
  'admin.read-disclosure': [],

  'admin.read-currencies': ['finance', 'read-only'],
  'admin.set-currencies': ['finance'],
} as const satisfies Readonly<Record<`admin.${string}`, readonly StaffRole[]>>

export type Permission = keyof typeof permissions

export function isPermitted(role: StaffRole, what: Permission): boolean {
  const roles: readonly StaffRole[] = permissions[what]
  return role === 'owner' || roles.includes(role)
}

/** Everything a role may do, for a console that offers nobody what would be refused. */
export const permittedTo = (role: StaffRole): Permission[] => permissionNames().filter((what) => isPermitted(role, what))

export function permissionNames(): Permission[] {
  return Object.keys(permissions).filter((name): name is Permission => name in permissions)
}
