import './order-form.css'
import { Button } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { type FormEvent, type RefObject, useEffect, useRef, useState } from 'react'
import type { Answer } from '../../api.ts'
import { inWords } from '../../shared/amounts.ts'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { useIntent } from '../../shared/intent.ts'
import type { Service } from '../catalogue.ts'
import { ServiceMarks, usually } from '../finder/service-row.tsx'
import { useMe, useMoneyMoved } from '../me.ts'
import { call } from '../panel.ts'
import { bodyOf, type Draft, emptyDraft, isComplete, type OrderBody, type Problems, problemsOf, quantityOf } from './draft.ts'
import { OrderFields } from './order-fields.tsx'
import { Refused, Unheard } from './placing-notice.tsx'
import { PriceSum } from './price-sum.tsx'
import { useQuote } from './use-quote.ts'

type Placed = Answer<'POST /api/orders'>

interface OrderFormProps {
  readonly service: Service
  readonly currency: string
  readonly draft: Draft
  readonly setDraft: (draft: Draft) => void
  readonly onPlaced: (order: Placed, draft: Draft) => void
  readonly leave: () => void
}

/** Says what is wanted, shows what it costs, and places it once. */
export function OrderForm({ service, currency, draft, setDraft, onPlaced, leave }: OrderFormProps) {
  const { data: me } = useMe()
  const moneyMoved = useMoneyMoved()
  const { quote, last, failure } = useQuote(service, draft)
  const intent = useIntent<OrderBody, Placed>('order-under-way', (body) => call('POST /api/orders', { body }))
  const { standing } = intent
  const fields = {
    link: useRef<HTMLInputElement>(null),
    quantity: useRef<HTMLInputElement>(null),
    comments: useRef<HTMLTextAreaElement>(null),
    runs: useRef<HTMLInputElement>(null),
    interval: useRef<HTMLInputElement>(null),
  }
  const outcome = useRef<HTMLDivElement>(null)
  const problems = problemsOf(service, draft)
  const { shown, leaveField, showAll, forget } = useShownProblems(service, draft, problems)
  const busy = standing.phase === 'sending' || standing.phase === 'unknown'
  const available = me?.wallet.available

  // biome-ignore lint/correctness/useExhaustiveDependencies: at the change of phase alone
  useEffect(() => {
    if (standing.phase === 'refused') moneyMoved()
    // On phones the fields would hide what came of it.
    outcome.current?.scrollIntoView({ block: 'nearest' })
    if (standing.phase !== 'done') return
    moneyMoved()
    onPlaced(standing.result, draft)
    setDraft({ ...emptyDraft, quantity: draft.quantity })
    forget()
    intent.reset()
    focus(fields.link)
  }, [standing.phase])

  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (busy) return
    if (!isComplete(problems)) {
      showAll()
      const wrong = order.find((field) => (field === 'link' ? problems.link.problem : problems[field]))
      if (wrong) focus(fields[wrong])
      return
    }
    intent.begin(bodyOf(service, draft, quantityOf(service, draft)))
  }

  return (
    <form className="order-form" onSubmit={submit} noValidate>
      <p className="order-form-description soft">
        {service.description || 'The provider gives no description.'} <ServiceMarks service={service} />
        {service.time && <span className="order-form-time">{usually(service.time)}.</span>}
      </p>
      <fieldset className="bare-fieldset stack" disabled={busy}>
        <OrderFields
          service={service}
          draft={draft}
          change={(part) => {
            setDraft({ ...draft, ...part })
            if (standing.phase === 'refused') intent.reset()
          }}
          problems={shown}
          leave={leaveField}
          fields={fields}
        />
      </fieldset>
      <PriceSum service={service} quote={quote ?? last} fresh={quote !== undefined} available={available} currency={currency} />
      <div ref={outcome} className="order-form-outcome">
        {failure && !failure.sessionIsOver && standing.phase === 'ready' && (
          <FailureNotice failure={failure} title="There is no price for this" />
        )}
        {standing.phase === 'refused' && (
          <Refused failure={standing.failure} charge={quote?.charge} available={available} currency={currency} />
        )}
        {standing.phase === 'unknown' && (
          <Unheard
            standing={standing}
            askNow={intent.askNow}
            leave={() => {
              intent.reset()
              leave()
            }}
          />
        )}
      </div>
      <p className="faint tiny order-form-note">
        Only what is delivered is paid for: what remains of a partial or canceled order goes back to the balance.
      </p>
      <div className="order-form-end">
        <Button type="submit" fullWidth size="md" loading={standing.phase === 'sending'} disabled={standing.phase === 'unknown'}>
          Place order{quote ? ` · ${inWords(quote.charge)} ${currency}` : ''}
        </Button>
      </div>
    </form>
  )
}

/** The fields, as they stand in the form. */
const order = ['link', 'quantity', 'runs', 'interval', 'comments'] as const satisfies readonly (keyof Draft)[]

const focus = (field: RefObject<HTMLElement | null>): void => {
  // After the fields were enabled again.
  requestAnimationFrame(() => field.current?.focus())
}

/** Fields are checked as they are typed in, but nobody is told off for a field that was not reached yet. */
function useShownProblems(service: Service, draft: Draft, problems: Problems) {
  const [left, setLeft] = useState<ReadonlySet<keyof Draft>>(new Set())
  const [settled] = useDebouncedValue(draft, 700)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another service's form begins untouched
  useEffect(() => setLeft(new Set()), [service.serviceId])
  const tell = (field: keyof Draft): boolean => left.has(field) || (settled[field] !== '' && settled[field] === draft[field])
  return {
    shown: {
      ...(tell('link') ? { link: problems.link } : {}),
      ...(tell('quantity') ? { quantity: problems.quantity } : {}),
      ...(tell('comments') ? { comments: problems.comments } : {}),
      ...(tell('runs') ? { runs: problems.runs } : {}),
      ...(tell('interval') ? { interval: problems.interval } : {}),
    },
    leaveField: (field: keyof Draft): void => {
      if (draft[field] !== '') setLeft((before) => new Set(before).add(field))
    },
    showAll: (): void => setLeft(new Set(order)),
    forget: (): void => setLeft(new Set()),
  }
}
