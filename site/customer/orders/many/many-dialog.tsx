import './many.css'
import '../../../shared/progress.css'
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Amount } from '../../../shared/amount.tsx'
import { count } from '../../../shared/amounts.ts'
import { Dialog } from '../../../shared/dialog.tsx'
import { Notice } from '../../../shared/notice.tsx'
import { type Came, useMany } from './use-many.ts'
import { backAtOnce, byReason, type Verdict, type Wish } from './verdicts.ts'

interface ManyDialogProps {
  readonly orders: readonly number[]
  readonly wish: Wish
  readonly currency: string
  /** With those that were carried out. */
  readonly close: (done: readonly number[]) => void
}

const verbs = { refill: 'Refill', cancel: 'Cancel' } as const
const number = (orders: number): string => `${count(orders)} ${orders === 1 ? 'order' : 'orders'}`

/** Asks for one thing for many orders: which may, which may not and why, how far it is, and what came of each. */
export function ManyDialog({ orders, wish, currency, close }: ManyDialogProps) {
  const many = useMany(orders, wish)
  const { stage, verdicts, able, came } = many
  const done = [...came].flatMap(([order, one]) => (one === 'done' ? order : []))
  return (
    <Dialog
      opened
      onClose={() => {
        many.stop()
        close(done)
      }}
      title={`${verbs[wish]} ${number(orders.length)}`}
    >
      <div className="stack">
        {stage === 'looking' && <HowFar says="Looking at each" at={verdicts.size} of={orders.length} />}
        {stage === 'asking' && (
          <>
            <Plan wish={wish} able={able.length} verdicts={verdicts} currency={currency} />
            <Refused verdicts={verdicts} />
            <div className="row confirm-actions">
              <Button variant="default" onClick={() => close([])} data-autofocus>
                {able.length > 0 ? 'Leave them' : 'Close'}
              </Button>
              {able.length > 0 && (
                <Button {...(wish === 'cancel' ? { color: 'red' } : {})} onClick={many.go}>
                  {verbs[wish]} {number(able.length)}
                </Button>
              )}
            </div>
          </>
        )}
        {stage === 'doing' && (
          <>
            <HowFar says={wish === 'refill' ? 'Asked for' : 'Canceled, or asked to stop'} at={came.size} of={able.length} />
            <div className="row confirm-actions">
              <Button variant="default" onClick={many.stop}>
                Stop here
              </Button>
            </div>
          </>
        )}
        {stage === 'done' && (
          <>
            <Outcome wish={wish} able={able} came={came} done={done.length} />
            <div className="row confirm-actions">
              <Button onClick={() => close(done)} data-autofocus>
                Close
              </Button>
            </div>
          </>
        )}
      </div>
    </Dialog>
  )
}

function HowFar({ says, at, of }: { readonly says: string; readonly at: number; readonly of: number }) {
  return (
    <div className="stack-tight" aria-live="polite">
      <p className="tabular">
        {says}: {count(at)} of {count(of)}
      </p>
      <div
        className="progress"
        data-tone="moving"
        role="progressbar"
        aria-label={says}
        aria-valuemin={0}
        aria-valuemax={of}
        aria-valuenow={at}
      >
        <span style={{ inlineSize: `${(at / Math.max(1, of)) * 100}%` }} />
      </div>
    </div>
  )
}

interface PlanProps {
  readonly wish: Wish
  readonly able: number
  readonly verdicts: ReadonlyMap<number, Verdict>
  readonly currency: string
}

/** What will follow. */
function Plan({ wish, able, verdicts, currency }: PlanProps) {
  if (able === 0)
    return <p className="soft">{wish === 'refill' ? 'None of them can be refilled now.' : 'None of them can be canceled now.'}</p>
  if (wish === 'refill')
    return (
      <p className="soft">
        {number(able)} can be refilled. Whoever delivered them is asked to make good what was lost; it costs nothing.
      </p>
    )
  const back = backAtOnce(verdicts)
  const asked = able - back.orders
  return (
    <div className="soft stack-tight">
      {back.orders > 0 && (
        <p>
          {number(back.orders)} {back.orders === 1 ? 'was' : 'were'} not sent yet:{' '}
          <Amount of={back.amount} currency={currency} alone /> comes back to the balance at once.
        </p>
      )}
      {asked > 0 && (
        <p>
          {number(asked)} {asked === 1 ? 'is' : 'are'} on the way. Whoever has {asked === 1 ? 'it' : 'them'} is asked to stop, and
          may refuse. What is not delivered by then comes back when that is known.
        </p>
      )}
    </div>
  )
}

/** Those that are left out, under the reason they share. */
function Refused({ verdicts }: { readonly verdicts: ReadonlyMap<number, Verdict> }) {
  const groups = [...byReason(verdicts)]
  if (groups.length === 0) return null
  return (
    <Notice tone="info" title={`${number(groups.flatMap(([, orders]) => orders).length)} left out`} live={false}>
      <ul className="many-reasons">
        {groups.map(([why, orders]) => (
          <li key={why}>
            {why} <Numbers orders={orders} />
          </li>
        ))}
      </ul>
    </Notice>
  )
}

function Numbers({ orders }: { readonly orders: readonly number[] }): ReactNode {
  return (
    <span className="many-numbers tabular">
      {orders.map((order) => (
        <Link key={order} to="/orders/$orderId" params={{ orderId: String(order) }} target="_blank">
          {order}
        </Link>
      ))}
    </span>
  )
}

interface OutcomeProps {
  readonly wish: Wish
  readonly able: readonly number[]
  readonly came: ReadonlyMap<number, Came>
  readonly done: number
}

function Outcome({ wish, able, came, done }: OutcomeProps) {
  const failed = [...came].flatMap(([order, one]) => (one === 'done' ? [] : [{ order, failure: one }]))
  const left = able.filter((order) => !came.has(order))
  return (
    <>
      {done > 0 && (
        <Notice
          tone="good"
          title={wish === 'refill' ? `${number(done)}: a refill is asked for` : `${number(done)} canceled, or asked to stop`}
        >
          How each goes on stands on its own page.
        </Notice>
      )}
      {failed.length > 0 && (
        <Notice tone="bad" title={`${number(failed.length)} failed`}>
          <ul className="many-reasons">
            {failed.map(({ order, failure }) => (
              <li key={order}>
                <Numbers orders={[order]} /> {failure.message}
                {failure.mayHaveHappened && ' Look at the order before you ask again; nothing is done twice.'}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {left.length > 0 && (
        <Notice tone="info" title={`${number(left.length)} not asked for`}>
          It was stopped before: <Numbers orders={left} />
        </Notice>
      )}
    </>
  )
}
