import type { AnyRouter } from '@tanstack/react-router'

/**
 * Tells the access log which pages of the site are turned to: nothing is behind the address, and the line in the log is all
 * there is to it. What is told is a route's pattern, so no number or name of anybody's is in it.
 */
export function tellTurnedPages(router: AnyRouter): void {
  router.subscribe('onResolved', ({ pathChanged, fromLocation }) => {
    // The first page, too: programs that ask for it show nothing to anybody, and are not to count as visitors.
    if (pathChanged || !fromLocation) tell(router.state.matches.at(-1)?.fullPath ?? '/')
  })
}

function tell(pattern: string): void {
  const page = pattern.replace(/\$(\w+?)Id\b/g, '$1').replace(/^\//, '') || 'home'
  void fetch(`/beacon/${page}`, { keepalive: true }).catch(() => undefined)
}
