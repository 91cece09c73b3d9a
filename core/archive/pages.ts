import { identityRecord, type Personal, personal } from '../privacy/inventory.ts'
import { titleOf } from '../privacy/titles.ts'

/** One kind of thing in an archive, and its items as they are found. */
export interface Section {
  readonly kind: string
  readonly rows: AsyncIterable<Readonly<Record<string, unknown>>>
}

const inventory: Readonly<Record<string, Readonly<Record<string, Personal>>>> = { ...personal, IDENTITY: identityRecord }

/** Attributes of a kind that an archive holds. */
export const exportedOf = (kind: string): string[] =>
  Object.entries(inventory[kind] ?? {})
    .filter(([, { exported }]) => exported)
    .map(([name]) => name)

/** What an archive shows of an item. */
export const shown = (kind: string, item: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(exportedOf(kind).flatMap((name) => (item[name] === undefined ? [] : [[name, plain(item[name])]])))

function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value)
  if (value instanceof Set) return [...value].map(plain)
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, plain(one)]))
  return value
}

export interface About {
  readonly panel: string
  readonly madeAt: string
}

/** For machines: one object, a list for each kind. Money is in millionths of the ledger currency. */
export async function* asJson({ panel, madeAt }: About, sections: AsyncIterable<Section>): AsyncGenerator<string> {
  yield `{\n"panel": ${JSON.stringify(panel)},\n"madeAt": ${JSON.stringify(madeAt)},\n"amounts": "millionths of the ledger currency"`
  for await (const { kind, rows } of sections) {
    yield `,\n${JSON.stringify(kind)}: {"what": ${JSON.stringify(titleOf(kind))}, "why": ${JSON.stringify(whyOf(kind))}, "items": [`
    let first = true
    for await (const row of rows) {
      yield `${first ? '\n' : ',\n'}${JSON.stringify(row)}`
      first = false
    }
    yield ']}'
  }
  yield '\n}\n'
}

const whyOf = (kind: string) =>
  Object.fromEntries(
    exportedOf(kind).map((name) => [name, { purpose: inventory[kind]?.[name]?.purpose, kept: inventory[kind]?.[name]?.kept }]),
  )

/** Rows of a kind on the page for people: what a browser can still show, and a reader still read. */
export const mostOnPage = 2_000

/** For people. Nothing that anybody typed is more than text in it. */
export async function* asHtml({ panel, madeAt }: About, sections: AsyncIterable<Section>): AsyncGenerator<string> {
  yield `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Your data at ${escaped(panel)}</title><style>${style}</style></head><body>
<h1>Your data at ${escaped(panel)}</h1><p>Made ${escaped(madeAt)}. Everything the panel holds about you, what it is for and how long it is kept. The same, for programs and whole however much it is, is in archive.json.</p>\n`
  for await (const { kind, rows } of sections) {
    const names = exportedOf(kind)
    yield `<h2>${escaped(titleOf(kind))}</h2>\n<p>${names.map((name) => `<b>${escaped(name)}</b>: ${escaped(inventory[kind]?.[name]?.purpose ?? '')}, kept ${escaped(inventory[kind]?.[name]?.kept ?? '')}`).join('; ')}</p>\n`
    let count = 0
    for await (const row of rows) {
      if (++count > mostOnPage) break
      if (count === 1) yield `<table><tr>${names.map((name) => `<th>${escaped(name)}</th>`).join('')}</tr>\n`
      yield `<tr>${names.map((name) => `<td>${escaped(inWords(row[name]))}</td>`).join('')}</tr>\n`
    }
    yield count > 0 ? '</table>\n' : '<p>There is nothing of this.</p>\n'
    if (count > mostOnPage) yield `<p>These are the first ${mostOnPage}. All of them are in archive.json.</p>\n`
  }
  yield '</body></html>\n'
}

const style =
  'body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem;color-scheme:light dark}table{border-collapse:collapse;width:100%;display:block;overflow-x:auto}td,th{border:1px solid #8886;padding:.3rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}p{color:#888}'

const inWords = (value: unknown): string => (value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value))

export const escaped = (text: string): string => text.replaceAll(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`)
