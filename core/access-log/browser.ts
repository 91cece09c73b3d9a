/** What asked: a family, and of a browser its major version. No other part of what it calls itself is kept. */
export interface Browser {
  readonly family: string
  readonly major?: number | undefined
  /** A program and nobody who reads a page. */
  readonly robot: boolean
}

/** Longer names first: a browser also names those it is made from. */
const families = [
  [/\b(?:Edg|EdgA|EdgiOS)\/(\d{1,4})/, 'Edge'],
  [/\b(?:OPR|OPiOS)\/(\d{1,4})/, 'Opera'],
  [/\bSamsungBrowser\/(\d{1,4})/, 'Samsung Internet'],
  [/\bYaBrowser\/(\d{1,4})/, 'Yandex'],
  [/\bVivaldi\/(\d{1,4})/, 'Vivaldi'],
  [/\b(?:Firefox|FxiOS)\/(\d{1,4})/, 'Firefox'],
  [/\b(?:Headless)?(?:Chrome|Chromium|CriOS)\/(\d{1,4})/, 'Chrome'],
  [/\bVersion\/(\d{1,4})[\d.]* (?:Mobile\/\w+ )?Safari\//, 'Safari'],
] as const

const robots =
  /bot\b|bot[/;]|crawl|spider|slurp|facebookexternalhit|preview|monitor|uptime|scan|curl\/|wget|python|java\/|go-http|okhttp|axios|node-fetch|undici|libwww|php\/|ruby|postman|insomnia|http-?client/i

export function browserOf(userAgent: string): Browser {
  if (robots.test(userAgent)) return { family: 'Programs', robot: true }
  for (const [pattern, family] of families) {
    const [, major] = pattern.exec(userAgent) ?? []
    if (major !== undefined) return { family, major: Number(major), robot: false }
  }
  return { family: 'Others', robot: true }
}

/** `Firefox 133`. */
export const browserName = ({ family, major }: Browser): string => (major === undefined ? family : `${family} ${major}`)
