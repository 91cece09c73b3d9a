import { Notice } from '../../shared/notice.tsx'

/** With cookies off, what cannot work says so (P-CK-2). */
export function CookiesNeeded() {
  return (
    !navigator.cookieEnabled && (
      <Notice tone="warn" title="Cookies are switched off in this browser.">
        Services and prices can be read without them. Signing in, and everything after it, needs cookies for the session;{' '}
        <a href="/cookies">there are no others</a>.
      </Notice>
    )
  )
}
