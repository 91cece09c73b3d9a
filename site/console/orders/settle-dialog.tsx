import { Checkbox, NumberInput, TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { Settling } from '../../../core/orders/settling.ts'
import type { Answer } from '../../api.ts'
import { Amount } from '../../shared/amount.tsx'
import { count, difference, inWords, shareOf } from '../../shared/amounts.ts'
import { useChange } from '../../shared/answers.ts'
import { MemoDialog } from '../../shared/memo-dialog.tsx'
import { useCurrency } from '../currency.ts'

type Order = Answer<'GET /api/admin/orders/{orderId}'>

interface SettleDialogProps {
  readonly order: Order
  readonly way: Settling
  readonly close: () => void
  /** With what is to be told of it. */
  readonly settled: (told: string) => void
}

/** Asks for what a way of settling needs, with the money it moves, and the reason. */
export function SettleDialog({ order, way, close, settled }: SettleDialogProps) {
  const currency = useCurrency()
  const [requestId] = useState(() => crypto.randomUUID())
  const [number, setNumber] = useState('')
  const [accepted, setAccepted] = useState(false)
  const [remains, setRemains] = useState<number>()
  const done = (): void => settled(`Order ${order.orderId}: ${told[way]}`)
  const confirm = useChange('POST /api/admin/orders/{orderId}/confirmation', done)
  const again = useChange('POST /api/admin/orders/{orderId}/submissions', done)
  const settle = useChange('POST /api/admin/orders/{orderId}/outcome', done)
  const leave = useChange('POST /api/admin/orders/{orderId}/leave', done)
  const { state, reason, changedAt, charge, refunded, quantity, sentAgain = false } = order
  const path = { orderId: order.orderId }
  const common = (memo: string) => ({ seen: { state, reason, changedAt }, memo, requestId })
  const undelivered = way === 'canceled' ? quantity : way === 'completed' ? 0 : remains
  const refund = undelivered === undefined ? undefined : difference(shareOf(charge, undelivered, quantity), refunded)
  const amount = refund === undefined ? '' : `${inWords(refund)} ${currency}`
  const preview = refund !== undefined && (
    <MoneyPreview refund={refund} kept={difference(difference(charge, refunded), refund)} currency={currency} />
  )

  const dialogs: Readonly<Record<Settling, Question>> = {
    confirm: {
      title: 'Which number has it there?',
      verb: 'Take it up under this number',
      unready: !/^(?!0+$)[A-Za-z0-9_][A-Za-z0-9_-]{0,63}$/.test(number.trim()),
      says: 'The provider is asked about it from now on. No money moves. A number that it does not know comes back to you.',
      fields: (
        <TextInput
          label="The provider’s number"
          value={number}
          maxLength={64}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setNumber(event.currentTarget.value)}
        />
      ),
      go: (memo) => confirm.mutate({ path, body: { ...common(memo), providerOrderId: number } }),
    },
    'send-again':
      state === 'parked' && !sentAgain
        ? {
            title: 'Send it now?',
            verb: 'Send it',
            says: 'It was not sent yet. It goes to its provider now instead of when the panel tries it again. No money moves.',
            go: (memo) => again.mutate({ path, body: { ...common(memo), mayBeDoubled: true } }),
          }
        : {
            title: 'Send it once more?',
            verb: 'Send again',
            grave: true,
            unready: !accepted,
            says: 'The customer pays nothing more. If the provider has it already, it is delivered and paid for there twice.',
            fields: (
              <Checkbox
                label="The provider may have it already, and I accept that"
                checked={accepted}
                onChange={(event) => setAccepted(event.currentTarget.checked)}
              />
            ),
            go: (memo) => again.mutate({ path, body: { ...common(memo), mayBeDoubled: true } }),
          },
    completed: {
      title: 'It was delivered in full?',
      verb: 'Complete it',
      says: 'The order is over as completed. The customer pays for all of it.',
      fields: preview,
      go: (memo) => settle.mutate({ path, body: { ...common(memo), as: 'completed', refund: refund ?? '' } }),
    },
    partial: {
      title: 'How much was not delivered?',
      verb: refund === undefined ? 'Refund' : `Refund ${amount}`,
      unready: refund === undefined || refund.startsWith('-'),
      says: 'The order is over as partial, and the share of what remains goes back.',
      fields: (
        <>
          <NumberInput
            label={`Remains, of ${count(quantity)}`}
            min={1}
            max={quantity}
            allowDecimal={false}
            allowNegative={false}
            value={remains ?? ''}
            onChange={(value) => setRemains(typeof value === 'number' && value >= 1 && value <= quantity ? value : undefined)}
          />
          {preview}
        </>
      ),
      go: (memo) => settle.mutate({ path, body: { ...common(memo), as: 'partial', remains, refund: refund ?? '' } }),
    },
    canceled: {
      title: `Refund ${amount}?`,
      verb: `Refund ${amount}`,
      grave: true,
      says:
        state === 'unknown' || sentAgain
          ? 'The order is over as canceled. If the provider has it after all, it is delivered and nobody pays for it.'
          : 'The order is over as canceled, and nothing of it is paid for.',
      fields: preview,
      go: (memo) => settle.mutate({ path, body: { ...common(memo), as: 'canceled', refund: refund ?? '' } }),
    },
    leave: {
      title: 'Leave it as it is?',
      verb: 'It is fine',
      says: 'What the provider said means nothing. The order goes on as if that had not been said; no money moves.',
      go: (memo) => leave.mutate({ path, body: common(memo) }),
    },
  }
  const { title, verb, grave = false, unready = false, says, fields, go } = dialogs[way]
  const calls = [confirm, again, settle, leave]
  const movesMoney = refund !== undefined && way !== 'completed'
  return (
    <MemoDialog
      opened
      title={title}
      verb={verb}
      grave={grave}
      unready={unready}
      busy={calls.some(({ isPending }) => isPending)}
      failure={calls.map(({ error }) => error).find((error) => error !== null) ?? undefined}
      {...(movesMoney ? { label: 'Reason, which the customer reads' } : {})}
      go={go}
      close={close}
    >
      <div className="stack">
        <p>{says}</p>
        {fields}
      </div>
    </MemoDialog>
  )
}

interface Question {
  readonly title: string
  readonly verb: string
  readonly says: string
  readonly grave?: boolean
  readonly unready?: boolean
  readonly fields?: ReactNode
  readonly go: (memo: string) => void
}

const told: Readonly<Record<Settling, string>> = {
  confirm: 'it is asked about under its number',
  'send-again': 'it is being sent again',
  completed: 'it is completed',
  partial: 'it is partial, and the rest went back',
  canceled: 'it is canceled, and the money went back',
  leave: 'it goes on',
}

interface MoneyPreviewProps {
  readonly refund: string
  readonly kept: string
  readonly currency: string
}

function MoneyPreview({ refund, kept, currency }: MoneyPreviewProps) {
  return (
    <dl className="money-preview" aria-live="polite">
      <div>
        <dt>Goes back now</dt>
        <dd>
          <Amount of={refund} currency={currency} alone />
        </dd>
      </div>
      <div>
        <dt>Stays paid</dt>
        <dd>
          <Amount of={kept} currency={currency} alone />
        </dd>
      </div>
    </dl>
  )
}
