import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { Answer } from '../../api.ts'
import { useAnswer, useChange } from '../../shared/answers.ts'
import { MemoDialog } from '../../shared/memo-dialog.tsx'
import { Moment } from '../../shared/moment.tsx'
import { Notice } from '../../shared/notice.tsx'
import { useCurrency } from '../currency.ts'
import { useMay } from '../me.ts'
import { dayWords } from './day-words.ts'
import { RateLine } from './rate-line.tsx'

type Provider = Pick<Answer<'GET /api/admin/providers'>['rows'][number], 'providerId' | 'name' | 'currency' | 'exchange' | 'daily'>
type Daily = NonNullable<Provider['daily']>
type Held = NonNullable<Daily['held']>
type Rates = Answer<'GET /api/admin/rates'>

const findingWords: Readonly<Record<NonNullable<Rates['asked']>['finding'], string>> = {
  new: 'it had new rates',
  same: 'it had nothing new',
  older: 'it had rates of an earlier day, which were not taken',
  unreadable: 'its answer could not be read, so nothing of it was taken',
  unreachable: 'it gave no answer',
  refused: 'it refused to answer',
  'too-large': 'its answer was far too large, so nothing of it was taken',
}

interface DailyRateProps {
  readonly code: string
  readonly ledger: string
  readonly rates: Rates
  /** Of that currency; undefined where it is not among them. */
  readonly rate: string | undefined
}

/** What following the daily rate means for a currency: the rate, its day, whose it is. */
export function DailyRate({ code, ledger, rates: { latest, asked, source }, rate }: DailyRateProps) {
  if (!latest)
    return (
      <Notice tone="info" title="There are no daily rates yet" live={false}>
        {source} is asked every hour until it answers.
      </Notice>
    )
  if (rate === undefined)
    return (
      <Notice tone="warn" title={code === '' ? 'Say what it counts in' : `There is no daily rate for ${code}`} live={false}>
        {latest.source} does not name it. Set a rate of your own.
      </Notice>
    )
  return (
    <Notice
      tone={latest.stale ? 'warn' : 'info'}
      title={
        <span className="tabular">
          1 {code} is {rate} {ledger}
        </span>
      }
      live={false}
    >
      Of {dayWords(latest.day)}, from {latest.source}
      {asked && (
        <>
          , asked <Moment at={asked.at} alone />
        </>
      )}
      . Followed each day by itself; a move of more than 10 % at once, or 25 % in thirty days, waits for you. Services are priced
      anew by their mark-up; prices set by hand stay, and those below their new cost go out of sale.
    </Notice>
  )
}

export const heldRateTitle = ({ name, currency, daily }: Provider): string =>
  `${name}: the rate of ${currency} ${daily?.held ? moveOf(daily.held) : ''}`
/** What it was held back for. */
const moveOf = ({ moved, since }: Held): string =>
  since ? `moved by ${signed(since.moved)} % since ${dayWords(since.day)}` : `moved by ${signed(moved)} %`
export const staleTitle = ({ name, currency }: Provider, day: string): string =>
  `${name}: its rate of ${currency} is from ${dayWords(day)}`

const signed = (moved: string): string => moved.replace('-', '−')

/** What there is to decide it by: both rates with their days, and how it came there. */
export function HeldRateWords({ provider, held }: { readonly provider: Provider; readonly held: Held }) {
  const { currency, exchange, daily } = provider
  const ledger = useCurrency()
  const { data } = useAnswer('GET /api/admin/rates', { query: { currency } })
  return (
    <>
      <p>
        1 {currency} is{' '}
        <span className="tabular">
          {held.exchange} {ledger}
        </span>{' '}
        as of {dayWords(held.day)}
        {data?.latest && <>, says {data.latest.source}</>}. In use is{' '}
        <span className="tabular">
          {exchange} {ledger}
        </span>
        {daily && <> of {dayWords(daily.day)}</>}: costs are still reckoned with that.{' '}
        {held.since && (
          <>
            Day by day it moved little; on {dayWords(held.since.day)} it was <span className="tabular">{held.since.exchange}</span>.{' '}
          </>
        )}
        It has waited since <Moment at={held.at} alone />.
      </p>
      {data && data.past.length > 1 && (
        <RateLine label={`1 ${currency} in ${ledger}`} points={data.past} now={{ name: 'in use', exchange }} />
      )}
    </>
  )
}

export function HeldRateActs({ provider, held }: { readonly provider: Provider; readonly held: Held }) {
  const { providerId, currency, exchange } = provider
  const may = useMay()
  const answers = useQueryClient()
  const navigate = useNavigate()
  const [asking, setAsking] = useState<'take' | 'leave' | undefined>()
  const { mutate, isPending, error } = useChange('POST /api/admin/providers/{providerId}/rate/verdict', ({ taskId }) => {
    setAsking(undefined)
    void answers.invalidateQueries()
    if (taskId) void navigate({ to: '/providers/$providerId/tasks/$taskId', params: { providerId, taskId } })
  })
  if (!may('admin.settle-rate')) return null
  return (
    <>
      <Button size="xs" onClick={() => setAsking('take')}>
        Take it
      </Button>
      <Button size="xs" variant="default" onClick={() => setAsking('leave')}>
        Keep the old one
      </Button>
      <MemoDialog
        key={asking}
        opened={asking !== undefined}
        title={asking === 'leave' ? `Keep the old rate of ${currency}?` : `Take ${held.exchange} as the rate of ${currency}?`}
        verb={asking === 'leave' ? 'Keep the old one' : 'Take it'}
        busy={isPending}
        failure={error ?? undefined}
        close={() => setAsking(undefined)}
        go={(memo) =>
          asking && mutate({ path: { providerId }, body: { day: held.day, exchange: held.exchange, verdict: asking, memo } })
        }
      >
        {asking === 'leave'
          ? `Costs stay reckoned with ${exchange}. You are asked again when the next day’s rate is as far from it. For a rate of your own, change the provider’s money.`
          : 'Its services are priced anew by their mark-up. Prices set by hand stay, and those below their new cost go out of sale; so do services whose cost jumps too far for this provider.'}
      </MemoDialog>
    </>
  )
}

/** An old rate: why there is no newer one. */
export function StaleWords() {
  const { data } = useAnswer('GET /api/admin/rates', {})
  if (!data) return <>Costs are reckoned with it until there is another.</>
  const { source, asked } = data
  return (
    <>
      Costs are reckoned with it until there is another.{' '}
      {source === undefined ? (
        'This panel has no source of rates any more.'
      ) : asked ? (
        <>
          {source} was asked <Moment at={asked.at} alone />: {findingWords[asked.finding]}.
        </>
      ) : (
        `${source} was not asked yet.`
      )}{' '}
      Where its currency is not named any more, set a rate of your own.
    </>
  )
}

/** On the provider's own page: what waits, or that the rate is old. */
export function DailyRateNotice({ provider, daily }: { readonly provider: Provider; readonly daily: Daily }) {
  if (daily.held)
    return (
      <Notice
        tone="warn"
        title={`The rate of ${provider.currency} ${moveOf(daily.held)}`}
        live={false}
        actions={<HeldRateActs provider={provider} held={daily.held} />}
      >
        <HeldRateWords provider={provider} held={daily.held} />
      </Notice>
    )
  if (!daily.stale) return null
  return (
    <Notice tone="warn" title={`The rate is from ${dayWords(daily.day)}`} live={false}>
      <StaleWords />
    </Notice>
  )
}
