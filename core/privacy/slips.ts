/**
 * What people let slip into free text and nobody should keep: passwords, API keys of this panel, card numbers, bank
 * accounts (P-COL-1, P-COL-4). One rule for both sides: the browser warns before such a text is sent, the panel masks it
 * before it is kept. Links are left alone, and so are order numbers and amounts: a shop lives of them.
 */
export const slipKinds = ['password', 'api-key', 'card', 'bank-account'] as const
export type SlipKind = (typeof slipKinds)[number]

/** Where something slipped in: from the first character to the one after the last. */
export interface Slip {
  readonly kind: SlipKind
  readonly from: number
  readonly to: number
}

/** What stands in its place. Found to be no slip itself: a text that was masked stays as it is. */
const masks: Readonly<Record<SlipKind, string>> = {
  password: '[password removed]',
  'api-key': '[API key removed]',
  card: '[card number removed]',
  'bank-account': '[bank account removed]',
}

/** What slipped into a text, in its order, none within another. */
export function slipsIn(text: string): Slip[] {
  const { plain, original } = plainly(text)
  const links = [...plain.matchAll(link)].map(({ index, 0: found }) => ({ from: index, to: index + found.length }))
  const found = [...apiKeys(plain), ...passwords(plain), ...accounts(plain), ...cards(plain)].toSorted(
    (one, other) => one.from - other.from || other.to - one.to,
  )
  const slips: Slip[] = []
  let [end, nth] = [0, 0]
  for (const slip of found) {
    for (let past = links[nth]; past && past.to <= slip.from; past = links[nth]) nth++
    const next = links[nth]
    if (slip.from < end || (next && next.from < slip.to)) continue
    slips.push({ kind: slip.kind, ...original(slip) })
    end = slip.to
  }
  return slips
}

/** The text with a mask in place of each slip. */
export function masked(text: string): string {
  let [safe, at] = ['', 0]
  for (const { kind, from, to } of slipsIn(text)) {
    safe += text.slice(at, from) + masks[kind]
    at = to
  }
  return safe + text.slice(at)
}

interface Plain {
  readonly plain: string
  /** Where something of the plain text stands in the original. */
  original(span: { readonly from: number; readonly to: number }): { readonly from: number; readonly to: number }
}

/**
 * The text as a typewriter would have written it: full-width and Arabic figures as figures, every kind of blank, dash, dot and
 * line end as one, and nothing that is not seen. What is looked for is looked for in it.
 */
function plainly(text: string): Plain {
  // Most texts are plain already.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is meant
  if (/^[\u0000-\u007f]*$/.test(text)) return { plain: text, original: ({ from, to }) => ({ from, to }) }
  const [starts, ends]: [number[], number[]] = [[], []]
  const parts: string[] = []
  for (const { index, 0: written } of text.matchAll(/\P{M}\p{M}*|\p{M}+/gsu)) {
    const part = typewritten(written)
    for (let at = 0; at < part.length; at++) {
      starts.push(index)
      ends.push(index + written.length)
    }
    parts.push(part)
  }
  return { plain: parts.join(''), original: ({ from, to }) => ({ from: starts[from] ?? 0, to: ends[to - 1] ?? 0 }) }
}

/** A character with its marks. */
function typewritten(written: string): string {
  if (written.length === 1 && written < '\u0080') return written
  return written
    .normalize('NFKC')
    .replaceAll(/\p{Cf}/gu, '')
    .replaceAll(/[\u0660-\u0669\u06f0-\u06f9]/g, (figure) => String((figure.codePointAt(0) ?? 0) & 15))
    .replace(/^(\d)\p{M}+$/u, '$1')
    .replaceAll(/\p{Zs}/gu, ' ')
    .replaceAll(/[\u2028\u2029\u0085]/g, '\n')
    .replaceAll(/[\p{Pd}\u2212]/gu, '-')
    .replaceAll(/[\u00b7\u2022\u2219\u2027\u30fb]/g, '.')
}

/** A link, with its scheme or as people write them: `photos.example/p/1234`. */
const link = /\bhttps?:\/\/\S+|\b(?:[a-z\d-]{1,63}\.){1,6}[a-z]{2,24}\/\S+/gi

function* apiKeys(text: string): Generator<Slip> {
  for (const { index, 0: found } of text.matchAll(/\bpk_[\w-]{43}(?![\w-])/g))
    yield { kind: 'api-key', from: index, to: index + found.length }
}

