import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { count } from '../../shared/amounts.ts'
import { Moment } from '../../shared/moment.tsx'
import { Notice } from '../../shared/notice.tsx'
import { useProviders } from '../orders/use-providers.ts'
import { HeldRateActs, HeldRateWords, heldRateTitle, StaleWords, staleTitle } from './daily-rate.tsx'
import { FailingActs, FailingWords } from './failing-notice.tsx'
import { findingHelp } from './finding.tsx'
import { heldTitle } from './held-answer.tsx'

interface Trouble {
  readonly key: string
  readonly title: string
  readonly text: ReactNode
  readonly paused?: true
  readonly act?: ReactNode
}

/** What about the providers needs a human: no answer, a low balance, services that wait. Nothing where all is well. */
export function ProviderTroubles() {
  const { query } = useProviders()
  const troubles = (query.data?.rows ?? []).flatMap((provider) => {
    const { providerId, name, balance, paused, currency, lowBalance, status, sync, line } = provider
    if (status === 'closing') return []
    const told: Trouble[] = []
    if (line.failing)
      told.push({
        key: 'failing',
        title: `${name} is failing and gets no orders`,
        text: <FailingWords failing={line.failing} />,
        act: <FailingActs providerId={providerId} />,
      })
    if (balance && balance.finding !== 'works' && !line.failing)
      told.push({
        key: 'answer',
        title: `${name}: ${balance.finding === 'key-refused' ? 'its key is refused' : 'no usable answer'}`,
        text: (
          <>
            {findingHelp[balance.finding]} Asked <Moment at={balance.askedAt} alone />.
          </>
        ),
      })
    if (balance?.low)
      told.push({
        key: 'balance',
        title: `${name}: its balance is low`,
        text: (
          <>
            {balance.amount} {balance.currency ?? currency} left, below {lowBalance}
            {balance.toldAt && (
              <>
                ; told <Moment at={balance.toldAt} alone />
              </>
            )}
            . Once it is empty, its orders wait.
          </>
        ),
      })
    if (provider.daily?.held)
      told.push({
        key: 'rate',
        title: heldRateTitle(provider),
        text: <HeldRateWords provider={provider} held={provider.daily.held} />,
        act: <HeldRateActs provider={provider} held={provider.daily.held} />,
      })
    else if (provider.daily?.stale)
      told.push({ key: 'rate', title: staleTitle(provider, provider.daily.day), text: <StaleWords /> })
    // A provider that gives no answer at all is told of above.
    if (sync.held && !(sync.held.because === 'no-answer' && balance && balance.finding !== 'works'))
      told.push({
        key: 'sync',
        title: `${name}: ${lowerFirst(heldTitle(sync.held))}`,
        text: (
          <>
            Nothing was taken out of sale for it. Asked <Moment at={sync.held.at} alone />.
          </>
        ),
      })
    if (paused > 0)
      told.push({
        key: 'paused',
        title: `${name}: ${count(paused)} ${paused === 1 ? 'service waits' : 'services wait'} for you`,
        text: 'Taken out of sale by the panel: their price jumped, or they changed or vanished upstream.',
        paused: true,
      })
    return told.map((trouble) => ({ ...trouble, key: `${providerId} ${trouble.key}`, providerId }))
  })
  if (troubles.length === 0) return null
  return (
    <section className="stack-tight" aria-label="Providers">
      {troubles.map(({ key, title, text, paused, act, providerId }) => (
        <Notice
          key={key}
          tone="warn"
          title={title}
          live={false}
          actions={
            <>
              {act}
              <Link to={paused ? '/providers/$providerId/paused' : '/providers/$providerId'} params={{ providerId }}>
                {paused ? 'Decide' : 'Open the provider'}
              </Link>
            </>
          }
        >
          {text}
        </Notice>
      ))}
    </section>
  )
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)
