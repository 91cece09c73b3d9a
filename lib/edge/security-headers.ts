/**
 * Nothing is loaded from anybody else, nothing is framed, nothing inline runs. P-USE-5 holds by this line. `uploads`: the
 * panel's own bucket, which pages post files to.
 */
const contentSecurityPolicy = (uploads: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    // The component library sets sizes and positions as style attributes.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self' ${uploads}`,
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')

/** What every answer of an address carries; the local panel sends the same. */
export const securityHeaders = (uploads: string) =>
  ({
    'content-security-policy': contentSecurityPolicy(uploads),
    'strict-transport-security': 'max-age=63072000; includeSubDomains; preload',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    // The page visited is in the log line already; a referrer with its query would bring more than may be kept (P-LOG-1).
    'referrer-policy': 'strict-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
    'cross-origin-opener-policy': 'same-origin',
  }) as const
