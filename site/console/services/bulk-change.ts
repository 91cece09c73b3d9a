import type { Origin } from '../../../core/catalogue/service.ts'
import type { Asked } from '../../api.ts'
import { readAmount } from '../../shared/amounts.ts'
import { originWords } from '../origin-words.ts'
import { readPattern } from './words.ts'

export type Change = Asked<'POST /api/admin/services/preview'>['body']['change']

/** What was typed so far. What is empty stays as it is. */
export interface Draft {
  readonly rateHow: '' | 'percent' | 'add' | 'set' | 'mark-up' | 'follow'
  readonly rateValue: string
  readonly rateFixed: string
  readonly roundTo: string
  readonly min: string
  readonly max: string
  readonly refillDays: string
  readonly sort: string
  readonly enabled: string
  readonly cancel: string
  readonly dripFeed: string
  readonly denyDuplicates: string
  readonly categoryId: string
  readonly origin: string
  readonly linkPattern: string
}

export const emptyDraft: Draft = {
  rateHow: '',
  rateValue: '',
  rateFixed: '',
  roundTo: '0.0001',
  min: '',
  max: '',
  refillDays: '',
  sort: '',
  enabled: '',
  cancel: '',
  dripFeed: '',
  denyDuplicates: '',
  categoryId: '',
  origin: '',
  linkPattern: '',
}

type Problems = Partial<Record<keyof Draft, string>>

/** The draft as a change; with the fields that do not make sense yet. Undefined where nothing is to be changed. */
export function readDraft(draft: Draft): { readonly change: Change | undefined; readonly problems: Problems } {
  const problems: Problems = {}
  const take = <T>(field: keyof Draft, read: (text: string) => T | undefined, why: string): T | undefined => {
    const text = draft[field].trim()
    if (text === '') return undefined
    const value = read(text)
    if (value === undefined) problems[field] = why
    return value
  }
  const rate = readRate(draft, problems)
  const change: Change = clean({
    rate,
    follow: draft.rateHow === 'follow' ? (['rate'] as const) : undefined,
    min: take('min', whole(1), 'A whole number, at least 1.'),
    max: take('max', whole(1), 'A whole number, at least 1.'),
    refillDays: take('refillDays', whole(0, 3_650), 'Days, 0 for no refill.'),
    sort: take('sort', whole(-1_000_000, 1_000_000), 'A whole number.'),
    enabled: yesNo(draft.enabled),
    cancel: yesNo(draft.cancel),
    dripFeed: yesNo(draft.dripFeed),
    denyDuplicates: yesNo(draft.denyDuplicates),
    categoryId: draft.categoryId || undefined,
    origin: draft.origin in originWords ? (draft.origin as Origin) : undefined,
    linkPattern: readPattern(draft.linkPattern),
  })
  const usable = Object.keys(problems).length === 0 && Object.keys(change).length > 0
  return { change: usable ? change : undefined, problems }
}

function readRate(draft: Draft, problems: Problems): Change['rate'] {
  const { rateHow, rateValue, rateFixed, roundTo } = draft
  if (rateHow === '' || rateHow === 'follow') return undefined
  const refuse = (why: string): undefined => {
    problems.rateValue = why
  }
  switch (rateHow) {
    case 'set': {
      const to = readAmount(rateValue)
      return to === undefined ? refuse('An amount like 1.25.') : { how: 'set', to, roundTo }
    }
    case 'add': {
      const amount = readSigned(rateValue)
      return amount === undefined ? refuse('An amount like 0.05 or −0.05.') : { how: 'add', amount, roundTo }
    }
    case 'percent': {
      const percent = readPercent(rateValue, -99.99)
      return percent === undefined ? refuse('Per cent, like 10 or −7.5.') : { how: 'percent', percent, roundTo }
    }
    case 'mark-up': {
      const percent = readPercent(rateValue, 0)
      const fixed = rateFixed.trim() === '' ? '0' : readAmount(rateFixed)
      if (fixed === undefined) problems.rateFixed = 'An amount like 0.05.'
      if (percent === undefined) return refuse('Per cent, 0 to 1,000.')
      return fixed === undefined ? undefined : { how: 'mark-up', percent, fixed, roundTo }
    }
  }
}

/** Whether the panel will ask why: prices and a word given for somebody’s doings. */
export const needsMemo = (change: Change | undefined): boolean => change?.rate !== undefined || change?.origin !== undefined

export const whole =
  (least: number, most = 2_147_483_647) =>
  (text: string): number | undefined => {
    const number = /^-?\d{1,10}$/.test(text.trim()) ? Number(text) : Number.NaN
    return number >= least && number <= most ? number : undefined
  }

const plainMinus = (text: string): string => text.trim().replace(/^[−–]/, '-')

const readSigned = (text: string): string | undefined =>
  /^-?\d{1,9}(\.\d{1,6})?$/.test(plainMinus(text)) ? plainMinus(text) : undefined

function readPercent(text: string, least: number): number | undefined {
  const percent = /^-?\d{1,4}(\.\d{1,2})?$/.test(plainMinus(text)) ? Number(plainMinus(text)) : Number.NaN
  return percent >= least && percent <= 1_000 ? percent : undefined
}

const yesNo = (text: string): boolean | undefined => (text === '' ? undefined : text === 'yes')

const clean = (change: { readonly [K in keyof Change]?: Change[K] | undefined }): Change =>
  Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
