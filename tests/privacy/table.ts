import { globSync, readFileSync, writeFileSync } from 'node:fs'

/**
 * The table of `docs/privacy.md`: each promise, the code that keeps it, the tests that would catch its breach. Both name
 * its id, so it is found by looking. `npm run privacy:table` writes it anew; a test holds it against the code.
 */
export const page = 'docs/privacy.md'

/** What is promised about something that the panel does not do yet. */
const waiting: Readonly<Record<string, string>> = {
  'P-SH-1': 'waits for deposits: there is no payment processor yet',
}
/** What is kept for all there is, and has more to keep when that comes. */
const inPart: Readonly<Record<string, string>> = {
  'P-COL-4': 'answers of payment gateways wait for deposits',
  'P-USE-3': 'chargebacks wait for deposits',
}

export interface Promised {
  readonly id: string
  readonly says: string
  readonly code: readonly string[]
  readonly tests: readonly Proof[]
}
interface Proof {
  readonly file: string
  readonly title: string
}

const codeFiles = '{bin,core,data,functions,lib,local,outside,site}/**/*.{ts,tsx,js}'
const testFiles = 'tests/**/*.test.ts'

/** Every promise of `docs/privacy-rules.md`, in its order, with where its id stands. */
export function promised(): Promised[] {
  const code = contentsOf(codeFiles)
  const tests = contentsOf(testFiles)
  return rules().map(({ id, says }) => ({
    id,
    says,
    code: code.filter(({ text }) => names(text, id)).map(({ file }) => file),
    tests: tests.flatMap(({ file, text }) => proofsIn(text, id).map((title) => ({ file, title }))),
  }))
}

export const isWaiting = (id: string): boolean => id in waiting

export function rules(): { id: string; says: string }[] {
  return readFileSync('docs/privacy-rules.md', 'utf8')
    .split('\n')
    .flatMap((line) => {
      const cells = line.split('|').map((cell) => cell.trim())
      const [, id = '', ...rest] = cells
      return /^P-[A-Z]+-\d+$/.test(id) ? [{ id, says: rest.filter((cell) => cell !== '').join(': ') }] : []
    })
}

const contentsOf = (pattern: string): { file: string; text: string }[] =>
  globSync(pattern, { exclude: (path) => path.includes('node_modules') })
    .map((file) => ({ file: file.replaceAll('\\', '/'), text: readFileSync(file, 'utf8') }))
    .toSorted((one, other) => (one.file < other.file ? -1 : 1))

const names = (text: string, id: string): boolean => new RegExp(`${id}(?!\\d)`).test(text)

/** Titles of tests, or of what groups them, that name an id. */
function proofsIn(text: string, id: string): string[] {
  const titles = [...text.matchAll(/\b(?:describe|it|test)(?:\.\w+)?(?:\([^'"`]*?\))?\(\s*(['"`])((?:\\.|(?!\1).)*)\1/gs)]
  return titles.map(([, , title = '']) => title).filter((title) => names(title, id))
}

export function asPage(): string {
  const rows = promised().map(({ id, says, code, tests }) => {
    const told = waiting[id]
    if (told !== undefined) return `| ${id} | ${brief(says)} | ${told} | |`
    const where = code.map((file) => `[${file}](../${file})`).join('<br>')
    const proofs = tests.map(({ file, title }) => `${cell(title)} ([${file.replace('tests/', '')}](../${file}))`).join('<br>')
    const more = inPart[id] === undefined ? '' : `<br>*${inPart[id]}*`
    return `| ${id} | ${brief(says)} | ${where}${more} | ${proofs} |`
  })
  return [
    '# What is promised about data, and what keeps it',
    '',
    'Each rule of [privacy-rules.md](privacy-rules.md), the code that keeps it and the tests that would catch its breach. Written by',
    '`npm run privacy:table` from the ids that code and tests name; `npm test` fails when a rule has no code or no test, or when this',
    'page is not what the code says.',
    '',
    '| rule | in short | code | tests |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n')
}

/** Its first sentence. */
const brief = (says: string): string => cell(/^.*?\.(?=\s|$)/.exec(says.replaceAll('**', ''))?.[0] ?? says)
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll("\\'", "'")

if (import.meta.main) writeFileSync(page, asPage())
