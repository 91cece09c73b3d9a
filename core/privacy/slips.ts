/**
 * What people let slip into free text and nobody should keep: passwords, API keys of this panel, card numbers, bank
 * accounts (P-COL-1, P-COL-4). One rule for both sides: the browser warns before such a text is sent, the panel masks it
 * before it is kept. Links are left alone, and so are order numbers: a shop lives of them.
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
  const links = [...text.matchAll(link)].map(({ index, 0: found }) => ({ from: index, to: index + found.length }))
  const found = [...apiKeys(text), ...passwords(text), ...accounts(text), ...cards(text)]
    .filter(({ from, to }) => !links.some((one) => from < one.to && to > one.from))
    .toSorted((one, other) => one.from - other.from || other.to - one.to)
  return found.filter(({ from }, at) => found.slice(0, at).every(({ to }) => to <= from))
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

/** A link, with its scheme or as people write them: `photos.example/p/1234`. */
const link = /\bhttps?:\/\/\S+|\b(?:[a-z\d-]{1,63}\.)+[a-z]{2,24}\/\S+/gi

function* apiKeys(text: string): Generator<Slip> {
  for (const { index, 0: found } of text.matchAll(/\bpk_[\w-]{43}(?![\w-])/g))
    yield { kind: 'api-key', from: index, to: index + found.length }
}

/** “My password is …”, in the languages that most who write here write. */
const names =
  'pass ?words?|passwd|pwd|pass ?code|passphrase|passwort|kennwort|contraseña|clave|mot de passe|senha|parola|пароль|şifre'
const said = new RegExp(
  String.raw`(?<![\p{L}\d_])(?:${names})(?:[ \t]{0,3}[:=＝：][ \t]{0,3}|[ \t]{1,3}(?:is|ist|lautet|es|est|é|=>|->)[ \t]{1,3}:?[ \t]{0,3})(["'“”«„]?)([^\s"“”«»]{4,128})`,
  'giu',
)

function* passwords(text: string): Generator<Slip> {
  for (const match of text.matchAll(said)) {
    const word = (match[2] ?? '').replace(/[.,;)\]'’]+$/u, '')
    const to = match.index + match[0].length - (match[2] ?? '').length + word.length
    const isCalledOne = /[:=＝：]/u.test(match[0].slice(0, match[0].length - (match[2] ?? '').length)) || match[1] !== ''
    const isAlone = /^[^\S\n]*(?:\n|$)/u.test(text.slice(match.index + match[0].length))
    if (word.length < 4 || word.startsWith('[')) continue
    if (looksMade(word) || (isCalledOne && isAlone)) yield { kind: 'password', from: to - word.length, to }
  }
}

/** A password that is no word: a digit, a sign, or a capital within. */
const looksMade = (word: string): boolean => /\d|[^\p{L}\p{M}\d'’-]/u.test(word) || /\p{Ll}\p{Lu}/u.test(word)

/** Thirteen to nineteen digits as cards bear them: in one piece, or in the groups that are printed on them. */
const digits =
  /(?<![\d\p{L}_.,+#-])(?:\d{13,19}|\d{4}([ -])\d{4}\1\d{4}\1\d{1,4}(?:\1\d{1,3})?|\d{4}([ -])\d{6}\2\d{4,5})(?![\d\p{L}_]|[.,-]\d)/gu
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

function* cards(text: string): Generator<Slip> {
  for (const { index, 0: found } of text.matchAll(digits)) {
    const number = found.replaceAll(/[ -]/g, '')
    const isOfOne = networks.some(([begins, lengths]) => begins.test(number) && lengths.includes(number.length))
    if (isOfOne && luhn(number)) yield { kind: 'card', from: index, to: index + found.length }
  }
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

/** IBANs: a country, two check digits, and its bank's own; in one piece or in fours. */
const ibans = /(?<![\p{L}\d_])[a-z]{2}\d{2}(?:[ ]?[a-z\d]{4}){2,7}(?:[ ]?[a-z\d]{1,3})?(?![\p{L}\d_])/giu
/** Lengths by country; others are no IBANs. */
const ibanLengths: Readonly<Record<string, number>> = Object.fromEntries(
  (
    'NO15 BE16 DK18 FI18 FO18 GL18 NL18 MK19 SI20 AT20 BA20 EE20 KZ20 LT20 LU20 XK20 CR22 HR21 LV21 LI21 CH21 BH22 BG22 GE22 DE22 IE22 ME22 RS22 GB22 VA22 AE23 GI23 IL23 IQ23 TL23 OM23 SO23 ' +
    'AD24 CZ24 MD24 PK24 RO24 SA24 SK24 ES24 SE24 TN24 VG24 LY25 PT25 ST25 IS26 TR26 FR27 GR27 IT27 MC27 MR27 SM27 AL28 AZ28 BY28 CY28 DO28 GT28 HU28 LB28 NI28 PL28 SV28 BR29 EG29 PS29 QA29 UA29 JO30 KW30 MU30 MT31 SC31 LC32 RU33'
  )
    .split(' ')
    .map((one) => [one.slice(0, 2), Number(one.slice(2))]),
)

function* accounts(text: string): Generator<Slip> {
  for (const { index, 0: found } of text.matchAll(ibans)) {
    // What follows may be the next word: the country says where the number ends.
    const length = ibanLengths[found.slice(0, 2).toUpperCase()]
    if (length === undefined) continue
    const to = afterCharacters(found, length)
    const rest = to === undefined ? undefined : found.slice(to, to + 1)
    if (to === undefined || (rest !== '' && rest !== ' ') || !checksOut(found.slice(0, to))) continue
    yield { kind: 'bank-account', from: index, to: index + to }
  }
}

/** Where a text stands after so many characters that are not blanks; undefined when it has not as many. */
function afterCharacters(text: string, count: number): number | undefined {
  let seen = 0
  for (let at = 0; at < text.length; at++) if (text[at] !== ' ' && ++seen === count) return at + 1
  return undefined
}

/** ISO 7064: the number, its head moved to its end and letters counted from 10, leaves 1 of 97. */
function checksOut(iban: string): boolean {
  const plain = iban.replaceAll(' ', '').toUpperCase()
  let rest = 0
  for (const character of plain.slice(4) + plain.slice(0, 4)) {
    const value = Number.parseInt(character, 36)
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97
  }
  return rest === 1
}
