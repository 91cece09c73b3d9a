import { consoleStorage, type Stored, siteStorage } from '../identity/browser-storage.ts'
import { type Cookie, cookieAttributes, cookies, staffCookies } from '../identity/cookies.ts'
import type { Block, PolicyDocument } from './document.ts'

/** The cookie page: what exists, printed from what the code may set. */
export const cookiePage = (): PolicyDocument => ({
  name: 'cookies',
  title: 'Cookies',
  sections: [
    {
      heading: 'What there is',
      body: [
        'The cookies and the storage on this page are all there are. They are set by this site alone and read by this site alone. None of them follows you anywhere. Nothing here needs your consent, so you are not asked for it: each is needed for what you asked the site to do.',
        `Every cookie is ${cookieAttributes.join(', ')}: scripts cannot read it, it travels encrypted, and other sites cannot send it.`,
      ],
    },
    { heading: 'Cookies', body: [cookieTable(Object.values(cookies))] },
    {
      heading: 'Storage in your browser',
      body: [
        'Your browser keeps these for the site. They are not sent with requests. What is kept for a tab is gone when the tab is closed; the rest until you clear it.',
        storageTable(siteStorage),
      ],
    },
    {
      heading: 'Without cookies',
      body: [
        'Services, prices, changes and these documents can be read with cookies off. Signing in, and whatever comes after it, needs them, and the pages concerned say so. Without storage the site asks again what it would have remembered.',
      ],
    },
    {
      heading: 'In the staff’s console',
      body: [
        'The console has an address of its own, which customers never visit.',
        cookieTable(Object.values(staffCookies)),
        storageTable(consoleStorage),
      ],
    },
  ],
})

const cookieTable = (listed: readonly Cookie[]): Block => ({
  head: ['Name', 'For', 'Kind', 'Sent to', 'Lifetime'],
  rows: listed.map(({ name, purpose, kind, path, maxAgeSeconds }) => [name, purpose, kind, path, lifetime(maxAgeSeconds)]),
})

const storageTable = (listed: Readonly<Record<string, Stored>>): Block => ({
  head: ['Name', 'For', 'Kept'],
  rows: Object.entries(listed).map(([name, { purpose, where }]) => [
    name,
    purpose,
    where === 'localStorage' ? 'until cleared (localStorage)' : 'for the tab (sessionStorage)',
  ]),
})

function lifetime(seconds: number): string {
  const [count, unit] =
    seconds % 86_400 === 0 ? [seconds / 86_400, 'day'] : seconds % 3600 === 0 ? [seconds / 3600, 'hour'] : [seconds / 60, 'minute']
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}
