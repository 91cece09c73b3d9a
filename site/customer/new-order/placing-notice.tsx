import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import type { Failure } from '../../failure.ts'
import { difference, inWords } from '../../shared/amounts.ts'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import type { Standing } from '../../shared/intent.ts'
import { Notice } from '../../shared/notice.tsx'

interface RefusedProps {
  readonly failure: Failure
  /** What it would have cost, and what there is. */
  readonly charge: string | undefined
  readonly available: string | undefined
  readonly currency: string
}

/** An order that was not taken: the money first. */
export function Refused({ failure, charge, available, currency }: RefusedProps) {
  if (failure.code === 'insufficient-funds' && charge !== undefined && available !== undefined)
    return (
      <Notice
        tone="bad"
        title="Nothing was charged: the balance does not cover this."
        actions={<Link to="/wallet">How to add to the balance</Link>}
      >
        The order costs {inWords(charge)} {currency} and {inWords(available)} {currency} is available.{' '}
        {inWords(difference(charge, available))} {currency} is missing.
      </Notice>
    )
  if (failure.sessionIsOver)
    return (
      <Notice tone="bad" title="Nothing was charged: you are signed out." actions={<Link to="/sign-in">Sign in</Link>}>
        This session has ended. Sign in, and place the order again.
      </Notice>
    )
  return <FailureNotice failure={failure} title="Nothing was charged: the order was not taken." />
}

interface UnheardProps {
  readonly standing: Extract<Standing<unknown>, { phase: 'unknown' }>
  readonly askNow: () => void
  readonly leave: () => void
}

/** Sent, and no answer: what is safe to believe, and what is being done about it. */
export function Unheard({ standing: { tries, nextAt, failure }, askNow, leave }: UnheardProps) {
  const seconds = useSecondsUntil(nextAt)
  const asking = nextAt === undefined && tries < 8
  return (
    <Notice
      tone="unknown"
      title="We did not hear back. Nothing is charged twice."
      actions={
        <>
          <Button size="xs" variant="default" onClick={askNow} disabled={asking}>
            Check now
          </Button>
          {!asking && nextAt === undefined && (
            <Button size="xs" variant="subtle" onClick={leave}>
              Leave it and look in Orders
            </Button>
          )}
          <span className="reference">
            {asking ? 'Checking…' : nextAt === undefined ? 'Not checking by itself any more.' : `Checking again in ${seconds} s.`}
            {failure.reference && ` Reference ${failure.reference}`}
          </span>
        </>
      }
    >
      The order may have been taken or not. We ask again under the same request number, so it is placed and charged once at most.
    </Notice>
  )
}

function useSecondsUntil(at: number | undefined): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    if (at === undefined) return
    setNow(Date.now())
    const timer = setInterval(() => setNow(Date.now()), 500)
    return () => clearInterval(timer)
  }, [at])
  return Math.max(0, Math.ceil(((at ?? now) - now) / 1_000))
}