/** “My password is …”, in the languages that most who write here write. */
const names =
  'pass ?words?|passwd|pwd|pass ?code|passphrase|passwort|kennwort|contraseña|clave|mot de passe|senha|parola|пароль|şifre'
/** These say it before a colon alone: they are parts of other words and sentences. */
const shortNames = 'pass|pw|psw|pswd|mdp'
const colon = String.raw`[ \t]{0,3}[:=][ \t]{0,3}(?:\r?\n[ \t]{0,3})?`
const said = new RegExp(
  String.raw`(?<![\p{L}\d_])(?:(?:${names})(?:${colon}|[ \t]{1,3}(?:is|ist|lautet|es|est|é|=>|->)[ \t]{1,3}:?[ \t]{0,3})|(?:${shortNames})${colon})(["'“”«„]?)([^\s"“”«»]{4,128})`,
  'giu',
)

function* passwords(text: string): Generator<Slip> {
  for (const match of text.matchAll(said)) {
    const word = (match[2] ?? '').replace(/[.,;)\]'’]+$/u, '')
    const to = match.index + match[0].length - (match[2] ?? '').length + word.length
    const isCalledOne = /[:=]/u.test(match[0].slice(0, match[0].length - (match[2] ?? '').length)) || match[1] !== ''
    const isAlone = /^[^\S\n]*(?:\n|$)/u.test(text.slice(match.index + match[0].length, match.index + match[0].length + 80))
    if (word.length < 4 || word.startsWith('[')) continue
    if (looksMade(word) || (isCalledOne && isAlone)) yield { kind: 'password', from: to - word.length, to }
  }
}

