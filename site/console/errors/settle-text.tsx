import { useQueryClient } from '@tanstack/react-query'
import { use, useState } from 'react'
import { type Failure, failureFrom } from '../../failure.ts'
import { Amount } from '../../shared/amount.tsx'
import { count } from '../../shared/amounts.ts'
import { CallContext, useAnswer } from '../../shared/answers.ts'
import { Bones } from '../../shared/bones.tsx'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { MemoDialog } from '../../shared/memo-dialog.tsx'
import { useCurrency } from '../currency.ts'
import { useMay } from '../me.ts'
import type { ErrorText } from './page.tsx'

interface SettleTextProps {
  readonly text: ErrorText
  readonly close: () => void
  /** With what is to be told of it. */
  readonly done: (told: string) => void
}

/** The server settles no more in one call. */
const atOnce = 25

/** Settles what hangs on an error by what it means: first how many orders that are, and with what money. */
export function SettleText({ text, close, done }: SettleTextProps) {
  const { providerId, textId } = text
  const path = { providerId, textId }
  const currency = useCurrency()
  const may = useMay()
  const call = use(CallContext)
  const answers = useQueryClient()
  const [requestId] = useState(() => crypto.randomUUID())
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Failure>()
  const preview = useAnswer('GET /api/admin/providers/{providerId}/error-texts/{textId}/orders', { path })
  const { meaning, rows = [], sum = '0.00', more = false } = preview.data ?? {}
  const refunds = meaning === 'refused'

  const settle = async (memo: string): Promise<void> => {
    if (!meaning) return
    setBusy(true)
    setFailure(undefined)
    let [settled, left] = [0, 0]
    try {
      for (let from = 0; from < rows.length; from += atOnce) {
        const orders = rows.slice(from, from + atOnce).map(({ orderId, changedAt }) => ({ orderId, changedAt }))
        const answer = await call('POST /api/admin/providers/{providerId}/error-texts/{textId}/orders', {
          path,
          body: { meaning, orders, memo, requestId },
        })
        settled += answer.settled
        left += answer.left
      }
      done(`${inWords(settled)} settled${left > 0 ? `, ${left} had changed meanwhile and were left alone` : ''}`)
    } catch (error) {
      setFailure(failureFrom(error))
      void answers.invalidateQueries()
    } finally {
      setBusy(false)
    }
  }

  return (
    <MemoDialog
      opened
      title={refunds ? 'Refund what hangs on it?' : 'Send what hangs on it again?'}
      verb={refunds ? `Refund ${inWords(rows.length)}` : `Send ${inWords(rows.length)} again`}
      grave={refunds}
      busy={busy}
      unready={rows.length === 0 || !may('admin.settle-error-text')}
      failure={failure}
      {...(refunds ? { label: 'Reason, which the customers read' } : {})}
      close={close}
      go={(memo) => void settle(memo)}
    >
      <div className="stack">
        <blockquote className="provider-words">{text.said}</blockquote>
        {preview.error && <FailureNotice failure={preview.error} title="Its orders could not be read" />}
        {!preview.data && !preview.error && <Bones rows={2} />}
        {preview.data && rows.length === 0 && <p>No order hangs on it.</p>}
        {rows.length > 0 && (
          <dl className="money-preview">
            <div>
              <dt>Orders that hang on it</dt>
              <dd className="tabular">
                {count(rows.length)}
                {more && ' of more'}
              </dd>
            </div>
            <div>
              <dt>{refunds ? 'Goes back to customers' : 'Paid for them; no money moves'}</dt>
              <dd>
                <Amount of={sum} currency={currency} alone />
              </dd>
            </div>
          </dl>
        )}
      </div>
    </MemoDialog>
  )
}

const inWords = (orders: number): string => `${count(orders)} ${orders === 1 ? 'order' : 'orders'}`
