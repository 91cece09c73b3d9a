/**
 * Tells the access log that a page of the site was turned to: nothing is behind the address, and the line in the log is all
 * there is to it. `page` is a route's pattern, so no number or name of anybody's is in it.
 */
export function tellPageTurned(page: string): void {
  const name = page.replace(/\$(\w+?)Id\b/g, '$1').replace(/^\//, '') || 'home'
  void fetch(`/beacon/${name}`, { keepalive: true }).catch(() => undefined)
}
