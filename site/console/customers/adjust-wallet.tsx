import { Button, SegmentedControl, TextInput } from '@mantine/core'
import { type FormEvent, use, useEffect, useState } from 'react'
import type { Answer } from '../../api.ts'
import { Amount } from '../../shared/amount.tsx'
import { difference, inWords, isNegative, isZero, readAmount, sum } from '../../shared/amounts.ts'
import { CallContext } from '../../shared/answers.ts'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { useIntent } from '../../shared/intent.ts'
import { Notice } from '../../shared/notice.tsx'
import { useCurrency } from '../currency.ts'
import type { Customer } from './account-card.tsx'

interface AdjustWalletProps {
  readonly customerId: string
  readonly wallet: Customer['wallet']
  readonly changed: () => void
}

type Adjusted = Answer<'POST /api/admin/customers/{customerId}/adjustments'>
type Kind = 'credit' | 'debit'
interface Adjustment {
  readonly kind: Kind
  readonly amount: string
  readonly memo: string
}

/** Credits or debits a wallet, once, with a memo the customer reads and the balance it will leave. */
export function AdjustWallet({ customerId, wallet, changed }: AdjustWalletProps) {
  const currency = useCurrency()
  const call = use(CallContext)
  const [kind, setKind] = useState<Kind>('credit')
  const [typed, setTyped] = useState('')
  const [memo, setMemo] = useState('')
  const intent = useIntent<Adjustment, Adjusted>(`adjusting ${customerId}`, (body) =>
    call('POST /api/admin/customers/{customerId}/adjustments', { path: { customerId }, body }),
  )
  const { standing } = intent
  const amount = readAmount(typed)
  const usable = amount !== undefined && !isZero(amount)
  const after = usable ? (kind === 'credit' ? sum(wallet.total, amount) : difference(wallet.available, amount)) : undefined
  const short = kind === 'debit' && after !== undefined && isNegative(after)

  // biome-ignore lint/correctness/useExhaustiveDependencies: at the change of phase alone
  useEffect(() => {
    if (standing.phase !== 'done') return
    setTyped('')
    setMemo('')
    changed()
  }, [standing.phase])

  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (usable && memo.trim().length >= 3) intent.begin({ kind, amount, memo })
  }
  const busy = standing.phase === 'sending' || standing.phase === 'unknown'
  return (
    <section className="card customer-card" aria-label="Credit or debit">
      <h2>Credit or debit</h2>
      <form className="stack-tight" onSubmit={submit}>
        <fieldset className="bare-fieldset stack-tight" disabled={busy}>
          <div className="adjust-fields">
            <SegmentedControl
              aria-label="Credit or debit"
              value={kind}
              onChange={(value) => setKind(value === 'debit' ? 'debit' : 'credit')}
              transitionDuration={110}
              data={[
                { value: 'credit', label: 'Credit' },
                { value: 'debit', label: 'Debit' },
              ]}
            />
            <TextInput
              aria-label={`Amount, ${currency}`}
              placeholder="0.00"
              inputMode="decimal"
              autoComplete="off"
              rightSection={<span className="faint small">{currency}</span>}
              rightSectionWidth={52}
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value.replace(/[^\d.]/g, '').slice(0, 20))}
              error={typed !== '' && amount === undefined ? 'At most six decimals, like 12.50.' : undefined}
            />
          </div>
          <TextInput
            label="Memo, which the customer reads"
            autoComplete="off"
            maxLength={300}
            value={memo}
            onChange={(event) => setMemo(event.currentTarget.value)}
          />
        </fieldset>
        <div className="adjust-preview" data-short={short} aria-live="polite">
          <span>
            {short
              ? 'Not available'
              : kind === 'credit' && !isZero(wallet.debt)
                ? 'Total after, what is owed paid first'
                : 'Balance after'}
          </span>
          {after === undefined ? '–' : <Amount of={after} currency={currency} alone />}
        </div>
        {standing.phase === 'refused' && <FailureNotice failure={standing.failure} title="No money moved" />}
        {standing.phase === 'unknown' && (
          <Notice
            tone="unknown"
            title="We did not hear back. Nothing moves twice."
            actions={
              <Button size="xs" variant="default" onClick={intent.askNow}>
                Check now
              </Button>
            }
          >
            It is asked again under the same request number.
          </Notice>
        )}
        {standing.phase === 'done' && typed === '' && <Outcome result={standing.result} currency={currency} />}
        <Button
          type="submit"
          loading={standing.phase === 'sending'}
          disabled={!usable || short || memo.trim().length < 3 || standing.phase === 'unknown'}
        >
          {kind === 'credit' ? 'Credit' : 'Debit'}
          {usable ? ` ${inWords(amount)} ${currency}` : ''}
        </Button>
      </form>
    </section>
  )
}

function Outcome({ result: { waits, available }, currency }: { readonly result: Adjusted; readonly currency: string }) {
  return waits ? (
    <Notice tone="unknown" title="It waits for a second person">
      No money moved yet. This is more than one person credits alone in a day; a colleague finds it under “Needs you”.
    </Notice>
  ) : (
    <Notice tone="good" title="Done">
      {inWords(available)} {currency} is available now.
    </Notice>
  )
}