/** A password that is no word: a digit, a sign, or a capital within. */
const looksMade = (word: string): boolean => /\d|[^\p{L}\p{M}\d'’-]/u.test(word) || /\p{Ll}\p{Lu}/u.test(word)

/** How the numbers of the networks begin, and how long they are. */
const networks: readonly (readonly [RegExp, readonly number[]])[] = [
  [/^4/, [13, 16, 19]],
  [/^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, [16]],
  [/^3[47]/, [15]],
  [/^3(?:0[0-5]|[689])/, [14, 16]],
  [/^(?:6011|64[4-9]|65)/, [16, 19]],
  [/^35(?:2[89]|[3-8])/, [16, 19]],
  [/^62/, [16, 17, 18, 19]],
  [/^(?:50|5[6-9]|6[0-9])/, [13, 14, 15, 16, 17, 18, 19]],
]

/** The groups in which card numbers are written; one of 13 to 19 digits is a number in one piece. */
const groupings: readonly (readonly (readonly number[])[])[] = [
  [[4], [4], [4], [4], [1, 2, 3]],
  [[4], [4], [4], [1, 2, 3, 4]],
  [[4], [6], [4, 5]],
  [[13, 14, 15, 16, 17, 18, 19]],
]
/** What parts them: blanks and a line end, or a sign. */
const gaps = [/^(?:[ \t]{1,3}|[ \t]{0,3}\r?\n[ \t]{0,3})$/, /^[ \t]?[-./][ \t]?$/] as const

interface Group {
  readonly digits: string
  readonly from: number
  readonly to: number
}

function* cards(text: string): Generator<Slip> {
  const groups = [...text.matchAll(/\d+/g)].map(
    ({ index, 0: digits }): Group => ({ digits, from: index, to: index + digits.length }),
  )
  for (let at = 0; at < groups.length; at++) {
    const card = groupings
      .map((grouping) => groups.slice(at, at + grouping.length))
      .find((some, nth) => isCard(text, some, groupings[nth] ?? []))
    const [first, last] = [card?.[0], card?.at(-1)]
    if (!card || !first || !last) continue
    yield { kind: 'card', from: first.from, to: last.to }
    at += card.length - 1
  }
}

function isCard(text: string, groups: readonly Group[], grouping: readonly (readonly number[])[]): boolean {
  const [first, last] = [groups[0], groups.at(-1)]
  if (!first || !last || groups.length !== grouping.length) return false
  if (!groups.every(({ digits }, nth) => grouping[nth]?.includes(digits.length))) return false
  const between = groups.slice(1).map(({ from }, nth) => text.slice(groups[nth]?.to, from))
  if (between.length > 0 && !gaps.some((gap) => between.every((one) => gap.test(one)))) return false
  // Part of something longer: a word, an amount, a reference.
  if (/(?:[\p{L}_+#]|[\p{L}\d]-|\d[.,])$/u.test(text.slice(Math.max(0, first.from - 2), first.from))) return false
  if (/^(?:[\p{L}\d_]|[.,]\d|-\d{4})/u.test(text.slice(last.to, last.to + 5))) return false
  if (groups.length === 1 && /^-\d/.test(text.slice(last.to, last.to + 2))) return false
  const number = groups.map(({ digits }) => digits).join('')
  const isOfOne = networks.some(([begins, lengths]) => begins.test(number) && lengths.includes(number.length))
  return isOfOne && luhn(number) && !isList(groups)
}

/** Four order numbers near each other, or round amounts. Of 2,000 cards in groups, one looks like either. */
function isList(groups: readonly Group[]): boolean {
  if (groups.length < 4) return false
  const numbers = groups.map(({ digits }) => Number(digits))
  const areNear = Math.max(...numbers) - Math.min(...numbers) < 500 && new Set(numbers).size === numbers.length
  return areNear || numbers.every((one) => one % 10 === 0)
}

/** The check digit of a card number. */
export function luhn(number: string): boolean {
  let sum = 0
  for (let at = 0; at < number.length; at++) {
    const digit = Number(number[number.length - 1 - at]) * (at % 2 === 0 ? 1 : 2)
    sum += digit > 9 ? digit - 9 : digit
  }
  return sum % 10 === 0
}

/** Lengths by country; others are no IBANs. */
const ibanLengths: Readonly<Record<string, number>> = Object.fromEntries(
  (
    'NO15 BE16 DK18 FI18 FO18 GL18 NL18 MK19 SI20 AT20 BA20 EE20 KZ20 LT20 LU20 XK20 CR22 HR21 LV21 LI21 CH21 BH22 BG22 GE22 DE22 IE22 ME22 RS22 GB22 VA22 AE23 GI23 IL23 IQ23 TL23 OM23 SO23 ' +
    'AD24 CZ24 MD24 PK24 RO24 SA24 SK24 ES24 SE24 TN24 VG24 LY25 PT25 ST25 IS26 TR26 FR27 GR27 IT27 MC27 MR27 SM27 AL28 AZ28 BY28 CY28 DO28 GT28 HU28 LB28 NI28 PL28 SV28 BR29 EG29 PS29 QA29 UA29 JO30 KW30 MU30 MT31 SC31 LC32 RU33'
  )
    .split(' ')
    .map((one) => [one.slice(0, 2), Number(one.slice(2))]),
)

/** How an IBAN begins: a country and two check digits. */
const ibanStart = /(?<![\p{L}\d_])([a-z]{2})\d{2}(?=[ \t\r\n./-]{0,4}[a-z\d])/giu

/** IBANs: a country, two check digits, and its bank’s own; in one piece, in fours, or, all in figures, parted anyhow. */
function* accounts(text: string): Generator<Slip> {
  for (const { index, 1: country = '' } of text.matchAll(ibanStart)) {
    const length = ibanLengths[country.toUpperCase()]
    if (length === undefined) continue
    const to = endOf(text, index, length, inFours) ?? endOf(text, index, length, inFigures)
    if (to !== undefined) yield { kind: 'bank-account', from: index, to }
  }
}

/** Whether something may part an account after so many characters, and be followed by these. */
type Parting = (after: number, next: string) => boolean
const inFours: Parting = (after) => after % 4 === 0
const inFigures: Parting = (after, next) => after >= 4 && /^\d/.test(next)

const parting = /[ \t]{0,3}(?:[-./]|\r?\n)?[ \t]{0,3}/y

/** Where an account ends that begins there; undefined where there is none. What follows it may be the next word. */
function endOf(text: string, from: number, length: number, mayPart: Parting): number | undefined {
  let [at, plain] = [from, '']
  while (plain.length < length) {
    if (/[a-z\d]/i.test(text.charAt(at))) plain += text.charAt(at++)
    else {
      parting.lastIndex = at
      const gap = parting.exec(text)?.[0] ?? ''
      if (gap === '' || !mayPart(plain.length, text.charAt(at + gap.length))) return undefined
      at += gap.length
    }
  }
  return checksOut(plain) && !/^[\p{L}\d_]/u.test(text.slice(at, at + 2)) ? at : undefined
}

/** ISO 7064: the number, its head moved to its end and letters counted from 10, leaves 1 of 97. */
function checksOut(iban: string): boolean {
  const plain = iban.toUpperCase()
  let rest = 0
  for (const character of plain.slice(4) + plain.slice(0, 4)) {
    const value = Number.parseInt(character, 36)
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97
  }
  return rest === 1
}
