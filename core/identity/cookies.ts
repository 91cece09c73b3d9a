/** Names of the cookies, on the customers' and the console's address. The prefixes make the browser hold them to their rules. */
export const cookieNames = {
  customer: { access: '__Host-access', refresh: '__Secure-refresh', refreshPath: '/api/session' },
  staff: { access: '__Host-staff-access', refresh: '__Secure-staff-refresh', refreshPath: '/api/admin/session' },
} as const

/** Binds the code of a sign-up to the browser that asked for it. */
export const signUpCookie = { name: '__Secure-sign-up', path: '/api/sign-up', maxAgeSeconds: 86_400 } as const
/** A customer between password and second factor. */
export const customerStepCookie = { name: '__Secure-step', path: '/api/session', maxAgeSeconds: 180 } as const
/** A member of staff between password and second factor. */
export const staffStepCookie = { name: '__Secure-staff-step', path: '/api/admin/session', maxAgeSeconds: 180 } as const
